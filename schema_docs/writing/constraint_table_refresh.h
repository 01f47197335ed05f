// Refreshes the tables whose rows are indexes, foreign keys or constraints in columns
// (../constraint_tables.h): a row's cells become those of what is built, and the words of the
// cells that say nothing of it stay.
//
//   if (auto table = ConstraintTableRefresh::of(block, topic, lines, built, wording))
//   table->apply(correction)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema_docs/constraint_tables.h"
#include "schema_docs/writing/correction.h"
#include "schema_docs/writing/sql_text.h"
#include "schema_docs/writing/text_edits.h"

namespace schemaudit {

class ConstraintTableRefresh {
 public:
  /// Unset where it is no such table.
  static std::optional<ConstraintTableRefresh> of(const Block& table, Topic topic,
                                                  const std::vector<std::string>& lines,
                                                  const Schema& built, const SqlWording& wording);

  /// False where the table has no place for it.
  bool apply(const Correction& correction);
  void commit(TextEdits& edits) const;

 private:
  struct Row {
    int line = 0;
    std::string text;
    bool removed = false;
  };

  ConstraintTableRefresh(const ConstraintTableShape& shape, const Schema& built,
                         const SqlWording& wording);
  bool writes_code(const std::optional<std::size_t>& at) const;
  void put(std::string& row, const std::optional<std::size_t>& at, const std::string& text) const;
  void put_name(std::string& row, const std::optional<std::size_t>& at,
                const std::string& name) const;
  /// The row with its cells as built; unset where a cell that it needs is not there.
  std::optional<std::string> rewritten(const std::string& row, const Correction& correction) const;
  std::optional<std::string> index_row(std::string row, const Correction& correction) const;
  std::optional<std::string> foreign_key_row(std::string row, const Correction& correction) const;
  std::optional<std::string> constraint_row(std::string row, const Correction& correction) const;
  /// A new row with its table's name, where the rows are of several.
  std::string empty_row(const Correction& correction) const;
  std::string yes_or_no_as_here(bool wanted) const;

  ConstraintTableShape shape_;
  SqlWriter writer_;
  std::size_t cells_ = 0;
  std::optional<std::size_t> table_cell_;
  /// The pipes stand below each other.
  bool is_aligned_ = false;
  std::vector<Row> rows_;
  std::vector<std::string> added_;
};

}  // namespace schemaudit
