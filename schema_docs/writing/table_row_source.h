// A row of a markdown table as it stands in the source: its cells with the white space around
// them, so that one is changed and the rest stays.
//
//   SourceRow row("| id   | bigint |");
//   row.cell(0)                       "id"
//   row.with_cell(0, "user_id")       "| user_id | bigint |"
//   row.with_cell(1, "int", 8)        "| id   | int    |"
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace schemaudit {

class SourceRow {
 public:
  explicit SourceRow(std::string_view line);

  std::size_t size() const { return cells_.size(); }
  /// Without white space; as it is written, escapes and code marks included.
  std::string_view cell(std::size_t index) const;
  /// Between its pipes, in characters.
  std::size_t width(std::size_t index) const;
  /// The white space around it stays; with a `width` it gives way to a longer text and grows for
  /// a shorter one, so that the pipes stay below each other. Cells that the row lacks are added.
  std::string with_cell(std::size_t index, std::string_view text, std::size_t width = 0) const;

  /// What stands before the first pipe: indentation, `> `.
  std::string_view lead() const { return std::string_view(line_).substr(0, lead_); }
  bool opens() const { return opens_; }
  bool closes() const { return closes_; }

 private:
  struct Cell {
    std::size_t begin = 0, end = 0;
  };

  std::string line_;
  std::size_t lead_ = 0;
  bool opens_ = false, closes_ = false;
  std::vector<Cell> cells_;
};

/// A text as a cell holds it: one line, `|` escaped.
std::string cell_text(std::string_view text);

/// In a code span, with as many backticks as it takes.
std::string in_code(std::string_view text);

/// Text that markdown shows as it is: what would be emphasis, code or HTML is escaped.
std::string as_plain_text(std::string_view text);

}  // namespace schemaudit
