#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "rules/facts/isolation_border.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule forbidden_dependency;

namespace {

/// Sequences that belong to a column, and the tables of these columns.
using Owners = std::map<QualifiedName, QualifiedName>;

Owners owners_of_sequences(const Schema& live) {
  Owners owners;
  for (const Sequence& sequence : live.sequences)
    if (sequence.owned_by_table.has_value())
      owners[sequence.name] = sequence.owned_by_table.value();
  return owners;
}

/// Whether `name` lies inside: by its own name, or as a sequence of a column inside.
bool is_inside(const Owners& owners, const IsolationPolicy& policy, const QualifiedName& name) {
  if (policy.tables.matches(name)) return true;
  auto owner = owners.find(name);
  return owner != owners.end() && policy.tables.matches(owner->second);
}

ObjectRef object_of(const Dependency& dependency) {
  if (!dependency.on_relation.name.empty()) {
    std::string kind = dependency.kind == "default" ? "column" : dependency.kind;
    return {kind, dependency.on_relation.schema, dependency.on_relation.name,
            dependency.dependent.name};
  }
  std::string kind = dependency.kind == "materialized view" ? "view" : dependency.kind;
  bool has_columns = kind == "view";
  return {kind, dependency.dependent.schema, has_columns ? dependency.dependent.name : "",
          dependency.dependent.name};
}

std::string describe(const Dependency& dependency) {
  if (dependency.on_relation.name.empty())
    return dependency.kind + " " + to_string(dependency.dependent);
  std::string of = dependency.kind == "default" ? "default of " : dependency.kind + " ";
  return of + quote_identifier(dependency.dependent.name) + " on " +
         to_string(dependency.on_relation);
}

/// One object that crosses, with all that it needs on the other side.
struct Crossing {
  const Dependency* dependency = nullptr;
  bool needs_inside = false;
  std::vector<QualifiedName> needs;
};

std::vector<Crossing> crossings(const Schema& live, const IsolationPolicy& policy) {
  using Key = std::tuple<std::string, QualifiedName, QualifiedName, bool>;
  const Owners owners = owners_of_sequences(live);
  std::map<Key, Crossing> found;
  for (const Dependency& dependency : live.dependencies) {
    bool on_relation = !dependency.on_relation.name.empty();
    bool dependent_inside =
        is_inside(owners, policy, on_relation ? dependency.on_relation : dependency.dependent);
    bool needs_inside = is_inside(owners, policy, dependency.needs);
    if (dependent_inside == needs_inside) continue;
    Crossing& crossing =
        found[Key{dependency.kind, dependency.dependent, dependency.on_relation, needs_inside}];
    crossing.dependency = &dependency;
    crossing.needs_inside = needs_inside;
    if (std::find(crossing.needs.begin(), crossing.needs.end(), dependency.needs) ==
        crossing.needs.end())
      crossing.needs.push_back(dependency.needs);
  }
  std::vector<Crossing> list;
  for (auto& entry : found) {
    std::sort(entry.second.needs.begin(), entry.second.needs.end());
    list.push_back(std::move(entry.second));
  }
  return list;
}

/// The relation that a reader should look at: the one it stands on, else the one it needs.
QualifiedName place_of(const SchemaContext& context, const Crossing& crossing) {
  const Dependency& dependency = *crossing.dependency;
  const QualifiedName& own =
      dependency.on_relation.name.empty() ? dependency.dependent : dependency.on_relation;
  bool told = context.docs && context.docs->left_of(own);
  return told || context.role != Role::live ? own : crossing.needs.front();
}

Finding breach(const SchemaContext& context, const IsolationPolicy& policy,
               const Crossing& crossing) {
  std::string needs;
  for (const QualifiedName& name : crossing.needs)
    needs += (needs.empty() ? "" : ", ") + to_string(name);
  std::string what = describe(*crossing.dependency);
  const QualifiedName place = place_of(context, crossing);
  const Relation* relation = context.schema.find_relation(place);
  Finding finding = start_finding(context, forbidden_dependency.info,
                                  {"table", place.schema, place.name, place.name},
                                  relation ? relation->origin : Origin{}, policy.origin);
  finding.object = object_of(*crossing.dependency);
  finding.evidence.of(context.role) = what + " needs " + needs;
  what.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(what.front())));
  finding.message = what + " needs " + needs + ", which lies " +
                    (crossing.needs_inside ? "inside " : "outside ") + policy_name(policy) +
                    ": the policy forbids dependencies across its border.";
  finding.key = policy.name + (crossing.needs_inside ? " inward" : " outward");
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const Schema& schema = context.schema;
  bool any = false;
  for (const IsolationPolicy& policy : context.input.config.policy.isolation) {
    if (!policy.forbid_dependencies) continue;
    any = true;
    std::size_t inside = tables_inside(schema, policy);
    outcome.checked += inside;
    if (inside == 0) outcome.not_run = policy_name(policy) + " matches no table";
    if (inside == 0 && policy.foreign_keys == ForeignKeyStance::allow)
      ask_of_unmatched(forbidden_dependency.info, policy, outcome);
    for (const Crossing& crossing : crossings(schema, policy))
      outcome.findings.push_back(breach(context, policy, crossing));
  }
  if (!any)
    outcome.not_run = "no [policy.isolation.*] with dependencies = \"forbid\" in the config";
  return outcome;
}

}  // namespace

const Rule forbidden_dependency{
    {.id = "forbidden-dependency",
     .severity = Severity::critical,
     .category = "isolation",
     .needs_policy = true,
     .summary =
         "A view, function, policy, trigger, default or sequence that crosses an isolation border.",
     .docs = R"md(## What it does
For each `[policy.isolation.*]` with `dependencies = "forbid"`, reports live objects outside that need
a table inside, and objects inside (by their own name, or belonging to a table inside) that need
one outside.

## Why it matters
A view over a table blocks its DROP: what was meant to be removed in one step no longer can be.

## Example
```sql
CREATE TABLE p3_signal (id bigint PRIMARY KEY);
CREATE TABLE p3_cache (id bigint PRIMARY KEY, signal_id bigint);
CREATE VIEW signals AS SELECT id FROM p3_signal;
```
```toml
[policy.isolation.phase3]
tables = "p3_*"
foreign_keys = "forbid"
dependencies = "forbid"
```

## Use instead
```sql
CREATE TABLE p3_signal (id bigint PRIMARY KEY);
CREATE TABLE p3_cache (id bigint PRIMARY KEY, signal_id bigint);
CREATE VIEW p3_signals AS SELECT id FROM p3_signal;
```
```toml
[policy.isolation.phase3]
tables = "p3_*"
foreign_keys = "forbid"
dependencies = "forbid"
```

## Limits
Only what PostgreSQL records as a dependency is seen: the body of a PL/pgSQL function, and SQL in
a string, are not. Foreign keys are the matter of `forbidden-foreign-key`.
)md"},
    check};

}  // namespace schemaudit
