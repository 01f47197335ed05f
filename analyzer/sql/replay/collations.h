// Which types have collations. Private to analyzer/sql.
//
//   require_collatable(run.catalog, type);     refuses integer
#pragma once

#include "analyzer/sql/replay/catalog.h"

namespace schemaudit::replay {

/// Refuses a type whose values are certainly no text.
void require_collatable(const Catalog& catalog, const TypeRef& type);

}  // namespace schemaudit::replay
