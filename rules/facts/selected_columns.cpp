#include "rules/facts/selected_columns.h"

#include <algorithm>
#include <utility>

namespace schemaudit {

std::vector<std::vector<std::string>> selected_columns(const Relation& relation,
                                                       const ColumnSelector& selector) {
  if (selector.columns.empty() || !TableSelector{{selector.table}}.matches(relation.name))
    return {};
  std::vector<std::vector<std::string>> lists = {{}};
  for (const std::string& glob : selector.columns) {
    std::vector<std::vector<std::string>> longer;
    for (const std::vector<std::string>& list : lists)
      for (const Column& column : relation.columns) {
        if (!matches_glob(glob, column.name) ||
            std::find(list.begin(), list.end(), column.name) != list.end())
          continue;
        longer.push_back(list);
        longer.back().push_back(column.name);
      }
    lists = std::move(longer);
  }
  return lists;
}

}  // namespace schemaudit
