#include <algorithm>
#include <string>
#include <utility>

#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule disabled_trigger;

namespace {

/// Whether the partition's clone is off because the trigger it was cloned from is.
bool follows_its_root(const Schema& schema, const Relation& relation, const Trigger& trigger) {
  if (!trigger.inherited || !relation.partition_of) return false;
  const Relation* parent = schema.find_relation(relation.partition_of->parent);
  if (!parent) return true;
  return std::any_of(parent->triggers.begin(), parent->triggers.end(), [&](const Trigger& above) {
    return above.name == trigger.name && !above.enabled.value_or(true);
  });
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations)
    for (const Trigger& trigger : relation.triggers) {
      ++outcome.checked;
      if (trigger.enabled.value_or(true) || follows_its_root(context.schema, relation, trigger))
        continue;
      Finding finding = start_finding(context, disabled_trigger.info,
                                      object_in(relation, "trigger", trigger.name), trigger.origin);
      finding.message =
          "Trigger " + quote_identifier(trigger.name) + " of " + to_string(relation.name) +
          " is disabled: " + (trigger.inherited ? "on this partition, unlike at its root, " : "") +
          to_string(trigger.function) + "() does not run.";
      finding.evidence.of(context.role) = trigger.definition + ", disabled";
      outcome.findings.push_back(std::move(finding));
    }
  return outcome;
}

}  // namespace

const Rule disabled_trigger{{.id = "disabled-trigger",
                             .severity = Severity::medium,
                             .category = "triggers",
                             .summary = "A trigger that is switched off.",
                             .docs = R"md(## What it does
Reports triggers that `ALTER TABLE ... DISABLE TRIGGER` has switched off. A partition's clone is
reported where its root's trigger is on.

## Why it matters
Triggers are switched off for a bulk load and forgotten. What they kept (an audit trail, a sum, a
timestamp) has been wrong since, and the schema looks as if it were kept.

## Example
```sql
CREATE TABLE accounts (id bigint PRIMARY KEY);
CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER accounts_note BEFORE UPDATE ON accounts
  FOR EACH ROW EXECUTE FUNCTION note_change();
ALTER TABLE accounts DISABLE TRIGGER accounts_note;
```

## Use instead
```sql
CREATE TABLE accounts (id bigint PRIMARY KEY);
CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER accounts_note BEFORE UPDATE ON accounts
  FOR EACH ROW EXECUTE FUNCTION note_change();
```

## Limits
Whether to enable the trigger or to drop it is a decision, and rows changed meanwhile may need
repair. A trigger that fires on replicas only (`ENABLE REPLICA TRIGGER`) counts as enabled. The
triggers that carry out foreign keys are not looked at.
)md"},
                            check};

}  // namespace schemaudit
