#include "schema_docs/constraint_lists.h"

#include <algorithm>

#include "analyzer/model/names.h"
#include "analyzer/sql/claims.h"
#include "schema_docs/column_words.h"
#include "schema_docs/constraint_cells.h"
#include "schema_docs/header_word.h"
#include "schema_docs/prose_words.h"

namespace schemaudit {

namespace {

std::string without_marks(std::string_view text) {
  std::string plain(trim(text));
  plain.erase(std::remove(plain.begin(), plain.end(), '`'), plain.end());
  while (!plain.empty() && (plain.back() == '.' || plain.back() == ';')) plain.pop_back();
  return plain;
}

/// `btree (team_id) WHERE gone IS NULL`
std::optional<Index> short_index(const std::string& text) {
  const std::string word = text.substr(0, text.find_first_of(" ("));
  const std::string method = index_method_of(word);
  const std::string rest(trim(std::string_view(text).substr(method.empty() ? 0 : word.size())));
  if (!rest.starts_with("(")) return std::nullopt;
  std::optional<Index> index = index_keys_in(rest, {});
  if (index) index->method = method;
  return index;
}

}  // namespace

bool add_constraint_definition(std::string_view definition, const std::string& name,
                               const Origin& origin, TableClaim& claim) {
  std::optional<ParsedConstraint> parsed = parse_constraint(definition);
  if (!parsed) return false;
  auto complete = [&](auto& constraint) {
    if (constraint.name.empty()) constraint.name = name;
    constraint.origin = origin;
  };
  if (auto* key = std::get_if<KeyConstraint>(&parsed->constraint)) {
    complete(*key);
    if (parsed->primary_key)
      claim.primary_key = std::move(*key);
    else
      claim.unique_constraints.push_back(std::move(*key));
  } else if (auto* foreign = std::get_if<ForeignKey>(&parsed->constraint)) {
    complete(*foreign);
    claim.foreign_keys.push_back(std::move(*foreign));
  } else if (auto* check = std::get_if<CheckConstraint>(&parsed->constraint)) {
    complete(*check);
    claim.checks.push_back(std::move(*check));
  } else if (auto* exclusion = std::get_if<ExclusionConstraint>(&parsed->constraint)) {
    complete(*exclusion);
    claim.exclusions.push_back(std::move(*exclusion));
  }
  return true;
}

bool read_definition_table(const Block& table, const std::string& uri, TableClaim& claim,
                           std::vector<StatementInCell>& statements, std::vector<int>& unread) {
  if (table.rows.size() < 2) return false;
  const std::vector<Inlines>& header = table.rows[0].cells;
  std::size_t definition = header.size(), name = header.size(), kind = header.size();
  bool of_indexes = false;
  for (std::size_t c = 0; c < header.size(); ++c) {
    std::string folded = header_word(header[c]);
    if (folded == "definition" || folded == "expression") definition = c;
    if (folded == "name" || folded == "constraint" || folded == "constraint name" ||
        folded == "index" || folded == "index name")
      name = c;
    if (folded == "type" || folded == "kind") kind = c;
    of_indexes = of_indexes || folded == "index" || folded == "index name";
  }
  if (definition == header.size()) return false;
  bool read = false;
  for (std::size_t r = 1; r < table.rows.size(); ++r) {
    const TableRow& row = table.rows[r];
    if (definition >= row.cells.size()) continue;
    std::string text(trim(row.cells[definition].text()));
    std::string called = name < row.cells.size() ? std::string(trim(row.cells[name].text())) : "";
    Origin origin{uri, row.line, table.column};
    if (std::optional<ParsedIndex> index = parse_index(text)) {
      index->index.origin = origin;
      claim.indexes.push_back(std::move(index->index));
      read = true;
    } else if (starts_with(fold_case(text), "create trigger")) {
      statements.push_back({text, origin});
      read = true;
    } else if (add_constraint_definition(text, called, origin, claim)) {
      read = true;
    } else if (contains_word(said_in(row, kind), "check") &&
               add_constraint_definition("CHECK (" + text + ")", called, origin, claim)) {
      read = true;
    } else if (std::optional<Index> keys = of_indexes ? short_index(text) : std::nullopt) {
      keys->name = called;
      keys->origin = origin;
      claim.indexes.push_back(std::move(*keys));
      read = true;
    } else if (!text.empty()) {
      unread.push_back(row.line);
    }
  }
  return read;
}

std::optional<Index> read_index_words(std::string_view words) {
  std::string text = without_marks(words);
  Index index;
  index.method = "";
  std::string_view rest = text;
  bool said_index = false;
  for (;;) {
    rest = trim(rest);
    std::size_t end = rest.find_first_of(" (");
    std::string_view word = rest.substr(0, end);
    std::string folded = fold_case(word);
    if (end == std::string_view::npos) break;
    if (folded == "unique") {
      index.unique = true;
    } else if (!index_method_of(word).empty()) {
      index.method = index_method_of(word);
    } else if (folded == "index" || folded == "on" || folded == "composite" || folded == "using") {
      said_index = true;
    } else if (starts_with(folded, "idx_") || ends_with(folded, "_idx") ||
               starts_with(folded, "ix_") || starts_with(folded, "uq_")) {
      index.name = std::string(word);
    } else {
      break;
    }
    rest.remove_prefix(word.size());
    if (!rest.empty() && rest.front() == '(') break;
  }
  rest = trim(rest);
  if (rest.empty()) return std::nullopt;
  std::optional<std::vector<IndexKey>> keys;
  if (rest.front() == '(') {
    std::optional<std::string_view> inside = inside_parentheses(rest, 0);
    if (!inside || inside->size() + 2 != rest.size()) return std::nullopt;
    keys = read_index_keys(*inside);
  } else {
    // A word alone is an index's column only where something says that it is an index.
    if (index.method.empty() && !index.unique && !said_index && index.name.empty() &&
        rest.find('_') == std::string_view::npos)
      return std::nullopt;
    if (starts_with(fold_case(rest), "idx_")) return std::nullopt;
    keys = read_index_keys(rest);
  }
  if (!keys) return std::nullopt;
  index.keys = std::move(*keys);
  return index;
}

bool read_constraint_line(std::string_view line, const Origin& origin, TableClaim& claim) {
  std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return false;
  std::string label = fold_case(trim(line.substr(0, colon)));
  std::string_view rest = trim(line.substr(colon + 1));
  if (rest.empty()) return false;
  bool read = false;
  auto each = [&](auto&& take) {
    std::string plain = without_marks(rest);
    for (const std::string& block : split_top_level(plain, ';'))
      for (const std::string& part : split_top_level(block, ',')) read |= take(part);
  };
  if (label == "indexes" || label == "indices" || label == "index") {
    each([&](const std::string& part) {
      std::optional<Index> index = read_index_words(part);
      if (!index) return false;
      index->origin = origin;
      claim.indexes.push_back(std::move(*index));
      return true;
    });
  } else if (label == "partition key" || label == "partitioned by") {
    Expression key = normalise_partition_key(without_marks(rest));
    if (!key.decided) return false;
    claim.partition_key = std::move(key);
    read = true;
  } else if (label == "primary key" || label == "pk") {
    std::string plain = without_marks(rest);
    std::string_view list = plain;
    if (!list.empty() && list.front() == '(' && list.back() == ')')
      list = list.substr(1, list.size() - 2);
    KeyConstraint key;
    key.origin = origin;
    for (const std::string& part : split_top_level(list, ',')) {
      if (!is_identifier(part)) return false;
      key.columns.push_back(part);
    }
    claim.primary_key = std::move(key);
    read = true;
  } else if (label == "unique" || label == "unique constraints" || label == "unique constraint") {
    each([&](const std::string& part) {
      std::string list = part.front() == '(' ? part : "(" + part + ")";
      if (list.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "0123456789_(), ") != std::string::npos ||
          (part.front() != '(' && !is_identifier(part)))
        return false;
      return add_constraint_definition("UNIQUE " + list, "", origin, claim);
    });
  } else if (label == "foreign keys" || label == "foreign key" || label == "fk" || label == "fks") {
    each([&](const std::string& part) {
      std::size_t end = part.find_first_of(" -");
      if (end == std::string::npos || !is_identifier(part.substr(0, end))) return false;
      std::size_t arrow = part.find_first_not_of(' ', end);
      ColumnFacts facts = read_column_facts(std::string_view(part).substr(arrow), {});
      if (!facts.foreign_key || !facts.whole) return false;
      ForeignKey key = *facts.foreign_key;
      key.columns = {part.substr(0, end)};
      key.origin = origin;
      claim.foreign_keys.push_back(std::move(key));
      return true;
    });
  } else if (label == "constraints" || label == "constraint" || label == "check" ||
             label == "checks") {
    each([&](const std::string& part) {
      return add_constraint_definition(part, "", origin, claim);
    });
  }
  return read;
}

}  // namespace schemaudit
