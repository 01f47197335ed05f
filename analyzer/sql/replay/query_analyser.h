// Parse analysis of one statement: see queries.h, which is its face. Private to analyzer/sql.
//
//   QueryAnalyser analyser(run, {}, needs);
//   ScopeItem result = analyser.select(query);   // SELECT id, lower(email) FROM users
//   // result.columns are id and lower; needs: users, and its columns id and email
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "analyzer/sql/normal_form.h"
#include "analyzer/sql/replay/queries.h"
#include "analyzer/sql/replay/query_scope.h"

namespace schemaudit::replay {

class QueryAnalyser {
 public:
  QueryAnalyser(Run& run, const std::vector<OuterRow>& outer, std::vector<Need>& needs);

  /// What a query gives: like an entry of FROM without a name. `shown`: its columns' names can be
  /// seen from outside, and the server writes down each.
  ScopeItem select(PgQuery__SelectStmt& query, bool shown = true);
  void statement(PgQuery__Node& node);
  bool decided() const { return decided_; }

 private:
  using Nodes = PgQuery__Node**;

  // queries.cpp: the parts of a SELECT.
  ScopeItem simple_select(PgQuery__SelectStmt& query, bool shown);
  ScopeItem set_operation(PgQuery__SelectStmt& query, bool shown);
  ScopeItem values(PgQuery__SelectStmt& query);
  void with_clause(PgQuery__WithClause& clause);
  ScopeItem cte_columns(PgQuery__CommonTableExpr& cte, bool recursive);
  ScopeItem target_list(std::size_t& count, Nodes& targets, bool shown);
  void expand_star(const PgQuery__ResTarget& target, std::vector<PgQuery__Node*>& targets,
                   ScopeItem& result);
  void grouping(PgQuery__Node*& node, const PgQuery__SelectStmt& query, const ScopeItem& result);
  void ordering(PgQuery__Node*& node, const PgQuery__SelectStmt& query, const ScopeItem& result);
  void order_set_operation(PgQuery__SelectStmt& query, const ScopeItem& result);

  // query_statements.cpp: the statements that change rows.
  void insert(PgQuery__InsertStmt& insert);
  void update(PgQuery__UpdateStmt& update);
  void delete_from(PgQuery__DeleteStmt& remove);

  // query_sources.cpp: what stands in FROM.
  /// Appends its entries to the innermost scope; returns the one that stands for all of it.
  ScopeItem source(PgQuery__Node& node);
  ScopeItem range_var(PgQuery__RangeVar& range);
  ScopeItem subselect(PgQuery__RangeSubselect& subselect);
  ScopeItem function(PgQuery__RangeFunction& function);
  void function_columns(PgQuery__Node& call, bool alone, const PgQuery__Alias* alias,
                        ScopeItem& item);
  std::optional<TypeRef> builtin_result(const PgQuery__FuncCall& call, const std::string& name);
  ScopeItem table_function(PgQuery__RangeTableFunc& function);
  ScopeItem join(PgQuery__JoinExpr& join);
  ScopeItem target_table(PgQuery__RangeVar& range);

  // query_types.cpp
  std::optional<TypeRef> type_of(const PgQuery__Node& node);
  std::optional<TypeRef> type_from(const std::string& spelling);
  ScopeColumn merged(const ScopeColumn& left, const ScopeColumn& right) const;
  std::string bare_column_type(std::string_view name) const;

  void expression(PgQuery__Node* node);
  void expressions(std::size_t count, Nodes nodes);
  FoundColumn column(const PgQuery__ColumnRef& reference);
  void need_column(const FoundColumn& found);
  void need(ObjectId object, int column);

  Run& run_;
  std::vector<Need>& needs_;
  std::deque<Scope> scopes_;
  std::vector<const Scope*> visible_;
  std::vector<std::map<std::string, ScopeItem>> ctes_;
  /// What subqueries in expressions give, for their types.
  std::map<const PgQuery__SelectStmt*, ScopeItem> subqueries_;
  bool decided_ = true;
  /// Whether a column of the innermost FROM was named since it was last looked at.
  bool names_sibling_ = false;
};

}  // namespace schemaudit::replay
