#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/facts/sql_names.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule duplicate_trigger;

namespace {

/// Whether the function does the same for each trigger that calls it: its body is known, and asks
/// neither for the trigger's arguments nor for its name.
bool is_the_same_for_all(const Schema& schema, const QualifiedName& name) {
  for (const Function& function : schema.functions) {
    if (function.name != name) continue;
    if (fold_case(function.language) != "plpgsql" || !function.body.has_value()) return false;
    const std::string body = fold_case(function.body.value());
    for (std::string_view asked : {"tg_argv", "tg_nargs", "tg_name"})
      if (body.find(asked) != std::string::npos) return false;
    return true;
  }
  return false;
}

std::string names_of(const std::vector<const Trigger*>& triggers) {
  std::string names;
  for (std::size_t i = 0; i < triggers.size(); ++i) {
    if (i) names += i + 1 == triggers.size() ? " and " : ", ";
    names += quote_identifier(triggers[i]->name);
  }
  return names;
}

/// Triggers that may be one: enabled alike, of one definition, calling one function.
using Groups = std::map<std::pair<std::string, QualifiedName>, std::vector<const Trigger*>>;

Groups groups_of(const Relation& relation, RuleOutcome& outcome) {
  Groups groups;
  for (const Trigger& trigger : relation.triggers) {
    if (trigger.inherited) continue;
    ++outcome.checked;
    // One that does not run doubles nothing.
    if (trigger.enabled.value_or(false) && !trigger.definition.empty())
      groups[{trigger.definition, trigger.function}].push_back(&trigger);
  }
  return groups;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations)
    for (const auto& [what, triggers] : groups_of(relation, outcome)) {
      if (triggers.size() < 2 || !is_the_same_for_all(context.schema, what.second)) continue;
      Finding finding = start_finding(context, duplicate_trigger.info,
                                      object_in(relation, "trigger", triggers.back()->name),
                                      triggers.back()->origin);
      finding.message =
          "Triggers " + names_of(triggers) + " of " + to_string(relation.name) +
          " are one and the same: " + to_string(what.second) + "() runs " +
          (triggers.size() == 2 ? "twice" : std::to_string(triggers.size()) + " times") +
          " for each event.";
      finding.evidence.of(context.role) =
          what.first + " EXECUTE FUNCTION " + to_string(what.second) + "()";
      finding.key = what.first;
      if (triggers.size() == 2)
        finding.fix = Fix{FixKind::sql, "DROP TRIGGER " + sql_name(triggers.back()->name) + " ON " +
                                            sql_name(relation.name) + ";"};
      outcome.findings.push_back(std::move(finding));
    }
  return outcome;
}

}  // namespace

const Rule duplicate_trigger{
    {.id = "duplicate-trigger",
     .severity = Severity::low,
     .category = "triggers",
     .summary = "Two triggers of one table that do the same at the same moment.",
     .docs = R"md(## What it does
Reports enabled triggers of one table that have the same timing, events, level and condition and
call the same function.

## Why it matters
The function runs once for each of them: an audit trail has every entry twice, a counter counts
double.

## Example
```sql
CREATE TABLE accounts (id bigint PRIMARY KEY);
CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER accounts_note BEFORE UPDATE ON accounts
  FOR EACH ROW EXECUTE FUNCTION note_change();
CREATE TRIGGER note_accounts BEFORE UPDATE ON accounts
  FOR EACH ROW EXECUTE FUNCTION note_change();
```

## Use instead
```sql
CREATE TABLE accounts (id bigint PRIMARY KEY);
CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER accounts_note BEFORE UPDATE ON accounts
  FOR EACH ROW EXECUTE FUNCTION note_change();
```

## Limits
Only PL/pgSQL functions are compared whose body reads neither `TG_ARGV` nor `TG_NAME`: others may do
something else for each trigger. Triggers that overlap in one event only are not reported.
)md"},
    check};

}  // namespace schemaudit
