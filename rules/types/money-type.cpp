#include "rules/findings/type_findings.h"

namespace schemaudit {

extern const Rule money_type;

namespace {

bool is_meant(const StatedType& stated) {
  return stated.element == "money";
}

RuleOutcome check(const SchemaContext& context) {
  return findings_of_type(
      context, money_type.info, is_meant,
      ": how it is read and shown depends on the setting lc_monetary, and it holds no currency.");
}

}  // namespace

const Rule money_type{{.id = "money-type",
                       .severity = Severity::low,
                       .category = "types",
                       .profile = Profile::strict,
                       .summary = "A column or domain of type money.",
                       .docs = R"md(## What it does
Reports columns and domains of type `money`, arrays of it included.

## Why it matters
How it is read and shown follows the setting `lc_monetary` of the session, not the row: there is no
place for a currency.

## Example
```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, due money NOT NULL);
```
```toml
[rules.money-type]
severity = "low"
```

## Use instead
```sql
CREATE TABLE invoices (id bigint PRIMARY KEY, due numeric(12, 2) NOT NULL, currency text NOT NULL);
```
```toml
[rules.money-type]
severity = "low"
```

## Limits
A column named like money but of type `real` or `double precision` is `float-for-money`.
)md"},
                      check};

}  // namespace schemaudit
