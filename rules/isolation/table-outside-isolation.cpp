#include <map>
#include <string>
#include <utility>
#include <vector>

#include "rules/facts/isolation_border.h"
#include "rules/findings/finding_places.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule table_outside_isolation;

namespace {

/// A table by the place that makes or states it.
struct Stated {
  Role role = Role::documented;
  QualifiedName name;
  Origin origin;
};

/// What the documents and SQL files of a policy state; `files` gets those that were seen.
std::vector<Stated> stated_in(const IsolationPolicy& policy, const AuditInput& input,
                              std::size_t& files) {
  std::vector<Stated> stated;
  if (const SourceResult* docs = input.source(Role::documented))
    for (const DocumentReading& document : docs->documents) {
      if (!is_file_of(policy, document.uri)) continue;
      ++files;
      if (document.state == DocumentState::retired || document.state == DocumentState::not_schema)
        continue;
      for (const TableReading& reading : document.tables)
        stated.push_back({Role::documented, reading.table, reading.origin});
    }
  for (Role role : {Role::declared, Role::modelled}) {
    const SourceResult* source = input.source(role);
    if (!source) continue;
    for (const Change& change : source->changes)
      if (is_file_of(policy, change.origin.uri)) ++files;
    for (const Relation& relation : source->schema.relations) {
      if (relation.is_view() || relation.partition_of || !is_file_of(policy, relation.origin.uri))
        continue;
      ++files;
      stated.push_back({role, relation.name, relation.origin});
    }
  }
  return stated;
}

/// The name as the database has it, where the documents were compared with one; what documents
/// write as P3_SIGNAL may be p3_signal.
bool is_inside(const RuleContext& context, const IsolationPolicy& policy, const Stated& stated) {
  QualifiedName folded{stated.name.schema, fold_case(stated.name.name)};
  if (policy.tables.matches(stated.name) || policy.tables.matches(folded)) return true;
  if (stated.role != Role::documented || !context.docs) return false;
  const Relation* built = context.docs->right_of(stated.name);
  return built && (built->is_view() || policy.tables.matches(built->name));
}

/// With its schema where that is known.
QualifiedName full_name(const RuleContext& context, const Stated& stated) {
  const Relation* built = stated.role == Role::documented && context.docs
                              ? context.docs->right_of(stated.name)
                              : nullptr;
  return built ? built->name : stated.name;
}

Finding finding_of(const RuleContext& context, const IsolationPolicy& policy,
                   const Stated& stated) {
  const QualifiedName name = full_name(context, stated);
  Finding finding =
      start_finding(table_outside_isolation.info, {"table", name.schema, name.name, name.name});
  finding.message = "Table " + to_string(name) + " is " +
                    (stated.role == Role::documented ? "stated" : "made") + " in " +
                    stated.origin.uri + ", all of whose tables belong to " + policy_name(policy) +
                    ", and its name is outside.";
  finding.evidence.of(stated.role) = to_string(name);
  finding.locations = {{std::string(to_string(stated.role)), stated.origin},
                       {"config", policy.origin}};
  finding.behind = stated.role == Role::documented ? Behind::docs : behind_of(stated.role);
  finding.key = policy.name;
  return finding;
}

Question question_of_unseen(const IsolationPolicy& policy) {
  Question question;
  question.rule = std::string(table_outside_isolation.info.id);
  question.text = policy_name(policy) +
                  ".documents matches no document and no SQL file of this audit. Are its globs "
                  "spelt as the files are?";
  question.count = 1;
  question.examples = policy.documents;
  question.config = "[" + policy_name(policy) + "]\ndocuments = [\"...\"]";
  return question;
}

RuleOutcome check(const RuleContext& context) {
  RuleOutcome outcome;
  const AuditInput& input = context.input;
  const bool has_files = input.source(Role::documented) || input.source(Role::declared) ||
                         input.source(Role::modelled);
  bool any = false;
  for (const IsolationPolicy& policy : input.config.policy.isolation) {
    if (policy.documents.empty()) continue;
    any = true;
    if (!has_files) continue;
    std::size_t files = 0;
    std::map<QualifiedName, Finding> found;
    for (const Stated& stated : stated_in(policy, input, files)) {
      ++outcome.checked;
      if (is_inside(context, policy, stated)) continue;
      // A table that several files speak of is one.
      auto [at, is_new] =
          found.try_emplace(full_name(context, stated), finding_of(context, policy, stated));
      if (!is_new)
        at->second.locations.insert(at->second.locations.end() - 1,
                                    {std::string(to_string(stated.role)), stated.origin});
    }
    for (auto& [name, finding] : found) outcome.findings.push_back(std::move(finding));
    if (files == 0) outcome.questions.push_back(question_of_unseen(policy));
  }
  if (!any)
    outcome.not_run = "no [policy.isolation.*] with documents in the config";
  else if (!has_files)
    outcome.not_run = "needs schema documents, SQL files or models, which this run was not given";
  return outcome;
}

}  // namespace

const Rule table_outside_isolation{
    {.id = "table-outside-isolation",
     .severity = Severity::high,
     .category = "isolation",
     .needs_policy = true,
     .summary = "A table in a document or SQL file of an isolation policy whose name is outside.",
     .docs = R"md(## What it does
For each `[policy.isolation.*]` that names its `documents` (globs of markdown documents and SQL
files), reports each table that such a file states or makes and that the policy's `tables` does not
match.

## Why it matters
A table without the prefix is none to the policy: foreign keys to it are not forbidden, and the
rollback that drops the prefix leaves it behind.

## Example
````markdown docs/phase3.md
# signal_cache

| Column | Type |
|---|---|
| id | bigint |
````
```toml
[policy.isolation.phase3]
tables = "p3_*"
documents = ["docs/phase3.md"]
```

## Use instead
````markdown docs/phase3.md
# p3_signal_cache

| Column | Type |
|---|---|
| id | bigint |
````
```toml
[policy.isolation.phase3]
tables = "p3_*"
documents = ["docs/phase3.md"]
```

## Limits
Views and partitions are not looked at, nor tables that a file makes and a later one drops.
)md"},
    check};

}  // namespace schemaudit
