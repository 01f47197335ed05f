// What the actions of a foreign key do.
//
//   if (changes_rows(foreign_key.on_delete)) ...   rows that reference go or change with the other
#pragma once

#include <optional>

#include "analyzer/model/schema.h"

namespace schemaudit {

/// Whether it does more than refuse.
inline bool changes_rows(const std::optional<ReferentialAction>& action) {
  return action == ReferentialAction::cascade || action == ReferentialAction::set_null ||
         action == ReferentialAction::set_default;
}

}  // namespace schemaudit
