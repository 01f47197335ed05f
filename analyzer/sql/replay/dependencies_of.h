// Which objects need which relations, as the live catalog's pg_depend tells: what a border may
// forbid. Private to analyzer/sql.
//
//   schema.dependencies = dependencies_of(session.catalog);
#pragma once

#include <vector>

#include "analyzer/model/schema.h"
#include "analyzer/sql/replay/catalog.h"

namespace schemaudit::replay {

/// Views, rules, functions, policies, triggers, defaults and sequences with each relation that
/// they need besides their own. A default that draws from a column's sequence needs the table of
/// that column.
std::vector<Dependency> dependencies_of(const Catalog& catalog);

}  // namespace schemaudit::replay
