#include "rules/findings/type_findings.h"

namespace schemaudit {

extern const Rule fixed_length_text;

namespace {

bool is_meant(const StatedType& stated) {
  return stated.element == "character";
}

RuleOutcome check(const SchemaContext& context) {
  return findings_of_type(
      context, fixed_length_text.info, is_meant,
      ": values are padded with blanks, which comparison and text functions treat differently.");
}

}  // namespace

const Rule fixed_length_text{{.id = "fixed-length-text",
                              .severity = Severity::low,
                              .category = "types",
                              .profile = Profile::all,
                              .summary = "A column or domain of type char(n).",
                              .docs = R"md(## What it does
Reports columns and domains of type `character(n)`, arrays of it included. A column whose type is
such a domain is told by the domain.

## Why it matters
PostgreSQL pads the value to its length, and drops the blanks again when it becomes `text`:
`'ab'::char(5)` equals `'ab   '`, is 5 bytes, and has a length of 2. It saves no room.

## Example
```sql
CREATE TABLE countries (id bigint PRIMARY KEY, code char(2) NOT NULL);
```
```toml
[rules.fixed-length-text]
severity = "low"
```

## Use instead
```sql
CREATE TABLE countries (id bigint PRIMARY KEY, code text NOT NULL CHECK (length(code) = 2));
```
```toml
[rules.fixed-length-text]
severity = "low"
```

## Limits
A matter of style, so it is in the profile `all` only. The one-byte type `"char"` is another one.
)md"},
                             check};

}  // namespace schemaudit
