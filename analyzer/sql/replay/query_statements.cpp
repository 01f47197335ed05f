// Statements that change rows, which hold queries and give columns as queries do.
#include "analyzer/sql/newer_trees.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/query_analyser.h"

namespace schemaudit::replay {

void QueryAnalyser::statement(PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_SELECT_STMT:
      select(*node.select_stmt);
      return;
    case PG_QUERY__NODE__NODE_INSERT_STMT:
      insert(*node.insert_stmt);
      return;
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
      update(*node.update_stmt);
      return;
    case PG_QUERY__NODE__NODE_DELETE_STMT:
      delete_from(*node.delete_stmt);
      return;
    default:
      return;
  }
}

void QueryAnalyser::insert(PgQuery__InsertStmt& insert) {
  ctes_.emplace_back();
  if (insert.with_clause) with_clause(*insert.with_clause);
  ScopeItem table = target_table(*insert.relation);
  for (std::size_t i = 0; i < insert.n_cols; ++i)
    need(table.relation, column_named(run_, table.relation, insert.cols[i]->res_target->name,
                                      insert.cols[i]->res_target->location));
  if (insert.select_stmt && insert.select_stmt->node_case == PG_QUERY__NODE__NODE_SELECT_STMT)
    select(*insert.select_stmt->select_stmt);
  Scope& scope = scopes_.emplace_back();
  visible_.push_back(&scope);
  scope.items.push_back(table);
  for_returned(insert, [&](std::size_t count, PgQuery__Node** targets) {
    target_list(count, targets, true);
  });
  if (PgQuery__OnConflictClause* conflict = insert.on_conflict_clause) {
    ScopeItem excluded = table;
    excluded.alias = "excluded";
    excluded.by_column = false;
    scope.items.push_back(excluded);
    if (conflict->infer)
      for (std::size_t i = 0; i < conflict->infer->n_index_elems; ++i)
        expression(conflict->infer->index_elems[i]);
    for (std::size_t i = 0; i < conflict->n_target_list; ++i)
      expression(conflict->target_list[i]->res_target->val);
    expression(conflict->where_clause);
  }
  visible_.pop_back();
  scopes_.pop_back();
  ctes_.pop_back();
}

void QueryAnalyser::update(PgQuery__UpdateStmt& update) {
  ctes_.emplace_back();
  if (update.with_clause) with_clause(*update.with_clause);
  Scope& scope = scopes_.emplace_back();
  visible_.push_back(&scope);
  ScopeItem table = target_table(*update.relation);
  scope.items.push_back(table);
  for (std::size_t i = 0; i < update.n_from_clause; ++i) source(*update.from_clause[i]);
  for (std::size_t i = 0; i < update.n_target_list; ++i) {
    PgQuery__ResTarget& target = *update.target_list[i]->res_target;
    need(table.relation, column_named(run_, table.relation, target.name, target.location));
    expression(target.val);
  }
  expression(update.where_clause);
  for_returned(update, [&](std::size_t count, PgQuery__Node** targets) {
    target_list(count, targets, true);
  });
  visible_.pop_back();
  scopes_.pop_back();
  ctes_.pop_back();
}

void QueryAnalyser::delete_from(PgQuery__DeleteStmt& remove) {
  ctes_.emplace_back();
  if (remove.with_clause) with_clause(*remove.with_clause);
  Scope& scope = scopes_.emplace_back();
  visible_.push_back(&scope);
  scope.items.push_back(target_table(*remove.relation));
  for (std::size_t i = 0; i < remove.n_using_clause; ++i) source(*remove.using_clause[i]);
  expression(remove.where_clause);
  for_returned(remove, [&](std::size_t count, PgQuery__Node** targets) {
    target_list(count, targets, true);
  });
  visible_.pop_back();
  scopes_.pop_back();
  ctes_.pop_back();
}

}  // namespace schemaudit::replay
