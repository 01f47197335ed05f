#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "analyzer/comparison/schema_differences.h"
#include "rules/facts/isolation_border.h"
#include "rules/facts/rule_settings.h"
#include "rules/findings/finding_places.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule frozen_object_changed;

namespace {

/// One object outside, with all that has become of it.
struct FrozenObject {
  ObjectRef object;
  /// What changed, in words; and what either side says.
  std::vector<std::string> changes, before, after;
  std::vector<Origin> places;
};

using FrozenObjects = std::map<std::tuple<std::string, std::string, std::string>, FrozenObject>;

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

bool is_inside(const IsolationPolicy& policy, const Schema& schema, const ObjectRef& object) {
  if (!object.table.empty()) return policy.tables.matches({object.schema, object.table});
  // `p3.*` has the schema p3 inside.
  if (object.kind == "schema")
    return policy.tables.matches({{}, object.name}) || policy.tables.matches({object.name, {}});
  if (object.kind == "sequence")
    for (const Sequence& sequence : schema.sequences)
      if (sequence.name == QualifiedName{object.schema, object.name} &&
          sequence.owned_by_table.has_value())
        return policy.tables.matches(sequence.owned_by_table.value());
  return policy.tables.matches({object.schema, object.name});
}

/// Partitions come and go with the rows; their root tells of everything else.
bool is_of_partition(const Schema& before, const Schema& after, const ObjectRef& object) {
  if (object.table.empty()) return false;
  const Relation* a = before.find_relation({object.schema, object.table});
  const Relation* b = after.find_relation({object.schema, object.table});
  return (!a || a->partition_of) && (!b || b->partition_of);
}

FrozenObject& entry_of(FrozenObjects& objects, const ObjectRef& object) {
  const bool of_table = !object.table.empty();
  const std::string kind = of_table ? "table" : object.kind;
  FrozenObject& entry = objects[{kind, object.schema, of_table ? object.table : object.name}];
  if (entry.object.kind.empty()) {
    entry.object = object;
    if (of_table) entry.object.name = object.table;
    if (of_table && object.kind != "view") entry.object.kind = "table";
  }
  return entry;
}

std::string word_for(const Difference& difference, bool is_the_object_itself) {
  std::string what = is_the_object_itself
                         ? std::string()
                         : difference.object.kind + " " + quote_identifier(difference.object.name);
  auto joined = [&](const std::string& verb) { return what.empty() ? verb : what + " " + verb; };
  if (difference.aspect == "presence") return joined(difference.from ? "is gone" : "is new");
  if (difference.aspect == "name") return joined("is now called " + difference.to.value_or("?"));
  return difference.aspect + (what.empty() ? "" : " of " + what);
}

void compare_states(const IsolationPolicy& policy, const Schema& before, const Schema& after,
                    bool removals_count, bool own_tables_are_told, FrozenObjects& objects) {
  for (const Difference& difference : compare_whole(before, after, {}).differences) {
    const ObjectRef& object = difference.object;
    const Schema& where = difference.to ? after : before;
    if (is_inside(policy, where, object) || is_of_partition(before, after, object)) continue;
    if (!removals_count && !difference.to) continue;
    // A table that the policy's own file makes outside is the matter of table-outside-isolation.
    if (object.kind == "table" && !difference.from && own_tables_are_told &&
        is_file_of(policy, difference.to_origin.uri))
      continue;
    FrozenObject& entry = entry_of(objects, object);
    const bool itself = object.kind == entry.object.kind && object.name == entry.object.name;
    add_once(entry.changes, word_for(difference, itself));
    const std::string label = object.kind + " " + quote_identifier(object.name) + ": ";
    if (difference.from) add_once(entry.before, label + *difference.from);
    if (difference.to) add_once(entry.after, label + *difference.to);
    if (difference.to_origin.from_file()) entry.places.push_back(difference.to_origin);
  }
}

/// SQL files that only add to a state tell nothing of what they do not mention: they have none of
/// its tables.
bool tells_of_a_whole_state(const IsolationPolicy& policy, const Schema& before,
                            const Schema& after) {
  return std::any_of(before.relations.begin(), before.relations.end(), [&](const Relation& known) {
    return !policy.tables.matches(known.name) && after.find_relation(known.name);
  });
}

bool changes_the_schema(ChangeKind kind) {
  return kind != ChangeKind::create && kind != ChangeKind::rows && kind != ChangeKind::truncate &&
         kind != ChangeKind::unanalysed;
}

std::tuple<std::string, std::string> table_or_object(const ObjectRef& object) {
  return {object.schema, object.table.empty() ? object.name : object.table};
}

std::string word_for(const Change& change, bool is_the_object_itself) {
  const std::string what = is_the_object_itself
                               ? std::string()
                               : change.object.kind + " " + quote_identifier(change.object.name);
  auto joined = [&](const std::string& verb) { return what.empty() ? verb : what + " " + verb; };
  switch (change.kind) {
    case ChangeKind::drop:
    case ChangeKind::drop_column:
    case ChangeKind::drop_constraint:
      return joined("is dropped");
    case ChangeKind::add_column:
    case ChangeKind::add_constraint:
      return joined("is added");
    default:
      return std::string(to_string(change.kind)) + (what.empty() ? "" : " of " + what);
  }
}

/// Statements that change what they did not make: in the policy's own files what these files did
/// not make, elsewhere what no statement of the source did. Where states were `compared`, they only
/// add places to what that has told.
void follow_statements(const IsolationPolicy& policy, const SourceResult& source, bool compared,
                       FrozenObjects& objects) {
  std::set<std::tuple<std::string, std::string>> made;
  for (const Change& change : source.changes) {
    const bool own_file = is_file_of(policy, change.origin.uri);
    if (own_file && change.kind == ChangeKind::create) made.insert(table_or_object(change.object));
    const bool is_foreign = own_file ? !made.count(table_or_object(change.object))
                                     : !change.object_is_new && change.object.kind != "schema" &&
                                           change.object.kind != "extension";
    if (!is_foreign || !changes_the_schema(change.kind) ||
        is_inside(policy, source.schema, change.object))
      continue;
    FrozenObject& entry = entry_of(objects, change.object);
    entry.places.push_back(change.origin);
    if (!entry.changes.empty() && compared) continue;
    const bool itself =
        change.object.kind == entry.object.kind && change.object.name == entry.object.name;
    const std::string what = word_for(change, itself);
    add_once(entry.changes, what);
    add_once(entry.after, what + " at " + to_string(change.origin));
  }
}

std::string listed(const std::vector<std::string>& all) {
  constexpr std::size_t kShown = 5;
  std::string text;
  for (std::size_t i = 0; i < all.size() && i < kShown; ++i) text += (i ? ", " : "") + all[i];
  if (all.size() > kShown) text += " and " + std::to_string(all.size() - kShown) + " more";
  return text;
}

std::string joined(const std::vector<std::string>& all) {
  std::string text;
  for (const std::string& each : all) text += (text.empty() ? "" : "; ") + each;
  return text;
}

Finding finding_of(const IsolationPolicy& policy, Role role, const FrozenObject& frozen) {
  Finding finding = start_finding(frozen_object_changed.info, frozen.object);
  std::string kind = frozen.object.kind;
  kind.front() = static_cast<char>(kind.front() - 'a' + 'A');
  const std::string name = to_string(frozen.object);
  // `is new` and `is gone` say all of an object that is on one side only.
  const bool comes_or_goes =
      frozen.changes.size() == 1 && frozen.changes.front().rfind("is ", 0) == 0;
  finding.message = kind + " " + name + " lies outside " + policy_name(policy) +
                    ", which freezes what is there, and " + (comes_or_goes ? "" : "has changed: ") +
                    listed(frozen.changes) + ".";
  if (!frozen.before.empty()) finding.evidence.before = joined(frozen.before);
  if (!frozen.after.empty()) finding.evidence.of(role) = joined(frozen.after);
  finding.behind = behind_of(role);
  for (const Origin& place : frozen.places) {
    Location location{std::string(to_string(role)), place};
    if (std::find(finding.locations.begin(), finding.locations.end(), location) ==
        finding.locations.end())
      finding.locations.push_back(std::move(location));
  }
  finding.locations.push_back({"config", policy.origin});
  finding.key = policy.name;
  return finding;
}

/// One finding for each object, with what each role says of it.
void add_findings(const IsolationPolicy& policy, Role role, const FrozenObjects& objects,
                  std::vector<Finding>& findings) {
  for (const auto& [name, frozen] : objects) {
    auto known = std::find_if(
        findings.begin(), findings.end(), [&, &object = frozen](const Finding& finding) {
          return finding.key == policy.name && finding.object == object.object;
        });
    if (known == findings.end())
      findings.push_back(finding_of(policy, role, frozen));
    else if (!frozen.after.empty())
      known->evidence.of(role) = joined(frozen.after);
  }
}

RuleOutcome check(const RuleContext& context) {
  RuleOutcome outcome;
  const AuditInput& input = context.input;
  const Schema* before = input.schema(Role::before);
  bool any = false, ran = false;
  for (const IsolationPolicy& policy : input.config.policy.isolation) {
    if (!policy.freeze_others) continue;
    any = true;
    for (Role role : {Role::declared, Role::live}) {
      const SourceResult* source = input.source(role);
      if (!source) continue;
      FrozenObjects objects;
      if (before) {
        ran = true;
        const bool whole =
            role == Role::live || tells_of_a_whole_state(policy, *before, source->schema);
        compare_states(policy, *before, source->schema, whole,
                       lets_speak(input.config, "table-outside-isolation", "isolation"), objects);
        for (const Relation& relation : before->relations)
          if (!policy.tables.matches(relation.name)) ++outcome.checked;
      }
      const bool has_own_files =
          std::any_of(source->changes.begin(), source->changes.end(),
                      [&](const Change& change) { return is_file_of(policy, change.origin.uri); });
      if (has_own_files || !before) follow_statements(policy, *source, before != nullptr, objects);
      ran = ran || has_own_files || !objects.empty();
      add_findings(policy, role, objects, outcome.findings);
    }
  }
  if (!any)
    outcome.not_run = "no [policy.isolation.*] with freeze_others = true in the config";
  else if (!ran)
    outcome.not_run =
        "needs an earlier state to compare with (--before), or SQL files that the "
        "policy names in its documents";
  return outcome;
}

}  // namespace

const Rule frozen_object_changed{
    {.id = "frozen-object-changed",
     .severity = Severity::high,
     .category = "isolation",
     .needs_built = true,
     .needs_policy = true,
     .summary = "An object outside an isolation policy that has changed although it is frozen.",
     .docs = R"md(## What it does
For each `[policy.isolation.*]` with `freeze_others = true`, compares what lies outside its tables
with the earlier state given by `--before`, and reports each object there that is new, gone or
changed: once an object, with all that changed in it. Where the policy names its SQL files in
`documents`, statements of these files that change what the files did not make are reported even
without an earlier state.

## Why it matters
What was promised to stand apart touches what others rely on; taking it back is then no longer a
matter of dropping its own tables.

## Example
```sql before
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql
CREATE TABLE users (id bigint PRIMARY KEY, p3_score integer);
CREATE TABLE p3_signal (id bigint PRIMARY KEY);
```
```toml
[policy.isolation.phase3]
tables = "p3_*"
freeze_others = true
```

## Use instead
```sql before
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE p3_signal (id bigint PRIMARY KEY);
CREATE TABLE p3_score (user_id bigint PRIMARY KEY, score integer NOT NULL);
```
```toml
[policy.isolation.phase3]
tables = "p3_*"
freeze_others = true
```

## Limits
Types, functions, sequences, schemas and extensions are held against the same globs by their names;
a sequence of a column goes with its table. New and dropped partitions are no change. Facts that one
side does not know, and expressions that cannot be decided, count as unchanged. Rows are not
compared.
)md"},
    check};

}  // namespace schemaudit
