// Finds the object that a statement names by its kind: COMMENT ON, OWNER TO, GRANT ON, ALTER
// EXTENSION ADD. Private to analyzer/sql.
//
//   COMMENT ON TRIGGER audit ON orders IS 'Who did it';
//   ObjectId trigger = object_named(run, comment.objtype, *comment.object);   // or refuses
#pragma once

#include <string_view>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// Refuses where it does not exist; kNoObject for one of the system's, and for kinds of which
/// the catalog keeps none. For a column: its table.
ObjectId object_named(Run& run, PgQuery__ObjectType type, const PgQuery__Node& node);

/// A trigger, policy or rule of a table; kNoObject where it has none of that name.
ObjectId find_on_table(const Catalog& catalog, ObjectId table, Kind kind, std::string_view name);

}  // namespace schemaudit::replay
