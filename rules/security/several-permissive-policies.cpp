#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "rules/facts/row_security.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule several_permissive_policies;

namespace {

struct Command {
  PolicyCommand command;
  const char* name;
};
constexpr std::array<Command, 4> kCommands = {{{PolicyCommand::select, "SELECT"},
                                               {PolicyCommand::insert, "INSERT"},
                                               {PolicyCommand::update, "UPDATE"},
                                               {PolicyCommand::delete_, "DELETE"}}};

bool share_a_role(const Policy& a, const Policy& b) {
  if (is_for_everyone(a) || is_for_everyone(b)) return true;
  return std::any_of(a.roles.begin(), a.roles.end(), [&](const std::string& role) {
    return std::find(b.roles.begin(), b.roles.end(), role) != b.roles.end();
  });
}

/// Those that are joined by OR with another one for the command.
std::vector<const Policy*> joined_policies(const Relation& relation, PolicyCommand command) {
  auto holds = [&](const Policy& policy) {
    return policy.permissive && (policy.command == PolicyCommand::all || policy.command == command);
  };
  std::vector<const Policy*> joined;
  for (const Policy& policy : relation.policies) {
    if (!holds(policy)) continue;
    const bool meets_another =
        std::any_of(relation.policies.begin(), relation.policies.end(), [&](const Policy& other) {
          return &other != &policy && holds(other) && share_a_role(policy, other);
        });
    if (meets_another) joined.push_back(&policy);
  }
  return joined;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!relation.row_security.value_or(false) || relation.policies.empty()) continue;
    ++outcome.checked;
    std::string commands;
    std::vector<const Policy*> joined;
    for (const Command& each : kCommands) {
      const std::vector<const Policy*> found = joined_policies(relation, each.command);
      if (found.empty()) continue;
      commands += (commands.empty() ? "" : ", ") + std::string(each.name);
      for (const Policy* policy : found)
        if (std::find(joined.begin(), joined.end(), policy) == joined.end())
          joined.push_back(policy);
    }
    if (joined.empty()) continue;
    std::vector<std::string> names;
    for (const Policy* policy : joined) names.push_back(policy->name);
    std::sort(names.begin(), names.end());
    Finding finding = start_finding(context, several_permissive_policies.info, object_of(relation),
                                    joined.front()->origin);
    finding.message = "Policies " + join_identifiers(names) + " of " + to_string(relation.name) +
                      " are joined by OR for " + commands + ": what one of them allows is allowed.";
    finding.evidence.of(context.role) = "permissive policies " + join_identifiers(names);
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule several_permissive_policies{
    {.id = "several-permissive-policies",
     .severity = Severity::low,
     .category = "security",
     .profile = Profile::strict,
     .summary = "Several permissive policies for the same role and command.",
     .docs = R"md(## What it does
Reports tables with row security on which more than one permissive policy holds for a role and a command;
one FOR ALL counts for each command, one `TO public` for each role.

## Why it matters
Permissive policies are joined by OR. A second one widens what the first allows, which is easily read as
the opposite, and every query of such a role is filtered by both.

## Example
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_name text NOT NULL,
  published boolean NOT NULL
);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_notes ON notes USING (owner_name = current_user);
CREATE POLICY published_notes ON notes FOR SELECT USING (published);
```
```toml
[rules.several-permissive-policies]
severity = "low"
```

## Use instead
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_name text NOT NULL,
  published boolean NOT NULL
);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_or_published ON notes FOR SELECT USING (owner_name = current_user OR published);
CREATE POLICY add_own ON notes FOR INSERT WITH CHECK (owner_name = current_user);
CREATE POLICY change_own ON notes FOR UPDATE USING (owner_name = current_user);
CREATE POLICY delete_own ON notes FOR DELETE USING (owner_name = current_user);
```
```toml
[rules.several-permissive-policies]
severity = "low"
```
Or make the one that is meant to narrow `AS RESTRICTIVE`.

## Limits
Which roles are members of which others is not looked at. One policy for each of several cases is a way to
write an OR that some prefer: hence only the strict profile says this.
)md"},
    check};

}  // namespace schemaudit
