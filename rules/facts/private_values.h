// Unique keys over values that nobody chooses: no two rows ever want the same one, so that
// neither a deleted row nor another tenant's stands in the way.
//
//   if (is_over_made_up_values(schema, relation, key.columns)) continue;
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/schema.h"

namespace schemaudit {

/// Whether one of the columns holds such values: generated ones, a uuid that is no foreign key,
/// or a name that ends in token, hash, digest and the like; or they hold the whole primary key.
bool is_over_made_up_values(const Schema& schema, const Relation& relation,
                            const std::vector<std::string>& columns);

/// Whether a foreign key of any table points at just these columns.
bool is_referenced(const Schema& schema, const Relation& relation,
                   const std::vector<std::string>& columns);

}  // namespace schemaudit
