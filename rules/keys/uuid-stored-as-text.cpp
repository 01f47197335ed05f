#include <string>
#include <utility>

#include "rules/facts/column_types.h"
#include "rules/facts/key_references.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule uuid_stored_as_text;

namespace {

bool is_named_like_a_uuid(const std::string& column) {
  const std::string name = fold_case(column);
  return name.ends_with("uuid") || name.ends_with("guid");
}

/// `varchar(36)`, `char(36)`, and of what is called an id `char(32)`: as long as a uuid is, with
/// dashes or without. Hashes and codes are of 32 characters, too.
bool is_as_long_as_a_uuid(const Column& column) {
  const std::string& type = column.type->normal;
  return type.ends_with("(36)") ||
         (type.ends_with("(32)") && fold_case(column.name).ends_with("id"));
}

bool is_made_as_a_uuid(const Column& column) {
  if (!column.default_value.has_value() || !column.default_value->decided) return false;
  const std::string& normal = column.default_value->normal;
  return normal.find("gen_random_uuid") != std::string::npos ||
         normal.find("uuid_generate_") != std::string::npos;
}

bool is_sole_key(const Relation& relation, const Column& column) {
  return relation.primary_key && relation.primary_key->columns.size() == 1 &&
         relation.primary_key->columns.front() == column.name;
}

bool seems_to_hold_uuids(const Relation& relation, const Column& column) {
  return is_named_like_a_uuid(column.name) || is_made_as_a_uuid(column) ||
         (is_sole_key(relation, column) && is_as_long_as_a_uuid(column));
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation)) continue;
    for (const Column& column : relation.columns) {
      if (column.inherited || !column.type) continue;
      ++outcome.checked;
      if (!is_text(base_type(context.schema, column)) ||
          is_in_a_foreign_key(relation, column.name) || !seems_to_hold_uuids(relation, column))
        continue;
      Finding finding = start_finding(context, uuid_stored_as_text.info,
                                      object_of(relation, column), column.origin);
      finding.message = name_of(relation, column) + " is " + column.type->text +
                        " and seems to hold uuids, which have a type of their own.";
      finding.evidence.of(context.role) = column.name + " " + column.type->text;
      outcome.suspicions.push_back({std::move(finding)});
    }
  }
  return outcome;
}

}  // namespace

const Rule uuid_stored_as_text{
    {.id = "uuid-stored-as-text",
     .severity = Severity::low,
     .category = "keys",
     .summary = "A text column that seems to hold uuids.",
     .docs = R"md(## What it does
Asks about text columns that are named `uuid`, `guid` or end so, whose default makes a uuid, or
that are a primary key of exactly 36 or 32 characters. Foreign keys are left out: their target is
told.

## Why it matters
Text takes 37 bytes where a uuid takes 16, admits anything else, and tells upper from lower case:
one uuid in two spellings is two keys.

## Example
```sql
CREATE TABLE devices (id varchar(36) PRIMARY KEY, label text);
```

## Use instead
```sql
CREATE TABLE devices (id uuid PRIMARY KEY, label text);
```

## Limits
Values are not looked at. A primary key of type text without a length or default may hold anything.
)md",
     .question = {"text column seems to hold uuids. Should it be of the type uuid?",
                  "text columns seem to hold uuids. Should they be of the type uuid?",
                  "# yes: report each of them\n"
                  "[rules.uuid-stored-as-text]\n"
                  "severity = \"low\"\n"
                  "# no: do not ask again\n"
                  "# [rules.uuid-stored-as-text]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
