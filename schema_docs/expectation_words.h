// What people write of a query's result, phrase by phrase.
//
//   expectation_in("Expected: 0 rows")                 count, 0
//   expectation_in("should return no orphaned rows")   count, 0
//   expectation_in("Lists the users.")                 unset: nothing is expected
//   expected_result("`enabled = false`")               cells, {enabled, equal, "false"}
//   announces_expectation("Expected:")                 what follows says it
//
// Code spans stand between back-ticks. What is expected in words that nobody can judge is prose,
// never a guess. Places are left to the caller.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/expectation.h"

namespace schemaudit {

/// A sentence or a comment that introduces itself: `Expected`, `should return`, `must be`.
std::optional<Expectation> expectation_in(std::string_view text);

/// What stands behind `Expected:`; prose where it is nothing known.
Expectation expected_result(std::string_view text);

/// `Expected:`, `Expected result:`, `Should return:`, with nothing behind it.
bool announces_expectation(std::string_view text);

/// The items of a list behind `Expected:`. Values by themselves are the rows of one column;
/// `column = value` in every item are cells of one row.
std::vector<Expectation> expected_list(const std::vector<std::string>& items);

/// What psql prints, or one value on a line by itself; prose where it is neither.
Expectation expected_output(std::string_view text);

}  // namespace schemaudit
