// The parameters that WITH (...) and SET (...) give relations. Of all only a view's
// security_invoker is part of a Schema, but each kind of relation knows its own only. Private to
// analyzer/sql.
//
//   require_parameters(Kind::view, options.n_items, options.items);     refuses fillfactor
//   if (auto invoker = security_invoker(options.n_items, options.items)) ...
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// Refuses a parameter that no table, or no view, of any version up to PostgreSQL 18 has. What
/// indexes take depends on their access method and is not looked at.
void require_parameters(Kind kind, std::size_t count, PgQuery__Node* const* options);

/// What the options say of it; unset where they do not name it.
std::optional<bool> security_invoker(std::size_t count, PgQuery__Node* const* options);

}  // namespace schemaudit::replay
