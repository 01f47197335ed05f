#include "analyzer/sql/replay/catalog_conditions.h"

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/sql/replay/constraints.h"
#include "analyzer/sql/replay/names.h"

namespace schemaudit::replay {

namespace {

using Values = std::map<std::string, std::string, std::less<>>;

std::optional<std::string> literal_of(const Run& run, const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      return literal_of(run, *node.type_cast->arg);
    case PG_QUERY__NODE__NODE_A_CONST:
      if (node.a_const->isnull || node.a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL)
        return std::nullopt;
      return node.a_const->sval->sval;
    case PG_QUERY__NODE__NODE_FUNC_CALL:
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION: {
      bool current =
          node.node_case == PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION
              ? node.sqlvalue_function->op == PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA
              : name_of(node.func_call->n_funcname, node.func_call->funcname).name ==
                    "current_schema";
      if (!current) return std::nullopt;
      for (ObjectId schema : search_schemas(run.session))
        if (schema != run.session.temporary_schema) return run.catalog.at(schema).name;
      return std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

std::string column_of(const PgQuery__Node& node) {
  const PgQuery__Node* inner = &node;
  while (inner->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) inner = inner->type_cast->arg;
  if (inner->node_case != PG_QUERY__NODE__NODE_COLUMN_REF) return {};
  const PgQuery__ColumnRef& reference = *inner->column_ref;
  return std::string(string_of(reference.fields[reference.n_fields - 1]));
}

/// `column = 'value' AND ...`; comparisons of two columns join the catalogs and say nothing.
bool read_conditions(const Run& run, const PgQuery__Node* node, Values& values) {
  if (!node) return true;
  if (node->node_case == PG_QUERY__NODE__NODE_BOOL_EXPR) {
    const PgQuery__BoolExpr& expression = *node->bool_expr;
    if (expression.boolop != PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) return false;
    for (std::size_t i = 0; i < expression.n_args; ++i)
      if (!read_conditions(run, expression.args[i], values)) return false;
    return true;
  }
  if (node->node_case != PG_QUERY__NODE__NODE_A_EXPR) return false;
  const PgQuery__AExpr& expression = *node->a_expr;
  if (expression.kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP || !expression.lexpr ||
      !expression.rexpr || string_of(expression.name[0]) != "=")
    return false;
  std::string left = column_of(*expression.lexpr), right = column_of(*expression.rexpr);
  if (!left.empty() && !right.empty()) return true;
  const std::string& column = left.empty() ? right : left;
  std::optional<std::string> value =
      literal_of(run, left.empty() ? *expression.lexpr : *expression.rexpr);
  if (column.empty() || !value) return false;
  return values.emplace(column, *value).second;
}

bool read_source(const Run& run, const PgQuery__Node& node, std::set<std::string>& catalogs,
                 Values& values) {
  if (node.node_case == PG_QUERY__NODE__NODE_RANGE_VAR) {
    const PgQuery__RangeVar& range = *node.range_var;
    std::string schema = range.schemaname;
    std::string name = range.relname;
    if (schema == "information_schema")
      name = "information_schema." + name;
    else if (!schema.empty() && schema != "pg_catalog")
      return false;
    else if (!name.starts_with("pg_"))
      return false;
    catalogs.insert(std::move(name));
    return true;
  }
  if (node.node_case != PG_QUERY__NODE__NODE_JOIN_EXPR) return false;
  const PgQuery__JoinExpr& join = *node.join_expr;
  return join.jointype == PG_QUERY__JOIN_TYPE__JOIN_INNER &&
         read_source(run, *join.larg, catalogs, values) &&
         read_source(run, *join.rarg, catalogs, values) && read_conditions(run, join.quals, values);
}

/// What a catalog is asked by: the column with the object's name, with its schema's, and with
/// its table's.
struct CatalogColumns {
  std::string_view catalog, name, schema, table;
};
constexpr CatalogColumns kCatalogs[] = {
    {"pg_type", "typname", "nspname", ""},
    {"pg_class", "relname", "nspname", ""},
    {"pg_tables", "tablename", "schemaname", ""},
    {"pg_views", "viewname", "schemaname", ""},
    {"pg_matviews", "matviewname", "schemaname", ""},
    {"pg_indexes", "indexname", "schemaname", "tablename"},
    {"pg_sequences", "sequencename", "schemaname", ""},
    {"pg_constraint", "conname", "nspname", "conrelid"},
    {"pg_trigger", "tgname", "nspname", "tgrelid"},
    {"pg_policies", "policyname", "schemaname", "tablename"},
    {"pg_policy", "polname", "nspname", "polrelid"},
    {"pg_proc", "proname", "nspname", ""},
    {"pg_namespace", "nspname", "", ""},
    {"pg_extension", "extname", "", ""},
    {"information_schema.schemata", "schema_name", "", ""},
    {"information_schema.tables", "table_name", "table_schema", ""},
    {"information_schema.views", "table_name", "table_schema", ""},
    {"information_schema.columns", "column_name", "table_schema", "table_name"},
    {"information_schema.table_constraints", "constraint_name", "table_schema", "table_name"},
    {"information_schema.triggers", "trigger_name", "trigger_schema", "event_object_table"},
};

bool fits(std::string_view catalog, const Object& object) {
  if (catalog == "pg_type") return is_type(object.kind);
  if (catalog == "pg_class") return is_relation(object.kind);
  if (catalog == "pg_tables")
    return object.kind == Kind::table || object.kind == Kind::partitioned_table;
  if (catalog == "pg_views" || catalog == "information_schema.views")
    return object.kind == Kind::view;
  if (catalog == "pg_matviews") return object.kind == Kind::materialized_view;
  if (catalog == "pg_indexes") return object.kind == Kind::index;
  if (catalog == "pg_sequences") return object.kind == Kind::sequence;
  if (catalog == "pg_constraint" || catalog == "information_schema.table_constraints")
    return object.kind == Kind::constraint;
  if (catalog == "pg_trigger" || catalog == "information_schema.triggers")
    return object.kind == Kind::trigger;
  if (catalog == "pg_policies" || catalog == "pg_policy") return object.kind == Kind::policy;
  if (catalog == "pg_proc") return object.kind == Kind::routine;
  if (catalog == "pg_namespace" || catalog == "information_schema.schemata")
    return object.kind == Kind::schema;
  if (catalog == "pg_extension") return object.kind == Kind::extension;
  if (catalog == "information_schema.tables")
    return is_table(object.kind) || object.kind == Kind::view;
  return false;
}

/// pg_class.relkind.
std::string_view letter_of_relation(Kind kind) {
  switch (kind) {
    case Kind::table:
      return "r";
    case Kind::partitioned_table:
      return "p";
    case Kind::foreign_table:
      return "f";
    case Kind::view:
      return "v";
    case Kind::materialized_view:
      return "m";
    case Kind::sequence:
      return "S";
    case Kind::composite_type:
      return "c";
    case Kind::index:
      return "i";
    default:
      return "";
  }
}

/// pg_type.typtype.
std::string_view letter_of_type(Kind kind) {
  switch (kind) {
    case Kind::enum_type:
      return "e";
    case Kind::domain:
      return "d";
    case Kind::range_type:
      return "r";
    case Kind::base_type:
      return "b";
    default:
      return "c";
  }
}

ObjectId table_of(const Object& object) {
  if (const auto* index = std::get_if<IndexDetail>(&object.detail)) return index->table;
  if (const auto* check = std::get_if<ConstraintDetail>(&object.detail)) return check->table;
  if (const auto* trigger = std::get_if<TriggerDetail>(&object.detail)) return trigger->table;
  if (const auto* policy = std::get_if<PolicyDetail>(&object.detail)) return policy->table;
  return kNoObject;
}

bool relation_has_column(const Run& run, const std::string& table, const std::string& schema,
                         const std::string& column) {
  bool found = false;
  run.catalog.for_each([&](const Object& object) {
    const auto* relation = std::get_if<RelationDetail>(&object.detail);
    if (!relation || object.kind == Kind::composite_type) return;
    if (!table.empty() && object.name != table) return;
    if (!schema.empty() && run.catalog.schema_name(object.schema) != schema) return;
    if (column.empty() || find_attribute(*relation, column)) found = true;
  });
  return found;
}

/// Without quotes and schema: `public.users` of a regclass literal.
QualifiedName named_in(const std::string& text) {
  std::size_t dot = text.rfind('.');
  QualifiedName name;
  name.name = dot == std::string::npos ? text : text.substr(dot + 1);
  if (dot != std::string::npos) name.schema = text.substr(0, dot);
  for (std::string* part : {&name.schema, &name.name}) {
    if (part->size() >= 2 && part->front() == '"')
      *part = part->substr(1, part->size() - 2);
    else
      *part = fold_case(*part);
  }
  return name;
}

std::optional<bool> exists_in(const Run& run, const CatalogColumns& catalog, Values values) {
  auto take = [&](std::string_view column) {
    std::string value;
    if (column.empty()) return value;
    if (auto at = values.find(column); at != values.end()) {
      value = std::move(at->second);
      values.erase(at);
    }
    return value;
  };
  std::string name = take(catalog.name);
  std::string schema = take(catalog.schema);
  std::string table = take(catalog.table);
  for (std::string_view column : {"typnamespace", "relnamespace", "connamespace", "pronamespace",
                                  "constraint_schema", "table_catalog"})
    if (std::string value = take(column);
        !value.empty() && schema.empty() && column != "table_catalog")
      schema = named_in(value).name;
  if (catalog.table.ends_with("relid") && !table.empty()) {
    QualifiedName relation = named_in(table);
    table = relation.name;
    if (!relation.schema.empty()) schema = relation.schema;
  }
  if (table.empty() && !catalog.table.empty()) {
    // A join with pg_class names the table.
    if (std::string joined = take("relname"); !joined.empty()) table = joined;
  }
  const std::string relation_kind = take("relkind"), type_kind = take("typtype");
  if (!values.empty() || (name.empty() && table.empty())) return std::nullopt;
  if (catalog.catalog == "information_schema.columns")
    return relation_has_column(run, table, schema, name);
  bool found = false;
  run.catalog.for_each([&](const Object& object) {
    if (object.name != name || !fits(catalog.catalog, object)) return;
    if (!relation_kind.empty() && relation_kind != letter_of_relation(object.kind)) return;
    if (!type_kind.empty() && type_kind != letter_of_type(object.kind)) return;
    if (!schema.empty() && run.catalog.schema_name(object.schema) != schema) return;
    if (!table.empty()) {
      const Object* owner = run.catalog.find(table_of(object));
      if (!owner || owner->name != table) return;
    }
    found = true;
  });
  if (!found && run.session.has_unknown_objects) return std::nullopt;
  return found;
}

std::optional<bool> exists(const Run& run, const PgQuery__SelectStmt& query) {
  std::set<std::string> catalogs;
  Values values;
  if (query.op != PG_QUERY__SET_OPERATION__SETOP_NONE || query.n_group_clause > 0 ||
      query.with_clause || query.having_clause)
    return std::nullopt;
  for (std::size_t i = 0; i < query.n_from_clause; ++i)
    if (!read_source(run, *query.from_clause[i], catalogs, values)) return std::nullopt;
  if (!read_conditions(run, query.where_clause, values)) return std::nullopt;
  // pg_namespace and pg_class come along to name a schema or a table.
  for (std::string_view side : {"pg_namespace", "pg_class"})
    if (catalogs.size() > 1) catalogs.erase(std::string(side));
  // What is asked of pg_attribute is a column.
  if (catalogs.count("pg_attribute")) {
    CatalogColumns columns{"information_schema.columns", "attname", "nspname", "attrelid"};
    values.erase("attisdropped");
    return exists_in(run, columns, std::move(values));
  }
  if (catalogs.size() != 1) return std::nullopt;
  for (const CatalogColumns& catalog : kCatalogs)
    if (catalog.catalog == *catalogs.begin()) return exists_in(run, catalog, std::move(values));
  return std::nullopt;
}

/// `to_regclass('x') IS NULL`
std::optional<bool> is_missing(const Run& run, const PgQuery__Node& node) {
  if (node.node_case != PG_QUERY__NODE__NODE_FUNC_CALL || node.func_call->n_args != 1)
    return std::nullopt;
  std::string function = name_of(node.func_call->n_funcname, node.func_call->funcname).name;
  std::optional<std::string> name = literal_of(run, *node.func_call->args[0]);
  if (!name || (function != "to_regclass" && function != "to_regtype")) return std::nullopt;
  QualifiedName wanted = named_in(*name);
  bool found = function == "to_regclass" ? find_relation(run, wanted) != kNoObject
                                         : find_type(run, wanted) != kNoObject;
  if (!found && run.session.has_unknown_objects) return std::nullopt;
  return !found;
}

}  // namespace

std::optional<bool> catalog_condition(const Run& run, const PgQuery__Node& condition) {
  switch (condition.node_case) {
    case PG_QUERY__NODE__NODE_SUB_LINK: {
      const PgQuery__SubLink& link = *condition.sub_link;
      if (link.sub_link_type != PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK || !link.subselect ||
          link.subselect->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
        return std::nullopt;
      return exists(run, *link.subselect->select_stmt);
    }
    case PG_QUERY__NODE__NODE_NULL_TEST: {
      std::optional<bool> missing = is_missing(run, *condition.null_test->arg);
      if (!missing) return std::nullopt;
      bool asks_null = condition.null_test->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL;
      return *missing == asks_null;
    }
    case PG_QUERY__NODE__NODE_BOOL_EXPR: {
      const PgQuery__BoolExpr& expression = *condition.bool_expr;
      if (expression.boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR) {
        std::optional<bool> inner = catalog_condition(run, *expression.args[0]);
        if (!inner) return std::nullopt;
        return !*inner;
      }
      const bool all = expression.boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR;
      bool unknown = false;
      for (std::size_t i = 0; i < expression.n_args; ++i) {
        std::optional<bool> part = catalog_condition(run, *expression.args[i]);
        if (part && *part != all) return *part;
        unknown = unknown || !part;
      }
      if (unknown) return std::nullopt;
      return all;
    }
    default:
      return std::nullopt;
  }
}

}  // namespace schemaudit::replay
