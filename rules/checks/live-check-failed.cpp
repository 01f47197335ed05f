#include <algorithm>
#include <string>

#include "rules/findings/finding_places.h"
#include "rules/findings/live_answer_text.h"

namespace schemaudit {

extern const Rule live_check_failed;

namespace {

bool holds(const LiveCheck& check, const LiveAnswer& answer) {
  if (!check.expected)
    return answer.row_count == static_cast<std::size_t>(check.expected_rows.value_or(0));
  return answer.row_count == check.expected->size() &&
         std::equal(check.expected->begin(), check.expected->end(), answer.rows.begin());
}

std::string counted_rows(std::size_t count) {
  return count == 0 ? "no row" : count == 1 ? "1 row" : std::to_string(count) + " rows";
}

/// In a sentence only what fits into one: a single value.
std::string in_short(const std::vector<CellRow>& rows, std::size_t count, const std::string& text) {
  bool one_value = count == 1 && rows.size() == 1 && rows[0].size() == 1;
  return one_value ? "\"" + text + "\"" : counted_rows(count);
}

Finding failure(const RuleContext& context, const LiveCheck& check, const LiveAnswer& answer) {
  Finding finding = start_finding(live_check_failed.info, {"query", "", "", check.name});
  finding.severity = check.severity;
  finding.behind = Behind::live;
  finding.evidence.live = shown_rows(answer);
  const std::string gave = in_short(answer.rows, answer.row_count, shown_rows(answer));
  std::string wanted = counted_rows(static_cast<std::size_t>(check.expected_rows.value_or(0)));
  if (check.expected)
    wanted = in_short(*check.expected, check.expected->size(), shown_rows(*check.expected, answer));
  finding.message =
      "The check \"" + check.name + "\" gave " + gave +
      (gave == wanted ? ", and not those that it must give." : "; it must give " + wanted + ".");
  if (check.origin.from_file())
    finding.locations.push_back({"config", check.origin});
  else
    finding.locations = places_of_the_unspoken(context.input);
  return finding;
}

RuleOutcome check_answers(const RuleContext& context) {
  RuleOutcome outcome;
  const std::vector<LiveCheck>& checks = context.input.config.checks;
  if (checks.empty()) {
    outcome.not_run = "no [[check]] in the config";
    return outcome;
  }
  if (!context.input.live_answers) {
    outcome.not_run = "no server was at hand to run the checks on: the database is a snapshot";
    return outcome;
  }
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const LiveAnswer& answer = context.input.live_answers->checks.at(i);
    ++outcome.checked;
    if (!answer.error.empty())
      outcome.unproven.push_back("the check \"" + checks[i].name +
                                 "\" gave no answer: " + answer.error);
    else if (!holds(checks[i], answer))
      outcome.findings.push_back(failure(context, checks[i], answer));
  }
  return outcome;
}

}  // namespace

const Rule live_check_failed{
    {.id = "live-check-failed",
     .severity = Severity::high,
     .category = "checks",
     .needs = {Role::live},
     .needs_policy = true,
     .summary = "A query of the config whose result on the live database is not the stated one.",
     .docs = R"md(## What it does
Runs each `[[check]]` of the config on the live database and compares its result: the rows that
`expect` states, in order and as text, or how many there are. The finding has the severity that
the check states.

## Why it matters
A schema can be as documented while its rows are not: a switch that must be off, duplicates that a
constraint still to come would refuse.

## Example
```sql
CREATE TABLE switches (name text PRIMARY KEY, state text NOT NULL CHECK (state IN ('on', 'off')));
INSERT INTO switches VALUES ('payments', 'on');
```
```toml
[[check]]
name = "payments are off"
query = "SELECT state FROM switches WHERE name = 'payments'"
expect = "off"
```

## Use instead
```sql
CREATE TABLE switches (name text PRIMARY KEY, state text NOT NULL CHECK (state IN ('on', 'off')));
INSERT INTO switches VALUES ('payments', 'off');
```
```toml
[[check]]
name = "payments are off"
query = "SELECT state FROM switches WHERE name = 'payments'"
expect = "off"
```

## Limits
One query each: SELECT, VALUES, TABLE or WITH, read-only, 5 seconds unless `timeout` says
otherwise. A check that fails or takes longer proves nothing, and the audit is incomplete. So it is
where row security would hide rows from the role.
)md"},
    check_answers};

}  // namespace schemaudit
