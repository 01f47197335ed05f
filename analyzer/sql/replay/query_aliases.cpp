#include "analyzer/sql/replay/query_aliases.h"

#include <map>
#include <string>

#include "analyzer/model/utf8.h"
#include "analyzer/sql/replay/chosen_names.h"
#include "analyzer/sql/tree_walk.h"

namespace schemaudit::replay {

namespace {

/// Names in use, each with the number of the last one made of it.
using UsedNames = std::map<std::string, int>;

class AliasSetter {
 public:
  explicit AliasSetter(Run& run) : run_(run) {}

  void query(PgQuery__SelectStmt& select, UsedNames used) {
    for (auto& name : used) name.second = 0;
    for (std::size_t i = 0; i < select.n_from_clause; ++i)
      name_source(*select.from_clause[i], used);
    if (select.with_clause)
      for (std::size_t i = 0; i < select.with_clause->n_ctes; ++i)
        below(*select.with_clause->ctes[i], used);
    if (select.larg) query(*select.larg, used);
    if (select.rarg) query(*select.rarg, used);
    auto all = [&](std::size_t count, PgQuery__Node** nodes) {
      for (std::size_t i = 0; i < count; ++i) below(*nodes[i], used);
    };
    all(select.n_from_clause, select.from_clause);
    all(select.n_target_list, select.target_list);
    all(select.n_group_clause, select.group_clause);
    all(select.n_window_clause, select.window_clause);
    all(select.n_values_lists, select.values_lists);
    for (PgQuery__Node* part :
         {select.where_clause, select.having_clause, select.limit_count, select.limit_offset})
      if (part) below(*part, used);
  }

 private:
  /// The entries of one FROM, in their order; queries in them are for below().
  void name_source(PgQuery__Node& node, UsedNames& used) {
    switch (node.node_case) {
      case PG_QUERY__NODE__NODE_RANGE_VAR:
        node.range_var->alias = named(node.range_var->alias, node.range_var->relname, used);
        break;
      case PG_QUERY__NODE__NODE_RANGE_SUBSELECT:
        node.range_subselect->alias = named(node.range_subselect->alias, {}, used);
        break;
      case PG_QUERY__NODE__NODE_RANGE_FUNCTION:
        node.range_function->alias = named(node.range_function->alias, {}, used);
        break;
      case PG_QUERY__NODE__NODE_RANGE_TABLE_FUNC:
        node.range_table_func->alias = named(node.range_table_func->alias, {}, used);
        break;
      case PG_QUERY__NODE__NODE_RANGE_TABLE_SAMPLE:
        name_source(*node.range_table_sample->relation, used);
        break;
      case PG_QUERY__NODE__NODE_JOIN_EXPR:
        name_source(*node.join_expr->larg, used);
        name_source(*node.join_expr->rarg, used);
        node.join_expr->alias = named(node.join_expr->alias, {}, used);
        break;
      default:
        break;
    }
  }

  PgQuery__Alias* named(PgQuery__Alias* alias, const std::string& own, UsedNames& used) {
    const std::string name = alias ? alias->aliasname : own;
    if (name.empty()) return alias;
    auto at = used.find(name);
    if (at == used.end()) {
      used.emplace(name, 0);
      return alias;
    }
    std::string made;
    do {
      std::string number = "_" + std::to_string(++at->second);
      made = std::string(cut_at_character(name, kNameLength - number.size())) + number;
    } while (used.count(made));
    used.emplace(made, 0);
    PgQuery__Alias renamed = PG_QUERY__ALIAS__INIT;
    if (alias) renamed = *alias;
    renamed.aliasname = run_.arena.keep(made);
    return run_.arena.make(renamed);
  }

  /// Queries within a part see the names that are used around it.
  void below(PgQuery__Node& node, const UsedNames& used) {
    walk_tree(node.base, [&](ProtobufCMessage& message) {
      auto* select = as<PgQuery__SelectStmt>(message);
      if (!select) return true;
      query(*select, used);
      return false;
    });
  }

  Run& run_;
};

}  // namespace

void set_server_aliases(Run& run, PgQuery__SelectStmt& query) {
  AliasSetter(run).query(query, {});
}

}  // namespace schemaudit::replay
