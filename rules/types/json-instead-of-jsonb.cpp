#include "rules/findings/type_findings.h"

namespace schemaudit {

extern const Rule json_instead_of_jsonb;

namespace {

bool is_meant(const StatedType& stated) {
  return stated.element == "json";
}

RuleOutcome check(const SchemaContext& context) {
  return findings_of_type(context, json_instead_of_jsonb.info, is_meant,
                          ": it cannot be compared, made distinct, or indexed by its keys.");
}

}  // namespace

const Rule json_instead_of_jsonb{{.id = "json-instead-of-jsonb",
                                  .severity = Severity::low,
                                  .category = "types",
                                  .profile = Profile::all,
                                  .summary = "A column or domain of type json.",
                                  .docs = R"md(## What it does
Reports columns and domains of type `json`, arrays of it included.

## Why it matters
`json` keeps the text as written. It has no equality (`SELECT DISTINCT` and `=` fail) and no default
operator class for a GIN index.

## Example
```sql
CREATE TABLE events (id bigint PRIMARY KEY, payload json NOT NULL);
```
```toml
[rules.json-instead-of-jsonb]
severity = "low"
```

## Use instead
```sql
CREATE TABLE events (id bigint PRIMARY KEY, payload jsonb NOT NULL);
```
```toml
[rules.json-instead-of-jsonb]
severity = "low"
```

## Limits
Where the exact text matters (signatures, duplicate keys, their order) `json` or `text` is right:
waive it there.
)md"},
                                 check};

}  // namespace schemaudit
