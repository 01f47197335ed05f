#include "schema_docs/constraint_tables.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "analyzer/model/names.h"
#include "analyzer/sql/claims.h"
#include "schema_docs/cell_words.h"
#include "schema_docs/constraint_cells.h"
#include "schema_docs/constraint_lists.h"
#include "schema_docs/data_dictionary.h"
#include "schema_docs/header_word.h"
#include "schema_docs/prose_words.h"

namespace schemaudit {

namespace {

bool is_any(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class Rows {
 public:
  Rows(const Block& table, const ConstraintTableShape& shape, const std::string& uri,
       TableClaim& claim)
      : table_(table), shape_(shape), uri_(uri), claim_(claim) {}

  std::vector<int> read() {
    std::vector<int> unread;
    for (std::size_t r = 1; r < table_.rows.size(); ++r) {
      const TableRow& row = table_.rows[r];
      if (says_nothing(row)) continue;
      bool is_read = false;
      switch (shape_.rows) {
        case ConstraintRows::indexes:
          is_read = index(row);
          break;
        case ConstraintRows::foreign_keys:
          is_read = foreign_key(row);
          break;
        case ConstraintRows::constraints:
          is_read = constraint(row);
          break;
      }
      if (!is_read) unread.push_back(row.line);
    }
    return unread;
  }

 private:
  Origin origin(const TableRow& row) const { return {uri_, row.line, table_.column}; }

  std::string said(const TableRow& row, const std::optional<std::size_t>& at) const {
    return said_in(row, at);
  }

  const std::string& table_name() const { return claim_.name.name; }

  bool says_nothing(const TableRow& row) const {
    return said(row, shape_.name).empty() && said(row, shape_.columns).empty();
  }

  bool index(const TableRow& row) {
    const std::string named = said(row, shape_.name);
    std::optional<Index> index = index_keys_in(said(row, shape_.columns), table_name());
    if (!index) return false;
    const ConstraintWords kind = constraint_words_in(said(row, shape_.kind));
    if (kind.primary || fold_case(named) == "primary" || fold_case(named).ends_with("_pkey"))
      return primary_key(row, named);
    index->unique = kind.unique;
    if (const std::string unique = said(row, shape_.unique); shape_.unique && !index->unique) {
      index->unique = yes_or_no(unique);
      if (!index->unique && !unique.empty()) return false;
      if (!index->unique) index->unique = false;
    }
    if (!predicate(said(row, shape_.predicate), *index)) return false;
    index->name = object_name_in(named);
    index->method = kind.method;
    index->origin = origin(row);
    claim_.indexes.push_back(std::move(*index));
    return true;
  }

  bool predicate(const std::string& condition, Index& index) const {
    if (condition.empty() || yes_or_no(condition) == false) {
      if (shape_.predicate && !index.predicate.is_known())
        index.predicate = Fact<Expression>::none();
      return true;
    }
    // `Partial: yes` says that there is a predicate, and not which.
    if (yes_or_no(condition)) return true;
    const std::size_t skipped = starts_with(fold_case(condition), "where ") ? 6 : 0;
    std::optional<ParsedIndex> parsed =
        parse_index("CREATE INDEX i ON t (c) WHERE " + condition.substr(skipped));
    if (!parsed) return false;
    index.predicate = std::move(parsed->index.predicate);
    return true;
  }

  bool primary_key(const TableRow& row, const std::string& named) {
    std::optional<std::vector<std::string>> columns =
        column_names_in(said(row, shape_.columns), table_name());
    if (!columns) return false;
    if (claim_.primary_key) return true;
    KeyConstraint key;
    key.name = fold_case(named) == "primary" ? std::string() : object_name_in(named);
    key.columns = std::move(*columns);
    key.origin = origin(row);
    claim_.primary_key = std::move(key);
    return true;
  }

  bool foreign_key(const TableRow& row) {
    std::optional<std::vector<std::string>> columns =
        column_names_in(said(row, shape_.columns), table_name());
    std::optional<ForeignKey> key = reference_in(
        {said(row, shape_.target), said(row, shape_.target_column), said(row, shape_.on_delete),
         said(row, shape_.on_update), said(row, shape_.action)});
    if (!key || !columns) return false;
    key->name = object_name_in(said(row, shape_.name));
    key->columns = std::move(*columns);
    key->origin = origin(row);
    claim_.foreign_keys.push_back(std::move(*key));
    return true;
  }

  bool constraint(const TableRow& row) {
    const std::string name = object_name_in(said(row, shape_.name));
    const std::string text = said(row, shape_.columns);
    if (add_constraint_definition(text, name, origin(row), claim_)) return true;
    const ConstraintWords kind = constraint_words_in(said(row, shape_.kind));
    if (kind.primary) return primary_key(row, name);
    const std::optional<std::vector<std::string>> columns = column_names_in(text, table_name());
    // On which columns a CHECK is does not say what it asks of them.
    if (kind.check)
      return (columns && shape_.columns_are_names) ||
             add_constraint_definition("CHECK (" + text + ")", name, origin(row), claim_);
    return kind.unique == true && columns &&
           add_constraint_definition("UNIQUE (" + join_identifiers(*columns) + ")", name,
                                     origin(row), claim_);
  }

  const Block& table_;
  const ConstraintTableShape& shape_;
  const std::string& uri_;
  TableClaim& claim_;
};

}  // namespace

std::optional<ConstraintTableShape> constraint_table_shape(const Block& table, Topic topic) {
  if (table.rows.size() < 2) return std::nullopt;
  ConstraintTableShape shape;
  std::string first;
  bool names_constraints = false, describes_columns = false;
  const std::vector<Inlines>& header = table.rows[0].cells;
  for (std::size_t c = 0; c < header.size(); ++c) {
    const std::string word = header_word(header[c]);
    if (is_table_header(header[c])) continue;
    if (first.empty()) first = word;
    auto place = [&](std::optional<std::size_t>& at) {
      if (!at) at = c;
    };
    if (is_any(word,
               {"index", "index name", "constraint", "constraint name", "foreign key", "name"}))
      place(shape.name);
    else if (is_any(word, {"columns", "column", "column(s)", "columns indexed", "indexed columns",
                           "fields", "field", "field(s)", "key columns", "columns/expression",
                           "column(s) / expression", "expression", "details"}))
      place(shape.columns);
    else if (is_any(word, {"type", "kind", "method", "index type", "constraint type", "using"}))
      place(shape.kind);
    else if (is_any(word, {"unique", "unique?", "is unique"}))
      place(shape.unique);
    else if (is_any(word, {"where", "condition", "predicate", "filter", "partial"}))
      place(shape.predicate);
    else if (is_any(word, {"references", "reference", "referenced table", "target", "refers to"}))
      place(shape.target);
    else if (is_any(word, {"referenced column", "referenced columns", "target column"}))
      place(shape.target_column);
    else if (is_any(word, {"on delete", "ondelete", "delete rule", "delete action"}))
      place(shape.on_delete);
    else if (is_any(word, {"on update", "onupdate", "update rule", "update action"}))
      place(shape.on_update);
    else if (is_any(word, {"action", "actions", "rule"}))
      place(shape.action);
    else if (is_any(word, {"data type", "null", "nullable", "not null", "default", "required"}))
      describes_columns = true;
    names_constraints = names_constraints || word.starts_with("constraint");
  }
  if (!shape.columns || describes_columns) return std::nullopt;
  const std::string list = header_word(header[*shape.columns]);
  shape.columns_are_names =
      list != "expression" && list != "details" && list.find('/') == std::string::npos;
  // `| Index | Field | Type |` may count the columns.
  const bool has_names =
      shape.name && std::any_of(table.rows.begin() + 1, table.rows.end(), [&](const TableRow& row) {
        return is_identifier(said_in(row, shape.name));
      });
  const bool indexes =
      topic == Topic::indexes || ((first == "index" || first == "index name") && has_names);
  // Without their types these are not all columns of a table, but those that refer to another.
  const bool foreign_keys = topic == Topic::foreign_keys || first == "foreign key" || !shape.kind;
  if (foreign_keys && shape.target) {
    shape.rows = ConstraintRows::foreign_keys;
  } else if (indexes && !names_constraints) {
    shape.rows = ConstraintRows::indexes;
  } else if (shape.kind && shape.name &&
             (first == "constraint" || first == "constraint name" || topic == Topic::constraints)) {
    shape.rows = ConstraintRows::constraints;
  } else {
    return std::nullopt;
  }
  return shape;
}

std::vector<int> read_constraint_table(const Block& table, const ConstraintTableShape& shape,
                                       const std::string& uri, TableClaim& claim) {
  return Rows(table, shape, uri, claim).read();
}

}  // namespace schemaudit
