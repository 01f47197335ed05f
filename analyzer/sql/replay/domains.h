// CREATE DOMAIN and ALTER DOMAIN. Private to analyzer/sql.
//
//   create_domain(run, *node.create_domain_stmt);
//   // its CHECKs are constraint objects whose ConstraintDetail::table is the domain
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void create_domain(Run& run, const PgQuery__CreateDomainStmt& create);
void alter_domain(Run& run, const PgQuery__AlterDomainStmt& alter);

}  // namespace schemaudit::replay
