#include "analyzer/sql/replay/chosen_names.h"

#include <algorithm>

#include "analyzer/model/utf8.h"

namespace schemaudit::replay {

std::string make_object_name(std::string_view first, std::string_view second,
                             std::string_view label) {
  std::size_t overhead = (second.empty() ? 0 : 1) + (label.empty() ? 0 : label.size() + 1);
  std::size_t available = kNameLength - overhead;
  std::size_t first_size = first.size(), second_size = second.size();
  while (first_size + second_size > available)
    --(first_size > second_size ? first_size : second_size);
  std::string name(cut_at_character(first, first_size));
  if (!second.empty()) name += "_" + std::string(cut_at_character(second, second_size));
  if (!label.empty()) name += "_" + std::string(label);
  return name;
}

std::string choose_relation_name(const Catalog& catalog, std::string_view first,
                                 std::string_view second, std::string_view label, ObjectId schema,
                                 bool is_constraint) {
  std::string tried(label);
  for (int pass = 1;; ++pass) {
    std::string name = make_object_name(first, second, tried);
    if (!catalog.find_relation(schema, name) &&
        (!is_constraint || !catalog.constraint_exists(schema, name)))
      return name;
    tried = std::string(label) + std::to_string(pass);
  }
}

std::string choose_constraint_name(const Catalog& catalog, std::string_view first,
                                   std::string_view second, std::string_view label, ObjectId schema,
                                   const std::vector<std::string>& others) {
  std::string tried(label);
  for (int pass = 1;; ++pass) {
    std::string name = make_object_name(first, second, tried);
    if (std::find(others.begin(), others.end(), name) == others.end() &&
        !catalog.constraint_exists(schema, name))
      return name;
    tried = std::string(label) + std::to_string(pass);
  }
}

std::string joined_for_name(const std::vector<std::string>& columns) {
  std::string joined;
  for (const std::string& column : columns) {
    if (!joined.empty()) joined += '_';
    joined += column.substr(0, kNameLength);
    if (joined.size() > kNameLength) break;
  }
  return joined;
}

std::string choose_index_name(const Catalog& catalog, std::string_view table, ObjectId schema,
                              const std::vector<std::string>& columns, IndexUse use) {
  if (use == IndexUse::primary_key)
    return choose_relation_name(catalog, table, {}, "pkey", schema, true);
  std::string_view label = use == IndexUse::exclusion_constraint ? "excl"
                           : use == IndexUse::unique_constraint  ? "key"
                                                                 : "idx";
  return choose_relation_name(catalog, table, joined_for_name(columns), label, schema,
                              use != IndexUse::plain);
}

std::vector<std::string> index_column_names(const std::vector<std::string>& names) {
  std::vector<std::string> columns;
  for (const std::string& name : names) {
    const std::string original = name.empty() ? "expr" : name;
    std::string current = original;
    for (int i = 1; std::find(columns.begin(), columns.end(), current) != columns.end(); ++i) {
      std::string number = std::to_string(i);
      current = std::string(cut_at_character(original, kNameLength - number.size())) + number;
    }
    columns.push_back(std::move(current));
  }
  return columns;
}

namespace {

// FigureColnameInternal() of src/backend/parser/parse_target.c. The strength tells a name that
// is the expression's own (2) from one that only its type gives (1).
int figure(const PgQuery__Node* node, std::string& name) {
  if (!node) return 0;
  auto named = [&](std::string_view own) {
    name = own;
    return 2;
  };
  switch (node->node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF: {
      std::string_view last;
      for (std::size_t i = 0; i < node->column_ref->n_fields; ++i)
        if (std::string_view field = string_of(node->column_ref->fields[i]); !field.empty())
          last = field;
      return last.empty() ? 0 : named(last);
    }
    case PG_QUERY__NODE__NODE_A_INDIRECTION: {
      std::string_view last;
      for (std::size_t i = 0; i < node->a_indirection->n_indirection; ++i)
        if (std::string_view field = string_of(node->a_indirection->indirection[i]); !field.empty())
          last = field;
      return last.empty() ? figure(node->a_indirection->arg, name) : named(last);
    }
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      return named(name_of(node->func_call->n_funcname, node->func_call->funcname).name);
    case PG_QUERY__NODE__NODE_A_EXPR:
      return node->a_expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF ? named("nullif") : 0;
    case PG_QUERY__NODE__NODE_TYPE_CAST: {
      int strength = figure(node->type_cast->arg, name);
      if (strength > 1 || !node->type_cast->type_name) return strength;
      name = name_of(node->type_cast->type_name->n_names, node->type_cast->type_name->names).name;
      return 1;
    }
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
      return figure(node->collate_clause->arg, name);
    case PG_QUERY__NODE__NODE_GROUPING_FUNC:
      return named("grouping");
    case PG_QUERY__NODE__NODE_SUB_LINK:
      switch (node->sub_link->sub_link_type) {
        case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK:
          return named("exists");
        case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
          return named("array");
        case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK: {
          const PgQuery__Node* query = node->sub_link->subselect;
          while (query && query->node_case == PG_QUERY__NODE__NODE_SELECT_STMT &&
                 query->select_stmt->n_target_list == 0 && query->select_stmt->larg)
            return 0;
          if (!query || query->node_case != PG_QUERY__NODE__NODE_SELECT_STMT ||
              query->select_stmt->n_target_list == 0)
            return 0;
          const PgQuery__ResTarget& target = *query->select_stmt->target_list[0]->res_target;
          if (target.name && *target.name) return named(target.name);
          return figure(target.val, name);
        }
        default:
          return 0;
      }
    case PG_QUERY__NODE__NODE_CASE_EXPR: {
      int strength = figure(node->case_expr->defresult, name);
      if (strength > 1) return strength;
      name = "case";
      return 1;
    }
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
      return named("array");
    case PG_QUERY__NODE__NODE_ROW_EXPR:
      return named("row");
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
      return named("coalesce");
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
      return named(node->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST ? "greatest"
                                                                               : "least");
    case PG_QUERY__NODE__NODE_XML_SERIALIZE:
      return named("xmlserialize");
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
      switch (node->sqlvalue_function->op) {
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE:
          return named("current_date");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME:
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME_N:
          return named("current_time");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP:
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N:
          return named("current_timestamp");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME:
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N:
          return named("localtime");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP:
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N:
          return named("localtimestamp");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE:
          return named("current_role");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER:
          return named("current_user");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER:
          return named("user");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_SESSION_USER:
          return named("session_user");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG:
          return named("current_catalog");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA:
          return named("current_schema");
        default:
          return 0;
      }
    default:
      return 0;
  }
}

}  // namespace

std::string figured_name(const PgQuery__Node& expression) {
  std::string name;
  figure(&expression, name);
  return name;
}

}  // namespace schemaudit::replay
