#include "schema_docs/constraint_tables.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "analyzer/model/names.h"
#include "analyzer/sql/claims.h"
#include "schema_docs/cell_words.h"
#include "schema_docs/column_words.h"
#include "schema_docs/constraint_lists.h"
#include "schema_docs/prose_words.h"

namespace schemaudit {

namespace {

bool is_any(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string cell_text(const TableRow& row, std::optional<std::size_t> at) {
  if (!at || *at >= row.cells.size()) return {};
  const std::string text(trim(row.cells[*at].text()));
  return is_placeholder(text) ? std::string() : text;
}

std::string name_in(const std::string& text) {
  return is_identifier(text) ? text : std::string();
}

/// What a cell such as `UNIQUE, btree` or `Primary key` says.
struct KindWords {
  bool primary = false, check = false, foreign = false, exclusion = false;
  std::optional<bool> unique;
  std::string method;
};

KindWords kind_words(const std::string& cell) {
  KindWords kind;
  kind.primary = contains_any_word(cell, {"primary", "pk"});
  kind.check = contains_word(cell, "check");
  kind.foreign = contains_any_word(cell, {"foreign", "fk"});
  kind.exclusion = contains_any_word(cell, {"exclude", "exclusion"});
  if (contains_any_word(cell, {"non-unique", "nonunique", "not unique"}))
    kind.unique = false;
  else if (contains_word(cell, "unique"))
    kind.unique = true;
  for (const std::string_view method :
       {"btree", "b-tree", "gin", "gist", "spgist", "hash", "brin", "hnsw", "ivfflat"})
    if (contains_word(cell, method)) kind.method = method == "b-tree" ? "btree" : method;
  return kind;
}

std::string without_parentheses(const std::string& text) {
  const std::optional<std::string_view> inside =
      text.starts_with("(") ? inside_parentheses(text, 0) : std::nullopt;
  return inside && inside->size() + 2 == text.size() ? std::string(trim(*inside)) : text;
}

/// `a, b`; unset where one of them is no name.
std::optional<std::vector<std::string>> names_in(const std::string& text) {
  std::vector<std::string> names;
  for (const std::string& part : split_top_level(without_parentheses(text), ',')) {
    if (!is_identifier(part)) return std::nullopt;
    names.push_back(part);
  }
  if (names.empty()) return std::nullopt;
  return names;
}

/// `a, b DESC`, `lower(email)`, `(a) WHERE b`: keys, and what else of an index stands there.
std::optional<Index> keys_in(const std::string& text) {
  const std::string list = without_parentheses(text);
  Index index;
  if (std::optional<std::vector<IndexKey>> keys = read_index_keys(list)) {
    index.keys = std::move(*keys);
    return index;
  }
  std::optional<ParsedIndex> parsed = parse_index("CREATE INDEX i ON t (" + list + ")");
  if (!parsed && text.starts_with("(")) parsed = parse_index("CREATE INDEX i ON t " + text);
  if (!parsed) return std::nullopt;
  // `email login` are two words, not a column and its operator class.
  for (const IndexKey& key : parsed->index.keys)
    if (!key.operator_class.empty() && !key.operator_class.ends_with("_ops")) return std::nullopt;
  index.keys = std::move(parsed->index.keys);
  index.include = std::move(parsed->index.include);
  index.predicate = std::move(parsed->index.predicate);
  return index;
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

  bool index(const TableRow& row) {
    const std::string named = cell_text(row, shape_.name);
    std::optional<Index> index = keys_in(cell_text(row, shape_.columns));
    if (!index) return false;
    const KindWords kind = kind_words(cell_text(row, shape_.kind));
    index->unique = kind.unique;
    if (shape_.unique && !index->unique)
      index->unique = yes_or_no(cell_text(row, shape_.unique)).value_or(false);
    if (kind.primary || fold_case(named) == "primary" || named.ends_with("_pkey"))
      return primary_key(row, named);
    index->name = name_in(named);
    index->method = kind.method;
    const std::string condition = cell_text(row, shape_.predicate);
    if (yes_or_no(condition) == true) {
      // `Partial: yes` says that there is a predicate, and not which.
      index->predicate = Fact<Expression>();
    } else if (!condition.empty() && !yes_or_no(condition)) {
      const std::size_t skipped = starts_with(fold_case(condition), "where ") ? 6 : 0;
      std::optional<ParsedIndex> parsed =
          parse_index("CREATE INDEX i ON t (c) WHERE " + condition.substr(skipped));
      if (!parsed) return false;
      index->predicate = std::move(parsed->index.predicate);
    } else if (shape_.predicate && !index->predicate.is_known()) {
      index->predicate = Fact<Expression>::none();
    }
    index->origin = origin(row);
    claim_.indexes.push_back(std::move(*index));
    return true;
  }

  bool primary_key(const TableRow& row, const std::string& named) {
    std::optional<std::vector<std::string>> columns = names_in(cell_text(row, shape_.columns));
    if (!columns) return false;
    if (claim_.primary_key) return true;
    KeyConstraint key;
    key.name = fold_case(named) == "primary" ? std::string() : name_in(named);
    key.columns = std::move(*columns);
    key.origin = origin(row);
    claim_.primary_key = std::move(key);
    return true;
  }

  bool foreign_key(const TableRow& row) {
    const std::string target = cell_text(row, shape_.target);
    std::optional<std::vector<std::string>> columns = names_in(cell_text(row, shape_.columns));
    if (target.empty() || !columns) return false;
    std::string words = "-> " + target;
    if (const std::string column = cell_text(row, shape_.target_column); !column.empty())
      words += "(" + without_parentheses(column) + ")";
    for (const auto& [at, event] :
         {std::pair(shape_.on_delete, "delete"), std::pair(shape_.on_update, "update")})
      if (const std::string action = cell_text(row, at); !action.empty())
        words += std::string(" on ") + event + " " + action;
    ColumnFacts facts = read_column_facts(words, {});
    if (!facts.foreign_key || !facts.whole) return false;
    ForeignKey key = std::move(*facts.foreign_key);
    key.name = name_in(cell_text(row, shape_.name));
    key.columns = std::move(*columns);
    key.origin = origin(row);
    claim_.foreign_keys.push_back(std::move(key));
    return true;
  }

  bool constraint(const TableRow& row) {
    const std::string name = name_in(cell_text(row, shape_.name));
    const std::string text = cell_text(row, shape_.columns);
    if (add_constraint_definition(text, name, origin(row), claim_)) return true;
    const KindWords kind = kind_words(cell_text(row, shape_.kind));
    if (kind.primary) return primary_key(row, name);
    if (kind.check)
      return add_constraint_definition("CHECK (" + text + ")", name, origin(row), claim_);
    if (kind.unique == true) {
      const std::string columns = without_parentheses(text);
      return names_in(columns) &&
             add_constraint_definition("UNIQUE (" + columns + ")", name, origin(row), claim_);
    }
    return false;
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
  bool names_constraints = false;
  const std::vector<Inlines>& header = table.rows[0].cells;
  for (std::size_t c = 0; c < header.size(); ++c) {
    const std::string word = fold_case(trim(header[c].text()));
    if (c == 0) first = word;
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
    names_constraints = names_constraints || word.starts_with("constraint");
  }
  if (!shape.columns) return std::nullopt;
  // `| Index | Field | Type |` may count the columns.
  const bool has_names =
      shape.name && std::any_of(table.rows.begin() + 1, table.rows.end(), [&](const TableRow& row) {
        return is_identifier(cell_text(row, shape.name));
      });
  const bool indexes =
      topic == Topic::indexes || ((first == "index" || first == "index name") && has_names);
  const bool foreign_keys = topic == Topic::foreign_keys || first == "foreign key";
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
