#include <map>
#include <string>
#include <utility>

#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule rewrite_rule;

namespace {

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  // One entry for each relation that a rule needs; a rule is told once.
  std::map<std::pair<QualifiedName, std::string>, const Dependency*> rules;
  std::map<std::pair<QualifiedName, std::string>, std::string> needs;
  for (const Dependency& dependency : context.schema.dependencies) {
    if (dependency.kind != "rule") continue;
    const auto name = std::make_pair(dependency.on_relation, dependency.dependent.name);
    rules.emplace(name, &dependency);
    std::string& list = needs[name];
    list += (list.empty() ? "" : ", ") + to_string(dependency.needs);
  }
  for (const auto& [name, dependency] : rules) {
    const Relation* relation = context.schema.find_relation(name.first);
    if (!relation || relation->is_view()) continue;
    ++outcome.checked;
    Finding finding = start_finding(context, rewrite_rule.info,
                                    object_in(*relation, "rule", name.second), dependency->origin);
    finding.message = "Rule " + quote_identifier(name.second) + " rewrites statements on table " +
                      to_string(relation->name) + " into ones that reach " + needs[name] +
                      ": a trigger says the same in a way that can be foreseen.";
    finding.evidence.of(context.role) =
        "rule " + quote_identifier(name.second) + " needs " + needs[name];
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule rewrite_rule{{.id = "rewrite-rule",
                         .severity = Severity::low,
                         .category = "triggers",
                         .profile = Profile::strict,
                         .summary = "A rewrite rule (CREATE RULE) on a table.",
                         .docs = R"md(## What it does
Reports rules on tables whose action reaches another relation.

## Why it matters
A rule rewrites the statement, not the row. Expressions are copied with it: a default of `random()`
or a sequence gives the copied row another value than the row itself.

## Example
```sql
CREATE TABLE entries (id bigint PRIMARY KEY, draw double precision DEFAULT random());
CREATE TABLE entries_copy (id bigint PRIMARY KEY, draw double precision);
CREATE RULE entries_insert AS ON INSERT TO entries
  DO ALSO INSERT INTO entries_copy VALUES (NEW.*);
```
```toml
[rules.rewrite-rule]
severity = "low"
```

## Use instead
```sql
CREATE TABLE entries (id bigint PRIMARY KEY, draw double precision DEFAULT random());
CREATE TABLE entries_copy (id bigint PRIMARY KEY, draw double precision);
CREATE FUNCTION copy_entry() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN INSERT INTO entries_copy VALUES (NEW.*); RETURN NULL; END';
CREATE TRIGGER entries_insert AFTER INSERT ON entries
  FOR EACH ROW EXECUTE FUNCTION copy_entry();
```
```toml
[rules.rewrite-rule]
severity = "low"
```

## Limits
Rules are seen through what they need: one that reaches no other relation (`DO INSTEAD NOTHING`) is
not. Rules on views are not reported.
)md"},
                        check};

}  // namespace schemaudit
