#include "schema_docs/table_reader.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "analyzer/model/names.h"
#include "schema_docs/column_table.h"
#include "schema_docs/constraint_cells.h"
#include "schema_docs/constraint_lists.h"
#include "schema_docs/constraint_tables.h"
#include "schema_docs/data_dictionary.h"
#include "schema_docs/fences.h"
#include "schema_docs/header_word.h"
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

/// `Removed indexes`, `Proposed constraints`: they are not there.
bool speaks_of_others(const Sections& sections) {
  return !sections.headings().empty() &&
         contains_any_word(sections.headings().back().title,
                           {"removed", "dropped", "deprecated", "proposed", "planned", "future",
                            "missing", "unused", "usage", "recommended", "candidates", "old"});
}

std::string header_word_at(const Block& table, std::size_t at) {
  const std::vector<Inlines>& header = table.rows[0].cells;
  return at < header.size() ? header_word(header[at]) : std::string();
}

/// `| Constraint | Definition |`, wherever it stands.
bool has_definitions(const Block& table) {
  const std::string first = header_word_at(table, 0);
  if (!first.starts_with("constraint") && !first.starts_with("index") && first != "trigger")
    return false;
  for (std::size_t c = 1; c < table.rows[0].cells.size(); ++c)
    if (header_word_at(table, c) == "definition") return true;
  return false;
}

/// Of what is no column, whatever else its rows have.
bool names_constraints(const Block& table) {
  const std::string first = header_word_at(table, 0);
  return first.starts_with("constraint") || first == "index name" || first == "foreign key";
}

class TableReader {
 public:
  TableReader(const Block& block, const TablePlace& place, const Sections& sections,
              UnreadBlocks& unread, ReadDocument& read)
      : block_(block), place_(place), sections_(sections), unread_(unread), read_(read) {}

  void table() {
    const Topic topic = place_.topic.value_or(sections_.topic());
    if (constraint_table(topic)) return;
    const bool is_of_references = !sections_.headings().empty() &&
                                  contains_word(sections_.headings().back().title, "referenced");
    if (read_inventory(block_, uri(), is_of_references, read_)) return;
    if (is_of_definitions(topic) || has_definitions(block_)) return definitions();
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
    std::vector<int> unread;
    if (!read_definition_table(block_, uri(), claim, statements, unread)) {
      const bool is_of_a_table = place_.subject->certain || place_.is_described;
      if (!is_of_a_table || speaks_of_others(sections_) || !lists_names()) return;
      unread_.tell_line(
          block_,
          "This table under a heading of constraints, indexes or triggers was not read. Name "
          "their columns in a column `Columns`, or give their SQL in one named `Definition`.",
          "table of definitions");
      return;
    }
    // tbls lists what no document claims, too: NOT NULL of PostgreSQL 18.
    if (!unread.empty() && !place_.by_tbls)
      unread_.tell_line(block_, "The definition in this row is no SQL that states a constraint.",
                        "row of a table of definitions", unread.front());
    for (StatementInCell& statement : statements)
      read_.fences.push_back(fence_of_cell(std::move(statement), sections_.path()));
    read_.claims.push_back(std::move(claim));
  }

  /// Whether the first cells are names as the schema has them: `users_email_idx`, `by_team`.
  bool lists_names() const {
    return std::any_of(block_.rows.begin() + 1, block_.rows.end(), [](const TableRow& row) {
      const std::string name = said_in(row, 0);
      return name.find('_') != std::string::npos && !object_name_in(name).empty();
    });
  }

  /// Indexes, keys or constraints in columns, of one table or of several; false where it is none.
  bool constraint_table(Topic topic) {
    std::vector<DictionaryPart> parts = parts_of_dictionary(block_);
    const Block& first = parts.empty() ? block_ : parts[0].rows;
    if (!constraint_table_shape(first, topic)) return false;
    if (speaks_of_others(sections_)) return true;
    if (parts.empty()) {
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
      // What the other rows say would make what this one says look as if nobody had said it.
      if (lines.empty())
        read_.claims.push_back(std::move(claim));
      else
        unread_.tell_line(block_,
                          "This row is in words that are not understood (its columns, expression "
                          "or target), so that its table was not read.",
                          "row of a table of constraints", lines.front());
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
    if (!shape || names_constraints(block_)) return;
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
