// Refreshes the SQL of a fence: what changed of a column, a constraint or an index is rewritten
// where it stands, with every comment, blank line and indentation kept.
//
//   SqlFenceRefresh fence(block, uri, schema, style);
//   fence.apply(correction)
//   fence.text()
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema_docs/markdown.h"
#include "schema_docs/writing/correction.h"
#include "schema_docs/writing/document_style.h"
#include "schema_docs/writing/sql_clauses.h"
#include "schema_docs/writing/sql_text.h"
#include "schema_docs/writing/text_edits.h"

namespace schemaudit {

class SqlFenceRefresh {
 public:
  SqlFenceRefresh(const Block& fence, const Schema& built, const DocumentStyle& style,
                  const std::vector<std::string>& lines);

  /// False where it knows no way; then the text is as before.
  bool apply(const Correction& correction);
  /// Statements that stand behind all others.
  void append(const std::vector<std::string>& statements);

  const std::string& text() const { return text_; }
  /// Writes the lines that have changed. False where the fence's lines are not as they were read.
  bool commit(TextEdits& edits, const std::vector<std::string>& lines) const;

 private:
  bool change(const Correction& correction);
  bool add_column(const Correction& correction);
  bool remove_column(const Correction& correction);
  bool rename_column(const Correction& correction);
  bool set_type(const Correction& correction);
  bool set_nullable(const Correction& correction);
  bool set_filling(const Correction& correction);
  bool constraint(const Correction& correction);
  bool add_constraint(const Correction& correction);
  bool index(const Correction& correction);
  bool enum_labels(const Correction& correction);

  std::optional<TableStatement> table_of(const Correction& correction) const;
  void replace(std::size_t begin, std::size_t end, const std::string& with);
  /// Where the byte now stands that stood at that place of the document.
  std::optional<std::size_t> offset_of(const Origin& origin) const;
  void insert_element(const TableStatement& table, std::optional<std::size_t> behind,
                      const std::string& element);
  void remove_element(const TableStatement& table, std::size_t element);
  std::size_t refused() const;
  std::string given_name(const Correction& correction) const;
  std::string constraint_text(const Correction& correction, bool behind_column) const;

  struct Shift {
    std::size_t begin = 0, end = 0;
    std::size_t length = 0;
  };

  const Block& block_;
  const Schema& built_;
  DocumentStyle style_;
  SqlWriter writer_;
  std::string text_;
  std::vector<Shift> shifts_;
};

}  // namespace schemaudit
