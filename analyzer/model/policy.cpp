#include "analyzer/model/policy.h"

#include <algorithm>

namespace schemaudit {

namespace {

bool matches_table(std::string_view glob, const QualifiedName& table) {
  return matches_glob(glob, table.name) || matches_glob(glob, table.schema + "." + table.name);
}

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t") - begin + 1));
}

}  // namespace

bool TableSelector::matches(const QualifiedName& table) const {
  bool in = false;
  for (const std::string& glob : globs) {
    if (!glob.empty() && glob.front() == '!') {
      if (matches_table(std::string_view(glob).substr(1), table)) return false;
    } else {
      in = in || matches_table(glob, table);
    }
  }
  return in;
}

bool ColumnSelector::matches(const QualifiedName& relation, std::string_view column) const {
  return columns.size() == 1 && matches_glob(columns.front(), column) &&
         matches_table(table, relation);
}

std::optional<ColumnSelector> parse_column_selector(std::string_view text) {
  ColumnSelector selector;
  selector.text = std::string(text);
  if (!text.empty() && text.back() == ')') {
    const std::size_t open = text.find('(');
    if (open == std::string_view::npos) return std::nullopt;
    selector.table = trimmed(text.substr(0, open));
    std::string_view list = text.substr(open + 1, text.size() - open - 2);
    while (true) {
      const std::size_t comma = list.find(',');
      selector.columns.push_back(trimmed(list.substr(0, comma)));
      if (comma == std::string_view::npos) break;
      list.remove_prefix(comma + 1);
    }
  } else {
    const std::size_t dot = text.rfind('.');
    if (dot == std::string_view::npos) return std::nullopt;
    selector.table = trimmed(text.substr(0, dot));
    selector.columns.push_back(trimmed(text.substr(dot + 1)));
  }
  const bool complete = !selector.table.empty() &&
                        std::none_of(selector.columns.begin(), selector.columns.end(),
                                     [](const std::string& column) { return column.empty(); });
  if (!complete) return std::nullopt;
  return selector;
}

}  // namespace schemaudit
