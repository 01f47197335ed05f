#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/facts/column_types.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule numbered_columns;

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Words whose number is part of the name of a thing, not a place in a row.
bool is_a_name_with_number(std::string_view stem) {
  for (std::string_view word :
       {"md",   "sha",   "utf",   "base",  "ipv", "iso",     "iso_",    "crc",
        "mp",   "ec",    "oauth", "http",  "tls", "uuid",    "rfc",     "level",
        "tier", "layer", "year",  "year_", "fy",  "version", "version_"})
    if (stem == word) return true;
  // x1, y1, q4: coordinates and the like.
  return stem.size() < 2 || (stem.size() == 2 && stem.back() == '_');
}

struct Member {
  long number = 0;
  const Column* column = nullptr;
};

/// Columns by their name without the number at its end, and by type: `phone` of phone1, phone2.
using Groups = std::map<std::pair<std::string, std::string>, std::vector<Member>>;

Groups groups_of(const Schema& schema, const Relation& relation) {
  Groups groups;
  for (const Column& column : relation.columns) {
    if (column.inherited) continue;
    std::size_t at = column.name.size();
    while (at > 0 && is_digit(column.name[at - 1])) --at;
    const std::string digits = column.name.substr(at);
    if (at == 0 || digits.empty() || digits.size() > 3 || digits.front() == '0') continue;
    std::string stem = column.name.substr(0, at);
    if (is_a_name_with_number(fold_case(stem))) continue;
    groups[{std::move(stem), base_type(schema, column)}].push_back({std::stol(digits), &column});
  }
  return groups;
}

/// 1, 2, 3 or, where the first goes without a number, 2, 3, 4.
bool is_a_row_of_numbers(std::vector<Member>& members) {
  std::sort(members.begin(), members.end(),
            [](const Member& a, const Member& b) { return a.number < b.number; });
  for (std::size_t i = 1; i < members.size(); ++i)
    if (members[i].number != members[i - 1].number + 1) return false;
  return members.size() >= 2 && members.front().number <= 2;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation)) continue;
    ++outcome.checked;
    for (auto& [stem_and_type, members] : groups_of(context.schema, relation)) {
      if (!is_a_row_of_numbers(members)) continue;
      Finding finding = start_finding(context, numbered_columns.info, object_of(relation),
                                      members.front().column->origin);
      std::string names;
      for (const Member& member : members)
        names += (names.empty() ? "" : ", ") + quote_identifier(member.column->name);
      finding.message = "Table " + to_string(relation.name) + " has numbered columns (" + names +
                        "): a list in disguise, with a fixed length.";
      finding.evidence.of(context.role) = names + " " + stem_and_type.second;
      finding.key = stem_and_type.first;
      outcome.findings.push_back(std::move(finding));
    }
  }
  return outcome;
}

}  // namespace

const Rule numbered_columns{
    {.id = "numbered-columns",
     .severity = Severity::low,
     .category = "columns",
     .profile = Profile::all,
     .summary = "Columns of one name with consecutive numbers: phone1, phone2.",
     .docs = R"md(## What it does
Reports groups of two or more columns of one table that have one type and one name but for
consecutive numbers at its end: `phone1, phone2`, `line_1, line_2, line_3`.

## Why it matters
A search has to ask each of them, nothing keeps a value out of two of them, and the next one needs a
migration.

## Example
```sql
CREATE TABLE contacts (id bigint PRIMARY KEY, phone1 text NOT NULL, phone2 text);
```
```toml
[rules.numbered-columns]
severity = "low"
```

## Use instead
```sql
CREATE TABLE contacts (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE contact_phones (
  contact_id bigint NOT NULL REFERENCES contacts (id),
  phone text NOT NULL,
  PRIMARY KEY (contact_id, phone)
);
```
```toml
[rules.numbered-columns]
severity = "low"
```

## Limits
Numbers that belong to a thing's name (`sha1`, `ipv4`, `x1`, `year_2024`) are not counted, and
neither is a row that begins past 2.
)md"},
    check};

}  // namespace schemaudit
