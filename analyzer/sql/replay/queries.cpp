#include "analyzer/sql/replay/queries.h"

#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/tree_walk.h"

namespace schemaudit::replay {

QueryColumns analyse_query(Run& run, PgQuery__SelectStmt& query, const std::vector<OuterRow>&,
                           std::vector<Need>& needs) {
  walk_tree(query.base, [&](ProtobufCMessage& message) {
    auto* range = as<PgQuery__RangeVar>(message);
    if (!range) return true;
    if (ObjectId found = find_relation(run, name_of(*range))) {
      needs.push_back({found, 0, NeedKind::normal, 0});
      range->schemaname = run.arena.keep(run.catalog.schema_name(run.catalog.at(found).schema));
    }
    return false;
  });
  return {false, {}};
}

void analyse_statement(Run& run, PgQuery__Node& statement, const std::vector<OuterRow>& outer,
                       std::vector<Need>& needs) {
  if (statement.node_case == PG_QUERY__NODE__NODE_SELECT_STMT)
    analyse_query(run, *statement.select_stmt, outer, needs);
}

}  // namespace schemaudit::replay
