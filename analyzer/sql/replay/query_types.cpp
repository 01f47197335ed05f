// The types of a query's columns, as far as they can be told.
#include <algorithm>
#include <array>

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/expression_types.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/query_analyser.h"
#include "analyzer/sql/replay/routine_lookup.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

namespace {

bool is_pseudo_type(std::string_view spelling) {
  return spelling.starts_with("any") || spelling == "record" || spelling == "void";
}

}  // namespace

std::string QueryAnalyser::bare_column_type(std::string_view name) const {
  for (auto scope = visible_.rbegin(); scope != visible_.rend(); ++scope) {
    std::optional<std::string> type;
    for (const ScopeItem& item : (*scope)->items)
      for (const ScopeColumn& column : item.columns) {
        if (column.name != name) continue;
        std::string spelled = column.type ? type_text(run_.catalog, *column.type) : std::string();
        // Only the name is known here: two columns of it have to agree.
        if (type && *type != spelled) return {};
        type = std::move(spelled);
      }
    if (type) return *type;
  }
  return {};
}

std::optional<TypeRef> QueryAnalyser::type_from(const std::string& spelling) {
  if (spelling.empty()) return std::nullopt;
  if (schemaudit::builtin_type(spelling) != kNoType) return builtin_type(spelling);
  // One of the catalog's own, spelled as type_text() has it.
  std::optional<TypeRef> found;
  for (const Need& need : needs_) {
    const Object* object = run_.catalog.find(need.object);
    if (!object || !is_type(object->kind)) continue;
    for (bool array : {false, true}) {
      TypeRef type;
      type.type = need.object;
      type.is_array = array;
      if (type_text(run_.catalog, type) == spelling) found = type;
    }
  }
  return found;
}

std::optional<TypeRef> QueryAnalyser::type_of(const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF: {
      std::vector<std::string> names =
          strings_of(node.column_ref->n_fields, node.column_ref->fields);
      if (names.back().empty()) return std::nullopt;
      FoundColumn found = find_column(visible_, names, node.column_ref->location);
      return found.column ? found.column->type : std::nullopt;
    }
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      return resolve_type(run_, *node.type_cast->type_name);
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
      return type_of(*node.collate_clause->arg);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      if (ObjectId routine = resolve_call(run_, *node.func_call)) {
        const auto& detail = run_.catalog.detail<RoutineDetail>(routine);
        if (detail.language == "extension" || !detail.returns || detail.returns_table ||
            detail.result_columns.size() > 1 || is_pseudo_type(detail.returns->spelling))
          return std::nullopt;
        return detail.returns;
      }
      break;
    case PG_QUERY__NODE__NODE_SUB_LINK: {
      const PgQuery__SubLink& link = *node.sub_link;
      bool scalar = link.sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK;
      bool array = link.sub_link_type == PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK;
      if (!scalar && !array) return builtin_type("boolean");
      auto at = link.subselect && link.subselect->node_case == PG_QUERY__NODE__NODE_SELECT_STMT
                    ? subqueries_.find(link.subselect->select_stmt)
                    : subqueries_.end();
      if (at == subqueries_.end() || at->second.columns.size() != 1) return std::nullopt;
      std::optional<TypeRef> type = at->second.columns[0].type;
      if (!array || !type) return type;
      if (type->type) {
        type->is_array = true;
        return type;
      }
      TypeId element = schemaudit::builtin_type(type->spelling);
      TypeId wanted = element_of(element) != kNoType ? element : array_of(element);
      if (wanted == kNoType) return std::nullopt;
      return builtin_type(std::string(builtin_type_name(wanted)));
    }
    default:
      break;
  }
  std::deque<std::string> spelled;
  ColumnTypes types = [&](std::string_view name) -> std::string_view {
    return spelled.emplace_back(bare_column_type(name));
  };
  return type_from(type_of_expression(node, types));
}

ScopeColumn QueryAnalyser::merged(const ScopeColumn& left, const ScopeColumn& right) const {
  ScopeColumn column{left.name, {}, {}, left.is_literal && right.is_literal};
  if (left.is_literal) {
    column.type = right.type;
  } else if (right.is_literal) {
    column.type = left.type;
  } else if (left.type && right.type) {
    if (*left.type == *right.type) {
      column.type = left.type;
    } else if (!left.type->type && !right.type->type) {
      std::array<TypeId, 2> both{schemaudit::builtin_type(left.type->spelling),
                                 schemaudit::builtin_type(right.type->spelling)};
      if (both[0] != kNoType && both[1] != kNoType)
        if (TypeId common = common_type(both); common != kNoType)
          column.type = builtin_type(std::string(builtin_type_name(common)));
    }
  }
  return column;
}

}  // namespace schemaudit::replay
