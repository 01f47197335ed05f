// Refreshes a column table in a document: cells of facts are rewritten, rows of new columns stand
// where their columns do, rows of columns that are gone go; everything else stays to the byte.
//
//   ColumnTableRefresh table(block, shape, uri, lines, edits, schema, style);
//   table.apply(correction)      false where the table cannot say it
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/schema.h"
#include "schema_docs/column_table.h"
#include "schema_docs/markdown.h"
#include "schema_docs/writing/column_fact_editor.h"
#include "schema_docs/writing/correction.h"
#include "schema_docs/writing/document_style.h"
#include "schema_docs/writing/text_edits.h"

namespace schemaudit {

class ColumnTableRefresh {
 public:
  ColumnTableRefresh(const Block& table, const ColumnTableShape& shape,
                     const std::vector<std::string>& lines, const Schema& built,
                     const DocumentStyle& style);

  /// Columns, their facts, and constraints on one column.
  bool apply(const Correction& correction);
  /// Writes what has been applied.
  void commit(TextEdits& edits) const;

 private:
  struct Row {
    int line = 0;
    std::string column;
    std::string text;
    bool removed = false;
    bool changed = false;
    /// New rows that stand behind it, in order.
    std::vector<std::string> followed_by;
  };

  bool add_row(const Correction& correction);
  bool remove_row(const std::string& column);
  bool edit_row(const std::string& column, const std::function<bool(ColumnFactEditor&)>& edit);
  bool primary_key(const Correction& correction);
  bool on_single_column(const Correction& correction);
  std::optional<ColumnClaim> read_row(const std::string& text) const;
  Row* find_row(const std::string& column);
  /// The width that all rows share, so that pipes stay below each other; 0 where they do not.
  std::size_t width_of(std::size_t cell) const;

  ColumnTableShape shape_;
  const Schema& built_;
  DocumentStyle style_;
  ColumnWording wording_;
  std::string header_, rule_;
  std::vector<Row> rows_;
  std::vector<std::string> before_first_;
  std::vector<std::size_t> widths_;
};

}  // namespace schemaudit
