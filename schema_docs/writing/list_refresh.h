// Refreshes a list in a document: bullets that state columns, constraints or indexes.
//
//   ListRefresh list(block, ListContent::columns, "users", lines, schema, style);
//   list.apply(correction)      false where the list cannot say it
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema_docs/markdown.h"
#include "schema_docs/writing/column_fact_editor.h"
#include "schema_docs/writing/correction.h"
#include "schema_docs/writing/document_style.h"
#include "schema_docs/writing/text_edits.h"

namespace schemaudit {

class ListRefresh {
 public:
  ListRefresh(const Block& list, const std::string& table, const std::vector<std::string>& lines,
              const Schema& built, const DocumentStyle& style);

  bool apply(const Correction& correction);
  /// A bullet that states a constraint or an index, behind all others.
  void append(const std::string& text);
  void commit(TextEdits& edits) const;

 private:
  struct Item {
    int first_line = 0, last_line = 0;
    /// Its own paragraph, as it stands in the source; lines are divided by `\n`.
    std::string text;
    std::vector<std::string> columns;
    bool removed = false, changed = false;
    std::vector<std::string> followed_by;
  };

  std::optional<ColumnClaim> read_item(const std::string& text, const std::string& column) const;
  Item* find_item(const std::string& column);
  Item* item_at(int line);
  bool edit_item(const std::string& column, const std::function<bool(ColumnFactEditor&)>& edit);
  bool add_column(const Correction& correction);
  bool single_column(const Correction& correction);
  bool index_words(Item& item, const Correction& correction);
  bool whole_item(const Correction& correction);
  std::string definition(const Correction& correction) const;
  std::string marker() const;

  std::string table_;
  const Schema& built_;
  DocumentStyle style_;
  ColumnWording wording_;
  std::vector<Item> items_;
  std::vector<std::string> before_first_;
};

}  // namespace schemaudit
