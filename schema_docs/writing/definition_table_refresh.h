// Refreshes the tables of definitions that pages of tbls have: `| Name | Type | Definition |`.
//
//   DefinitionTableRefresh table(block, lines, schema);
//   table.apply(correction)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema_docs/markdown.h"
#include "schema_docs/writing/correction.h"
#include "schema_docs/writing/sql_text.h"
#include "schema_docs/writing/text_edits.h"

namespace schemaudit {

class DefinitionTableRefresh {
 public:
  /// Unset where it is no table of definitions.
  static std::optional<DefinitionTableRefresh> of(const Block& table,
                                                  const std::vector<std::string>& lines,
                                                  const Schema& built);

  bool apply(const Correction& correction);
  void commit(TextEdits& edits) const;

 private:
  struct Row {
    int line = 0;
    std::string text;
    bool removed = false, changed = false;
  };

  explicit DefinitionTableRefresh(const Schema& built);

  SqlWriter writer_;
  std::vector<std::string> header_;
  std::size_t name_ = 0, type_ = 0, definition_ = 0;
  std::vector<Row> rows_;
  std::vector<std::string> added_;
};

/// The row of a constraint or an index as such a table has it.
struct DefinitionRow {
  std::string name, type, definition;
};
/// As the server's own functions write them: `CREATE INDEX a ON public.t USING btree (b)`.
std::optional<DefinitionRow> definition_row(const Correction& correction, const SqlWriter& writer);
std::vector<DefinitionRow> constraint_rows(const Relation& relation, const SqlWriter& writer);
std::vector<DefinitionRow> index_rows(const Relation& relation, const SqlWriter& writer);

SqlWriter definition_writer(const Schema& built);

}  // namespace schemaudit
