#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rules/facts/column_types.h"
#include "rules/facts/generated_values.h"
#include "rules/facts/isolation_border.h"
#include "rules/facts/key_references.h"
#include "rules/facts/partitions.h"
#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule missing_foreign_key;

namespace {

/// Tables by their names without what people write differently: `JobPosts`, `job_posts`.
using TablesByName = std::multimap<std::string, const Relation*>;

std::string plain(const std::string& name) {
  std::string text = fold_case(name);
  text.erase(std::remove(text.begin(), text.end(), '_'), text.end());
  return text;
}

/// `user` of `user_id` and `userId`; unset for other names.
std::optional<std::string> referenced_name(const std::string& column) {
  const std::size_t size = column.size();
  if (size > 3 && fold_case(column.substr(size - 3)) == "_id") return column.substr(0, size - 3);
  if (size > 2 && column.substr(size - 2) == "Id" &&
      std::islower(static_cast<unsigned char>(column[size - 3])))
    return column.substr(0, size - 2);
  return std::nullopt;
}

std::vector<std::string> table_names(const std::string& singular) {
  std::vector<std::string> names = {singular, singular + "s", singular + "es"};
  if (singular.size() > 1 && singular.back() == 'y')
    names.push_back(singular.substr(0, singular.size() - 1) + "ies");
  return names;
}

/// `subject_type` beside `subject_id` says which table is meant, row by row.
bool is_polymorphic(const Relation& relation, const std::string& name) {
  return std::any_of(relation.columns.begin(), relation.columns.end(), [&](const Column& column) {
    return plain(column.name) == plain(name) + "type";
  });
}

/// Of a partitioned table each partition may have its own.
bool has_foreign_key(const Schema& schema, const Relation& relation, const std::string& column) {
  if (is_in_a_foreign_key(relation, column)) return true;
  const std::vector<const Relation*> partitions = partitions_of(schema, relation);
  return !partitions.empty() &&
         std::all_of(partitions.begin(), partitions.end(), [&](const Relation* partition) {
           return has_foreign_key(schema, *partition, column);
         });
}

/// The only column of the primary key; nullptr where there are several, or none.
const Column* sole_key(const Relation& relation) {
  if (!relation.primary_key || relation.primary_key->columns.size() != 1) return nullptr;
  return relation.find_column(relation.primary_key->columns.front());
}

bool is_own_key(const Relation& relation, const Relation& target, const Column& column) {
  return sole_key(relation) == &column && (&relation == &target || is_generated_key(column));
}

bool may_hold_keys(const std::string& type, const std::string& key_type) {
  return !type.empty() && (type == key_type || (is_integer(type) && is_integer(key_type)));
}

/// The table that the column seems to reference: of the same schema before another's.
const Relation* seeming_target(const Schema& schema, const TablesByName& tables,
                               const Relation& relation, const Column& column,
                               const std::string& name) {
  const Relation* elsewhere = nullptr;
  for (const std::string& candidate : table_names(plain(name))) {
    const auto [begin, end] = tables.equal_range(candidate);
    for (auto it = begin; it != end; ++it) {
      const Relation& target = *it->second;
      const Column* key = sole_key(target);
      if (!key || is_own_key(relation, target, column) ||
          !may_hold_keys(base_type(schema, column), base_type(schema, *key)))
        continue;
      if (target.name.schema == relation.name.schema) return &target;
      if (!elsewhere) elsewhere = &target;
    }
  }
  return elsewhere;
}

Finding missing(const SchemaContext& context, const Relation& relation, const Column& column,
                const Relation& target) {
  Finding finding =
      start_finding(context, missing_foreign_key.info, object_of(relation, column), column.origin);
  const Column& key = *sole_key(target);
  finding.message = name_of(relation, column) + " is named like a reference to " +
                    to_string(target.name) + ", and has no foreign key.";
  finding.evidence.of(context.role) = column.name + " " + column.type->text;
  if (column.type->normal == key.type->normal)
    finding.fix = Fix{FixKind::sql, "ALTER TABLE " + sql_name(relation.name) + " ADD FOREIGN KEY " +
                                        sql_list({column.name}) + " REFERENCES " +
                                        sql_name(target.name) + " " + sql_list({key.name}) + ";"};
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const Schema& schema = context.schema;
  TablesByName tables;
  for (const Relation& relation : schema.relations)
    if (keeps_rows(relation)) tables.emplace(plain(relation.name.name), &relation);
  for (const Relation& relation : schema.relations) {
    if (!keeps_rows(relation) || !relation.coverage.foreign_keys) continue;
    const Relation* told = documented(context, relation);
    for (const Column& column : relation.columns) {
      const auto name = referenced_name(column.name);
      if (!name || column.inherited || !column.type) continue;
      ++outcome.checked;
      if (has_foreign_key(schema, relation, column.name) || is_polymorphic(relation, *name) ||
          (told && is_in_a_foreign_key(*told, column.name)))
        continue;
      const Relation* target = seeming_target(schema, tables, relation, column, *name);
      if (!target || may_not_reference(context.config(), relation.name, target->name)) continue;
      outcome.suspicions.push_back({missing(context, relation, column, *target),
                                    name_of(relation, column) + " -> " + to_string(target->name)});
    }
  }
  return outcome;
}

}  // namespace

const Rule missing_foreign_key{
    {.id = "missing-foreign-key",
     .severity = Severity::medium,
     .category = "foreign-keys",
     .summary = "A column named like a reference to a table, without a foreign key.",
     .docs = R"md(## What it does
Asks about columns `<name>_id` (or `<name>Id`) that no foreign key is on, where a table `<name>`,
in the singular or plural, has a primary key of one column that such a column can hold.

Left out are columns of a pair `<name>_type` and `<name>_id`, a table's own key, columns for which
the docs state the foreign key (that is foreign-key-mismatch), and references that a
`[policy.isolation.*]` forbids.

## Why it matters
Nothing keeps such a column from referencing rows that do not exist or no longer do.

## Example
```sql
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE posts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL
);
```

## Use instead
```sql
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE posts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users
);
CREATE INDEX ON posts (user_id);
```

## Limits
Names of other kinds (`author_id` for users, `parent_id`) are not guessed at.
)md",
     .question = {"column is named like a reference to a table, and has no foreign key. Should it "
                  "have one?",
                  "columns are named like references to tables, and have no foreign key. Should "
                  "they have one?",
                  "# yes: report each of them\n"
                  "[rules.missing-foreign-key]\n"
                  "severity = \"medium\"\n"
                  "# no: do not ask again\n"
                  "# [rules.missing-foreign-key]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
