// A table or view of a replayed catalog as a Relation, with its columns, constraints, indexes,
// triggers and policies. Private to analyzer/sql.
//
//   ShownParts shown(catalog);
//   schema.relations.push_back(relation_of(catalog, table, shown));
#pragma once

#include "analyzer/sql/replay/catalog.h"
#include "analyzer/sql/replay/shown_parts.h"

namespace schemaudit::replay {

Relation relation_of(const Catalog& catalog, const Object& object, ShownParts& shown);

}  // namespace schemaudit::replay
