#include "rules/findings/type_findings.h"

namespace schemaudit {

extern const Rule text_with_length;

namespace {

bool is_meant(const StatedType& stated) {
  return stated.element == "character varying" && stated.normal.find('(') != std::string::npos;
}

RuleOutcome check(const SchemaContext& context) {
  return findings_of_type(
      context, text_with_length.info, is_meant,
      ": longer values are refused, and a longer limit later is a change of its type.");
}

}  // namespace

const Rule text_with_length{{.id = "text-with-length",
                             .severity = Severity::low,
                             .category = "types",
                             .profile = Profile::all,
                             .summary = "A column or domain of type varchar(n).",
                             .docs = R"md(## What it does
Reports columns and domains of type `character varying(n)`, arrays of it included.

## Why it matters
The limit is rarely a rule of the business; the day a value does not fit, an insert fails. `text`
with a CHECK states the same limit, by name and with any other condition beside it, and the CHECK is
replaced without touching the column's type, which views may stand on.

## Example
```sql
CREATE TABLE users (id bigint PRIMARY KEY, city varchar(50));
```
```toml
[rules.text-with-length]
severity = "low"
```

## Use instead
```sql
CREATE TABLE users (id bigint PRIMARY KEY, city text CHECK (length(city) <= 50));
```
```toml
[rules.text-with-length]
severity = "low"
```

## Limits
A matter of style, so it is in the profile `all` only. A domain is told once, not its columns.
)md"},
                            check};

}  // namespace schemaudit
