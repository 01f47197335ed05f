#include "analyzer/sql/replay/queries.h"

#include <algorithm>

#include "analyzer/sql/replay/chosen_names.h"
#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/query_aliases.h"
#include "analyzer/sql/replay/query_analyser.h"
#include "analyzer/sql/replay/types.h"
#include "analyzer/sql/tree_walk.h"

namespace schemaudit::replay {

namespace {

bool ends_in_star(const PgQuery__Node* node) {
  if (!node || node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF) return false;
  const PgQuery__ColumnRef& reference = *node->column_ref;
  return reference.n_fields > 0 &&
         reference.fields[reference.n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR;
}

/// The name alone, of a reference without a table in front; empty for any other expression.
std::string bare_name(const PgQuery__Node& node) {
  if (node.node_case != PG_QUERY__NODE__NODE_COLUMN_REF || node.column_ref->n_fields != 1)
    return {};
  return std::string(string_of(node.column_ref->fields[0]));
}

bool is_literal(const PgQuery__Node& node) {
  return node.node_case == PG_QUERY__NODE__NODE_A_CONST &&
         (node.a_const->isnull || node.a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL);
}

PgQuery__Node* string_node(Run& run, const std::string& text) {
  PgQuery__String string = PG_QUERY__STRING__INIT;
  string.sval = run.arena.keep(text);
  PgQuery__Node node = PG_QUERY__NODE__INIT;
  node.node_case = PG_QUERY__NODE__NODE_STRING;
  node.string = run.arena.make(string);
  return run.arena.make(node);
}

PgQuery__Node** node_list(Run& run, const std::vector<PgQuery__Node*>& nodes) {
  auto** list = static_cast<PgQuery__Node**>(
      run.arena.allocate(std::max<std::size_t>(nodes.size(), 1) * sizeof(PgQuery__Node*)));
  std::copy(nodes.begin(), nodes.end(), list);
  return list;
}

PgQuery__Node* column_target(Run& run, const std::string& alias, const std::string& name) {
  std::vector<PgQuery__Node*> fields;
  if (!alias.empty()) fields.push_back(string_node(run, alias));
  fields.push_back(string_node(run, name));
  PgQuery__ColumnRef reference = PG_QUERY__COLUMN_REF__INIT;
  reference.n_fields = fields.size();
  reference.fields = node_list(run, fields);
  PgQuery__Node value = PG_QUERY__NODE__INIT;
  value.node_case = PG_QUERY__NODE__NODE_COLUMN_REF;
  value.column_ref = run.arena.make(reference);
  PgQuery__ResTarget target = PG_QUERY__RES_TARGET__INIT;
  target.val = run.arena.make(value);
  PgQuery__Node node = PG_QUERY__NODE__INIT;
  node.node_case = PG_QUERY__NODE__NODE_RES_TARGET;
  node.res_target = run.arena.make(target);
  return run.arena.make(node);
}

PgQuery__Node* integer_node(Run& run, int number) {
  PgQuery__Integer integer = PG_QUERY__INTEGER__INIT;
  integer.ival = number;
  PgQuery__AConst constant = PG_QUERY__A__CONST__INIT;
  constant.val_case = PG_QUERY__A__CONST__VAL_IVAL;
  constant.ival = run.arena.make(integer);
  PgQuery__Node node = PG_QUERY__NODE__INIT;
  node.node_case = PG_QUERY__NODE__NODE_A_CONST;
  node.a_const = run.arena.make(constant);
  return run.arena.make(node);
}

/// Which output column a place or a name in ORDER BY means, from 1; 0 where none.
std::size_t output_column(const PgQuery__Node& node, const ScopeItem& result) {
  long long place = 0;
  if (node.node_case == PG_QUERY__NODE__NODE_A_CONST && integer_of(&node, place)) {
    if (place < 1 || (result.known && static_cast<std::size_t>(place) > result.columns.size()))
      refuse("ORDER BY position " + std::to_string(place) + " is not in select list",
             node.a_const->location);
    return static_cast<std::size_t>(place);
  }
  std::string name = bare_name(node);
  if (name.empty()) return 0;
  for (std::size_t i = 0; i < result.columns.size(); ++i)
    if (result.columns[i].name == name) return i + 1;
  return 0;
}

PgQuery__Node* target_value(const PgQuery__SelectStmt& query, std::size_t place) {
  if (place == 0 || place > query.n_target_list) return nullptr;
  PgQuery__Node* node = query.target_list[place - 1];
  return node->node_case == PG_QUERY__NODE__NODE_RES_TARGET ? node->res_target->val : nullptr;
}

}  // namespace

QueryAnalyser::QueryAnalyser(Run& run, const std::vector<OuterRow>& outer, std::vector<Need>& needs)
    : run_(run), needs_(needs) {
  if (outer.empty()) return;
  Scope& scope = scopes_.emplace_back();
  for (const OuterRow& row : outer) {
    ScopeItem item;
    if (row.relation) {
      item = relation_item(run, row.relation, nullptr);
      item.schema.clear();
    } else {
      item.known = row.columns.known;
      for (const QueryColumn& column : row.columns.columns)
        item.columns.push_back({column.name, column.type, {}, false});
    }
    item.alias = row.alias;
    item.by_column = row.alias != "new" && row.alias != "old";
    scope.items.push_back(std::move(item));
  }
  visible_.push_back(&scope);
}

void QueryAnalyser::need(ObjectId object, int column) {
  needs_.push_back({object, column, NeedKind::normal, 0});
}

void QueryAnalyser::need_column(const FoundColumn& found) {
  if (found.column)
    for (const auto& [object, number] : found.column->sources) need(object, number);
  else if (found.kind == FoundColumn::Kind::row && found.item && found.item->relation)
    need(found.item->relation, 0);
}

FoundColumn QueryAnalyser::column(const PgQuery__ColumnRef& reference) {
  std::vector<std::string> names = strings_of(reference.n_fields, reference.fields);
  if (reference.fields[reference.n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR) {
    if (names.size() < 2) return {};
    const std::string schema = names.size() > 2 ? names[names.size() - 3] : std::string();
    const ScopeItem& item =
        find_item(visible_, schema, names[names.size() - 2], run_, reference.location);
    return {FoundColumn::Kind::row, nullptr, &item};
  }
  return find_column(visible_, names, reference.location);
}

void QueryAnalyser::expression(PgQuery__Node* node) {
  if (!node) return;
  walk_tree(node->base, [&](ProtobufCMessage& message) {
    if (auto* reference = as<PgQuery__ColumnRef>(message)) {
      FoundColumn found = column(*reference);
      // The server's text of a whole row is `t.*`.
      if (found.kind == FoundColumn::Kind::row) decided_ = false;
      need_column(found);
      if (found.item && !scopes_.empty())
        for (const ScopeItem& item : scopes_.back().items)
          names_sibling_ = names_sibling_ || &item == found.item;
      return false;
    }
    if (auto* link = as<PgQuery__SubLink>(message)) {
      expression(link->testexpr);
      if (link->subselect && link->subselect->node_case == PG_QUERY__NODE__NODE_SELECT_STMT)
        subqueries_[link->subselect->select_stmt] = select(*link->subselect->select_stmt, false);
      return false;
    }
    return true;
  });
}

void QueryAnalyser::expressions(std::size_t count, Nodes nodes) {
  for (std::size_t i = 0; i < count; ++i) expression(nodes[i]);
}

ScopeItem QueryAnalyser::select(PgQuery__SelectStmt& query, bool shown) {
  ctes_.emplace_back();
  if (query.with_clause) with_clause(*query.with_clause);
  ScopeItem result;
  if (query.op != PG_QUERY__SET_OPERATION__SETOP_NONE &&
      query.op != PG_QUERY__SET_OPERATION__SET_OPERATION_UNDEFINED)
    result = set_operation(query, shown);
  else if (query.n_values_lists > 0)
    result = values(query);
  else
    result = simple_select(query, shown);
  ctes_.pop_back();
  return result;
}

void QueryAnalyser::with_clause(PgQuery__WithClause& clause) {
  const bool recursive = clause.recursive != 0;
  if (recursive)
    for (std::size_t i = 0; i < clause.n_ctes; ++i) {
      // Until it is read, a query further up may name it.
      ScopeItem unread;
      unread.known = false;
      ctes_.back()[clause.ctes[i]->common_table_expr->ctename] = unread;
    }
  for (std::size_t i = 0; i < clause.n_ctes; ++i) {
    PgQuery__CommonTableExpr& cte = *clause.ctes[i]->common_table_expr;
    ScopeItem item = cte_columns(cte, recursive);
    ctes_.back()[cte.ctename] = std::move(item);
  }
}

ScopeItem QueryAnalyser::cte_columns(PgQuery__CommonTableExpr& cte, bool recursive) {
  auto named = [&](ScopeItem item) {
    item.relation = kNoObject;
    item.schema.clear();
    for (ScopeColumn& column : item.columns) column.sources.clear();
    for (std::size_t i = 0; i < cte.n_aliascolnames; ++i) {
      if (i >= item.columns.size()) item.columns.emplace_back();
      item.columns[i].name = string_of(cte.aliascolnames[i]);
    }
    auto add = [&](const char* name) {
      if (name && *name) item.columns.push_back({name, {}, {}, false});
    };
    if (cte.search_clause) add(cte.search_clause->search_seq_column);
    if (cte.cycle_clause) {
      add(cte.cycle_clause->cycle_mark_column);
      add(cte.cycle_clause->cycle_path_column);
    }
    return item;
  };
  if (!cte.ctequery || cte.ctequery->node_case != PG_QUERY__NODE__NODE_SELECT_STMT) {
    ScopeItem item;
    item.known = false;
    if (cte.ctequery) statement(*cte.ctequery);
    return named(std::move(item));
  }
  PgQuery__SelectStmt& query = *cte.ctequery->select_stmt;
  if (recursive && query.op == PG_QUERY__SET_OPERATION__SETOP_UNION && query.larg)
    // The term that does not refer to itself gives the columns to the one that does.
    ctes_.back()[cte.ctename] = named(select(*query.larg));
  return named(select(query));
}

ScopeItem QueryAnalyser::set_operation(PgQuery__SelectStmt& query, bool shown) {
  ScopeItem left = select(*query.larg, shown);
  ScopeItem right = select(*query.rarg, false);
  if (left.known && right.known && left.columns.size() != right.columns.size()) {
    const char* name = query.op == PG_QUERY__SET_OPERATION__SETOP_UNION       ? "UNION"
                       : query.op == PG_QUERY__SET_OPERATION__SETOP_INTERSECT ? "INTERSECT"
                                                                              : "EXCEPT";
    refuse("each " + std::string(name) + " query must have the same number of columns");
  }
  ScopeItem result;
  result.known = left.known && right.known;
  for (std::size_t i = 0; i < left.columns.size(); ++i)
    result.columns.push_back(i < right.columns.size()
                                 ? merged(left.columns[i], right.columns[i])
                                 : ScopeColumn{left.columns[i].name, {}, {}, false});
  order_set_operation(query, result);
  expression(query.limit_count);
  expression(query.limit_offset);
  return result;
}

void QueryAnalyser::order_set_operation(PgQuery__SelectStmt& query, const ScopeItem& result) {
  for (std::size_t i = 0; i < query.n_sort_clause; ++i) {
    PgQuery__SortBy& sort = *query.sort_clause[i]->sort_by;
    std::size_t place = output_column(*sort.node, result);
    if (place > 0)
      sort.node = integer_node(run_, static_cast<int>(place));
    else if (result.known && !bare_name(*sort.node).empty())
      refuse("column " + quoted(bare_name(*sort.node)) + " does not exist",
             sort.node->column_ref->location);
  }
}

ScopeItem QueryAnalyser::values(PgQuery__SelectStmt& query) {
  ScopeItem result;
  for (std::size_t i = 0; i < query.n_values_lists; ++i) {
    PgQuery__List& row = *query.values_lists[i]->list;
    expressions(row.n_items, row.items);
    if (i > 0 && row.n_items != result.columns.size())
      refuse("VALUES lists must all be the same length");
    for (std::size_t j = 0; j < row.n_items; ++j) {
      ScopeColumn column{"column" + std::to_string(j + 1), {}, {}, is_literal(*row.items[j])};
      if (!column.is_literal && row.items[j]->node_case != PG_QUERY__NODE__NODE_SET_TO_DEFAULT)
        column.type = type_of(*row.items[j]);
      if (i == 0)
        result.columns.push_back(std::move(column));
      else
        result.columns[j] = merged(result.columns[j], column);
    }
  }
  return result;
}

ScopeItem QueryAnalyser::simple_select(PgQuery__SelectStmt& query, bool shown) {
  Scope& scope = scopes_.emplace_back();
  visible_.push_back(&scope);
  for (std::size_t i = 0; i < query.n_from_clause; ++i) source(*query.from_clause[i]);
  ScopeItem result = target_list(query.n_target_list, query.target_list, shown);
  expression(query.where_clause);
  for (std::size_t i = 0; i < query.n_group_clause; ++i)
    grouping(query.group_clause[i], query, result);
  expression(query.having_clause);
  for (std::size_t i = 0; i < query.n_window_clause; ++i) expression(query.window_clause[i]);
  for (std::size_t i = 0; i < query.n_distinct_clause; ++i)
    if (query.distinct_clause[i]->node_case != PG_QUERY__NODE__NODE__NOT_SET)
      ordering(query.distinct_clause[i], query, result);
  for (std::size_t i = 0; i < query.n_sort_clause; ++i)
    ordering(query.sort_clause[i]->sort_by->node, query, result);
  expression(query.limit_count);
  expression(query.limit_offset);
  visible_.pop_back();
  scopes_.pop_back();
  return result;
}

ScopeItem QueryAnalyser::target_list(std::size_t& count, Nodes& targets, bool shown) {
  ScopeItem result;
  std::vector<PgQuery__Node*> expanded;
  for (std::size_t i = 0; i < count; ++i) {
    PgQuery__ResTarget& target = *targets[i]->res_target;
    if (ends_in_star(target.val)) {
      std::size_t before = expanded.size();
      expand_star(target, expanded, result);
      if (expanded.size() == before) expanded.push_back(targets[i]);
      continue;
    }
    expanded.push_back(targets[i]);
    expression(target.val);
    if (target.val->node_case == PG_QUERY__NODE__NODE_A_INDIRECTION) {
      const PgQuery__AIndirection& indirection = *target.val->a_indirection;
      if (indirection.n_indirection > 0 &&
          indirection.indirection[indirection.n_indirection - 1]->node_case ==
              PG_QUERY__NODE__NODE_A_STAR) {
        // (row).*: the columns of a type.
        result.known = false;
        decided_ = false;
        continue;
      }
    }
    ScopeColumn column;
    column.name =
        target.name && *target.name ? std::string(target.name) : figured_name(*target.val);
    if (column.name.empty()) column.name = "?column?";
    column.is_literal = is_literal(*target.val);
    if (!column.is_literal) column.type = type_of(*target.val);
    if (target.val->node_case == PG_QUERY__NODE__NODE_COLUMN_REF)
      if (FoundColumn found = this->column(*target.val->column_ref); found.column)
        column.collation = found.column->collation;
    if (shown || column.name != "?column?") target.name = run_.arena.keep(column.name);
    result.columns.push_back(std::move(column));
  }
  count = expanded.size();
  targets = node_list(run_, expanded);
  return result;
}

void QueryAnalyser::expand_star(const PgQuery__ResTarget& target,
                                std::vector<PgQuery__Node*>& targets, ScopeItem& result) {
  const PgQuery__ColumnRef& reference = *target.val->column_ref;
  std::vector<const ScopeItem*> items;
  if (reference.n_fields == 1) {
    for (const ScopeItem& item : scopes_.back().items)
      if (item.by_column) items.push_back(&item);
    if (items.empty()) refuse("SELECT * with no tables specified is not valid", reference.location);
  } else {
    std::vector<std::string> names = strings_of(reference.n_fields, reference.fields);
    items.push_back(&find_item(visible_, names.size() > 2 ? names[names.size() - 3] : std::string(),
                               names[names.size() - 2], run_, reference.location));
  }
  bool known =
      std::all_of(items.begin(), items.end(), [](const ScopeItem* item) { return item->known; });
  if (!known) {
    result.known = false;
    decided_ = false;
  }
  for (const ScopeItem* item : items)
    for (const ScopeColumn& column : item->columns) {
      for (const auto& [object, number] : column.sources) need(object, number);
      if (!known) continue;
      targets.push_back(column_target(run_, item->by_alias ? item->alias : "", column.name));
      ScopeColumn given{column.name, column.type, {}, column.is_literal, column.collation};
      result.columns.push_back(std::move(given));
    }
}

void QueryAnalyser::grouping(PgQuery__Node*& node, const PgQuery__SelectStmt& query,
                             const ScopeItem& result) {
  if (node->node_case == PG_QUERY__NODE__NODE_GROUPING_SET) {
    for (std::size_t i = 0; i < node->grouping_set->n_content; ++i)
      grouping(node->grouping_set->content[i], query, result);
    return;
  }
  std::string name = bare_name(*node);
  bool is_column = false;
  if (!name.empty())
    for (const ScopeItem& item : scopes_.back().items)
      is_column = is_column ||
                  (item.by_column &&
                   (!item.known ||
                    std::any_of(item.columns.begin(), item.columns.end(),
                                [&](const ScopeColumn& column) { return column.name == name; })));
  if (is_column)
    expression(node);
  else
    ordering(node, query, result);
}

void QueryAnalyser::ordering(PgQuery__Node*& node, const PgQuery__SelectStmt& query,
                             const ScopeItem& result) {
  std::size_t place = output_column(*node, result);
  if (place == 0) {
    expression(node);
  } else if (!result.known) {
    decided_ = false;
  } else if (PgQuery__Node* value = target_value(query, place)) {
    node = value;
  }
}

QueryColumns analyse_query(Run& run, PgQuery__SelectStmt& query, const std::vector<OuterRow>& outer,
                           std::vector<Need>& needs, bool shown) {
  QueryAnalyser analyser(run, outer, needs);
  ScopeItem result = analyser.select(query, shown);
  set_server_aliases(run, query);
  resolve_names(run, query.base, needs);
  drop_repeated(needs);
  QueryColumns columns{result.known, {}, analyser.decided()};
  if (!result.known) return columns;
  for (ScopeColumn& column : result.columns) {
    // A literal that nothing gives another type is text.
    if (column.is_literal && !column.type) column.type = builtin_type("text");
    columns.columns.push_back(
        {std::move(column.name), std::move(column.type), std::move(column.collation)});
  }
  return columns;
}

void name_columns(Run& run, PgQuery__SelectStmt& query, const std::vector<std::string>& names,
                  bool shown) {
  if (query.larg) name_columns(run, *query.larg, names, shown);
  if (query.rarg) name_columns(run, *query.rarg, names, false);
  for (std::size_t i = 0; i < query.n_target_list && i < names.size(); ++i)
    query.target_list[i]->res_target->name =
        run.arena.keep(shown || names[i] != "?column?" ? names[i] : std::string());
}

void analyse_statement(Run& run, PgQuery__Node& statement, const std::vector<OuterRow>& outer,
                       std::vector<Need>& needs) {
  QueryAnalyser(run, outer, needs).statement(statement);
  resolve_names(run, statement.base, needs);
  drop_repeated(needs);
}

}  // namespace schemaudit::replay
