// What an audit leaves out on purpose: what the config ignores, schemas outside its scope, and
// what the reader of the live database left aside.
//
//   if (is_out_of_scope(relation.name, config, live)) ...
#pragma once

#include "analyzer/model/audit_input.h"

namespace schemaudit {

/// `reader` is the source that lists what it left out. A name without a schema, as documents
/// write it, fits one in any schema.
bool is_out_of_scope(const QualifiedName& name, const Config& config, const SourceResult& reader);

/// Takes out of SQL files, migrations and models what the config leaves out, and lists it; a
/// live database was read so from the beginning.
void restrict_to_scope(SourceResult& source, const Config& config);

}  // namespace schemaudit
