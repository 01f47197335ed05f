#include <algorithm>

#include "schema_docs/column_words.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/table_names.h"

namespace schemaudit {

namespace {

template <typename Value>
bool may_agree(const std::optional<Value>& a, const std::optional<Value>& b) {
  return !a || !b || *a == *b;
}

template <typename Value>
void fill(std::optional<Value>& known, const std::optional<Value>& stated) {
  if (!known) known = stated;
}

}  // namespace

void add_reference(ForeignKey stated, std::optional<ForeignKey>& known,
                   std::optional<ForeignKey>& other) {
  if (!known) {
    known = std::move(stated);
    return;
  }
  const bool agree = singular_key(known->target.name) == singular_key(stated.target.name) &&
                     (known->target_columns.empty() || stated.target_columns.empty() ||
                      known->target_columns == stated.target_columns) &&
                     may_agree(known->on_delete, stated.on_delete) &&
                     may_agree(known->on_update, stated.on_update);
  if (!agree) {
    other = std::move(stated);
    return;
  }
  if (known->target_columns.empty()) known->target_columns = std::move(stated.target_columns);
  if (known->target.schema.empty()) known->target.schema = std::move(stated.target.schema);
  fill(known->on_delete, stated.on_delete);
  fill(known->on_update, stated.on_update);
}

void add_actions(const ReferenceActions& stated, std::optional<ForeignKey>& known,
                 std::optional<ForeignKey>& other) {
  if (!known || (!stated.on_delete && !stated.on_update)) return;
  ForeignKey again = *known;
  if (stated.on_delete) again.on_delete = stated.on_delete;
  if (stated.on_update) again.on_update = stated.on_update;
  add_reference(std::move(again), known, other);
}

std::optional<ForeignKey> read_target(std::string_view text, std::size_t& used) {
  std::size_t at = 0;
  std::vector<std::string> parts;
  while (at < text.size()) {
    if (text[at] == '`') {
      ++at;
      continue;
    }
    std::size_t end = at;
    if (text[at] == '"') {
      end = text.find('"', at + 1);
      if (end == std::string_view::npos) return std::nullopt;
      parts.emplace_back(text.substr(at + 1, end - at - 1));
      ++end;
    } else {
      while (end < text.size() &&
             (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_'))
        ++end;
      if (!is_identifier(text.substr(at, end - at))) break;
      parts.emplace_back(text.substr(at, end - at));
    }
    at = end;
    if (at + 1 < text.size() && text[at] == '.' &&
        (is_identifier(text.substr(at + 1, 1)) || text[at + 1] == '"')) {
      ++at;
      continue;
    }
    break;
  }
  if (parts.empty() || parts.size() > 3) return std::nullopt;
  while (at < text.size() && text[at] == '`') ++at;

  ForeignKey key;
  std::size_t open = at;
  while (open < text.size() && text[open] == ' ') ++open;
  if (open < text.size() && text[open] == '(') {
    std::optional<std::string_view> inside = inside_parentheses(text, open);
    std::vector<std::string> columns;
    if (inside) columns = split_top_level(*inside, ',');
    bool names =
        !columns.empty() && std::all_of(columns.begin(), columns.end(),
                                        [](const std::string& c) { return is_identifier(c); });
    bool word = columns.size() == 1 && read_column_facts(columns[0], {}).whole;
    if (names && !word && parts.size() < 3) {
      key.target_columns = std::move(columns);
      at = open + inside->size() + 2;
    }
  }
  if (!key.target_columns.empty()) {
    key.target =
        parts.size() == 2 ? QualifiedName{parts[0], parts[1]} : QualifiedName{"", parts[0]};
  } else if (parts.size() == 3) {
    key.target = {parts[0], parts[1]};
    key.target_columns = {parts[2]};
  } else if (parts.size() == 2 && parts[0] != "public") {
    key.target = {"", parts[0]};
    key.target_columns = {parts[1]};
  } else if (parts.size() == 2) {
    key.target = {parts[0], parts[1]};
  } else {
    key.target = {"", parts[0]};
  }
  used = at;
  return key;
}

}  // namespace schemaudit
