// Conditions that say nothing, whatever a row holds.
//
//   never_false("or((a <> 1), (a <> 2))", types)   true: a CHECK of it never rejects a row
//   always_true("(1 = 1)")                         true: a policy of it admits every row
//
// Only what is certain: what neither shows is not thereby a condition that can fail.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace schemaudit {

/// The base type of a column (see rules/facts/column_types.h); empty where it is not known, or
/// where equal values of it may be written in different ways.
using TypeOfColumn = std::function<std::string(std::string_view column)>;

/// Whether it is true or NULL for every row, which is all that a CHECK asks.
bool never_false(std::string_view normal, const TypeOfColumn& type_of);

/// Whether it is true for every row, which is what a policy asks.
bool always_true(std::string_view normal);

}  // namespace schemaudit
