// What the models state, against what migrations or SQL files declare, else against the live
// database.
//
//   std::optional<ModelComparison> models = compare_models(input);
//
// Models need not say everything: what keeps rows out (CHECK) or fills them in (a default) may be
// the database's alone, and names of constraints are nobody's claim here. What the models do state
// has to be there, and tables, columns, keys, foreign keys, unique constraints and indexes have to
// be in both.
#pragma once

#include <optional>

#include "analyzer/comparison/comparison.h"
#include "analyzer/model/audit_input.h"

namespace schemaudit {

struct ModelComparison {
  /// declared or live.
  Role against = Role::declared;
  Comparison comparison;
};

/// Unset where models, or what to compare them with, were not given.
std::optional<ModelComparison> compare_models(const AuditInput& input);

}  // namespace schemaudit
