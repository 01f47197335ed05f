// CREATE TABLE in all its forms. Private to analyzer/sql.
//
//   CREATE TABLE orders (id serial PRIMARY KEY, total int CHECK (total > 0));
//   create_table(run, *node.create_stmt);
//   // the catalog has orders, orders_id_seq, orders_pkey and orders_total_check
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void create_table(Run& run, const PgQuery__CreateStmt& create, Kind kind = Kind::table);

}  // namespace schemaudit::replay
