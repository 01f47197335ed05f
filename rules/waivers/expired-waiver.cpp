#include <string>

#include "rules/findings/finding_places.h"

namespace schemaudit {

extern const Rule expired_waiver;

namespace {

RuleOutcome check(const FindingsContext& context) {
  RuleOutcome outcome;
  for (const Waiver& waiver : context.input.config.waivers) {
    ++outcome.checked;
    if (context.today <= waiver.expires) continue;
    Finding finding = start_finding(expired_waiver.info, {"waiver", "", "", waiver.object});
    finding.key = waiver.rule;
    std::size_t back = 0;
    for (const Finding& other : context.findings) back += covers(waiver, other) ? 1 : 0;
    finding.message =
        "The waiver of " + waiver.rule + " for " + waiver.object + " (" + waiver.owner +
        ") ended on " + waiver.expires + "; " +
        (back == 0 ? "nothing is found there any more, so it can go."
                   : std::to_string(back) + (back == 1 ? " finding counts" : " findings count") +
                         " again. Mend it, or let " + waiver.owner + " renew it.");
    finding.locations.push_back({"config", waiver.origin});
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule expired_waiver{{.id = "expired-waiver",
                           .severity = Severity::medium,
                           .category = "waivers",
                           .summary = "A waiver of the config whose day has passed.",
                           .docs = R"md(## What it does
Reports each `[[waiver]]` whose `expires` lies before the day of the run, and how many findings
count again because of that.

## Why it matters
A waiver is a promise with a date. One that ends silently is either a surprise in the gate or a
line of the config that nobody dares to take out.

## Example
```sql
CREATE TABLE jobs (id bigint PRIMARY KEY);
```
```toml
[[waiver]]
rule = "undocumented-table"
object = "public.jobs"
owner = "data-team"
reason = "documented with release 4"
expires = 2020-03-31
```

## Use instead
```sql
CREATE TABLE jobs (id bigint PRIMARY KEY);
```

## Limits
Comments in SQL and documents that waive have no date.
)md"},
                          check};

}  // namespace schemaudit
