// Values that a column may take, as SQL expressions, the likeliest first: what generated rows are
// made of. Private to analyzer/migrations.
//
//   column_values(schema, users, *users.find_column("plan"), 0)   'free', 'plus', 'pro'
//
// Values come from enums, CHECKs that list them, the rows that a foreign key points at, bounds of
// partitions, and else from what the type allows; which of them fit together the server decides.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analyzer/model/schema.h"

namespace schemaudit {

/// Of the row with this ordinal, from 0: rows differ, so that unique keys hold. Empty where the
/// column takes no value (generated).
std::vector<std::string> column_values(const Schema& schema, const Relation& table,
                                       const Column& column, std::size_t row);

/// How many rows it takes to have each listed value once.
std::size_t listed_values(const Schema& schema, const Relation& table);

}  // namespace schemaudit
