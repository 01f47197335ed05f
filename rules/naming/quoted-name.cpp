#include <string>
#include <string_view>
#include <utility>

#include "rules/facts/schema_names.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule quoted_name;

namespace {

/// Names that queries write; those of constraints and indexes mostly follow from them.
bool stands_in_queries(std::string_view kind) {
  for (std::string_view wanted :
       {"schemas", "tables", "views", "columns", "enums", "domains", "types", "functions"})
    if (kind == wanted) return true;
  return false;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const std::optional<NamingPolicy>& policy = context.policy().naming;
  auto is_quoted = [&](std::string_view kind, const std::string& name) {
    // What a policy says of these names is its own rule's matter.
    if (!stands_in_queries(kind) || (policy && policy->patterns.count(std::string(kind))))
      return false;
    ++outcome.checked;
    return quote_identifier(name) != name;
  };
  for (const SchemaName& name : schema_names(context.schema, is_quoted)) {
    const std::string quoted = quote_identifier(name.text);
    Finding finding = start_finding(context, quoted_name.info, name.object, name.origin);
    finding.message = describe(name) + " has to be written in quotes everywhere: without them " +
                      "PostgreSQL reads another name, or none.";
    finding.evidence.of(context.role) = quoted;
    finding.key = name.key;
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule quoted_name{{.id = "quoted-name",
                        .severity = Severity::low,
                        .category = "naming",
                        .profile = Profile::all,
                        .summary = "A name with upper case or other characters that need quotes.",
                        .docs = R"md(## What it does
Reports schemas, tables, views, columns, types and functions whose name needs quotes for its
characters: upper case, blanks, dashes, a digit in front.

## Why it matters
PostgreSQL folds names without quotes to lower case: after `CREATE TABLE "Users"`, `SELECT * FROM
Users` fails. Every query, script and tool has to quote, always.

## Example
```sql
CREATE TABLE "Users" (id bigint PRIMARY KEY);
```
```toml
[rules.quoted-name]
severity = "low"
```

## Use instead
```sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```toml
[rules.quoted-name]
severity = "low"
```

## Limits
Letters beyond ASCII need no quotes. Constraints, indexes and sequences are not looked at, since
their names mostly follow from those of their tables, and neither are kinds of names for which
`[policy.naming]` has a pattern. For key words see `reserved-word-name`.
)md"},
                       check};

}  // namespace schemaudit
