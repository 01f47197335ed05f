#include <string>

#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule wide_primary_key;

namespace {

constexpr std::size_t kColumns = 4;

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation) || !relation.primary_key) continue;
    ++outcome.checked;
    const KeyConstraint& key = *relation.primary_key;
    if (key.columns.size() <= kColumns) continue;
    Finding finding = start_finding(context, wide_primary_key.info,
                                    constraint_of(relation, key.name), key.origin);
    finding.message = "The primary key of " + to_string(relation.name) + " has " +
                      std::to_string(key.columns.size()) + " columns.";
    finding.evidence.of(context.role) = "PRIMARY KEY (" + join_identifiers(key.columns) + ")";
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule wide_primary_key{{.id = "wide-primary-key",
                             .severity = Severity::low,
                             .category = "keys",
                             .profile = Profile::all,
                             .summary = "A primary key over more than four columns.",
                             .docs = R"md(## What it does
Reports primary keys over more than four columns.

## Why it matters
Each table that references such a row has to repeat all of its columns, and so does each index that
backs the reference.

## Example
```sql
CREATE TABLE prices (
  region integer, shop integer, product integer, currency text, day date, amount numeric,
  PRIMARY KEY (region, shop, product, currency, day)
);
```
```toml
[rules.wide-primary-key]
severity = "low"
```

## Use instead
```sql
CREATE TABLE prices (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  region integer NOT NULL, shop integer NOT NULL, product integer NOT NULL,
  currency text NOT NULL, day date NOT NULL, amount numeric,
  UNIQUE (region, shop, product, currency, day)
);
```
```toml
[rules.wide-primary-key]
severity = "low"
```

## Limits
A table that nothing references, such as a fact table, is as well off with the wide key.
)md"},
                            check};

}  // namespace schemaudit
