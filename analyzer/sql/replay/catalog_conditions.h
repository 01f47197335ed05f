// Answers what migrations ask of the system's catalogs before they change something. Private to
// analyzer/sql.
//
//   NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood')
//   to_regclass('public.users') IS NULL
#pragma once

#include <optional>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// Unset where it asks for more than the replay knows (rows, roles, settings).
std::optional<bool> catalog_condition(const Run& run, const PgQuery__Node& condition);

}  // namespace schemaudit::replay
