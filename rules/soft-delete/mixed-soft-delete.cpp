#include <map>
#include <string>
#include <utility>
#include <vector>

#include "rules/facts/column_types.h"
#include "rules/facts/soft_delete_columns.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule mixed_soft_delete;

namespace {

struct MarkedTable {
  const Relation* relation = nullptr;
  const Column* column = nullptr;
  /// `deleted_at timestamp with time zone`; of several columns the first is enough.
  std::string way;
  bool by_policy = false;
};

std::vector<MarkedTable> marked_tables(const SchemaContext& context) {
  std::vector<MarkedTable> tables;
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation)) continue;
    const std::vector<SoftDeleteColumn> marks = soft_delete_columns(context, relation);
    if (marks.empty()) continue;
    MarkedTable table{&relation, marks.front().column, {}, marks.front().by_policy};
    for (const SoftDeleteColumn& mark : marks)
      table.way += (table.way.empty() ? "" : " and ") + quote_identifier(mark.column->name) + " " +
                   base_type(context.schema, *mark.column);
    tables.push_back(std::move(table));
  }
  return tables;
}

/// The policy's way, else the one that most tables go.
std::string usual_way(const std::vector<MarkedTable>& tables) {
  std::map<std::string, std::size_t> ways;
  for (const MarkedTable& table : tables) ways[table.way] += table.by_policy ? tables.size() : 1;
  std::string usual;
  for (const auto& [way, count] : ways)
    if (usual.empty() || count > ways[usual]) usual = way;
  return usual;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const std::vector<MarkedTable> tables = marked_tables(context);
  outcome.checked = tables.size();
  const std::string usual = usual_way(tables);
  for (const MarkedTable& table : tables) {
    if (table.way == usual) continue;
    const Relation& relation = *table.relation;
    Finding finding = start_finding(context, mixed_soft_delete.info,
                                    object_of(relation, *table.column), table.column->origin);
    finding.message = "Table " + to_string(relation.name) + " marks deleted rows by " + table.way +
                      ", other tables by " + usual + ".";
    finding.evidence.of(context.role) = table.way;
    outcome.suspicions.push_back(
        {std::move(finding), to_string(relation.name) + " by " + table.way});
  }
  return outcome;
}

}  // namespace

const Rule mixed_soft_delete{
    {.id = "mixed-soft-delete",
     .severity = Severity::low,
     .category = "soft-delete",
     .summary = "Tables that mark deleted rows in different ways.",
     .docs = R"md(## What it does
Compares how tables mark deleted rows: the column's name, its type, and whether it is a time or a
flag. Those that differ from the policy's way, or else from the most frequent one, become one
question.

## Why it matters
Whoever joins two such tables has to know both ways, and a query that knows only one shows deleted
rows.

## Example
```sql
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL,
  deleted_at timestamptz
);
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  title text NOT NULL,
  is_deleted boolean NOT NULL DEFAULT false
);
```

## Use instead
```sql
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL,
  deleted_at timestamptz
);
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  title text NOT NULL,
  deleted_at timestamptz
);
```

## Limits
Knows `deleted_at`, `deleted_on`, `discarded_at`, `is_deleted`, `deleted` and the policy's column.
Flags such as `is_active` often mean something else, and do not count.
)md",
     .question =
         {"table marks deleted rows otherwise than the others. Should all do it in one way?",
          "tables mark deleted rows otherwise than the others. Should all do it in one way?",
          "# yes: report each of them\n"
          "[rules.mixed-soft-delete]\n"
          "severity = \"low\"\n"
          "# no: do not ask again\n"
          "# [rules.mixed-soft-delete]\n"
          "# ask = false"}},
    check};

}  // namespace schemaudit
