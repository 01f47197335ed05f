#include "analyzer/sql/replay/schema_of.h"

#include <algorithm>
#include <unordered_map>

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/deep_stack.h"
#include "analyzer/sql/expression_types.h"
#include "analyzer/sql/replay/columns.h"
#include "analyzer/sql/replay/dependencies_of.h"
#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

namespace {

template <typename T>
Fact<T> fact(const std::optional<T>& value) {
  return value ? Fact<T>(*value) : Fact<T>::none();
}

class SchemaMaker {
 public:
  explicit SchemaMaker(const Session& session) : session_(session), catalog_(session.catalog) {}

  Schema make() {
    catalog_.for_each([&](const Object& object) { add(object); });
    schema_.dependencies = dependencies_of(catalog_);
    schema_.sort();
    return std::move(schema_);
  }

 private:
  bool is_left_out(const Object& object) const {
    if (session_.temporary_schema && object.schema == session_.temporary_schema) return true;
    return std::any_of(object.needs.begin(), object.needs.end(),
                       [](const Need& need) { return need.kind == NeedKind::extension; });
  }

  void add(const Object& object) {
    if (is_left_out(object)) return;
    switch (object.kind) {
      case Kind::schema:
        if (object.id != session_.temporary_schema)
          schema_.namespaces.push_back({object.name, fact(object.comment), object.origin});
        break;
      case Kind::table:
      case Kind::partitioned_table:
      case Kind::foreign_table:
      case Kind::view:
      case Kind::materialized_view:
        add_relation(object);
        break;
      case Kind::composite_type:
        add_composite(object);
        break;
      case Kind::sequence:
        add_sequence(object);
        break;
      case Kind::enum_type:
        schema_.enums.push_back({catalog_.name(object.id),
                                 std::get<EnumDetail>(object.detail).labels, fact(object.comment),
                                 object.origin});
        break;
      case Kind::domain:
        add_domain(object);
        break;
      case Kind::range_type:
        // A multirange has an internal need of its range, and is no type of its own here.
        if (const auto* range = std::get_if<RangeDetail>(&object.detail))
          schema_.other_types.push_back(
              {catalog_.name(object.id), OtherTypeKind::range,
               "RANGE (subtype = " + type_text(catalog_, range->subtype) + ")",
               fact(object.comment), object.origin});
        break;
      case Kind::base_type:
        if (const auto* other = std::get_if<OtherDetail>(&object.detail);
            other && other->what != "shell" && !is_part_of_type(object))
          schema_.other_types.push_back({catalog_.name(object.id),
                                         OtherTypeKind::base,
                                         {},
                                         fact(object.comment),
                                         object.origin});
        break;
      case Kind::routine:
        add_routine(object);
        break;
      case Kind::extension:
        if (object.name != "plpgsql")
          schema_.extensions.push_back({object.name,
                                        std::get<ExtensionDetail>(object.detail).version,
                                        catalog_.schema_name(object.schema), object.origin});
        break;
      default:
        break;
    }
  }

  bool is_part_of_type(const Object& object) const {
    return std::any_of(object.needs.begin(), object.needs.end(),
                       [](const Need& need) { return need.kind == NeedKind::internal; });
  }

  Type type(const TypeRef& ref) const {
    std::string text = type_text(catalog_, ref);
    return {text, text, false};
  }

  Expression expression(const StoredExpression& stored, const Relation* relation,
                        std::string_view assigned_to = {}) {
    if (relation) return shown_expression(stored, column_types_of(*relation), assigned_to);
    // Defaults come again and again: now(), gen_random_uuid(), 0.
    if (stored.undecided) return {stored.text, {}, false};
    std::string key(assigned_to);
    key += '\0';
    key += *stored.tree;
    auto [at, fresh] = rendered_.try_emplace(std::move(key));
    if (fresh) at->second = shown_expression(stored, {}, assigned_to);
    Expression shown = at->second;
    shown.text = stored.text;
    return shown;
  }

  void add_relation(const Object& object) {
    const auto& detail = std::get<RelationDetail>(object.detail);
    schema_.relations.emplace_back();
    Relation& relation = schema_.relations.back();
    relation.name = catalog_.name(object.id);
    relation.kind = object.kind == Kind::partitioned_table   ? RelationKind::partitioned_table
                    : object.kind == Kind::foreign_table     ? RelationKind::foreign_table
                    : object.kind == Kind::view              ? RelationKind::view
                    : object.kind == Kind::materialized_view ? RelationKind::materialized_view
                                                             : RelationKind::table;
    relation.origin = object.origin;
    relation.comment = fact(object.comment);
    relation.owner = detail.owner;
    relation.coverage = Coverage::all();
    relation.coverage.columns = detail.columns_known;
    relation.row_security = detail.row_security;
    relation.row_security_forced = detail.row_security_forced;
    relation.unlogged = detail.unlogged;
    relation.grants = detail.grants;
    for (ObjectId parent : detail.parents) relation.inherits.push_back(catalog_.name(parent));
    if (detail.partition_of) {
      Expression bound = detail.bound;
      if (!bound.decided) bound.normal.clear();
      relation.partition_of = PartitionOf{catalog_.name(detail.partition_of), std::move(bound)};
    }
    for (const Attribute& attribute : detail.attributes)
      if (!attribute.dropped) relation.columns.push_back(column(attribute));
    // Of a view's columns it is not told (introspection leaves it out, too).
    if (relation.is_view())
      for (Column& column : relation.columns) column.collation = Fact<QualifiedName>::none();
    // Expressions see the columns' types, so they come after all columns.
    std::size_t next = 0;
    for (const Attribute& attribute : detail.attributes) {
      if (attribute.dropped) continue;
      fill_default(attribute, relation, relation.columns[next++]);
    }
    if (detail.partition_key)
      relation.partition_key = partition_key(*detail.partition_key, detail, relation);
    if (detail.definition) relation.definition = definition(*detail.definition);
    for (ObjectId id : detail.constraints) add_constraint(catalog_.at(id), detail, relation);
    for (ObjectId id : detail.indexes) add_index(catalog_.at(id), detail, relation);
    for (ObjectId id : detail.triggers) add_trigger(catalog_.at(id), detail, relation);
    for (ObjectId id : detail.policies) add_policy(catalog_.at(id), relation);
  }

  Column column(const Attribute& attribute) const {
    Column column;
    column.name = attribute.name;
    if (attribute.type) column.type = type(*attribute.type);
    column.nullable = !attribute.not_null;
    column.default_value = Fact<Expression>::none();
    column.identity = fact(attribute.identity);
    column.generated = Fact<Generated>::none();
    column.collation = fact(attribute.collation);
    column.comment = fact(attribute.comment);
    column.inherited = attribute.inherited > 0 && !attribute.local;
    column.origin = attribute.origin;
    return column;
  }

  /// What is assigned to a domain is of the type below it; the domain applies the length.
  std::string assigned_type(const TypeRef& type) const {
    const TypeRef base = base_of(catalog_, type);
    std::string text = type_text(catalog_, base);
    const std::size_t open = text.find('('), close = text.find(')');
    if (base != type && open != std::string::npos && close != std::string::npos)
      text.erase(open, close - open + 1);
    return text;
  }

  void fill_default(const Attribute& attribute, const Relation& relation, Column& column) {
    const Object* value = catalog_.find(attribute.default_value);
    if (!value) return;
    const StoredExpression& stored = std::get<DefaultDetail>(value->detail).expression;
    std::string assigned = attribute.type ? assigned_type(*attribute.type) : std::string();
    if (attribute.generated)
      column.generated = Generated{*attribute.generated, expression(stored, &relation, assigned)};
    else
      column.default_value = expression(stored, nullptr, assigned);
    // DEFAULT NULL says nothing, except of a domain, whose own default it replaces.
    const Object* type = attribute.type ? catalog_.find(attribute.type->type) : nullptr;
    const bool of_domain = type && type->kind == Kind::domain && !attribute.type->is_array;
    if (!of_domain && column.default_value.has_value() &&
        column.default_value.value().normal == "null")
      column.default_value = Fact<Expression>::none();
  }

  Expression partition_key(const StoredPartitionKey& key, const RelationDetail& detail,
                           const Relation& relation) {
    std::string text = key.strategy + " (";
    for (std::size_t i = 0; i < key.parts.size(); ++i) {
      if (i > 0) text += ", ";
      const StoredPartitionKey::Part& part = key.parts[i];
      text += part.column ? quote_identifier(detail.attributes[part.column - 1].name)
                          : expression(*part.expression, &relation).normal;
      text += partition_key_options(part.collation, part.operator_class);
    }
    text += ")";
    return {text, text, true};
  }

  Expression definition(const StoredExpression& stored) const {
    Expression shown{stored.text, {}, false};
    if (stored.undecided) return shown;
    TreeArena arena;
    const PgQuery__Node* node = unpack_tree(*stored.tree, arena);
    if (!node) return shown;
    shown.normal = normal_of_query(*node, shown.decided);
    if (!shown.decided) shown.normal.clear();
    return shown;
  }

  static std::vector<std::string> names(const RelationDetail& detail,
                                        const std::vector<int>& columns) {
    std::vector<std::string> names;
    for (int column : columns)
      names.push_back(column ? detail.attributes[column - 1].name : std::string());
    return names;
  }

  void add_constraint(const Object& object, const RelationDetail& table, Relation& relation) {
    const auto& detail = std::get<ConstraintDetail>(object.detail);
    if (detail.is_hidden) return;
    const bool inherited = detail.parent != kNoObject || (detail.inherited > 0 && !detail.local);
    switch (detail.kind) {
      case ConstraintKind::primary_key:
      case ConstraintKind::unique: {
        KeyConstraint key;
        key.name = object.name;
        key.columns = names(table, detail.columns);
        key.deferrable = detail.deferrable;
        key.initially_deferred = detail.initially_deferred;
        key.without_overlaps = detail.without_overlaps;
        key.inherited = inherited;
        key.comment = fact(object.comment);
        key.origin = object.origin;
        if (const Object* index = catalog_.find(detail.index)) {
          const auto& of_key = std::get<IndexDetail>(index->detail);
          key.include = names(table, of_key.include);
          key.nulls_not_distinct = of_key.nulls_not_distinct;
        }
        if (detail.kind == ConstraintKind::primary_key)
          relation.primary_key = std::move(key);
        else
          relation.unique_constraints.push_back(std::move(key));
        break;
      }
      case ConstraintKind::foreign_key: {
        ForeignKey key;
        key.name = object.name;
        key.columns = names(table, detail.columns);
        key.target = catalog_.name(detail.target);
        key.target_columns = column_names(catalog_, detail.target, detail.target_columns);
        key.on_delete = detail.on_delete;
        key.on_update = detail.on_update;
        key.on_delete_columns = names(table, detail.on_delete_columns);
        key.match = detail.match;
        key.deferrable = detail.deferrable;
        key.initially_deferred = detail.initially_deferred;
        key.validated = detail.validated;
        key.enforced = detail.enforced;
        key.inherited = inherited;
        key.comment = fact(object.comment);
        key.origin = object.origin;
        relation.foreign_keys.push_back(std::move(key));
        break;
      }
      case ConstraintKind::check: {
        CheckConstraint check;
        check.name = object.name;
        check.columns = names(table, detail.columns);
        std::sort(check.columns.begin(), check.columns.end());
        fill_check(*detail.check, &relation, check);
        check.validated = detail.validated;
        check.enforced = detail.enforced;
        check.no_inherit = detail.no_inherit;
        check.inherited = inherited;
        check.comment = fact(object.comment);
        check.origin = object.origin;
        relation.checks.push_back(std::move(check));
        break;
      }
      case ConstraintKind::exclusion: {
        ExclusionConstraint exclusion;
        exclusion.name = object.name;
        exclusion.inherited = inherited;
        exclusion.comment = fact(object.comment);
        exclusion.origin = object.origin;
        exclusion.predicate = Fact<Expression>::none();
        if (const Object* index = catalog_.find(detail.index)) {
          const auto& carried = std::get<IndexDetail>(index->detail);
          exclusion.method = carried.method;
          if (carried.predicate) exclusion.predicate = expression(*carried.predicate, &relation);
          for (std::size_t i = 0; i < carried.keys.size(); ++i) {
            const IndexKeyDetail& key = carried.keys[i];
            ExclusionElement element;
            if (key.column) {
              std::string name = quote_identifier(table.attributes[key.column - 1].name);
              element.key = {name, name, true};
            } else {
              element.key = expression(*key.expression, &relation);
            }
            if (i < detail.operators.size()) element.op = detail.operators[i];
            exclusion.elements.push_back(std::move(element));
          }
        }
        relation.exclusions.push_back(std::move(exclusion));
        break;
      }
    }
  }

  void fill_check(const StoredExpression& stored, const Relation* relation,
                  CheckConstraint& check) const {
    check.expression = {stored.text, {}, false};
    TreeArena arena;
    const PgQuery__Node* node = stored.undecided ? nullptr : unpack_tree(*stored.tree, arena);
    if (!node) return;
    ColumnTypes types;
    if (relation) types = column_types_of(*relation);
    check.expression = expression_from(*node, stored.text, {types, {}});
    check.allowed = allowed_values_of(*node);
  }

  void add_index(const Object& object, const RelationDetail& table, Relation& relation) {
    const auto& detail = std::get<IndexDetail>(object.detail);
    Index index;
    index.name = object.name;
    index.method = detail.method;
    for (const IndexKeyDetail& stored : detail.keys) {
      IndexKey key;
      if (stored.column)
        key.column = table.attributes[stored.column - 1].name;
      else if (stored.expression)
        key.expression = expression(*stored.expression, &relation);
      key.operator_class = stored.operator_class;
      key.collation = stored.collation;
      if (stored.expression && key.collation.empty())
        key.collation = derived_collation(*stored.expression, relation);
      key.descending = stored.descending;
      key.nulls_first = stored.nulls_first;
      index.keys.push_back(std::move(key));
    }
    index.include = names(table, detail.include);
    index.predicate = Fact<Expression>::none();
    if (detail.predicate) index.predicate = expression(*detail.predicate, &relation);
    index.unique = detail.unique;
    index.nulls_not_distinct = detail.nulls_not_distinct;
    index.valid = detail.valid;
    if (const Object* constraint = catalog_.find(detail.constraint))
      index.constraint = constraint->name;
    index.inherited = detail.parent != kNoObject;
    index.comment = fact(object.comment);
    index.origin = object.origin;
    relation.indexes.push_back(std::move(index));
  }

  /// Text has the collation of the one column it is made of that has one of its own
  /// (src/backend/parser/parse_collate.c).
  static std::string derived_collation(const StoredExpression& stored, const Relation& relation) {
    TreeArena arena;
    const PgQuery__Node* node = unpack_tree(*stored.tree, arena);
    if (!node || !is_string_type(schemaudit::builtin_type(
                     type_of_expression(*node, column_types_of(relation)))))
      return {};
    for (const std::string& name : columns_of(*node)) {
      const Column* column = relation.find_column(name);
      if (!column) continue;
      if (column->collation.has_value()) return column->collation.value().name;
      if (column->type && column->type->normal == "name") return "C";
    }
    return {};
  }

  void add_trigger(const Object& object, const RelationDetail& table, Relation& relation) {
    const auto& detail = std::get<TriggerDetail>(object.detail);
    Trigger trigger;
    trigger.name = object.name;
    trigger.definition = detail.timing;
    std::string_view separator = " ";
    for (const std::string& event : detail.events) {
      trigger.definition += std::string(separator) + event;
      if (event == "UPDATE" && !detail.columns.empty())
        trigger.definition += " OF " + join_identifiers(names(table, detail.columns));
      separator = " OR ";
    }
    trigger.definition += " " + detail.level;
    if (detail.when) trigger.definition += " WHEN " + expression(*detail.when, &relation).normal;
    trigger.function = detail.routine_name;
    if (catalog_.find(detail.routine)) trigger.function = catalog_.name(detail.routine);
    trigger.enabled = detail.enabled;
    trigger.inherited = detail.parent != kNoObject;
    trigger.comment = fact(object.comment);
    trigger.origin = object.origin;
    relation.triggers.push_back(std::move(trigger));
  }

  void add_policy(const Object& object, Relation& relation) {
    const auto& detail = std::get<PolicyDetail>(object.detail);
    Policy policy;
    policy.name = object.name;
    policy.command = detail.command;
    policy.permissive = detail.permissive;
    policy.roles = detail.roles;
    policy.using_expression = Fact<Expression>::none();
    policy.check_expression = Fact<Expression>::none();
    if (detail.using_expression)
      policy.using_expression = expression(*detail.using_expression, &relation);
    if (detail.check_expression)
      policy.check_expression = expression(*detail.check_expression, &relation);
    policy.origin = object.origin;
    relation.policies.push_back(std::move(policy));
  }

  void add_composite(const Object& object) {
    const auto& detail = std::get<RelationDetail>(object.detail);
    std::string text = "(";
    for (const Attribute& attribute : detail.attributes) {
      if (attribute.dropped) continue;
      if (text.size() > 1) text += ", ";
      text += quote_identifier(attribute.name) + " " +
              (attribute.type ? type_text(catalog_, *attribute.type) : std::string());
    }
    schema_.other_types.push_back({catalog_.name(object.id), OtherTypeKind::composite, text + ")",
                                   fact(object.comment), object.origin});
  }

  void add_sequence(const Object& object) {
    const auto& detail = std::get<SequenceDetail>(object.detail);
    Sequence sequence = detail.options;
    sequence.name = catalog_.name(object.id);
    sequence.owned_by_table = Fact<QualifiedName>::none();
    sequence.owned_by_column.clear();
    if (catalog_.find(detail.owner_table)) {
      sequence.owned_by_table = catalog_.name(detail.owner_table);
      sequence.owned_by_column =
          column_names(catalog_, detail.owner_table, {detail.owner_column}).front();
    }
    sequence.comment = fact(object.comment);
    sequence.origin = object.origin;
    schema_.sequences.push_back(std::move(sequence));
  }

  void add_domain(const Object& object) {
    const auto& detail = std::get<DomainDetail>(object.detail);
    Domain domain;
    domain.name = catalog_.name(object.id);
    domain.base = type(detail.base);
    domain.nullable = !detail.not_null;
    domain.default_value = Fact<Expression>::none();
    if (detail.default_value)
      domain.default_value = expression(*detail.default_value, nullptr, domain.base->normal);
    for (ObjectId id : detail.constraints) {
      const Object& constraint = catalog_.at(id);
      const auto& stored = std::get<ConstraintDetail>(constraint.detail);
      CheckConstraint check;
      check.name = constraint.name;
      fill_check(*stored.check, nullptr, check);
      check.allowed.reset();
      check.validated = stored.validated;
      check.origin = constraint.origin;
      domain.checks.push_back(std::move(check));
    }
    domain.comment = fact(object.comment);
    domain.origin = object.origin;
    schema_.domains.push_back(std::move(domain));
  }

  void add_routine(const Object& object) {
    const auto& detail = std::get<RoutineDetail>(object.detail);
    Function function;
    function.name = catalog_.name(object.id);
    function.kind = detail.kind;
    for (const TypeRef& argument : detail.arguments) function.arguments.push_back(type(argument));
    if (detail.kind != RoutineKind::procedure) {
      std::string returns;
      if (detail.returns_table) {
        returns = "TABLE(";
        for (std::size_t i = 0; i < detail.result_columns.size(); ++i)
          returns += (i ? ", " : "") + quote_identifier(detail.result_columns[i].first) + " " +
                     type_text(catalog_, detail.result_columns[i].second);
        returns += ")";
      } else if (detail.returns) {
        returns = (detail.returns_set ? "SETOF " : "") + type_text(catalog_, *detail.returns);
      }
      if (!returns.empty()) function.returns = Type{returns, returns, false};
    }
    function.language = detail.language;
    function.security_definer = detail.security_definer;
    function.search_path = fact(detail.search_path);
    // The server writes BEGIN ATOMIC bodies anew from their trees: unknown here.
    if (detail.body) function.body = fact(detail.body);
    function.comment = fact(object.comment);
    function.origin = object.origin;
    schema_.functions.push_back(std::move(function));
  }

  const Session& session_;
  const Catalog& catalog_;
  Schema schema_;
  std::unordered_map<std::string, Expression> rendered_;
};

}  // namespace

Schema schema_of(const Session& session) {
  Schema schema;
  // Trees are as deep as the texts they come from.
  run_with_deep_stack(1 << 20, [&] { schema = SchemaMaker(session).make(); });
  return schema;
}

}  // namespace schemaudit::replay
