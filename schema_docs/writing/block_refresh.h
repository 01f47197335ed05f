// Refreshes one document, block by block: finds the table, list or fence that speaks of what has
// to change, and lets the refresh of that form change it.
//
//   BlockRefresh document(text, schema, style);
//   document.apply(correction)        false where nothing here can say it
//   document.text()                   the document as it is to stand
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "schema_docs/documents.h"
#include "schema_docs/markdown.h"
#include "schema_docs/writing/column_table_refresh.h"
#include "schema_docs/writing/constraint_table_refresh.h"
#include "schema_docs/writing/correction.h"
#include "schema_docs/writing/definition_table_refresh.h"
#include "schema_docs/writing/document_style.h"
#include "schema_docs/writing/list_refresh.h"
#include "schema_docs/writing/sql_fence_refresh.h"
#include "schema_docs/writing/text_edits.h"

namespace schemaudit {

std::shared_ptr<const MarkdownDocument> parsed_for_refresh(const DocumentText& document);

class BlockRefresh {
 public:
  /// `parsed` is what parsed_for_refresh() gave for this document.
  BlockRefresh(const DocumentText& document, std::shared_ptr<const MarkdownDocument> parsed,
               const Schema& built, const DocumentStyle& style);

  bool apply(const Correction& correction);
  /// New sections; they stand before the line, which is count + 1 for the end.
  void insert_section(int line, const std::vector<std::string>& section);
  /// Statements into the fence that stands at the line. False where there is none.
  bool append_statements(int line, const std::vector<std::string>& statements);
  /// Rows of a page that lists tables, and their counts of columns.
  void refresh_inventory(const std::vector<const Relation*>& added);

  const MarkdownDocument& markdown() const { return markdown_; }
  /// The last line of the section that begins with this heading, without blank lines and rules
  /// at its end.
  int end_of_section(const Block& heading) const;
  /// The same without the sections within it.
  int end_of_own_text(const Block& heading) const;
  std::string text() const;

 private:
  /// Before the next heading of that level or above.
  int end_before_heading(const Block& heading, int deepest) const;
  const Block* block_at(int line) const;
  const Block* top_block_at(int line) const;
  /// What stands behind the block until the next heading.
  std::vector<const Block*> behind(const Block& block) const;
  bool apply_at(const Block& block, const Correction& correction);
  bool apply_definition(const Correction& correction, const Block& home);
  bool replace_elsewhere(const Block& block, const Correction& correction);
  bool add_beside(const Block& home, const Correction& correction);

  ColumnTableRefresh* table(const Block& block);
  ListRefresh& list(const Block& block, const Correction& correction);
  SqlFenceRefresh& fence(const Block& block);
  DefinitionTableRefresh* definitions(const Block& block);
  ConstraintTableRefresh* constraints(const Block& block);
  static bool is_sql(const Block& block);

  DocumentText document_;
  const Schema& built_;
  DocumentStyle style_;
  std::shared_ptr<const MarkdownDocument> parsed_;
  const MarkdownDocument& markdown_;
  TextEdits edits_;
  /// By the line before which they stand.
  std::map<int, std::vector<std::string>> sections_;
  std::map<const Block*, std::unique_ptr<ColumnTableRefresh>> tables_;
  std::map<const Block*, std::unique_ptr<ListRefresh>> lists_;
  std::map<const Block*, std::unique_ptr<SqlFenceRefresh>> fences_;
  std::map<const Block*, std::unique_ptr<DefinitionTableRefresh>> definitions_;
  std::map<const Block*, std::unique_ptr<ConstraintTableRefresh>> constraint_tables_;
  /// New constraints and statements behind a block that has no place for them.
  std::map<const Block*, std::vector<std::string>> constraints_beside_, statements_beside_;
};

}  // namespace schemaudit
