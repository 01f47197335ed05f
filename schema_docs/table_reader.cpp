#include "schema_docs/table_reader.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "schema_docs/column_table.h"
#include "schema_docs/constraint_lists.h"
#include "schema_docs/constraint_tables.h"
#include "schema_docs/data_dictionary.h"
#include "schema_docs/fences.h"
#include "schema_docs/html_table.h"
#include "schema_docs/inventory.h"
#include "schema_docs/prose_words.h"

namespace schemaudit {

namespace {

Coverage whole_page() {
  Coverage coverage = Coverage::all();
  coverage.policies = false;
  coverage.grants = false;
  return coverage;
}

bool is_of_definitions(Topic topic) {
  return topic == Topic::constraints || topic == Topic::indexes || topic == Topic::triggers ||
         topic == Topic::foreign_keys || topic == Topic::checks ||
         topic == Topic::unique_constraints;
}

class TableReader {
 public:
  TableReader(const Block& block, const TablePlace& place, const Sections& sections,
              UnreadBlocks& unread, ReadDocument& read)
      : block_(block), place_(place), sections_(sections), unread_(unread), read_(read) {}

  void table() {
    const bool is_of_references = !sections_.headings().empty() &&
                                  contains_word(sections_.headings().back().title, "referenced");
    if (read_inventory(block_, uri(), is_of_references, read_)) return;
    const Topic topic = sections_.topic();
    if (constraint_table(topic)) return;
    if (is_of_definitions(topic)) return definitions();
    if (dictionary()) return;
    columns(topic);
  }

 private:
  const std::string& uri() const { return sections_.uri(); }

  TableClaim claim_for(const QualifiedName& name, int line) const {
    TableClaim claim;
    claim.name = name;
    claim.origin = {uri(), line, block_.column};
    claim.form = form();
    return claim;
  }

  std::string form() const { return place_.by_tbls ? "tbls" : "column table"; }

  /// A table with a column of SQL.
  void definitions() {
    if (!place_.subject) return;
    TableClaim claim = claim_for(place_.subject->name, block_.line);
    std::vector<StatementInCell> statements;
    if (!read_definition_table(block_, uri(), claim, statements)) {
      unread_.tell_line(
          block_,
          "This table under a heading of constraints, indexes or triggers was not read. Name "
          "their columns in a column `Columns`, or give their SQL in one named `Definition`.",
          "table of definitions");
      return;
    }
    for (StatementInCell& statement : statements)
      read_.fences.push_back(fence_of_cell(std::move(statement), sections_.path()));
    read_.claims.push_back(std::move(claim));
  }

  /// Indexes, keys or constraints in columns, of one table or of several; false where it is none.
  bool constraint_table(Topic topic) {
    std::vector<DictionaryPart> parts = parts_of_dictionary(block_);
    if (parts.empty()) {
      if (!constraint_table_shape(block_, topic)) return false;
      if (!place_.subject || !(place_.subject->certain || place_.is_described)) {
        unread_.tell_line(
            block_,
            "This table lists indexes or constraints, and nothing tells of which table. Put it "
            "under a heading that is the table's name, or name the table in a column `Table`.",
            "table of constraints without a name");
        return true;
      }
      parts.push_back({place_.subject->name, block_});
    }
    bool any = false;
    for (const DictionaryPart& part : parts) {
      const std::optional<ConstraintTableShape> shape = constraint_table_shape(part.rows, topic);
      if (!shape) continue;
      any = true;
      TableClaim claim = claim_for(part.table, part.rows.line);
      const std::vector<int> lines = read_constraint_table(part.rows, *shape, uri(), claim);
      read_.claims.push_back(std::move(claim));
      for (const int line : lines)
        unread_.tell_line(block_,
                          "This row was not read: its columns, expression or target are in words "
                          "that are not understood.",
                          "row of a table of constraints", line);
    }
    return any;
  }

  /// The columns of several tables in one; false where it is none.
  bool dictionary() {
    bool any = false;
    for (const DictionaryPart& part : parts_of_dictionary(block_)) {
      const std::optional<ColumnTableShape> shape = column_table_shape(part.rows);
      if (!shape || !shape->decisive) continue;
      any = true;
      TableClaim claim = read_column_table(part.rows, *shape, part.table, uri(), read_.problems);
      claim.form = form();
      // A choice of columns, those that are encrypted, say, has no keys.
      claim.complete =
          std::any_of(claim.columns.begin(), claim.columns.end(), [](const ColumnClaim& column) {
            return column.primary_key || column.column.name == "id";
          });
      read_.claims.push_back(std::move(claim));
    }
    return any;
  }

  void columns(Topic topic) {
    const std::optional<ColumnTableShape> shape = column_table_shape(block_);
    if (!shape) return;
    if (sections_.about_something_else() && !(shape->decisive && shape->database_types)) return;
    if (topic == Topic::other && !shape->decisive) return;
    if (!place_.subject) {
      if (shape->decisive && shape->database_types)
        unread_.tell_line(block_,
                          "This table lists columns, and nothing tells of which table. Put it "
                          "under a heading that is the table's name.",
                          "column table without a name");
      return;
    }
    TableClaim claim =
        read_column_table(block_, *shape, place_.subject->name, uri(), read_.problems);
    claim.form = form();
    if (place_.by_tbls && shape->tbls) claim.stated_whole = whole_page();
    read_.claims.push_back(std::move(claim));
  }

  const Block& block_;
  const TablePlace& place_;
  const Sections& sections_;
  UnreadBlocks& unread_;
  ReadDocument& read_;
};

}  // namespace

void read_table(const Block& block, const TablePlace& place, const Sections& sections,
                UnreadBlocks& unread, ReadDocument& read) {
  TableReader(block, place, sections, unread, read).table();
}

void tell_of_html_table(const Block& block, const TablePlace& place, const Sections& sections,
                        UnreadBlocks& unread) {
  Block cells;
  cells.kind = BlockKind::table;
  cells.rows = rows_of_html_table(block.literal);
  if (cells.rows.size() < 2) return;
  const std::vector<DictionaryPart> parts = parts_of_dictionary(cells);
  const Block& rows = parts.empty() ? cells : parts[0].rows;
  const std::optional<ColumnTableShape> shape = column_table_shape(rows);
  const bool has_columns = shape && (place.subject ? shape->decisive : shape->database_types);
  if (!has_columns && !(place.subject && constraint_table_shape(rows, sections.topic()))) return;
  unread.tell(block,
              "This table is HTML, which is not read. Write it as a Markdown table, with pipes.",
              "HTML table", trim(block.literal));
}

}  // namespace schemaudit
