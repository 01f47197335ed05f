// The raw source of markdown tables: what cmark-gfm does not tell of them.
//
//   count_source_cells("| a | `b | c` |")   3: cmark splits inside code, and drops the third
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema_docs/documents.h"

namespace schemaudit {

std::vector<std::string> source_lines(std::string_view text);

/// Cells that the row's line holds by GFM's rules: split at every `|` that no backslash escapes.
std::size_t count_source_cells(std::string_view line);

struct OversizedTable {
  int line = 0;
  std::size_t columns = 0;
  std::size_t rows = 0;
};

/// The first table that would cost the markdown parser more than the limits allow. Looks at
/// delimiter rows only; a block that merely looks like a table is counted as one.
std::optional<OversizedTable> find_oversized_table(const std::vector<std::string>& lines,
                                                   const DocumentLimits& limits);

/// Indices of lines, the last one included.
struct LineRange {
  std::size_t first = 0, last = 0;
};

/// Paragraphs of more than `bytes`: the parser's time grows with the square of their length.
std::vector<LineRange> find_oversized_paragraphs(const std::vector<std::string>& lines,
                                                 std::size_t bytes);

}  // namespace schemaudit
