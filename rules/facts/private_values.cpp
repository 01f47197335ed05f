#include "rules/facts/private_values.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "rules/facts/column_types.h"
#include "rules/facts/foreign_key_cover.h"
#include "rules/facts/generated_values.h"
#include "rules/facts/key_references.h"
#include "rules/facts/name_words.h"

namespace schemaudit {

namespace {

constexpr std::array<std::string_view, 13> kMadeUp = {
    "token",    "hash",  "fingerprint", "uuid",   "guid",        "uid",   "digest",
    "checksum", "nonce", "sha",         "secret", "idempotency", "sha256"};

bool is_named_like_a_made_up_value(const std::string& column) {
  const std::vector<std::string> words = words_of(column);
  return !words.empty() &&
         (std::find(kMadeUp.begin(), kMadeUp.end(), words.back()) != kMadeUp.end() ||
          std::find(words.begin(), words.end(), "idempotency") != words.end());
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool same_set(std::vector<std::string> a, std::vector<std::string> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

}  // namespace

bool is_over_made_up_values(const Schema& schema, const Relation& relation,
                            const std::vector<std::string>& columns) {
  if (relation.primary_key && !relation.primary_key->columns.empty() &&
      std::all_of(relation.primary_key->columns.begin(), relation.primary_key->columns.end(),
                  [&](const std::string& column) { return holds(columns, column); }))
    return true;
  return std::any_of(columns.begin(), columns.end(), [&](const std::string& name) {
    const Column* column = relation.find_column(name);
    if (!column || is_in_a_foreign_key(relation, name)) return false;
    return is_generated_key(*column) || base_type(schema, *column) == "uuid" ||
           is_named_like_a_made_up_value(name);
  });
}

bool is_referenced(const Schema& schema, const Relation& relation,
                   const std::vector<std::string>& columns) {
  for (const Relation& other : schema.relations)
    for (const ForeignKey& key : other.foreign_keys)
      if (key.target == relation.name && same_set(target_columns(schema, key), columns))
        return true;
  return false;
}

}  // namespace schemaudit
