#include <string>
#include <vector>

#include "rules/facts/index_text.h"
#include "rules/facts/predicates.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule useless_index_predicate;

namespace {

/// The columns that the predicate wants to be not null; empty where it says anything else, or
/// where one of them may be NULL.
std::vector<std::string> columns_never_null(const Relation& relation, const Index& index) {
  std::vector<std::string> columns;
  if (!index.predicate.has_value()) return columns;
  for (const std::string& condition : conditions_of(index.predicate.value())) {
    const auto name = column_not_null(condition);
    const Column* column = name ? relation.find_column(*name) : nullptr;
    if (!column || column->nullable != false) return {};
    columns.push_back(*name);
  }
  return columns;
}

std::string any_of(const std::vector<std::string>& columns) {
  std::string list;
  for (const std::string& column : columns)
    list += (list.empty() ? "" : " or ") + quote_identifier(column);
  return list;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations)
    for (const Index& index : relation.indexes) {
      if (index.inherited || !index.predicate.has_value()) continue;
      ++outcome.checked;
      const std::vector<std::string> columns = columns_never_null(relation, index);
      if (columns.empty()) continue;
      Finding finding = start_finding(context, useless_index_predicate.info,
                                      index_of(relation, index.name), index.origin);
      finding.message = "Index " + quote_identifier(index.name) + " of " +
                        to_string(relation.name) + " leaves out rows where " + any_of(columns) +
                        " is NULL, and there can be none.";
      finding.evidence.of(context.role) = describe(index);
      outcome.findings.push_back(std::move(finding));
    }
  return outcome;
}

}  // namespace

const Rule useless_index_predicate{{.id = "useless-index-predicate",
                                    .severity = Severity::low,
                                    .category = "indexes",
                                    .profile = Profile::strict,
                                    .summary = "A partial index that leaves no row out.",
                                    .docs = R"md(## What it does
Reports partial indexes whose predicate only says that NOT NULL columns are not null.

## Why it matters
The index holds every row, and PostgreSQL still treats it as partial: a query that does not restrict
the column cannot use it, and ON CONFLICT does not find a unique one unless it repeats the predicate.

## Example
```sql
CREATE TABLE visits (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  page text NOT NULL,
  seen_at timestamptz NOT NULL
);
CREATE INDEX visits_page ON visits (page) WHERE seen_at IS NOT NULL;
```
```toml
[rules.useless-index-predicate]
severity = "low"
```

## Use instead
```sql
CREATE TABLE visits (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  page text NOT NULL,
  seen_at timestamptz NOT NULL
);
CREATE INDEX visits_page ON visits (page);
```
```toml
[rules.useless-index-predicate]
severity = "low"
```

## Limits
Predicates that a CHECK makes true for all rows are not seen.
)md"},
                                   check};

}  // namespace schemaudit
