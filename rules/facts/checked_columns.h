// What a table's CHECKs say of a column beside its own properties.
//
//   if (column.nullable.value_or(false) && !is_checked_not_null(relation, column)) ...
#pragma once

#include "analyzer/model/schema.h"

namespace schemaudit {

/// A valid CHECK says what NOT NULL would say; or might, where it cannot be decided.
bool is_checked_not_null(const Relation& relation, const Column& column);

}  // namespace schemaudit
