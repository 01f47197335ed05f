#include <string>
#include <vector>

#include "rules/facts/tables.h"
#include "rules/facts/unique_keys.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule no_usable_unique_key;

namespace {

/// Why the key does not identify rows; empty where it does, or may.
std::string shortcoming(const Relation& relation, const UniqueKey& key) {
  if (!key.valid) return "is invalid";
  if (key.predicate) return "is partial";
  if (key.has_expressions) return "is over an expression";
  if (key.deferrable) return "is deferrable";
  if (key.nulls_not_distinct) return {};
  std::vector<std::string> nullable;
  for (const std::string& name : key.columns) {
    const Column* column = relation.find_column(name);
    if (!column || !column->nullable) return {};
    if (*column->nullable) nullable.push_back(name);
  }
  return nullable.empty() ? "" : "admits NULL in " + join_identifiers(nullable);
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation) || relation.primary_key || !relation.coverage.primary_key) continue;
    ++outcome.checked;
    std::string reasons;
    bool any_usable = false;
    for (const UniqueKey& key : unique_keys(relation)) {
      const std::string reason = shortcoming(relation, key);
      any_usable = any_usable || reason.empty();
      reasons += (reasons.empty() ? "" : "; ") + quote_identifier(key.name) + " " + reason;
    }
    if (any_usable || reasons.empty()) continue;
    Finding finding =
        start_finding(context, no_usable_unique_key.info, object_of(relation), relation.origin);
    finding.message = "Table " + to_string(relation.name) +
                      " has no primary key, and no unique key identifies its rows: " + reasons +
                      ".";
    finding.evidence.of(context.role) = reasons;
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule no_usable_unique_key{
    {.id = "no-usable-unique-key",
     .severity = Severity::low,
     .category = "keys",
     .profile = Profile::strict,
     .summary = "A table without a primary key whose unique keys identify no rows.",
     .docs = R"md(## What it does
For tables without a primary key that do have unique keys, says why none of these identifies rows:
nullable columns, a predicate, an expression, DEFERRABLE, or an invalid index.

## Why it matters
Such a key looks like one. Two rows with NULL in it are equal to no one, and logical replication
cannot use it as a replica identity.

## Example
```sql
CREATE TABLE subscribers (email text UNIQUE, joined_at timestamptz);
```
```toml
[rules.no-usable-unique-key]
severity = "low"
```

## Use instead
```sql
CREATE TABLE subscribers (email text PRIMARY KEY, joined_at timestamptz);
```
```toml
[rules.no-usable-unique-key]
severity = "low"
```

## Limits
missing-primary-key reports the same table in the default profile, without the reasons. A
deferrable key keeps rows apart, too, but only at the end of a transaction: no foreign key can
reference it.
)md"},
    check};

}  // namespace schemaudit
