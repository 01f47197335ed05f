#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/asking.h"
#include "rules/finding_places.h"

namespace schemaudit {

extern const Rule status_without_check;

namespace {

enum class Ground { none, name, documented_values, policy };

struct Candidate {
  const Relation* relation = nullptr;
  /// The docs' entry of the relation; nullptr where there is none.
  const Relation* documented = nullptr;
  const Column* column = nullptr;
  Ground ground = Ground::none;
  std::vector<std::string> values;
  std::string policy_glob;
};

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() > end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

bool is_named_like_a_status(const std::string& column) {
  std::string name = fold_case(column);
  return name == "status" || name == "state" || ends_with(name, "_status") ||
         ends_with(name, "_state");
}

bool is_text(const Column& column) {
  if (!column.type) return false;
  const std::string& type = column.type->normal;
  if (type.find('[') != std::string::npos) return false;
  return type == "text" || type.rfind("character varying", 0) == 0 ||
         type.rfind("character(", 0) == 0 || type == "citext" || ends_with(type, ".citext");
}

bool is_number(const Column& column) {
  return column.type && (column.type->normal == "smallint" || column.type->normal == "integer" ||
                         column.type->normal == "bigint");
}

bool is_restricted(const Relation& relation, const Column& column) {
  for (const CheckConstraint& check : relation.checks)
    if (std::find(check.columns.begin(), check.columns.end(), column.name) != check.columns.end())
      return true;
  for (const ForeignKey& foreign_key : relation.foreign_keys)
    if (std::find(foreign_key.columns.begin(), foreign_key.columns.end(), column.name) !=
        foreign_key.columns.end())
      return true;
  return column.generated.has_value();
}

/// The glob of [policy.domains] that covers the column; empty where none does.
std::string covering_policy(const Config& config, const Relation& relation, const Column& column) {
  std::string bare = relation.name.name + "." + column.name;
  for (const auto& [glob, demand] : config.policy.domains)
    if (matches_glob(glob, bare) || matches_glob(glob, relation.name.schema + "." + bare))
      return glob;
  return {};
}

/// Whether the comparison already tells that this column's CHECK or values differ.
bool is_told_by_comparison(const RuleContext& context, const Relation& relation,
                           const Relation* documented, const Column& column) {
  if (!documented) return false;
  for (const CheckConstraint& check : documented->checks)
    if (std::find(check.columns.begin(), check.columns.end(), column.name) != check.columns.end())
      return true;
  for (const Disagreement& disagreement : context.docs_live->disagreements)
    if (disagreement.aspect == Aspect::check_constraint &&
        disagreement.object.schema == relation.name.schema &&
        disagreement.object.table == relation.name.name && disagreement.object.kind == "column" &&
        disagreement.object.name == column.name)
      return true;
  return false;
}

Candidate judge(const RuleContext& context, const Relation& relation, const Relation* documented,
                const Column& column) {
  Candidate candidate{&relation, documented, &column};
  if (!is_text(column) && !is_number(column)) return candidate;
  candidate.policy_glob = covering_policy(context.input.config, relation, column);
  if (documented)
    if (const Column* told = documented->find_column(column.name); told && told->documented_values)
      candidate.values = *told->documented_values;
  Ground ground = Ground::none;
  if (!candidate.policy_glob.empty())
    ground = Ground::policy;
  else if (is_text(column) && candidate.values.size() >= 2)
    ground = Ground::documented_values;
  else if (is_text(column) && is_named_like_a_status(column.name))
    ground = Ground::name;
  if (ground != Ground::none && !is_restricted(relation, column) &&
      !is_told_by_comparison(context, relation, documented, column))
    candidate.ground = ground;
  return candidate;
}

std::string quote_literal(const std::string& value) {
  std::string quoted = "'";
  for (char c : value) {
    if (c == '\'') quoted += '\'';
    quoted += c;
  }
  return quoted + "'";
}

std::string list_of(const std::vector<std::string>& values) {
  std::string list;
  for (const std::string& value : values) list += (list.empty() ? "" : ", ") + quote_literal(value);
  return list;
}

Finding finding_of(const RuleContext& context, const Candidate& candidate) {
  const Relation& relation = *candidate.relation;
  const Column& column = *candidate.column;
  Finding finding = start_finding(
      status_without_check.info, {"column", relation.name.schema, relation.name.name, column.name});
  std::string name = to_string(relation.name) + "." + quote_identifier(column.name);
  switch (candidate.ground) {
    case Ground::documented_values:
      finding.message = "The docs list the values of " + name + ", and nothing in the database " +
                        "keeps others out.";
      break;
    case Ground::policy:
      finding.message = name +
                        " has neither a CHECK nor an enum, which policy.domains asks for (\"" +
                        candidate.policy_glob + "\").";
      break;
    default:
      finding.message = name + " is text named like a state, and nothing restricts its values.";
  }
  if (candidate.ground != Ground::name) finding.behind = Behind::live;
  if (!candidate.values.empty()) {
    finding.evidence.documented = list_of(candidate.values);
    if (is_text(column))
      finding.fix = Fix{FixKind::sql, "ALTER TABLE " + to_string(relation.name) + " ADD CHECK (" +
                                          quote_identifier(column.name) + " IN (" +
                                          list_of(candidate.values) + "));"};
  }
  finding.evidence.live = column.name + " " + column.type->text;
  finding.locations = places_of_live(context, relation.name, {});
  if (candidate.documented)
    if (const Column* told = candidate.documented->find_column(column.name);
        told && told->origin.from_file())
      finding.locations.front() = {"documented", told->origin};
  return finding;
}

constexpr std::string_view kAnswer =
    "# yes: every such column needs a CHECK or an enum\n"
    "[policy.domains]\n"
    "\"*.status\" = \"check-or-enum\"\n"
    "# no: do not ask again\n"
    "# [rules.status-without-check]\n"
    "# severity = \"off\"";

RuleOutcome check(const RuleContext& context) {
  RuleOutcome outcome;
  std::vector<Suspicion> suspicions;
  for (const Relation& relation : context.input.schema(Role::live)->relations) {
    if (relation.is_view() || relation.partition_of) continue;
    const Relation* documented =
        context.docs_live ? context.docs_live->left_of(relation.name) : nullptr;
    for (const Column& column : relation.columns) {
      ++outcome.checked;
      Candidate candidate = judge(context, relation, documented, column);
      if (candidate.ground == Ground::none) continue;
      Finding finding = finding_of(context, candidate);
      if (candidate.ground == Ground::name)
        suspicions.push_back({to_string(relation.name) + "." + column.name, std::move(finding)});
      else
        outcome.findings.push_back(std::move(finding));
    }
  }
  bool one = suspicions.size() == 1;
  std::string text =
      std::to_string(suspicions.size()) +
      (one ? " text column is named like a state, and nothing restricts its values. "
           : " text columns are named like a state, and nothing restricts their "
             "values. ") +
      (one ? "Should it have a CHECK or an enum?" : "Should they have a CHECK or an enum?");
  ask_or_find(context, status_without_check.info, std::move(suspicions), text, std::string(kAnswer),
              outcome);
  return outcome;
}

}  // namespace

const Rule status_without_check{
    {.id = "status-without-check",
     .severity = Severity::medium,
     .category = "checks",
     .needs = {Role::live},
     .summary = "A text column that holds a state, and nothing restricts its values.",
     .docs = R"md(## What it does
Looks at text columns of live tables that have no CHECK, no enum type and no foreign key. Where the
docs list the column's values, or `[policy.domains]` covers it, reports it; columns that only are
named like a status (`status`, `state`, `*_status`, `*_state`) become one question.

## Why it matters
Nothing keeps a misspelt state out, and a row in an unknown state is seen by no query.

## Example
````markdown docs/jobs.md
# jobs

```sql
CREATE TABLE jobs (
  id bigint PRIMARY KEY,
  state text NOT NULL -- 'new', 'running', 'done'
);
```
````
```sql
CREATE TABLE jobs (id bigint PRIMARY KEY, state text NOT NULL);
```

## Use instead
````markdown docs/jobs.md
# jobs

```sql
CREATE TABLE jobs (
  id bigint PRIMARY KEY,
  state text NOT NULL -- 'new', 'running', 'done'
);
```
````
```sql
CREATE TABLE jobs (id bigint PRIMARY KEY, state text NOT NULL CHECK (state IN ('new', 'running', 'done')));
```

## Limits
Any CHECK that reads the column counts. Partitions are told by their root.
)md"},
    check};

}  // namespace schemaudit
