// Columns whose values the database makes up itself.
//
//   if (counts_up(column)) ...   identity, serial, nextval()
#pragma once

#include "analyzer/model/schema.h"

namespace schemaudit {

/// Values from a sequence: identity, or a default of nextval().
bool counts_up(const Column& column);

/// Values that mean nothing outside of the database, so that nobody changes them: from a
/// sequence, or a made-up uuid.
bool is_generated_key(const Column& column);

}  // namespace schemaudit
