// What a document says that a query of it gives, as plain values.
//
//   Expected: 0 rows               count, 0
//   Expected: `0`                  value, "0"
//   - `enabled = false`            cells, {enabled, equal, "false"}
//   Expected: quick enough         prose: nobody but a person can judge it
//
// schema_docs/stated_results.h reads them; analyzer/migrations/verification.h judges them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/origin.h"

namespace schemaudit {

enum class ExpectationKind {
  /// How many rows there are; of a query that counts, what it counts.
  count,
  /// The only cell of the only row.
  value,
  /// Cells by their columns' names, in every row.
  cells,
  /// All rows.
  rows,
  /// Stated in words that no rule here judges: a time, an opinion.
  prose,
};

enum class ComparisonSign { equal, not_equal, less, at_most, more, at_least };

/// `=`, `<>`, `<`, `<=`, `>`, `>=`
std::string_view to_string(ComparisonSign comparison);

struct ExpectedCell {
  /// Empty: the only column, or the one at this place of a row.
  std::string column;
  ComparisonSign comparison = ComparisonSign::equal;
  /// Without quotes and back-ticks.
  std::string value;
  /// It was quoted: never NULL, and no other column's name.
  bool quoted = false;
  bool operator==(const ExpectedCell&) const = default;
};

struct Expectation {
  ExpectationKind kind = ExpectationKind::prose;
  /// As written, on one line, secrets taken out.
  std::string text;
  Origin origin;
  /// Of prose: why nobody judges it; may be empty.
  std::string why_not;

  /// Of a count.
  ComparisonSign comparison = ComparisonSign::equal;
  std::int64_t count = 0;
  /// Of a count: rows are spoken of (`1 row`), rather than things (`1 orphaned record`).
  bool of_rows = false;
  /// Of a count: each that a query counts (`all counts should be 0`).
  bool of_each = false;

  /// One of a value; several of cells.
  std::vector<ExpectedCell> cells;

  /// Of rows; the columns may be unnamed.
  std::vector<std::string> columns;
  std::vector<std::vector<ExpectedCell>> rows;

  bool operator==(const Expectation&) const = default;
};

}  // namespace schemaudit
