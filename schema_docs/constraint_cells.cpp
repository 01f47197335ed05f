#include "schema_docs/constraint_cells.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

#include "analyzer/model/names.h"
#include "analyzer/sql/claims.h"
#include "schema_docs/cell_words.h"
#include "schema_docs/column_words.h"
#include "schema_docs/prose_words.h"

namespace schemaudit {

namespace {

constexpr std::array<std::string_view, 9> kMethods = {"btree", "b-tree", "gin",  "gist",   "hash",
                                                      "brin",  "spgist", "hnsw", "ivfflat"};

std::string without_parentheses(const std::string& text) {
  const std::optional<std::string_view> inside =
      text.starts_with("(") ? inside_parentheses(text, 0) : std::nullopt;
  return inside && inside->size() + 2 == text.size() ? std::string(trim(*inside)) : text;
}

/// SQL reads `EMAIL` as email; a mixed spelling was quoted somewhere.
std::string as_sql_reads(const std::string& name) {
  const bool is_small =
      std::any_of(name.begin(), name.end(), [](unsigned char c) { return std::islower(c) != 0; });
  return is_small ? name : fold_case(name);
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// `a + b`, `a / b`, `a and b`, `a; b` -> `a, b`
std::string with_commas(std::string text) {
  for (const std::string_view separator : {" + ", " / ", " and ", ";", " & "})
    replace_all(text, separator, ", ");
  return text;
}

/// `users.email` -> `email`; `email (varchar)` -> `email`; `"email"` -> `email`
std::string plain_column(const std::string& part, const std::string& table) {
  std::string name = part;
  const std::string prefix = table + ".";
  if (!table.empty() && fold_case(name).starts_with(fold_case(prefix)))
    name.erase(0, prefix.size());
  const std::size_t open = name.find(" (");
  if (open != std::string::npos && name.ends_with(")") && is_identifier(name.substr(0, open))) {
    const std::string inside = name.substr(open + 2, name.size() - open - 3);
    const std::string folded = fold_case(inside);
    if (type_prefix(inside, true) == inside.size())
      name.erase(open);
    else if (folded == "asc" || folded == "desc")
      name = name.substr(0, open) + " " + folded;
  }
  if (name.size() > 2 && name.front() == '"' && name.back() == '"' &&
      is_identifier(name.substr(1, name.size() - 2)))
    return name.substr(1, name.size() - 2);
  const std::size_t end = name.find(' ');
  const std::string word = name.substr(0, end);
  return is_identifier(word) ? as_sql_reads(word) + name.substr(word.size()) : name;
}

/// The list that begins the text, and what stands behind it: `created_at`, ` WHERE x`.
std::pair<std::string, std::string> list_and_rest(const std::string& text) {
  if (text.starts_with("("))
    if (const std::optional<std::string_view> inside = inside_parentheses(text, 0))
      return {std::string(trim(*inside)), text.substr(inside->size() + 2)};
  std::size_t end = text.size();
  const std::string folded = fold_case(text);
  for (const std::string_view word : {" include ", " include(", " where "})
    end = std::min(end, folded.find(word));
  return {std::string(trim(std::string_view(text).substr(0, end))), text.substr(end)};
}

/// `CASCADE (default)`, `ON DELETE SET_NULL` -> the action alone.
std::string plain_action(std::string text, std::string_view event) {
  if (text.ends_with(")"))
    if (const std::size_t open = text.rfind('('); open != std::string::npos && open > 0)
      text.erase(open);
  std::replace(text.begin(), text.end(), '_', ' ');
  const std::string lead = "on " + std::string(event) + " ";
  std::string_view rest = trim(text);
  if (fold_case(rest).starts_with(lead)) rest.remove_prefix(lead.size());
  return std::string(trim(rest));
}

}  // namespace

std::string index_method_of(std::string_view word) {
  std::string folded = fold_case(word);
  if (std::find(kMethods.begin(), kMethods.end(), folded) == kMethods.end()) return "";
  return folded == "b-tree" ? "btree" : folded;
}

std::optional<std::vector<IndexKey>> read_index_keys(std::string_view list) {
  std::vector<IndexKey> keys;
  for (const std::string& part : split_top_level(list, ',')) {
    std::string_view word = part;
    IndexKey key;
    std::string folded = fold_case(word);
    if (ends_with(folded, " desc")) {
      key.descending = true;
      key.nulls_first = false;
      word = trim(word.substr(0, word.size() - 5));
    } else if (ends_with(folded, " asc")) {
      word = trim(word.substr(0, word.size() - 4));
    }
    if (!is_identifier(word)) return std::nullopt;
    key.column = std::string(word);
    keys.push_back(std::move(key));
  }
  if (keys.empty()) return std::nullopt;
  return keys;
}

std::string said_in(const TableRow& row, std::optional<std::size_t> at) {
  if (!at || *at >= row.cells.size()) return {};
  std::string text;
  for (const InlineSpan& span : row.cells[*at].spans) {
    if (span.style != SpanStyle::html)
      text += span.text;
    else if (fold_case(span.text).starts_with("<br"))
      text += ", ";
  }
  text = std::string(trim(text));
  return is_placeholder(text) || is_placeholder(without_parentheses(text)) ? std::string() : text;
}

std::string object_name_in(const std::string& text) {
  if (text.size() > 2 && text.front() == '"' && text.back() == '"' &&
      is_identifier(text.substr(1, text.size() - 2)))
    return text.substr(1, text.size() - 2);
  const std::size_t dot = text.rfind('.');
  const std::string name =
      dot != std::string::npos && is_identifier(text.substr(0, dot)) ? text.substr(dot + 1) : text;
  return is_identifier(name) ? as_sql_reads(name) : std::string();
}

ConstraintWords constraint_words_in(const std::string& text) {
  ConstraintWords words;
  words.primary = contains_any_word(text, {"primary", "pk"});
  words.check = contains_word(text, "check");
  if (contains_any_word(text, {"non-unique", "nonunique", "not unique"}))
    words.unique = false;
  else if (contains_word(text, "unique"))
    words.unique = true;
  for (const std::string_view method : kMethods)
    if (contains_word(text, method)) words.method = index_method_of(method);
  return words;
}

std::optional<std::vector<std::string>> column_names_in(const std::string& text,
                                                        const std::string& table) {
  std::vector<std::string> names;
  for (const std::string& part : split_top_level(with_commas(without_parentheses(text)), ',')) {
    const std::string name = plain_column(part, table);
    if (!is_identifier(name)) return std::nullopt;
    names.push_back(name);
  }
  if (names.empty()) return std::nullopt;
  return names;
}

std::optional<Index> index_keys_in(const std::string& text, const std::string& table) {
  const auto& [written, rest] = list_and_rest(text);
  std::string list;
  for (const std::string& part : split_top_level(written, ',')) {
    // Only between columns: `a + b` may be an expression's own.
    const std::string commas = with_commas(part);
    const std::vector<std::string> names = split_top_level(commas, ',');
    const bool are_columns = std::all_of(names.begin(), names.end(), [&](const std::string& name) {
      return is_identifier(plain_column(name, table));
    });
    for (const std::string& name : are_columns ? names : std::vector<std::string>{part})
      list += (list.empty() ? "" : ", ") + plain_column(name, table);
  }
  Index index;
  if (std::optional<std::vector<IndexKey>> keys = read_index_keys(list); keys && rest.empty()) {
    index.keys = std::move(*keys);
    return index;
  }
  std::optional<ParsedIndex> parsed = parse_index("CREATE INDEX i ON t (" + list + ")" + rest);
  if (!parsed) return std::nullopt;
  // `email login` are two words, not a column and its operator class.
  for (const IndexKey& key : parsed->index.keys)
    if (!key.operator_class.empty() && !key.operator_class.ends_with("_ops")) return std::nullopt;
  index.keys = std::move(parsed->index.keys);
  index.include = std::move(parsed->index.include);
  // Nothing behind the columns says nothing of a predicate.
  if (parsed->index.predicate.has_value()) index.predicate = std::move(parsed->index.predicate);
  return index;
}

std::optional<ForeignKey> reference_in(const ReferenceCells& cells) {
  std::string target = cells.target;
  if (starts_with(target, "-> ") || starts_with(target, "\xE2\x86\x92 "))
    target.erase(0, target.find(' ') + 1);
  // `teams -> id` names a column of teams.
  for (const std::string_view arrow : {" -> ", " \xE2\x86\x92 "})
    if (const std::size_t at = target.find(arrow); at != std::string::npos)
      target.replace(at, arrow.size(), ".");
  if (const std::size_t open = fold_case(target).find("(on ");
      open != std::string::npos && target.ends_with(")")) {
    target.pop_back();
    target.erase(open, 1);
  }
  if (target.empty()) return std::nullopt;
  std::string words = "-> " + target;
  if (!cells.target_column.empty()) words += "(" + without_parentheses(cells.target_column) + ")";
  if (const std::string action = plain_action(cells.on_delete, "delete"); !action.empty())
    words += " on delete " + action;
  if (const std::string action = plain_action(cells.on_update, "update"); !action.empty())
    words += " on update " + action;
  if (!cells.action.empty())
    words += (fold_case(cells.action).starts_with("on ") ? " " : " on delete ") + cells.action;
  ColumnFacts facts = read_column_facts(words, {});
  if (!facts.foreign_key || !facts.whole) return std::nullopt;
  return std::move(facts.foreign_key);
}

}  // namespace schemaudit
