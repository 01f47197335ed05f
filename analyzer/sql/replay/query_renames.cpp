#include "analyzer/sql/replay/query_renames.h"

#include <map>
#include <set>

#include "analyzer/sql/tree_walk.h"

namespace schemaudit::replay {

namespace {

/// What the names before a dot may mean anywhere in the tree.
struct Sources {
  std::map<std::string, std::set<std::string>> by_alias;
  /// Those that are no relation's own name.
  std::set<std::string> aliases;
  bool has_others = false;
  bool reads_column_by_join = false;
};

Sources sources_of(ProtobufCMessage& tree, const std::string& column) {
  Sources sources;
  walk_tree(tree, [&](ProtobufCMessage& message) {
    if (auto* range = as<PgQuery__RangeVar>(message)) {
      const PgQuery__Alias* alias = range->alias;
      if (alias && alias->n_colnames > 0) sources.has_others = true;
      if (alias) sources.aliases.insert(alias->aliasname);
      sources.by_alias[alias ? alias->aliasname : range->relname].insert(
          to_string(name_of(*range)));
      return false;
    }
    if (auto* alias = as<PgQuery__Alias>(message)) sources.aliases.insert(alias->aliasname);
    if (auto* common = as<PgQuery__CommonTableExpr>(message))
      sources.aliases.insert(common->ctename);
    auto* node = as<PgQuery__Node>(message);
    if (!node) return true;
    if (node->node_case == PG_QUERY__NODE__NODE_RANGE_SUBSELECT ||
        node->node_case == PG_QUERY__NODE__NODE_RANGE_FUNCTION ||
        node->node_case == PG_QUERY__NODE__NODE_COMMON_TABLE_EXPR)
      sources.has_others = true;
    if (node->node_case == PG_QUERY__NODE__NODE_JOIN_EXPR)
      for (std::size_t i = 0; i < node->join_expr->n_using_clause; ++i)
        if (string_of(node->join_expr->using_clause[i]) == column)
          sources.reads_column_by_join = true;
    return true;
  });
  return sources;
}

}  // namespace

QueryRename rename_column_in_query(ProtobufCMessage& tree, TreeArena& arena,
                                   const QualifiedName& table, const std::string& from,
                                   const std::string& to) {
  const Sources sources = sources_of(tree, from);
  const std::string full = to_string(table);
  if (sources.reads_column_by_join) return QueryRename::undecided;
  bool only_this_table = !sources.has_others;
  for (const auto& [alias, relations] : sources.by_alias)
    if (relations != std::set<std::string>{full}) only_this_table = false;

  QueryRename done = QueryRename::untouched;
  auto means_it = [&](const PgQuery__ColumnRef& reference) {
    if (string_of(reference.fields[reference.n_fields - 1]) != from) return false;
    if (reference.n_fields < 2) {
      if (only_this_table) return true;
      done = QueryRename::undecided;
      return false;
    }
    const std::string qualifier(string_of(reference.fields[reference.n_fields - 2]));
    auto at = sources.by_alias.find(qualifier);
    // Where no source has the name it is the table that a policy is on.
    if (at == sources.by_alias.end())
      return qualifier == table.name && !sources.aliases.count(qualifier);
    if (!at->second.count(full)) return false;
    if (at->second.size() == 1) return true;
    done = QueryRename::undecided;
    return false;
  };
  walk_tree(tree, [&](ProtobufCMessage& message) {
    if (auto* node = as<PgQuery__Node>(message);
        node && node->node_case == PG_QUERY__NODE__NODE_RES_TARGET) {
      // The query's own column keeps its name.
      PgQuery__ResTarget& target = *node->res_target;
      if (target.val && target.val->node_case == PG_QUERY__NODE__NODE_COLUMN_REF &&
          (!target.name || !*target.name) && means_it(*target.val->column_ref))
        target.name = arena.keep(from);
      return true;
    }
    auto* reference = as<PgQuery__ColumnRef>(message);
    if (!reference || reference->n_fields == 0 || !means_it(*reference)) return true;
    reference->fields[reference->n_fields - 1]->string->sval = arena.keep(to);
    if (done == QueryRename::untouched) done = QueryRename::renamed;
    return false;
  });
  return done;
}

QueryRename rename_table_in_query(ProtobufCMessage& tree, TreeArena& arena,
                                  const QualifiedName& from, const QualifiedName& to) {
  const Sources sources = sources_of(tree, {});
  auto meant = [&](const std::string& qualifier) {
    auto at = sources.by_alias.find(qualifier);
    return at == sources.by_alias.end() ? std::set<std::string>() : at->second;
  };
  // Where no source has the name it is the table that a policy or trigger is on.
  const std::set<std::string> before = meant(from.name);
  const bool is_clear = (before.empty() || before == std::set<std::string>{to_string(from)}) &&
                        (from.name == to.name || meant(to.name).empty()) &&
                        !sources.aliases.count(from.name);
  QueryRename done = QueryRename::untouched;
  walk_tree(tree, [&](ProtobufCMessage& message) {
    auto* reference = as<PgQuery__ColumnRef>(message);
    if (!reference || reference->n_fields < 2) return true;
    PgQuery__Node& qualifier = *reference->fields[reference->n_fields - 2];
    if (qualifier.node_case != PG_QUERY__NODE__NODE_STRING || string_of(&qualifier) != from.name)
      return false;
    if (!is_clear) {
      done = QueryRename::undecided;
      return false;
    }
    qualifier.string->sval = arena.keep(to.name);
    if (reference->n_fields > 2)
      reference->fields[reference->n_fields - 3]->string->sval = arena.keep(to.schema);
    if (done == QueryRename::untouched) done = QueryRename::renamed;
    return false;
  });
  return done;
}

}  // namespace schemaudit::replay
