#include "rules/facts/foreign_key_cover.h"

#include <algorithm>

#include "rules/facts/generated_values.h"
#include "rules/facts/partitions.h"
#include "rules/facts/predicates.h"
#include "rules/facts/referential_actions.h"

namespace schemaudit {

namespace {

bool contains(const std::vector<std::string>& columns, const std::string& column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

/// Whether the predicate holds for every row that an equality of `columns` finds.
Cover predicate_allows(const Index& index, const std::vector<std::string>& columns) {
  if (index.predicate.is_unknown()) return Cover::unknown;
  if (index.predicate.is_none()) return Cover::covered;
  if (!index.predicate->decided) return Cover::unknown;
  for (const std::string& condition : conditions_of(index.predicate.value())) {
    const auto column = column_not_null(condition);
    if (!column || !contains(columns, *column)) return Cover::none;
  }
  return Cover::covered;
}

/// How many keys, from the first, are columns of `columns` by which equal values are found.
std::size_t leading_keys(const Index& index, const std::vector<std::string>& columns) {
  std::size_t count = 0;
  for (const IndexKey& key : index.keys) {
    if (!key.column || !key.collation.empty() || !contains(columns, *key.column)) break;
    ++count;
  }
  return count;
}

}  // namespace

Cover cover_by(const Index& index, const std::vector<std::string>& columns) {
  if (columns.empty() || !index.valid.value_or(true)) return Cover::none;
  const bool is_hash = index.method == "hash" && columns.size() == 1;
  if (index.method != "btree" && !is_hash) return Cover::none;
  const std::size_t leading = leading_keys(index, columns);
  const bool all = leading >= columns.size();
  const bool one_row = index.unique.value_or(false) && leading == index.keys.size() && leading > 0;
  return all || one_row ? predicate_allows(index, columns) : Cover::none;
}

Cover cover_of(const Schema& schema, const Relation& relation,
               const std::vector<std::string>& columns) {
  Cover best = relation.coverage.indexes ? Cover::none : Cover::unknown;
  for (const Index& index : relation.indexes) {
    const Cover cover = cover_by(index, columns);
    if (cover == Cover::covered) return cover;
    if (cover == Cover::unknown) best = cover;
  }
  const std::vector<const Relation*> partitions = partitions_of(schema, relation);
  if (best != Cover::none || partitions.empty()) return best;
  best = Cover::covered;
  for (const Relation* partition : partitions) {
    const Cover cover = cover_of(schema, *partition, columns);
    if (cover == Cover::none) return cover;
    if (cover == Cover::unknown) best = cover;
  }
  return best;
}

std::vector<std::string> target_columns(const Schema& schema, const ForeignKey& foreign_key) {
  if (!foreign_key.target_columns.empty()) return foreign_key.target_columns;
  const Relation* target = schema.find_relation(foreign_key.target);
  return target && target->primary_key ? target->primary_key->columns : std::vector<std::string>{};
}

bool is_walked_by_a_cascade(const Schema& schema, const ForeignKey& foreign_key) {
  if (changes_rows(foreign_key.on_delete)) return true;
  if (!changes_rows(foreign_key.on_update)) return false;
  const Relation* target = schema.find_relation(foreign_key.target);
  if (!target) return true;
  const std::vector<std::string> columns = target_columns(schema, foreign_key);
  return !std::all_of(columns.begin(), columns.end(), [&](const std::string& name) {
    const Column* column = target->find_column(name);
    return column && is_generated_key(*column);
  });
}

}  // namespace schemaudit
