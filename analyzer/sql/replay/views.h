// Views, materialized views and tables made of queries. Private to analyzer/sql.
//
//   CREATE VIEW names AS SELECT id, lower(email) FROM users;
//   create_view(run, *node.view_stmt);   // its columns are id and lower, and it needs users
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void create_view(Run& run, const PgQuery__ViewStmt& create);
/// CREATE TABLE AS and CREATE MATERIALIZED VIEW.
void create_table_as(Run& run, const PgQuery__CreateTableAsStmt& create);

/// Whether it is SELECT ... INTO table, which makes one.
bool is_select_into(const PgQuery__SelectStmt& select);
void select_into(Run& run, PgQuery__SelectStmt& select);

}  // namespace schemaudit::replay
