#include "analyzer/sql/replay/maintenance.h"

#include "analyzer/sql/replay/names.h"

namespace schemaudit::replay {

namespace {

/// What takes transactions of its own.
void require_no_block(const Run& run, const std::string& statement) {
  if (run.session.in_block()) refuse(statement + " cannot run inside a transaction block");
}

bool is_partitioned(const Catalog& catalog, ObjectId relation) {
  if (const auto* index = std::get_if<IndexDetail>(&catalog.at(relation).detail))
    relation = index->table;
  return catalog.at(relation).kind == Kind::partitioned_table;
}

}  // namespace

void refresh(Run& run, const PgQuery__RefreshMatViewStmt& refresh) {
  ObjectId view = relation_named(run, *refresh.relation);
  if (!view || run.catalog.at(view).kind != Kind::materialized_view)
    refuse(quoted(refresh.relation->relname) + " is not a materialized view",
           refresh.relation->location);
}

void cluster(Run& run, const PgQuery__ClusterStmt& cluster) {
  if (!cluster.relation) return require_no_block(run, "CLUSTER");
  ObjectId table = relation_named(run, *cluster.relation);
  if (!table || !cluster.indexname || !*cluster.indexname) return;
  ObjectId index = run.catalog.find_relation(run.catalog.at(table).schema, cluster.indexname);
  const std::string missing = "index " + quoted(cluster.indexname) + " for table " +
                              quoted(run.catalog.at(table).name) + " does not exist";
  if (!index) not_found(run, missing, cluster.relation->location);
  if (run.catalog.at(index).kind != Kind::index ||
      run.catalog.detail<IndexDetail>(index).table != table)
    refuse(quoted(cluster.indexname) + " is not an index for table " +
               quoted(run.catalog.at(table).name),
           cluster.relation->location);
  if (is_partitioned(run.catalog, table)) require_no_block(run, "CLUSTER");
}

void reindex(Run& run, const PgQuery__ReindexStmt& reindex) {
  for (std::size_t i = 0; i < reindex.n_params; ++i)
    if (reindex.params[i]->node_case == PG_QUERY__NODE__NODE_DEF_ELEM &&
        std::string_view(reindex.params[i]->def_elem->defname) == "concurrently")
      require_no_block(run, "REINDEX CONCURRENTLY");
  if (!reindex.relation) require_no_block(run, "REINDEX of more than one relation");
  if (reindex.kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SCHEMA) {
    if (reindex.name && !is_system_schema(reindex.name)) schema_named(run, reindex.name);
    return;
  }
  if (!reindex.relation) return;
  ObjectId relation = relation_named(run, *reindex.relation);
  if (relation && reindex.kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_INDEX &&
      run.catalog.at(relation).kind != Kind::index)
    refuse(quoted(reindex.relation->relname) + " is not an index", reindex.relation->location);
  if (relation && is_partitioned(run.catalog, relation)) require_no_block(run, "REINDEX");
}

void vacuum(Run& run, const PgQuery__VacuumStmt& vacuum) {
  if (vacuum.is_vacuumcmd) require_no_block(run, "VACUUM");
  for (std::size_t i = 0; i < vacuum.n_rels; ++i)
    if (vacuum.rels[i]->node_case == PG_QUERY__NODE__NODE_VACUUM_RELATION &&
        vacuum.rels[i]->vacuum_relation->relation)
      relation_named(run, *vacuum.rels[i]->vacuum_relation->relation);
}

void lock(Run& run, const PgQuery__LockStmt& lock) {
  for (std::size_t i = 0; i < lock.n_relations; ++i)
    if (lock.relations[i]->node_case == PG_QUERY__NODE__NODE_RANGE_VAR)
      relation_named(run, *lock.relations[i]->range_var);
}

}  // namespace schemaudit::replay
