#include <string>
#include <utility>

#include "rules/facts/row_security.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule always_true_policy;

namespace {

std::string what_it_lets(const Policy& policy) {
  switch (policy.command) {
    case PolicyCommand::insert:
      return "add rows for anybody";
    case PolicyCommand::delete_:
      return "delete any row";
    case PolicyCommand::update:
      return "change rows without limit";
    default:
      return "write rows without limit";
  }
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations)
    for (const Policy& policy : relation.policies) {
      if (!policy.permissive || policy.command == PolicyCommand::select) continue;
      ++outcome.checked;
      const bool writes = opens_writes(relation, policy);
      if (!writes && !opens_inserts(relation, policy)) continue;
      Finding finding = start_finding(context, always_true_policy.info,
                                      object_in(relation, "policy", policy.name), policy.origin);
      const std::string who =
          is_for_everyone(policy) ? "everybody" : "role " + join_identifiers(policy.roles);
      finding.message = "Policy " + quote_identifier(policy.name) + " of " +
                        to_string(relation.name) + " is true for every row: it lets " + who + " " +
                        what_it_lets(policy) + ".";
      finding.evidence.of(context.role) = conditions_text(policy);
      if (writes && is_for_everyone(policy))
        outcome.findings.push_back(std::move(finding));
      else
        outcome.suspicions.push_back({std::move(finding)});
    }
  return outcome;
}

}  // namespace

const Rule always_true_policy{
    {.id = "always-true-policy",
     .severity = Severity::high,
     .category = "security",
     .summary = "A row security policy that lets everybody write any row.",
     .docs = R"md(## What it does
Reports permissive policies FOR ALL, UPDATE or DELETE that are for everyone (`TO public`) and whose
USING or WITH CHECK is true for every row. Those for named roles, and those FOR INSERT, become one
question.

## Why it matters
Permissive policies are joined by OR: one that is always true makes the others of its command void,
and row security guards nothing.

## Example
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_name text NOT NULL
);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_notes ON notes USING (owner_name = current_user);
CREATE POLICY edit_notes ON notes FOR UPDATE USING (true);
```

## Use instead
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_name text NOT NULL
);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_notes ON notes USING (owner_name = current_user);
CREATE POLICY edit_notes ON notes FOR UPDATE USING (owner_name = current_user);
```

## Limits
A policy without WITH CHECK is not thereby open: PostgreSQL then holds new rows to USING. Nothing is
said where a restrictive policy for the same command narrows it, of policies FOR SELECT, and of
tables whose row security is off. Who has the privilege to write at all is not looked at.
)md",
     .question = {"policy lets its roles write any row. Is that meant?",
                  "policies let their roles write any row. Is that meant?",
                  "# no: report each of them\n"
                  "[rules.always-true-policy]\n"
                  "severity = \"high\"\n"
                  "# yes: do not ask again\n"
                  "# [rules.always-true-policy]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
