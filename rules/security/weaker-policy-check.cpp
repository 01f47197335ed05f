#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/facts/condition_text.h"
#include "rules/facts/condition_truth.h"
#include "rules/facts/predicates.h"
#include "rules/facts/row_security.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule weaker_policy_check;

namespace {

std::vector<std::string> column_names(const Relation& relation) {
  std::vector<std::string> names;
  for (const Column& column : relation.columns) names.push_back(column.name);
  return names;
}

/// The columns that a condition of `column = <something of the session>` ties to who asks.
std::vector<std::string> tied_columns(const Relation& relation, const Expression& condition) {
  std::vector<std::string> tied;
  for (const std::string& part : conditions_of(condition)) {
    const std::optional<ComparisonText> comparison = comparison_of(part);
    if (!comparison || comparison->op != "=") continue;
    for (const Column& column : relation.columns) {
      const std::string name = quote_identifier(column.name);
      const bool on_left = comparison->left == name && calls_something(comparison->right);
      const bool on_right = comparison->right == name && calls_something(comparison->left);
      if (on_left || on_right) tied.push_back(column.name);
    }
  }
  return tied;
}

/// The columns by which `policy` binds what is read to who reads, and does not bind what is
/// written.
std::vector<std::string> unbound_columns(const Relation& relation, const Policy& policy) {
  if (!policy.using_expression.has_value() || !policy.check_expression.has_value()) return {};
  const Expression& reads = policy.using_expression.value();
  const Expression& writes = policy.check_expression.value();
  // What calls a function or a query may bind in its own way. Always true is told by another rule.
  if (!reads.decided || !writes.decided || calls_something(writes.normal) ||
      always_true(writes.normal) || writes.normal == "false" || writes.normal == "null")
    return {};
  std::vector<std::string> tied = tied_columns(relation, reads);
  const std::vector<std::string> bound = columns_in(writes, column_names(relation));
  std::erase_if(tied, [&](const std::string& column) {
    return std::find(bound.begin(), bound.end(), column) != bound.end();
  });
  return tied;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!relation.row_security.value_or(false)) continue;
    for (const Policy& policy : relation.policies) {
      const bool writes =
          policy.command == PolicyCommand::all || policy.command == PolicyCommand::update;
      if (!policy.permissive || !writes || is_narrowed(relation, policy)) continue;
      ++outcome.checked;
      const std::vector<std::string> columns = unbound_columns(relation, policy);
      if (columns.empty()) continue;
      Finding finding = start_finding(context, weaker_policy_check.info,
                                      object_in(relation, "policy", policy.name), policy.origin);
      finding.message = "Policy " + quote_identifier(policy.name) + " of " +
                        to_string(relation.name) + " shows a role the rows of its own " +
                        join_identifiers(columns) + ", and lets it " +
                        (policy.command == PolicyCommand::all ? "add rows of" : "give rows to") +
                        " any: its WITH CHECK does not ask for " + join_identifiers(columns) + ".";
      finding.evidence.of(context.role) = conditions_text(policy);
      outcome.findings.push_back(std::move(finding));
    }
  }
  return outcome;
}

}  // namespace

const Rule weaker_policy_check{{.id = "weaker-policy-check",
                                .severity = Severity::high,
                                .category = "security",
                                .summary = "A policy under which a role may write rows of others.",
                                .docs = R"md(## What it does
Reports permissive policies FOR ALL and FOR UPDATE whose USING ties a column to who asks
(`owner_name = current_user`, `tenant_id = current_setting(...)`), while their WITH CHECK neither reads
that column nor calls anything that could.

## Why it matters
USING decides which rows a role sees, WITH CHECK which it may leave behind. Such a role adds rows in the
name of others and does not see them again; where what it reads is wider, it gives its own rows away.

## Example
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_name text NOT NULL,
  body text NOT NULL
);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_notes ON notes
  USING (owner_name = current_user) WITH CHECK (body <> '');
```

## Use instead
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_name text NOT NULL,
  body text NOT NULL
);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_notes ON notes
  USING (owner_name = current_user) WITH CHECK (owner_name = current_user AND body <> '');
```

## Limits
An UPDATE that reads a column, in its WHERE say, has to leave rows that the policies for SELECT show, so
that only one that reads none gives rows away under a policy FOR ALL. A policy without WITH CHECK holds new rows to its USING. A condition that leaves out something else (that
the row is not deleted, say) is not reported: what may be written is often more than what is shown. Nothing
is said where a restrictive policy narrows the command, and of a WITH CHECK that is always true, which is
`always-true-policy`.
)md"},
                               check};

}  // namespace schemaudit
