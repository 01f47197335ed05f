#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "rules/facts/column_types.h"
#include "rules/facts/key_references.h"
#include "rules/facts/live_row_predicates.h"
#include "rules/facts/predicates.h"
#include "rules/facts/selected_columns.h"
#include "rules/facts/soft_delete_columns.h"
#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/facts/unmatched_columns.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule missing_unique_constraint;

namespace {

using Columns = std::vector<std::string>;

enum class Kept { yes, no, unknown };

bool contains(const Columns& columns, const std::string& column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

bool all_in(const Columns& part, const Columns& whole) {
  return std::all_of(part.begin(), part.end(),
                     [&](const std::string& column) { return contains(whole, column); });
}

Columns names_of(const Relation& relation) {
  Columns names;
  for (const Column& column : relation.columns) names.push_back(column.name);
  return names;
}

/// Whether rows that are equal in `columns` are equal in this key: it reads nothing else.
bool is_made_of(const Expression& key, const Relation& relation, const Columns& columns) {
  const Columns read = columns_in(key, names_of(relation));
  return key.decided && !read.empty() && all_in(read, columns);
}

/// Whether two rows equal in `columns` cannot both get past the unique index.
Kept kept_apart_by(const SchemaContext& context, const Relation& relation, const Index& index,
                   const Columns& columns) {
  if (!index.unique.value_or(false) || !index.valid.value_or(true) || index.keys.empty())
    return Kept::no;
  for (const IndexKey& key : index.keys) {
    if (key.column && contains(columns, *key.column)) continue;
    if (key.column || !key.expression) return Kept::no;
    if (!key.expression->decided) return Kept::unknown;
    if (!is_made_of(*key.expression, relation, columns)) return Kept::no;
  }
  switch (reach_of(context, relation, index.predicate, columns)) {
    case Reach::all_in_use:
      return Kept::yes;
    case Reach::some:
      return Kept::no;
    case Reach::unknown:
      break;
  }
  return Kept::unknown;
}

bool kept_apart_by(const ExclusionConstraint& exclusion, const Relation& relation,
                   const Columns& columns) {
  return exclusion.predicate.is_none() && !exclusion.elements.empty() &&
         std::all_of(exclusion.elements.begin(), exclusion.elements.end(),
                     [&](const ExclusionElement& element) {
                       return (element.op == "=" || element.op == "&&") &&
                              is_made_of(element.key, relation, columns);
                     });
}

Kept kept_apart(const SchemaContext& context, const Relation& relation, const Columns& columns) {
  if (relation.primary_key && all_in(relation.primary_key->columns, columns)) return Kept::yes;
  for (const KeyConstraint& unique : relation.unique_constraints)
    if (all_in(unique.columns, columns)) return Kept::yes;
  for (const ExclusionConstraint& exclusion : relation.exclusions)
    if (kept_apart_by(exclusion, relation, columns)) return Kept::yes;
  Kept best =
      relation.coverage.indexes && relation.coverage.unique_constraints ? Kept::no : Kept::unknown;
  for (const Index& index : relation.indexes) {
    const Kept kept = kept_apart_by(context, relation, index, columns);
    if (kept == Kept::yes) return kept;
    if (kept == Kept::unknown) best = kept;
  }
  return best;
}

/// Whether some unique key has the column among others.
bool is_part_of_a_key(const Relation& relation, const Column& column) {
  if (relation.primary_key && contains(relation.primary_key->columns, column.name)) return true;
  for (const KeyConstraint& unique : relation.unique_constraints)
    if (contains(unique.columns, column.name)) return true;
  for (const Index& index : relation.indexes) {
    if (!index.unique.value_or(false)) continue;
    for (const IndexKey& key : index.keys)
      if (key.column == column.name ||
          (key.expression &&
           (!key.expression->decided || !columns_in(*key.expression, {column.name}).empty())))
        return true;
  }
  return false;
}

bool is_named_like_a_key(const std::string& column) {
  std::string name = fold_case(column);
  name.erase(std::remove(name.begin(), name.end(), '_'), name.end());
  for (const char* secret :
       {"password", "passwd", "passphrase", "passcode", "pwd", "pwhash", "secret"})
    if (name.find(secret) != std::string::npos) return false;
  return name.ends_with("hash") || name.ends_with("fingerprint") ||
         name.ends_with("idempotencykey");
}

bool can_hold_a_hash(const SchemaContext& context, const Column& column) {
  const std::string type = base_type(context.schema, column);
  return is_text(type) || is_integer(type) || type == "bytea" || type == "uuid";
}

Finding start(const SchemaContext& context, const Relation& relation, const Columns& columns,
              const Origin& policy) {
  const Column* sole = columns.size() == 1 ? relation.find_column(columns.front()) : nullptr;
  Finding finding = start_finding(context, missing_unique_constraint.info,
                                  sole ? object_of(relation, *sole) : object_of(relation),
                                  sole ? sole->origin : relation.origin, policy);
  finding.key = join_identifiers(columns);
  finding.evidence.of(context.role) = "no unique key over (" + finding.key + ")";
  return finding;
}

std::optional<Fix> fix_of(const SchemaContext& context, const Relation& relation,
                          const Columns& columns) {
  if (relation.kind != RelationKind::table) return std::nullopt;
  const std::string list = " " + sql_list(columns);
  const std::vector<SoftDeleteColumn> marks = soft_delete_columns(context, relation);
  if (marks.empty())
    return Fix{FixKind::sql, "ALTER TABLE " + sql_name(relation.name) + " ADD UNIQUE" + list + ";"};
  if (marks.front().is_flag) return std::nullopt;
  return Fix{FixKind::sql, "CREATE UNIQUE INDEX ON " + sql_name(relation.name) + list + " WHERE " +
                               sql_name(marks.front().column->name) + " IS NULL;"};
}

std::string title(const Relation& relation, const Columns& columns) {
  if (columns.size() == 1) return name_of(relation, columns.front());
  return "(" + join_identifiers(columns) + ") of " + to_string(relation.name);
}

Finding against_policy(const SchemaContext& context, const Relation& relation,
                       const Columns& columns, const ColumnSelector& selector) {
  Finding finding = start(context, relation, columns, selector.origin);
  finding.message = "Nothing keeps " + title(relation, columns) +
                    " unique, which policy.unique asks for (\"" + selector.text + "\").";
  finding.fix = fix_of(context, relation, columns);
  return finding;
}

/// What tools that bring no name of their own keep of the files they have run.
bool is_record_of_migrations(const Relation& relation) {
  return fold_case(relation.name.name) == "migrations";
}

void look_for_names(const SchemaContext& context, const Relation& relation,
                    const std::vector<Columns>& told, RuleOutcome& outcome) {
  if (is_record_of_migrations(relation)) return;
  for (const Column& column : relation.columns) {
    if (!is_named_like_a_key(column.name)) continue;
    // What a policy demands is counted, what is only guessed beside it is not.
    if (context.policy().unique.empty()) ++outcome.checked;
    const bool is_told = std::any_of(told.begin(), told.end(), [&](const Columns& columns) {
      return contains(columns, column.name);
    });
    if (is_told || column.inherited || !can_hold_a_hash(context, column) ||
        is_in_a_foreign_key(relation, column.name) || is_part_of_a_key(relation, column) ||
        kept_apart(context, relation, {column.name}) != Kept::no)
      continue;
    Finding finding = start(context, relation, {column.name}, {});
    finding.message =
        name_of(relation, column) + " is named like a key, and nothing keeps its values unique.";
    outcome.suspicions.push_back({std::move(finding)});
  }
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const std::vector<ColumnSelector>& wanted = context.policy().unique;
  std::vector<bool> is_matched(wanted.size());
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation)) continue;
    std::vector<Columns> told;
    for (std::size_t i = 0; i < wanted.size(); ++i)
      for (const Columns& columns : selected_columns(relation, wanted[i])) {
        is_matched[i] = true;
        if (std::find(told.begin(), told.end(), columns) != told.end()) continue;
        told.push_back(columns);
        ++outcome.checked;
        if (kept_apart(context, relation, columns) == Kept::no)
          outcome.findings.push_back(against_policy(context, relation, columns, wanted[i]));
      }
    look_for_names(context, relation, told, outcome);
  }
  UnmatchedColumns unmatched("policy.unique");
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (!is_matched[i]) unmatched.add(wanted[i]);
  unmatched.ask(outcome, missing_unique_constraint.info);
  return outcome;
}

}  // namespace

const Rule missing_unique_constraint{
    {.id = "missing-unique-constraint",
     .severity = Severity::high,
     .category = "keys",
     .summary = "Columns that have to be unique, and that nothing keeps so.",
     .docs = R"md(## What it does
For each entry of `unique` in `[policy]`, reports tables in which no valid unique key keeps these
columns apart. A key over some of them does, a primary key does, one over an expression of them
(`lower(email)`) does, and so does an exclusion constraint that compares them for equality. A
partial index does where it leaves out only rows with NULL in these columns, or rows that are
marked as deleted.

Without a policy, columns named `hash`, `fingerprint` or `idempotency_key` (or that end so) and that
are part of no unique key become one question; `password_hash` and the like do not.

## Why it matters
Two requests at once both find nothing, and both insert. Only the database can refuse the second.

## Example
```sql
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL);
CREATE UNIQUE INDEX ON users (email) WHERE id > 1000;
```
```toml
[policy]
unique = ["users.email"]
```

## Use instead
```sql
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL UNIQUE);
```
```toml
[policy]
unique = ["users.email"]
```

## Limits
Nullable columns admit any number of rows with NULL. A unique key of a partitioned table has to
contain its partition key. The fix fails where duplicates exist already.
)md",
     .question = {"column is named like a key, and nothing keeps its values unique. Should it be "
                  "unique?",
                  "columns are named like keys, and nothing keeps their values unique. Should they "
                  "be unique?",
                  "# yes: these have to be unique, alone or together with others\n"
                  "[policy]\n"
                  "unique = [{columns}]\n"
                  "# no: do not ask again\n"
                  "# [rules.missing-unique-constraint]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
