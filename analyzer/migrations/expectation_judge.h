// Whether a result is the one that a document states.
//
//   Judged judged = judge(expectation, run, runner);
//   judged.state    passed, failed, not_proved, not_evaluated
//   judged.seen     "count is 3"
//
// How a stated number is read: of a query that gives one row of counts it is what it counts, of
// any other the number of rows. Where a number can be read in two ways that disagree, it is not
// evaluated. Values are compared by the server, as values of the column's type.
#pragma once

#include <string>

#include "analyzer/migrations/verification.h"

namespace schemaudit {

struct Judged {
  VerificationState state = VerificationState::not_proved;
  std::string seen;
  std::string reason;
};

/// A cell as it may be shown. What a query counts is no secret, whatever its name.
std::string shown_cell(const QueryRun& run, std::size_t row, std::size_t column);

/// `run` has an answer.
Judged judge(const Expectation& expectation, const QueryRun& run, DocumentedQueryRunner& runner);

}  // namespace schemaudit
