#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "rules/facts/foreign_key_text.h"
#include "rules/facts/isolation_border.h"
#include "rules/facts/selected_columns.h"
#include "rules/facts/sql_names.h"
#include "rules/facts/unmatched_columns.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule delete_action_against_policy;

namespace {

bool is_meant(const DeleteActionPolicy& policy, const Relation& relation,
              const ForeignKey& foreign_key) {
  if (!TableSelector{{policy.columns.table}}.matches(relation.name)) return false;
  const std::vector<std::string>& globs = policy.columns.columns;
  if (globs.size() == 1)
    return std::all_of(
        foreign_key.columns.begin(), foreign_key.columns.end(),
        [&](const std::string& column) { return matches_glob(globs.front(), column); });
  const std::set<std::string> wanted(foreign_key.columns.begin(), foreign_key.columns.end());
  for (const std::vector<std::string>& columns : selected_columns(relation, policy.columns))
    if (std::set<std::string>(columns.begin(), columns.end()) == wanted) return true;
  return false;
}

std::string list_of(const std::vector<ReferentialAction>& actions) {
  std::string list;
  for (ReferentialAction action : actions)
    list += (list.empty() ? "" : " or ") + std::string(to_string(action));
  return list;
}

bool may_all_be_null(const Relation& relation, const ForeignKey& foreign_key) {
  return std::all_of(foreign_key.columns.begin(), foreign_key.columns.end(),
                     [&](const std::string& name) {
                       const Column* column = relation.find_column(name);
                       return column && column->nullable == true;
                     });
}

/// Where the policy leaves one action, and the columns can take it.
std::optional<Fix> fix_of(const Relation& relation, const ForeignKey& foreign_key,
                          const DeleteActionPolicy& policy) {
  if (policy.allowed.size() != 1 || foreign_key.name.empty()) return std::nullopt;
  const ReferentialAction wanted = policy.allowed.front();
  if (wanted == ReferentialAction::set_default ||
      (wanted == ReferentialAction::set_null && !may_all_be_null(relation, foreign_key)))
    return std::nullopt;
  ForeignKey mended = foreign_key;
  mended.on_delete = wanted;
  mended.on_delete_columns.clear();
  return Fix{FixKind::sql, "ALTER TABLE " + sql_name(relation.name) + " DROP CONSTRAINT " +
                               sql_name(foreign_key.name) + ", ADD CONSTRAINT " +
                               sql_name(foreign_key.name) + " " + describe(mended) + ";"};
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const std::vector<DeleteActionPolicy>& policies = context.policy().delete_actions;
  if (policies.empty()) {
    outcome.not_run = "no [policy.delete_actions] in the config";
    return outcome;
  }
  std::set<const DeleteActionPolicy*> matched;
  for (const Relation& relation : context.schema.relations)
    for (const ForeignKey& key : relation.foreign_keys) {
      if (key.inherited) continue;
      const DeleteActionPolicy* decides = nullptr;
      for (const DeleteActionPolicy& policy : policies)
        if (is_meant(policy, relation, key)) {
          matched.insert(&policy);
          decides = &policy;
        }
      if (!decides || !key.on_delete || is_to_be_dropped(context.config(), relation, key)) continue;
      ++outcome.checked;
      const auto& allowed = decides->allowed;
      if (std::find(allowed.begin(), allowed.end(), *key.on_delete) != allowed.end()) continue;
      Finding finding =
          start_finding(context, delete_action_against_policy.info,
                        constraint_of(relation, key.name), key.origin, decides->columns.origin);
      finding.message = "Foreign key " + name_of(key) + " of " + to_string(relation.name) +
                        " has ON DELETE " + std::string(to_string(*key.on_delete)) +
                        "; policy.delete_actions asks for " + list_of(allowed) + " (\"" +
                        decides->columns.text + "\").";
      finding.key = key_of(key);
      finding.evidence.of(context.role) = describe(key);
      finding.fix = fix_of(relation, key, *decides);
      outcome.findings.push_back(std::move(finding));
    }
  UnmatchedColumns unmatched("policy.delete_actions");
  for (const DeleteActionPolicy& policy : policies)
    if (!matched.count(&policy)) unmatched.add(policy.columns);
  unmatched.ask(outcome, delete_action_against_policy.info);
  return outcome;
}

}  // namespace

const Rule delete_action_against_policy{
    {.id = "delete-action-against-policy",
     .severity = Severity::high,
     .category = "foreign-keys",
     .needs_policy = true,
     .summary = "A foreign key whose ON DELETE is none that the config allows.",
     .docs = R"md(## What it does
For each foreign key that an entry of `[policy.delete_actions]` means, reports an ON DELETE action
that is not in its list. Of several entries that fit, the last one written decides. An entry of one
column means the keys all of whose columns fit it; `table(a, b)` means the key over both.

## Why it matters
A cascade deletes what nobody listed, and a missing one makes a delete fail that the product
promises.

## Example
```sql
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE payments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE
);
CREATE INDEX ON payments (user_id);
```
```toml
[policy.delete_actions]
"*.*" = ["no action", "restrict", "cascade"]
"payments.*" = ["no action", "restrict"]
```

## Use instead
```sql
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE payments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users ON DELETE RESTRICT
);
CREATE INDEX ON payments (user_id);
```
```toml
[policy.delete_actions]
"*.*" = ["no action", "restrict", "cascade"]
"payments.*" = ["no action", "restrict"]
```

## Limits
ON UPDATE is not looked at. An entry that fits no foreign key is asked about.
)md"},
    check};

}  // namespace schemaudit
