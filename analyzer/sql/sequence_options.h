// The options of a sequence, as statements give them. Private to analyzer/sql.
//
//   apply_sequence_options(create.n_options, create.options, sequence);   START 10 INCREMENT 5 ...
#pragma once

#include <cstddef>

#include "analyzer/model/schema.h"
#include "analyzer/sql/pg_tree.h"

namespace schemaudit {

/// Fills a sequence from the options of CREATE or ALTER SEQUENCE.
void apply_sequence_options(std::size_t count, PgQuery__Node* const* options, Sequence& sequence);

}  // namespace schemaudit
