// Foreign keys of one table that say what another one says.
//
//   if (says_the_same(schema, a, b)) ...      (a, b) -> t (x, y) and (b, a) -> t (y, x)
#pragma once

#include "analyzer/model/schema.h"

namespace schemaudit {

/// The same columns reference the same columns; what the keys do about deletes may differ.
bool says_the_same(const Schema& schema, const ForeignKey& a, const ForeignKey& b);

/// `wide` references all that `narrow` does with the same columns, and more.
bool contains_key(const Schema& schema, const ForeignKey& wide, const ForeignKey& narrow);

}  // namespace schemaudit
