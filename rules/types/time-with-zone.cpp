#include "rules/findings/type_findings.h"

namespace schemaudit {

extern const Rule time_with_zone;

namespace {

bool is_meant(const StatedType& stated) {
  return stated.element == "time with time zone";
}

RuleOutcome check(const SchemaContext& context) {
  return findings_of_type(
      context, time_with_zone.info, is_meant,
      ": an offset without a date says no moment, and not whether it is summer.");
}

}  // namespace

const Rule time_with_zone{{.id = "time-with-zone",
                           .severity = Severity::low,
                           .category = "types",
                           .profile = Profile::all,
                           .summary = "A column or domain of type time with time zone.",
                           .docs = R"md(## What it does
Reports columns and domains of type `time with time zone` (`timetz`), arrays of it included.

## Why it matters
A fixed offset is no time zone: the offset of most zones depends on the date, which is not there.
Two values of the same moment, `12:00+02` and `10:00+00`, are not equal.

## Example
```sql
CREATE TABLE shops (id bigint PRIMARY KEY, opens timetz NOT NULL);
```
```toml
[rules.time-with-zone]
severity = "low"
```

## Use instead
```sql
CREATE TABLE shops (id bigint PRIMARY KEY, opens time NOT NULL, zone text NOT NULL);
```
```toml
[rules.time-with-zone]
severity = "low"
```

## Limits
A matter of style, so it is in the profile `all` only.
)md"},
                          check};

}  // namespace schemaudit
