#include <algorithm>
#include <string>

#include "rules/findings/finding_places.h"

namespace schemaudit {

extern const Rule stale_baseline_entry;

namespace {

/// What did not run may still find it; a rule that is gone will not.
bool may_still_find(const FindingsContext& context, const std::string& id) {
  return std::any_of(context.rules.begin(), context.rules.end(), [&](const RuleReport& rule) {
    return rule.id == id &&
           (rule.status == RuleStatus::not_run || rule.status == RuleStatus::crashed);
  });
}

RuleOutcome check(const FindingsContext& context) {
  RuleOutcome outcome;
  if (!context.input.baseline) {
    outcome.not_run = "no findings baseline was given";
    return outcome;
  }
  for (const BaselineEntry& entry : context.input.baseline->entries) {
    ++outcome.checked;
    const bool found = std::any_of(
        context.findings.begin(), context.findings.end(),
        [&](const Finding& finding) { return finding.fingerprint == entry.fingerprint; });
    if (found || may_still_find(context, entry.rule)) continue;
    Finding finding =
        start_finding(stale_baseline_entry.info, {"baseline", "", "", entry.fingerprint});
    finding.message = "The baseline holds " + entry.rule + " of " + entry.object +
                      ", which is not found any more: `schemaudit baseline --prune` takes it out.";
    finding.locations.push_back(
        {"baseline", {context.input.baseline->file, entry.line, entry.line > 0 ? 5 : 0}});
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule stale_baseline_entry{
    {.id = "stale-baseline-entry",
     .severity = Severity::low,
     .category = "waivers",
     .summary = "An entry of the findings baseline that nothing is found for any more.",
     .docs = R"md(## What it does
Reports each entry of the findings baseline whose finding is gone.

## Why it matters
A stale entry would silently accept the same fault when it comes back.

## Example
```sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```baseline
0123456789abcdef missing-primary-key table public.users
```

## Use instead
Prune the baseline: `schemaudit baseline --prune`.
```sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```baseline
```

## Limits
Entries of rules that did not run are left alone. Findings are told apart by their fingerprint, which
is made of rule and object: a table that is renamed has new findings, and its old entries are stale.
)md"},
    check};

}  // namespace schemaudit
