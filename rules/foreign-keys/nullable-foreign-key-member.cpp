#include <string>
#include <vector>

#include "rules/facts/foreign_key_text.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule nullable_foreign_key_member;

namespace {

std::string any_of(const std::vector<std::string>& columns) {
  std::string list;
  for (const std::string& column : columns)
    list += (list.empty() ? "" : " or ") + quote_identifier(column);
  return list;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations)
    for (const ForeignKey& key : relation.foreign_keys) {
      if (key.inherited || key.columns.size() < 2 || key.match != MatchType::simple) continue;
      ++outcome.checked;
      std::vector<std::string> nullable;
      bool all_known = true;
      for (const std::string& name : key.columns) {
        const Column* column = relation.find_column(name);
        all_known = all_known && column && column->nullable.has_value();
        if (column && column->nullable == true) nullable.push_back(name);
      }
      if (!all_known || nullable.empty() || nullable.size() == key.columns.size()) continue;
      Finding finding = start_finding(context, nullable_foreign_key_member.info,
                                      constraint_of(relation, key.name), key.origin);
      finding.message = "Foreign key " + name_of(key) + " of " + to_string(relation.name) +
                        " checks nothing in rows where " + any_of(nullable) +
                        " is NULL, whatever its other columns hold.";
      finding.key = key_of(key);
      finding.evidence.of(context.role) = describe(key);
      outcome.findings.push_back(std::move(finding));
    }
  return outcome;
}

}  // namespace

const Rule nullable_foreign_key_member{
    {.id = "nullable-foreign-key-member",
     .severity = Severity::low,
     .category = "foreign-keys",
     .profile = Profile::strict,
     .summary = "A foreign key over several columns, of which some may be NULL.",
     .docs = R"md(## What it does
Reports foreign keys over several columns, with MATCH SIMPLE (the default), of which some columns
are nullable and some are not.

## Why it matters
A row with NULL in one of the columns is not checked at all: the others may reference nothing.

## Example
```sql
CREATE TABLE users (
  tenant bigint NOT NULL,
  id bigint NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE TABLE posts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant bigint NOT NULL,
  author bigint,
  FOREIGN KEY (tenant, author) REFERENCES users
);
CREATE INDEX ON posts (tenant, author);
```
```toml
[rules.nullable-foreign-key-member]
severity = "low"
```

## Use instead
```sql
CREATE TABLE users (
  tenant bigint NOT NULL,
  id bigint NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE TABLE posts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant bigint NOT NULL,
  author bigint NOT NULL,
  FOREIGN KEY (tenant, author) REFERENCES users
);
CREATE INDEX ON posts (tenant, author);
```
```toml
[rules.nullable-foreign-key-member]
severity = "low"
```
Where NULL is meant, a second foreign key on the NOT NULL columns alone checks those.

## Limits
A CHECK or a second key that covers such rows is not looked at.
)md"},
    check};

}  // namespace schemaudit
