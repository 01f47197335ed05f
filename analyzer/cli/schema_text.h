// A schema as text for people: one line for each relation, column, constraint, index and type,
// with the place behind it where a file states it.
//
//   schema_text(live)
//       table public.users
//           name text not null
//           index users_name_idx using btree (name)
#pragma once

#include <string>

#include "analyzer/model/schema.h"

namespace schemaudit {

std::string schema_text(const Schema& schema);

}  // namespace schemaudit
