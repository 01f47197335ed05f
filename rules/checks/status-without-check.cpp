#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/facts/name_words.h"
#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/facts/unmatched_columns.h"
#include "rules/findings/column_answers.h"
#include "rules/findings/schema_findings.h"

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
  const DomainPolicy* policy = nullptr;
};

/// Whether the text ends so, and a name stands before that.
bool has_name_before(const std::string& text, std::string_view end) {
  return text.size() > end.size() && text.ends_with(end);
}

bool is_named_like_a_status(const std::string& column) {
  std::string name = fold_case(column);
  return name == "status" || name == "state" || has_name_before(name, "_status") ||
         has_name_before(name, "_state");
}

/// `billing_state` beside `billing_city` is a part of a country.
bool is_part_of_an_address(const Relation& relation, const Column& column) {
  constexpr std::array<std::string_view, 12> kOthers = {
      "city",       "town",         "country",     "zip",      "zip_code", "zipcode",
      "postalcode", "country_code", "postal_code", "postcode", "street",   "county"};
  const std::string name = fold_case(column.name);
  if (!name.ends_with("state")) return false;
  const std::string before = name.substr(0, name.size() - 5);
  return std::any_of(relation.columns.begin(), relation.columns.end(), [&](const Column& other) {
    const std::string beside = fold_case(other.name);
    return beside.starts_with(before) &&
           std::find(kOthers.begin(), kOthers.end(),
                     std::string_view(beside).substr(before.size())) != kOthers.end();
  });
}

/// What OAuth calls a state is a secret that comes back.
bool is_nonce_of_a_login(const Relation& relation, const Column& column) {
  constexpr std::array<std::string_view, 9> kLogins = {"auth", "oauth",  "oauth2", "oidc", "sso",
                                                       "saml", "openid", "login",  "csrf"};
  if (fold_case(column.name) != "state") return false;
  const std::vector<std::string> words = words_of(relation.name.name);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(kLogins.begin(), kLogins.end(), word) != kLogins.end();
  });
}

bool is_text(const Column& column) {
  if (!column.type) return false;
  const std::string& type = column.type->normal;
  if (type.find('[') != std::string::npos) return false;
  return type == "text" || type.rfind("character varying", 0) == 0 ||
         type.rfind("character(", 0) == 0 || type == "citext" || has_name_before(type, ".citext");
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

/// What [policy.domains] says of the column; nullptr where it says nothing.
const DomainPolicy* covering_policy(const Policies& policies, const Relation& relation,
                                    const Column& column) {
  for (const DomainPolicy& policy : policies.domains)
    if (policy.demand == DomainDemand::check_or_enum &&
        policy.columns.matches(relation.name, column.name))
      return &policy;
  return nullptr;
}

/// Whether the comparison already tells that this column's CHECK or values differ.
bool is_told_by_comparison(const SchemaContext& context, const Relation& relation,
                           const Relation* documented, const Column& column) {
  if (!documented) return false;
  for (const CheckConstraint& check : documented->checks)
    if (std::find(check.columns.begin(), check.columns.end(), column.name) != check.columns.end())
      return true;
  for (const Disagreement& disagreement : context.docs->disagreements)
    if (disagreement.aspect == Aspect::check_constraint &&
        disagreement.object.schema == relation.name.schema &&
        disagreement.object.table == relation.name.name && disagreement.object.kind == "column" &&
        disagreement.object.name == column.name)
      return true;
  return false;
}

Candidate judge(const SchemaContext& context, const Relation& relation, const Relation* documented,
                const Column& column) {
  Candidate candidate{&relation, documented, &column};
  if (!is_text(column) && !is_number(column)) return candidate;
  candidate.policy = covering_policy(context.policy(), relation, column);
  if (documented)
    if (const Column* told = documented->find_column(column.name); told && told->documented_values)
      candidate.values = *told->documented_values;
  Ground ground = Ground::none;
  if (candidate.policy)
    ground = Ground::policy;
  else if (is_text(column) && candidate.values.size() >= 2)
    ground = Ground::documented_values;
  else if (is_text(column) && is_named_like_a_status(column.name) &&
           !is_part_of_an_address(relation, column) && !is_nonce_of_a_login(relation, column))
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

Finding finding_of(const SchemaContext& context, const Candidate& candidate) {
  const Relation& relation = *candidate.relation;
  const Column& column = *candidate.column;
  Finding finding =
      start_finding(context, status_without_check.info, object_of(relation, column), column.origin,
                    candidate.policy ? candidate.policy->columns.origin : Origin{});
  std::string name = name_of(relation, column);
  switch (candidate.ground) {
    case Ground::documented_values:
      finding.message = "The docs list the values of " + name + ", and nothing in the database " +
                        "keeps others out.";
      break;
    case Ground::policy:
      finding.message = name +
                        " has neither a CHECK nor an enum, which policy.domains asks for (\"" +
                        candidate.policy->columns.text + "\").";
      break;
    default:
      finding.message = name + " is text named like a state, and nothing restricts its values.";
  }
  if (!candidate.values.empty()) {
    finding.evidence.documented = list_of(candidate.values);
    if (is_text(column))
      finding.fix = Fix{FixKind::sql, "ALTER TABLE " + sql_name(relation.name) + " ADD CHECK (" +
                                          sql_name(column.name) + " IN (" +
                                          list_of(candidate.values) + "));"};
  }
  finding.evidence.of(context.role) = column.name + " " + column.type->text;
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!stands_for_itself(relation)) continue;
    const Relation* told = documented(context, relation);
    for (const Column& column : relation.columns) {
      ++outcome.checked;
      Candidate candidate = judge(context, relation, told, column);
      if (candidate.ground == Ground::none) continue;
      Finding finding = finding_of(context, candidate);
      if (candidate.ground == Ground::name)
        outcome.suspicions.push_back({std::move(finding)});
      else
        outcome.findings.push_back(std::move(finding));
    }
  }
  UnmatchedColumns unmatched("policy.domains");
  for (const DomainPolicy& policy : context.policy().domains)
    if (policy.demand == DomainDemand::check_or_enum &&
        !fits_any_column(context.schema, policy.columns))
      unmatched.add(policy.columns);
  unmatched.ask(outcome, status_without_check.info);
  outcome.answer =
      domain_answer(context.schema, outcome.suspicions, "check-or-enum", "status-without-check");
  return outcome;
}

}  // namespace

const Rule status_without_check{
    {.id = "status-without-check",
     .severity = Severity::medium,
     .category = "checks",
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
)md",
     .question = {"text column is named like a state, and nothing restricts its values. Should it "
                  "have a CHECK or an enum?",
                  "text columns are named like a state, and nothing restricts their values. "
                  "Should they have a CHECK or an enum?",
                  "# yes: every such column needs a CHECK or an enum\n"
                  "[policy.domains]\n"
                  "\"*.status\" = \"check-or-enum\"\n"
                  "# no: do not ask again\n"
                  "# [rules.status-without-check]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
