// A replayed catalog as a Schema, in the form in which a live one is introspected. Private to
// analyzer/sql.
//
//   Schema schema = schema_of(session);
//
// Left out are temporary objects, members of extensions, and what the server keeps beside what
// users made (the row types of tables, clones of keys for each partition of their target).
#pragma once

#include "analyzer/model/schema.h"
#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

Schema schema_of(const Session& session);

}  // namespace schemaudit::replay
