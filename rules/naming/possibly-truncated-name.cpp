#include <string>
#include <string_view>
#include <utility>

#include "rules/facts/schema_names.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule possibly_truncated_name;

namespace {

/// NAMEDATALEN - 1.
constexpr std::size_t kLongest = 63;

/// PostgreSQL makes names of constraints, indexes and sequences fit by shortening their parts, and
/// keeps the ending.
bool may_be_chosen_by_the_server(const SchemaName& name) {
  for (std::string_view kind : {"tables", "columns", "views", "schemas", "enums", "domains",
                                "types", "functions", "triggers", "policies"})
    if (name.kind == kind) return false;
  for (std::string_view end : {"_pkey", "_key", "_fkey", "_check", "_excl", "_idx", "_seq"})
    if (name.text.ends_with(end)) return true;
  return false;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  auto is_long = [&](std::string_view, const std::string& name) {
    ++outcome.checked;
    return name.size() == kLongest;
  };
  for (const SchemaName& name : schema_names(context.schema, is_long)) {
    if (may_be_chosen_by_the_server(name)) continue;
    Finding finding =
        start_finding(context, possibly_truncated_name.info, name.object, name.origin);
    finding.message = describe(name) +
                      " is 63 bytes long, which is all that PostgreSQL keeps of a " +
                      "name: what was written may have been longer.";
    finding.evidence.of(context.role) = quote_identifier(name.text);
    finding.key = name.key;
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule possibly_truncated_name{
    {.id = "possibly-truncated-name",
     .severity = Severity::low,
     .category = "naming",
     .profile = Profile::strict,
     .summary = "A name of 63 bytes, which may be the beginning of a longer one.",
     .docs = R"md(## What it does
Reports names of exactly 63 bytes, the longest that PostgreSQL keeps. Bytes count, not characters:
letters beyond ASCII take two or more.

## Why it matters
A longer name is cut with no more than a notice. Code that compares the name it wrote with the one
in the catalog does not find it, and two long names that begin alike become one.

## Example
```sql
CREATE TABLE measurements_of_every_sensor_in_every_building_of_the_whole_campus (
  id bigint PRIMARY KEY
);
```
```toml
[rules.possibly-truncated-name]
severity = "low"
```

## Use instead
```sql
CREATE TABLE campus_measurements (id bigint PRIMARY KEY);
```
```toml
[rules.possibly-truncated-name]
severity = "low"
```

## Limits
Whether the name was cut cannot be told from the catalog. A cut in the middle of a character leaves
fewer bytes and is not seen. Names of constraints, indexes and sequences with an ending that
PostgreSQL chooses (`_fkey`, `_idx`) are left out: it shortens these itself.
)md"},
    check};

}  // namespace schemaudit
