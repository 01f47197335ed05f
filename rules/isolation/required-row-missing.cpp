#include <string>

#include "rules/facts/isolation_border.h"
#include "rules/findings/live_answer_text.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule required_row_missing;

namespace {

std::string stated(const RequiredRow& row) {
  std::string text;
  for (const auto& [column, value] : row.values)
    text += (text.empty() ? "" : ", ") + quote_identifier(column) + " = '" + value + "'";
  return text;
}

/// No table or no column of that name: then the row is not there either.
bool is_absence(const LiveAnswer& answer) {
  return answer.sqlstate == "42P01" || answer.sqlstate == "42703";
}

bool is_there(const RequiredRow& row, const LiveAnswer& answer) {
  if (answer.rows.empty()) return false;
  for (std::size_t i = 0; i < row.values.size(); ++i)
    if (answer.rows[0].at(i) != row.values[i].second) return false;
  return true;
}

const Relation* relation_of(const Schema& schema, const std::string& name) {
  const Relation* found = nullptr;
  for (const Relation& relation : schema.relations) {
    bool named =
        relation.name.name == name || relation.name.schema + "." + relation.name.name == name;
    if (named && (!found || relation.name.schema == "public")) found = &relation;
  }
  return found;
}

Finding absent(const SchemaContext& context, const IsolationPolicy& policy, const RequiredRow& row,
               const LiveAnswer& answer) {
  const Relation* relation = relation_of(context.schema, row.table);
  ObjectRef object = relation ? object_of(*relation) : ObjectRef{"table", "", row.table, row.table};
  Finding finding = start_finding(context, required_row_missing.info, std::move(object),
                                  relation ? relation->origin : Origin{}, row.origin);
  finding.message = "Table " + (relation ? to_string(relation->name) : row.table) +
                    " has no row with " + stated(row) + ", which " + policy_name(policy) +
                    " requires";
  finding.message += answer.error.empty() ? "." : ": " + answer.error + ".";
  finding.evidence.live = answer.error.empty() ? shown_rows(answer) : answer.error;
  finding.key = stated(row);
  return finding;
}

RuleOutcome check(const RuleContext& audit) {
  RuleOutcome outcome;
  const SchemaContext context{audit.input, Role::live, *audit.input.schema(Role::live),
                              audit.built == Role::live ? audit.docs : nullptr, audit.setting};
  std::size_t next = 0;
  for (const IsolationPolicy& policy : context.policy().isolation)
    for (const RequiredRow& row : policy.required_rows) {
      if (!context.input.live_answers) {
        outcome.not_run = "no server was at hand to look for the rows: the database is a snapshot";
        return outcome;
      }
      const LiveAnswer& answer = context.input.live_answers->required_rows.at(next++);
      ++outcome.checked;
      if (!answer.error.empty() && !is_absence(answer))
        outcome.unproven.push_back("whether " + row.table + " has a row with " + stated(row) +
                                   " could not be told: " + answer.error);
      else if (!is_there(row, answer))
        outcome.findings.push_back(absent(context, policy, row, answer));
    }
  if (outcome.checked == 0)
    outcome.not_run = "no [policy.isolation.*] with required_rows in the config";
  return outcome;
}

}  // namespace

const Rule required_row_missing{
    {.id = "required-row-missing",
     .severity = Severity::critical,
     .category = "isolation",
     .needs = {Role::live},
     .needs_policy = true,
     .summary = "A row that an isolation policy requires and the live database lacks.",
     .docs = R"md(## What it does
For each entry of `required_rows` of a `[policy.isolation.*]`, looks into the live table for a row
that has all the stated values, compared as text.

## Why it matters
What an isolated feature does often hangs on one row: a kill switch that is on where it was
promised to be off makes the rest of the policy worthless, and `INSERT ... ON CONFLICT DO NOTHING`
does not turn it off.

## Example
```sql
CREATE TABLE p3_switches (name text PRIMARY KEY, state text NOT NULL CHECK (state IN ('on', 'off')));
INSERT INTO p3_switches VALUES ('all', 'on');
```
```toml
[policy.isolation.phase3]
tables = "p3_*"
required_rows = [{ table = "p3_switches", row = { name = "all", state = "off" } }]
```

## Use instead
```sql
CREATE TABLE p3_switches (name text PRIMARY KEY, state text NOT NULL CHECK (state IN ('on', 'off')));
INSERT INTO p3_switches VALUES ('all', 'off');
```
```toml
[policy.isolation.phase3]
tables = "p3_*"
required_rows = [{ table = "p3_switches", row = { name = "all", state = "off" } }]
```

## Limits
Values are compared with what the column's type casts to as text: `1.0` is not `1.00`. Where the
role may not read the table, or its row security would hide rows, nothing is proven and the audit
is incomplete.
)md"},
    check};

}  // namespace schemaudit
