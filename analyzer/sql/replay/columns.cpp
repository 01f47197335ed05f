#include "analyzer/sql/replay/columns.h"

#include "analyzer/sql/literal.h"
#include "analyzer/sql/newer_trees.h"
#include "analyzer/sql/replay/chosen_names.h"
#include "analyzer/sql/replay/coercion.h"
#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/immutability.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/sequences.h"
#include "analyzer/sql/replay/types.h"
#include "analyzer/sql/source_slices.h"

namespace schemaudit::replay {

namespace {

constexpr std::size_t kMostColumns = 1600;

}  // namespace

std::string serial_base(const PgQuery__ColumnDef& definition) {
  if (!definition.type_name) return {};
  QualifiedName name = name_of(definition.type_name->n_names, definition.type_name->names);
  if (!name.schema.empty()) return {};
  if (name.name == "serial" || name.name == "serial4") return "integer";
  if (name.name == "bigserial" || name.name == "serial8") return "bigint";
  if (name.name == "smallserial" || name.name == "serial2") return "smallint";
  return {};
}

std::optional<QualifiedName> collation_of(const PgQuery__ColumnDef& definition) {
  if (!definition.coll_clause) return std::nullopt;
  QualifiedName collation =
      name_of(definition.coll_clause->n_collname, definition.coll_clause->collname);
  if (collation.schema == "pg_catalog") collation.schema.clear();
  // The type's own collation says nothing.
  if (collation.name == "default") return std::nullopt;
  return collation;
}

Attribute attribute_from(Run& run, const PgQuery__ColumnDef& definition) {
  Attribute attribute;
  attribute.name = definition.colname;
  attribute.origin = run.origin_at(definition.location);
  if (std::string serial = serial_base(definition); !serial.empty()) {
    if (definition.type_name->n_array_bounds > 0)
      refuse("array of serial is not implemented", definition.type_name->location);
    attribute.type = builtin_type(serial);
    attribute.not_null = true;
  } else if (definition.type_name) {
    attribute.type = resolve_type(run, *definition.type_name);
    if (attribute.type->spelling.starts_with("SETOF "))
      refuse("column " + quoted(attribute.name) + " cannot be declared SETOF");
    if (attribute.type->spelling == "any" || attribute.type->spelling == "record" ||
        attribute.type->spelling == "trigger" || attribute.type->spelling == "void" ||
        attribute.type->spelling == "anyelement")
      refuse("column " + quoted(attribute.name) + " has pseudo-type " + attribute.type->spelling,
             definition.type_name->location);
  }
  attribute.not_null = attribute.not_null || definition.is_not_null;
  attribute.collation = collation_of(definition);
  return attribute;
}

const Attribute& attribute_at(const Run& run, ObjectId table, int column) {
  return run.catalog.relation(table).attributes[column - 1];
}

std::string column_in_message(const Run& run, ObjectId table, const std::string& column) {
  return "column " + quoted(column) + " of relation " + quoted(run.catalog.at(table).name);
}

int add_attribute(Run& run, ObjectId table, Attribute attribute) {
  const RelationDetail& before = run.catalog.relation(table);
  // Dropped ones count.
  if (before.attributes.size() >= kMostColumns)
    refuse("tables can have at most " + std::to_string(kMostColumns) + " columns");
  if (find_attribute(before, attribute.name))
    refuse("column " + quoted(attribute.name) + " of relation " +
           quoted(run.catalog.at(table).name) + " already exists");
  if (attribute.name == "ctid" || attribute.name == "xmin" || attribute.name == "xmax" ||
      attribute.name == "cmin" || attribute.name == "cmax" || attribute.name == "tableoid")
    refuse("column name " + quoted(attribute.name) + " conflicts with a system column name");
  std::optional<TypeRef> type = attribute.type;
  RelationDetail& relation = run.catalog.edit_relation(table);
  relation.attributes.push_back(std::move(attribute));
  int number = static_cast<int>(relation.attributes.size());
  if (type && type->type) run.catalog.depend(table, {type->type, 0, NeedKind::normal, number});
  return number;
}

bool is_no_default(const Run& run, ObjectId table, int column, const PgQuery__Node& value) {
  const Attribute& attribute = run.catalog.relation(table).attributes[column - 1];
  const Object* type = attribute.type ? run.catalog.find(attribute.type->type) : nullptr;
  // Of a domain it takes the place of the domain's own, and of a type with a length the server
  // stores the call that brings it to that length.
  if (type && type->kind == Kind::domain && !attribute.type->is_array) return false;
  if (attribute.type && attribute.type->spelling.find('(') != std::string::npos) return false;
  return value.node_case == PG_QUERY__NODE__NODE_A_CONST && value.a_const->isnull;
}

void put_default(Run& run, ObjectId table, int column, StoredExpression expression,
                 std::vector<Need> needs, bool generated) {
  Object object;
  object.kind = Kind::default_value;
  object.schema = run.catalog.at(table).schema;
  object.origin = run.origin;
  // A generated column goes with its expression, a default without the column.
  needs.push_back({table, column, generated ? NeedKind::internal : NeedKind::automatic, 0});
  object.needs = std::move(needs);
  object.detail = DefaultDetail{table, column, std::move(expression)};
  ObjectId id = run.catalog.add(std::move(object));
  run.catalog.edit_relation(table).attributes[column - 1].default_value = id;
}

void require_assignable(Run& run, ObjectId table, int column, const PgQuery__Node& value,
                        bool generated) {
  const Attribute& attribute = run.catalog.relation(table).attributes[column - 1];
  if (!attribute.type) return;
  require_value(run, value, *attribute.type);
  ColumnTypes types;
  if (generated) types = column_types(run.catalog, table);
  const std::string from = settled_type(value, types);
  if (!may_be_assigned(run, from, *attribute.type))
    refuse("column " + quoted(attribute.name) + " is of type " +
           type_text(run.catalog, *attribute.type) + " but " +
           (generated ? "generation" : "default") + " expression is of type " + from);
}

bool state_default(Run& run, ObjectId table, int column, const PgQuery__Constraint& value,
                   bool generated) {
  const auto at = static_cast<std::size_t>(value.location);
  std::string text = value.contype == PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED
                         ? text_in_parentheses(run.text.text, at)
                         : text_of_default(run.text.text, at);
  if (text.empty()) text = shown_text(*value.raw_expr);
  std::vector<Need> needs;
  ExpressionScope scope;
  if (generated) scope.table = table;
  StoredExpression expression =
      store_expression(run, *value.raw_expr, std::move(text), scope, needs);
  require_assignable(run, table, column, *value.raw_expr, generated);
  if (generated) {
    require_immutable(run, table, *value.raw_expr, "generation expression is not immutable");
    for (const Need& need : needs)
      if (need.object == table && need.column &&
          run.catalog.relation(table).attributes[need.column - 1].generated)
        refuse("cannot use generated column in column generation expression", value.location);
    run.catalog.edit_relation(table).attributes[column - 1].generated = generated_kind(value);
  } else if (is_no_default(run, table, column, *value.raw_expr)) {
    return false;
  }
  put_default(run, table, column, std::move(expression), std::move(needs), generated);
  return true;
}

void remove_default(Run& run, ObjectId table, int column) {
  Attribute& attribute = run.catalog.edit_relation(table).attributes[column - 1];
  ObjectId id = attribute.default_value;
  attribute.default_value = kNoObject;
  if (id) run.catalog.erase(id);
}

void copy_default(Run& run, ObjectId from, int from_column, ObjectId to, int to_column) {
  const Attribute& source = run.catalog.relation(from).attributes[from_column - 1];
  if (!source.default_value) return;
  bool generated = source.generated.has_value();
  const Object& object = run.catalog.at(source.default_value);
  StoredExpression expression = std::get<DefaultDetail>(object.detail).expression;
  std::vector<Need> needs;
  for (Need need : object.needs) {
    if (need.object == from && need.column == from_column && need.kind != NeedKind::normal)
      continue;
    if (need.object == from) {
      const std::string& name = run.catalog.relation(from).attributes[need.column - 1].name;
      need.object = to;
      need.column = find_attribute(run.catalog.relation(to), name);
    }
    needs.push_back(need);
  }
  put_default(run, to, to_column, std::move(expression), std::move(needs), generated);
}

std::string serial_name(Run& run, ObjectId schema, const std::string& table,
                        const std::string& column) {
  return choose_relation_name(run.catalog, table, column, "seq", schema, false);
}

void make_serial(Run& run, ObjectId table, int column, const std::string& name,
                 const std::string& type) {
  ObjectId sequence = make_sequence(run, run.catalog.at(table).schema, name, type, 0, nullptr);
  own_sequence(run, sequence, table, column, NeedKind::automatic);
  std::string text =
      "nextval(" + quote_literal(to_string(run.catalog.name(sequence))) + "::regclass)";
  Tree tree = parse_sql("SELECT " + text);
  const PgQuery__Node* node = expression_of(tree);
  if (!node) refuse("the default of column " + std::to_string(column) + " could not be made");
  put_default(run, table, column, {std::move(text), pack_tree(*node), false},
              {{sequence, 0, NeedKind::normal, 0}}, false);
}

void make_identity(Run& run, ObjectId table, int column, const std::string& name,
                   const PgQuery__Constraint& identity) {
  Attribute& attribute = run.catalog.edit_relation(table).attributes[column - 1];
  std::string type = attribute.type ? attribute.type->spelling : "";
  if (type != "integer" && type != "bigint" && type != "smallint")
    refuse("identity column type must be smallint, integer, or bigint", identity.location);
  attribute.identity = identity.generated_when && *identity.generated_when == 'a'
                           ? IdentityKind::always
                           : IdentityKind::by_default;
  attribute.not_null = true;
  std::string chosen = name;
  ObjectId schema = run.catalog.at(table).schema;
  for (std::size_t i = 0; i < identity.n_options; ++i) {
    const PgQuery__Node& option = *identity.options[i];
    if (option.node_case != PG_QUERY__NODE__NODE_DEF_ELEM ||
        std::string_view(option.def_elem->defname) != "sequence_name")
      continue;
    QualifiedName named = name_of_object(option.def_elem->arg);
    chosen = named.name;
    if (!named.schema.empty()) schema = schema_named(run, named.schema);
  }
  ObjectId sequence =
      make_sequence(run, schema, chosen, type, identity.n_options, identity.options);
  own_sequence(run, sequence, table, column, NeedKind::internal);
}

std::string column_type(const Catalog& catalog, ObjectId table, int column) {
  const Attribute& attribute = catalog.relation(table).attributes[column - 1];
  return attribute.type ? type_text(catalog, *attribute.type) : std::string();
}

std::vector<std::string> column_names(const Catalog& catalog, ObjectId table,
                                      const std::vector<int>& columns) {
  std::vector<std::string> names;
  const RelationDetail& relation = catalog.relation(table);
  for (int column : columns) names.push_back(relation.attributes[column - 1].name);
  return names;
}

}  // namespace schemaudit::replay
