#include <algorithm>
#include <string>

#include "rules/findings/finding_places.h"

namespace schemaudit {

extern const Rule unused_waiver;

namespace {

/// Whether the rule looked at anything: what did not run may still need its waiver.
bool has_run(const FindingsContext& context, const std::string& id) {
  return std::any_of(context.rules.begin(), context.rules.end(), [&](const RuleReport& rule) {
    return rule.id == id &&
           (rule.status == RuleStatus::passed || rule.status == RuleStatus::failed);
  });
}

template <typename AnyWaiver>
bool covers_any(const FindingsContext& context, const AnyWaiver& waiver) {
  return std::any_of(context.findings.begin(), context.findings.end(),
                     [&](const Finding& finding) { return covers(waiver, finding); });
}

RuleOutcome check(const FindingsContext& context) {
  RuleOutcome outcome;
  for (const Waiver& waiver : context.input.config.waivers) {
    ++outcome.checked;
    if (context.today > waiver.expires || !has_run(context, waiver.rule) ||
        covers_any(context, waiver))
      continue;
    Finding finding = start_finding(unused_waiver.info, {"waiver", "", "", waiver.object});
    finding.key = waiver.rule;
    finding.message = "The waiver of " + waiver.rule + " for " + waiver.object +
                      " covers no finding: it can go, or its object is misspelt.";
    finding.locations.push_back({"config", waiver.origin});
    outcome.findings.push_back(std::move(finding));
  }
  for (const SourceResult& source : context.input.sources)
    for (const InlineWaiver& waiver : source.waivers) {
      ++outcome.checked;
      const bool ran = std::all_of(waiver.rules.begin(), waiver.rules.end(),
                                   [&](const std::string& id) { return has_run(context, id); });
      if (!ran || covers_any(context, waiver)) continue;
      std::string rules;
      for (const std::string& id : waiver.rules) rules += (rules.empty() ? "" : ", ") + id;
      Finding finding = start_finding(unused_waiver.info, {"waiver", "", "", waiver.origin.uri});
      finding.key = rules + ": " + waiver.reason;
      finding.message = "The comment waives " + rules +
                        ", and nothing of the kind is found on what it covers: it can go.";
      finding.locations.push_back({std::string(to_string(source.role)), waiver.origin});
      outcome.findings.push_back(std::move(finding));
    }
  return outcome;
}

}  // namespace

const Rule unused_waiver{
    {.id = "unused-waiver",
     .severity = Severity::low,
     .category = "waivers",
     .summary = "A waiver, in the config or in a comment, that covers no finding.",
     .docs = R"md(## What it does
Reports each `[[waiver]]` of the config, and each `schemaudit: waive` comment in SQL files and
documents, whose rule has run and that covers none of its findings.

## Why it matters
What was waived has been mended, or the waiver never met what it was written for. Either way it
would silence the next finding that nobody has looked at.

## Example
```sql
CREATE TABLE jobs (id bigint PRIMARY KEY, deleted_at timestamptz);
```
```toml
[policy.soft_delete]
tables = "jobs"
[[waiver]]
rule = "missing-soft-delete-column"
object = "public.jobs"
owner = "data-team"
reason = "jobs come back by themselves"
expires = 2099-12-31
```

## Use instead
```sql
CREATE TABLE jobs (id bigint PRIMARY KEY, deleted_at timestamptz);
```
```toml
[policy.soft_delete]
tables = "jobs"
```

## Limits
Of a comment that names several rules, one finding of any of them is enough.
)md"},
    check};

}  // namespace schemaudit
