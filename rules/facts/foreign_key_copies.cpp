#include "rules/facts/foreign_key_copies.h"

#include <algorithm>
#include <set>
#include <utility>

#include "rules/facts/foreign_key_cover.h"

namespace schemaudit {

namespace {

using Pairs = std::set<std::pair<std::string, std::string>>;

/// Column and target column; empty where a target column is not known.
Pairs pairs_of(const Schema& schema, const ForeignKey& foreign_key) {
  const std::vector<std::string> targets = target_columns(schema, foreign_key);
  Pairs pairs;
  if (targets.size() != foreign_key.columns.size()) return pairs;
  for (std::size_t i = 0; i < targets.size(); ++i)
    pairs.emplace(foreign_key.columns[i], targets[i]);
  return pairs;
}

}  // namespace

bool says_the_same(const Schema& schema, const ForeignKey& a, const ForeignKey& b) {
  if (a.target != b.target || a.columns.size() != b.columns.size()) return false;
  const Pairs pairs = pairs_of(schema, a);
  return !pairs.empty() && pairs == pairs_of(schema, b);
}

bool contains_key(const Schema& schema, const ForeignKey& wide, const ForeignKey& narrow) {
  if (wide.target != narrow.target || wide.columns.size() <= narrow.columns.size()) return false;
  const Pairs more = pairs_of(schema, wide), fewer = pairs_of(schema, narrow);
  return !fewer.empty() && std::includes(more.begin(), more.end(), fewer.begin(), fewer.end());
}

}  // namespace schemaudit
