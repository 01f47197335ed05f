// A foreign key as SQL.
//
//   describe(foreign_key)   FOREIGN KEY (user_id) REFERENCES public.users (id) ON DELETE CASCADE
#pragma once

#include <string>

#include "analyzer/model/schema.h"

namespace schemaudit {

/// As it stands after ADD CONSTRAINT, with all that differs from the defaults.
std::string describe(const ForeignKey& foreign_key);

/// Its name where it has one, else `(user_id)`.
std::string name_of(const ForeignKey& foreign_key);

/// What tells it from others of its table, whatever it is called: `(user_id) public.users (id)`.
std::string key_of(const ForeignKey& foreign_key);

}  // namespace schemaudit
