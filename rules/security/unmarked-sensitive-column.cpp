#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "rules/facts/name_words.h"
#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/facts/unmatched_columns.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule unmarked_sensitive_column;

namespace {

/// What is personal or secret whatever the table is about.
constexpr std::array<std::string_view, 24> kSensitive = {"ssn",
                                                         "social_security_number",
                                                         "social_security_no",
                                                         "tax_id",
                                                         "taxpayer_id",
                                                         "passport_number",
                                                         "passport_no",
                                                         "date_of_birth",
                                                         "birth_date",
                                                         "birthdate",
                                                         "dob",
                                                         "iban",
                                                         "credit_card",
                                                         "credit_card_number",
                                                         "card_number",
                                                         "cvv",
                                                         "cvc",
                                                         "bank_account_number",
                                                         "national_id",
                                                         "national_id_number",
                                                         "drivers_license",
                                                         "drivers_license_number",
                                                         "medical_record_number",
                                                         "id_card_number"};

bool is_named_like_sensitive_data(const Column& column) {
  std::string name;
  for (const std::string& word : words_of(column.name)) name += (name.empty() ? "" : "_") + word;
  return std::find(kSensitive.begin(), kSensitive.end(), name) != kSensitive.end();
}

/// The policy's entry that names the column; nullptr where none does.
const ColumnSelector* covering_entry(const SensitivePolicy& policy, const Relation& relation,
                                     const Column& column) {
  for (const ColumnSelector& entry : policy.columns)
    for (const std::string& glob : entry.columns) {
      ColumnSelector one = entry;
      one.columns = {glob};
      if (one.matches(relation.name, column.name)) return &entry;
    }
  return nullptr;
}

bool says(const Fact<std::string>& comment, const std::string& mark) {
  return comment.has_value() &&
         fold_case(comment.value()).find(fold_case(mark)) != std::string::npos;
}

std::string quoted(const std::string& text) {
  std::string literal = "'";
  for (char c : text) literal += c == '\'' ? "''" : std::string(1, c);
  return literal + "'";
}

Finding breach(const SchemaContext& context, const SensitivePolicy& policy,
               const ColumnSelector& entry, const Relation& relation, const Column& column) {
  Finding finding = start_finding(context, unmarked_sensitive_column.info,
                                  object_of(relation, column), column.origin, entry.origin);
  finding.message = name_of(relation, column) + " is sensitive by policy.sensitive (\"" +
                    entry.text + "\"), and its comment does not say " + policy.marked_by + ".";
  finding.evidence.of(context.role) =
      column.comment.has_value() ? column.comment.value() : "no comment";
  const std::string comment = column.comment.has_value() && !column.comment->empty()
                                  ? column.comment.value() + " (" + policy.marked_by + ")"
                                  : policy.marked_by;
  finding.fix = Fix{FixKind::sql, "COMMENT ON COLUMN " + sql_name(relation.name) + "." +
                                      sql_name(column.name) + " IS " + quoted(comment) + ";"};
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const std::optional<SensitivePolicy>& policy = context.policy().sensitive;
  for (const Relation& relation : context.schema.relations) {
    if (!stands_for_itself(relation)) continue;
    const Relation* told = documented(context, relation);
    for (const Column& column : relation.columns) {
      if (column.inherited || column.comment.is_unknown()) continue;
      const Column* told_column = told ? told->find_column(column.name) : nullptr;
      if (const ColumnSelector* entry =
              policy ? covering_entry(*policy, relation, column) : nullptr) {
        ++outcome.checked;
        if (!says(column.comment, policy->marked_by) &&
            !(told_column && says(told_column->comment, policy->marked_by)))
          outcome.findings.push_back(breach(context, *policy, *entry, relation, column));
        continue;
      }
      if (!is_named_like_sensitive_data(column)) continue;
      ++outcome.checked;
      const bool described = (column.comment.has_value() && !column.comment->empty()) ||
                             (told_column && told_column->comment.has_value());
      if (described) continue;
      Finding finding = start_finding(context, unmarked_sensitive_column.info,
                                      object_of(relation, column), column.origin);
      finding.message = name_of(relation, column) +
                        " is named like personal or secret data, and no comment says so.";
      outcome.suspicions.push_back({std::move(finding)});
    }
  }
  if (policy) {
    UnmatchedColumns unmatched("policy.sensitive");
    for (const ColumnSelector& entry : policy->columns)
      if (!fits_any_column(context.schema, entry)) unmatched.add(entry);
    unmatched.ask(outcome, unmarked_sensitive_column.info);
  }
  return outcome;
}

}  // namespace

const Rule unmarked_sensitive_column{
    {.id = "unmarked-sensitive-column",
     .severity = Severity::low,
     .category = "security",
     .summary = "A column with personal or secret data that is not marked as such.",
     .docs = R"md(## What it does
For the columns of `[policy.sensitive]`, reports those whose comment, in the database and in the docs,
lacks the words of `marked_by`. Other columns without any comment that are named like personal or
secret data (`ssn`, `passport_number`, `date_of_birth`, `iban`, `card_number`, ...) become one
question.

## Why it matters
Exports, logs and copies for tests are made by people who see the schema, not its history: what is
not marked is copied.

## Example
```sql
CREATE TABLE patients (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  diagnosis text NOT NULL
);
```
```toml
[policy.sensitive]
columns = ["patients.diagnosis"]
marked_by = "pii"
```

## Use instead
```sql
CREATE TABLE patients (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  diagnosis text NOT NULL
);
COMMENT ON COLUMN patients.diagnosis IS 'ICD-10 code. PII.';
```
```toml
[policy.sensitive]
columns = ["patients.diagnosis"]
marked_by = "pii"
```

## Limits
Goes by names; values are never read. Security labels are not looked at. Columns of views are told
by their tables.
)md",
     .question = {"column is named like personal or secret data, and no comment says so. Is it?",
                  "columns are named like personal or secret data, and no comment says so. Are "
                  "they?",
                  "# yes: their comments have to say so\n"
                  "[policy.sensitive]\n"
                  "columns = [{columns}]\n"
                  "marked_by = \"pii\"\n"
                  "# no: do not ask again\n"
                  "# [rules.unmarked-sensitive-column]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
