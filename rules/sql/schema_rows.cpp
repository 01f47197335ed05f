#include "rules/sql/schema_rows.h"

#include <cstdint>
#include <optional>
#include <utility>

namespace schemaudit {

namespace {

Cell text(std::string_view value) {
  return std::string(value);
}

Cell cell(std::size_t number) {
  return static_cast<std::int64_t>(number);
}

Cell cell(bool truth) {
  return std::int64_t{truth ? 1 : 0};
}

Cell cell(const std::optional<bool>& truth) {
  return truth ? cell(*truth) : Cell{};
}

Cell cell(const std::optional<std::int64_t>& number) {
  return number ? Cell{*number} : Cell{};
}

Cell cell(const std::optional<std::string>& value) {
  return value ? Cell{*value} : Cell{};
}

Cell cell(const std::optional<Type>& type) {
  return type ? text(type->normal) : Cell{};
}

Cell cell(const std::optional<Expression>& expression) {
  return expression ? text(expression->text) : Cell{};
}

/// What the source does not state at all, as a document a method.
Cell stated(const std::string& value) {
  return value.empty() ? Cell{} : text(value);
}

/// Known absence is an empty text, and what is there is told by `text_of`.
template <typename T, typename TextOf>
Cell fact(const Fact<T>& known, const TextOf& text_of) {
  if (known.is_unknown()) return {};
  return known.has_value() ? text(text_of(known.value())) : text("");
}

Cell cell(const Fact<std::string>& value) {
  return fact(value, [](const std::string& known) { return known; });
}

Cell cell(const Fact<Expression>& expression) {
  return fact(expression, [](const Expression& value) { return value.text; });
}

Cell normal(const Expression& expression) {
  return expression.decided ? text(expression.normal) : Cell{};
}

Cell normal(const Fact<Expression>& expression) {
  if (expression.has_value()) return normal(expression.value());
  return expression.is_none() ? text("") : Cell{};
}

Cell cell(const std::optional<ReferentialAction>& action) {
  return action ? text(to_string(*action)) : Cell{};
}

std::string_view word(MatchType match) {
  return match == MatchType::full ? "full" : match == MatchType::partial ? "partial" : "simple";
}

std::string_view word(PolicyCommand command) {
  switch (command) {
    case PolicyCommand::all:
      return "all";
    case PolicyCommand::select:
      return "select";
    case PolicyCommand::insert:
      return "insert";
    case PolicyCommand::update:
      return "update";
    case PolicyCommand::delete_:
      return "delete";
  }
  return "";
}

std::string_view word(RoutineKind kind) {
  switch (kind) {
    case RoutineKind::function:
      return "function";
    case RoutineKind::procedure:
      return "procedure";
    case RoutineKind::aggregate:
      return "aggregate";
    case RoutineKind::window:
      return "window";
  }
  return "";
}

std::string_view word(OtherTypeKind kind) {
  return kind == OtherTypeKind::composite ? "composite"
         : kind == OtherTypeKind::range   ? "range"
                                          : "base";
}

/// All rows of one source.
class SourceWriter {
 public:
  SourceWriter(const SourceResult& source, std::size_t& next_id, const RowSink& sink)
      : source_(source), role_(to_string(source.role)), next_id_(next_id), sink_(sink) {}

  void write() {
    add("sources", {source_.kind, source_.name});
    const Schema& schema = source_.schema;
    for (const Namespace& space : schema.namespaces)
      add("schemas", {space.name, cell(space.comment), cell(space.public_may_create)});
    for (const Relation& relation : schema.relations) write(relation);
    for (const EnumType& type : schema.enums) write(type);
    for (const Domain& domain : schema.domains) write(domain);
    for (const OtherType& type : schema.other_types)
      add("types", {stated(type.name.schema), type.name.name, text(word(type.kind)),
                    type.definition, cell(type.comment), file(type.origin), line(type.origin)});
    for (const Sequence& sequence : schema.sequences) write(sequence);
    for (const Function& function : schema.functions) write(function);
    for (const Extension& extension : schema.extensions)
      add("extensions", {extension.name, stated(extension.version), stated(extension.schema)});
    for (const Dependency& dependency : schema.dependencies)
      add("dependencies",
          {dependency.kind, stated(dependency.dependent.schema), dependency.dependent.name,
           stated(dependency.on_relation.schema), stated(dependency.on_relation.name),
           stated(dependency.needs.schema), dependency.needs.name});
    std::size_t position = 0;
    for (const Change& change : source_.changes) write(change, ++position);
  }

 private:
  void add(std::string_view table, std::vector<Cell> row) {
    row.insert(row.begin(), text(role_));
    sink_(table, row);
  }

  static Cell file(const Origin& origin) { return origin.from_file() ? text(origin.uri) : Cell{}; }

  static Cell line(const Origin& origin) {
    return origin.from_file() && origin.line > 0 ? Cell{std::int64_t{origin.line}} : Cell{};
  }

  void write(const Relation& relation) {
    const Cell schema = stated(relation.name.schema), name = relation.name.name;
    const Coverage& coverage = relation.coverage;
    const PartitionOf* parent = relation.partition_of ? &*relation.partition_of : nullptr;
    add("relations", {schema,
                      name,
                      text(to_string(relation.kind)),
                      cell(relation.comment),
                      stated(relation.owner),
                      cell(relation.partition_key),
                      parent ? stated(parent->parent.schema) : Cell{},
                      parent ? text(parent->parent.name) : Cell{},
                      parent ? text(parent->bound.text) : Cell{},
                      cell(relation.row_security),
                      cell(relation.row_security_forced),
                      cell(relation.unlogged),
                      cell(relation.definition),
                      cell(relation.security_invoker),
                      cell(coverage.columns),
                      cell(coverage.primary_key && coverage.unique_constraints),
                      cell(coverage.foreign_keys),
                      cell(coverage.checks),
                      cell(coverage.indexes),
                      cell(coverage.triggers),
                      cell(coverage.policies),
                      cell(coverage.grants),
                      file(relation.origin),
                      line(relation.origin)});
    for (std::size_t i = 0; i < relation.inherits.size(); ++i)
      add("inherits", {schema, name, cell(i + 1), stated(relation.inherits[i].schema),
                       relation.inherits[i].name});
    for (std::size_t i = 0; i < relation.columns.size(); ++i)
      write(relation.columns[i], i + 1, schema, name);
    if (relation.primary_key) write(*relation.primary_key, "primary", schema, name);
    for (const KeyConstraint& key : relation.unique_constraints) write(key, "unique", schema, name);
    for (const ForeignKey& key : relation.foreign_keys) write(key, schema, name);
    for (const CheckConstraint& check : relation.checks) write(check, schema, name);
    for (const ExclusionConstraint& exclusion : relation.exclusions) write(exclusion, schema, name);
    for (const Index& index : relation.indexes) write(index, schema, name);
    for (const Trigger& trigger : relation.triggers)
      add("triggers",
          {schema, name, trigger.name, trigger.definition, stated(trigger.function.schema),
           stated(trigger.function.name), cell(trigger.enabled), cell(trigger.inherited),
           cell(trigger.comment), file(trigger.origin), line(trigger.origin)});
    for (const Policy& policy : relation.policies) {
      add("policies", {schema, name, policy.name, text(word(policy.command)),
                       cell(policy.permissive), cell(policy.using_expression),
                       cell(policy.check_expression), file(policy.origin), line(policy.origin)});
      for (const std::string& grantee : policy.roles)
        add("policy_roles", {schema, name, policy.name, grantee});
    }
    for (const Grant& grant : relation.grants)
      for (const std::string& privilege : grant.privileges)
        add("grants", {schema, name, grant.grantee, privilege});
  }

  void write(const Column& column, std::size_t position, const Cell& schema, const Cell& table) {
    add("columns",
        {schema, table, column.name, cell(position), cell(column.type),
         column.type ? text(column.type->text) : Cell{}, cell(column.nullable),
         cell(column.default_value), normal(column.default_value),
         fact(column.identity,
              [](IdentityKind kind) {
                return std::string(kind == IdentityKind::always ? "always" : "by default");
              }),
         fact(column.generated, [](const Generated& made) { return made.expression.text; }),
         fact(column.collation, [](const QualifiedName& name) { return to_string(name); }),
         cell(column.comment), cell(column.inherited), file(column.origin), line(column.origin)});
    if (!column.documented_values) return;
    for (std::size_t i = 0; i < column.documented_values->size(); ++i)
      add("documented_values",
          {schema, table, column.name, cell(i + 1), (*column.documented_values)[i]});
  }

  void write(const KeyConstraint& key, const char* kind, const Cell& schema, const Cell& table) {
    const Cell id = cell(++next_id_);
    add("keys", {schema, table, stated(key.name), id, text(kind), cell(key.deferrable),
                 cell(key.nulls_not_distinct), cell(key.inherited), cell(key.comment),
                 file(key.origin), line(key.origin)});
    std::size_t position = 0;
    for (const std::string& column : key.columns)
      add("key_columns", {id, cell(++position), column, cell(false)});
    for (const std::string& column : key.include)
      add("key_columns", {id, cell(++position), column, cell(true)});
  }

  void write(const ForeignKey& key, const Cell& schema, const Cell& table) {
    const Cell id = cell(++next_id_);
    add("foreign_keys",
        {schema, table, stated(key.name), id, stated(key.target.schema), key.target.name,
         cell(key.on_delete), cell(key.on_update), text(word(key.match)), cell(key.deferrable),
         cell(key.validated), cell(key.enforced), cell(key.inherited), cell(key.comment),
         file(key.origin), line(key.origin)});
    for (std::size_t i = 0; i < key.columns.size(); ++i)
      add("foreign_key_columns",
          {id, cell(i + 1), key.columns[i],
           i < key.target_columns.size() ? Cell{key.target_columns[i]} : Cell{}});
  }

  void write(const CheckConstraint& check, const Cell& schema, const Cell& table) {
    const Cell id = cell(++next_id_);
    add("checks",
        {schema, table, stated(check.name), id, check.expression.text, normal(check.expression),
         cell(check.validated), cell(check.enforced), cell(check.no_inherit), cell(check.inherited),
         cell(check.comment), file(check.origin), line(check.origin)});
    for (const std::string& column : check.columns) add("check_columns", {id, column});
    if (check.allowed)
      for (const std::string& value : check.allowed->values)
        add("check_values", {id, check.allowed->column, value});
  }

  void write(const ExclusionConstraint& exclusion, const Cell& schema, const Cell& table) {
    std::string elements;
    for (const ExclusionElement& element : exclusion.elements)
      elements += (elements.empty() ? "" : ", ") + element.key.text + " WITH " + element.op;
    add("exclusions", {schema, table, stated(exclusion.name), stated(exclusion.method), elements,
                       cell(exclusion.predicate), cell(exclusion.inherited),
                       cell(exclusion.comment), file(exclusion.origin), line(exclusion.origin)});
  }

  void write(const Index& index, const Cell& schema, const Cell& table) {
    const Cell id = cell(++next_id_);
    add("indexes", {schema, table, stated(index.name), id, stated(index.method), cell(index.unique),
                    cell(index.nulls_not_distinct), cell(index.valid), cell(index.predicate),
                    stated(index.constraint), cell(index.inherited), cell(index.comment),
                    file(index.origin), line(index.origin)});
    std::size_t position = 0;
    for (const IndexKey& key : index.keys)
      add("index_columns",
          {id, cell(++position), cell(key.column), cell(key.expression), stated(key.operator_class),
           stated(key.collation), cell(key.descending), cell(false)});
    for (const std::string& column : index.include)
      add("index_columns",
          {id, cell(++position), column, Cell{}, Cell{}, Cell{}, cell(false), cell(true)});
  }

  void write(const EnumType& type) {
    const Cell schema = stated(type.name.schema);
    add("enums",
        {schema, type.name.name, cell(type.comment), file(type.origin), line(type.origin)});
    for (std::size_t i = 0; i < type.labels.size(); ++i)
      add("enum_labels", {schema, type.name.name, cell(i + 1), type.labels[i]});
  }

  void write(const Domain& domain) {
    const Cell schema = stated(domain.name.schema);
    add("domains", {schema, domain.name.name, cell(domain.base), cell(domain.nullable),
                    cell(domain.default_value), cell(domain.comment), file(domain.origin),
                    line(domain.origin)});
    for (const CheckConstraint& check : domain.checks)
      add("domain_checks", {schema, domain.name.name, stated(check.name), check.expression.text});
  }

  void write(const Sequence& sequence) {
    const Fact<QualifiedName>& owner = sequence.owned_by_table;
    add("sequences", {stated(sequence.name.schema), sequence.name.name, cell(sequence.type),
                      cell(sequence.start), cell(sequence.increment), cell(sequence.minimum),
                      cell(sequence.maximum), cell(sequence.cache), cell(sequence.cycle),
                      fact(owner, [](const QualifiedName& name) { return name.schema; }),
                      fact(owner, [](const QualifiedName& name) { return name.name; }),
                      owner.is_known() ? text(sequence.owned_by_column) : Cell{},
                      cell(sequence.comment), file(sequence.origin), line(sequence.origin)});
  }

  void write(const Function& function) {
    std::string arguments;
    for (const Type& type : function.arguments)
      arguments += (arguments.empty() ? "" : ", ") + type.normal;
    add("functions",
        {stated(function.name.schema), function.name.name, text(word(function.kind)),
         function.arguments_known ? text(arguments) : Cell{}, cell(function.returns),
         stated(function.language), cell(function.security_definer),
         cell(function.public_may_execute), cell(function.search_path), cell(function.body),
         cell(function.comment), file(function.origin), line(function.origin)});
  }

  void write(const Change& change, std::size_t position) {
    add("changes", {cell(position), cell(change.statement), cell(change.transaction),
                    text(to_string(change.kind)), change.object.kind, stated(change.object.schema),
                    stated(change.object.table), change.object.name, stated(change.new_name),
                    cell(change.object_is_new), cell(change.cascade), cell(change.conditional),
                    cell(change.concurrently), cell(change.not_valid), file(change.origin),
                    line(change.origin)});
  }

  const SourceResult& source_;
  std::string role_;
  std::size_t& next_id_;
  const RowSink& sink_;
};

}  // namespace

void write_rows(const AuditInput& input, const RowSink& sink) {
  std::size_t next_id = 0;
  for (const SourceResult& source : input.sources) SourceWriter(source, next_id, sink).write();
}

}  // namespace schemaudit
