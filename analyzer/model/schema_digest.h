// A digest of a whole Schema: equal for equal schemas, and quicker than one of its JSON.
//
//   source.digest = schema_digest(source.schema);
#pragma once

#include <string>

#include "analyzer/model/schema.h"

namespace schemaudit {

/// SHA-256, hexadecimal.
std::string schema_digest(const Schema& schema);

}  // namespace schemaudit
