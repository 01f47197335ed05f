#include <algorithm>
#include <string>
#include <utility>

#include "rules/facts/column_types.h"
#include "rules/facts/foreign_key_cover.h"
#include "rules/facts/foreign_key_text.h"
#include "rules/facts/isolation_border.h"
#include "rules/facts/sql_names.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule foreign_key_type_mismatch;

namespace {

/// text and varchar hold and compare the same values.
bool are_same(const std::string& a, const std::string& b) {
  auto is_plain_text = [](const std::string& type) {
    return type == "text" || type == "character varying";
  };
  return a == b || (is_plain_text(a) && is_plain_text(b));
}

/// A view or a rule that reads the table may read the column, and the server then refuses to alter
/// it.
bool may_be_read_by_a_view(const Schema& schema, const Relation& relation) {
  return std::any_of(schema.dependencies.begin(), schema.dependencies.end(),
                     [&](const Dependency& dependency) {
                       return dependency.needs == relation.name &&
                              (dependency.kind == "view" || dependency.kind == "rule" ||
                               dependency.kind == "materialized view");
                     });
}

int width(const std::string& integer) {
  return integer == "smallint" ? 1 : integer == "integer" ? 2 : 3;
}

Finding mismatch(const SchemaContext& context, const Relation& relation,
                 const ForeignKey& foreign_key, const Column& column, const std::string& target,
                 const std::string& type, const std::string& target_type) {
  Finding finding = start_finding(context, foreign_key_type_mismatch.info,
                                  object_of(relation, column), column.origin);
  finding.message = name_of(relation, column) + " is " + type + ", and " + target +
                    ", which it references, is " + target_type;
  if (is_integer(type) && is_integer(target_type)) {
    if (width(type) > width(target_type)) {
      finding.severity = Severity::low;
      finding.message += ": no key needs that width.";
    } else {
      finding.message += ": rows whose key is too large for it cannot be referenced.";
      if (!relation.partition_key && !may_be_read_by_a_view(context.schema, relation))
        finding.fix =
            Fix{FixKind::sql, "ALTER TABLE " + sql_name(relation.name) + " ALTER COLUMN " +
                                  sql_name(column.name) + " TYPE " + target_type + ";"};
    }
  } else {
    finding.message += ".";
  }
  finding.key = key_of(foreign_key);
  finding.evidence.of(context.role) =
      column.name + " " + (column.type ? column.type->text : type) + ", " + describe(foreign_key);
  return finding;
}

void look_at(const SchemaContext& context, const Relation& relation, const ForeignKey& foreign_key,
             RuleOutcome& outcome) {
  const Schema& schema = context.schema;
  const Relation* target = schema.find_relation(foreign_key.target);
  const std::vector<std::string> targets = target_columns(schema, foreign_key);
  if (!target || targets.size() != foreign_key.columns.size()) return;
  ++outcome.checked;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const Column* from = relation.find_column(foreign_key.columns[i]);
    const Column* to = target->find_column(targets[i]);
    if (!from || !to || !from->type || !to->type) continue;
    const std::string type = base_type(schema, *from);
    const std::string target_type = base_type(schema, *to);
    if (!are_same(type, target_type))
      outcome.findings.push_back(mismatch(context, relation, foreign_key, *from,
                                          name_of(*target, *to), type, target_type));
  }
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations)
    for (const ForeignKey& foreign_key : relation.foreign_keys)
      if (!foreign_key.inherited && !is_to_be_dropped(context.config(), relation, foreign_key))
        look_at(context, relation, foreign_key, outcome);
  return outcome;
}

}  // namespace

const Rule foreign_key_type_mismatch{
    {.id = "foreign-key-type-mismatch",
     .severity = Severity::high,
     .category = "foreign-keys",
     .summary = "A foreign key column of another type than the column it references.",
     .docs = R"md(## What it does
Compares the type of each foreign key column with that of the column it references, behind domains
and without lengths and precisions. An integer wider than its target is reported as low.

## Why it matters
PostgreSQL accepts such a key where it can compare the two types. An integer that references a
bigint works until the first key above 2147483647, and then every insert fails.

## Example
```sql
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE posts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id integer NOT NULL REFERENCES users
);
```

## Use instead
```sql
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE posts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users
);
```
The change of a column's type rewrites the table: plan it on a large one.

## Limits
`text` and `character varying` count as one type, whatever their length. Tables out of scope are
not compared.
)md"},
    check};

}  // namespace schemaudit
