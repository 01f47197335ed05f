#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "rules/facts/schema_names.h"
#include "rules/facts/sql_names.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule reserved_word_name;

namespace {

// pg_get_keywords() of PostgreSQL 15, sorted.

/// Names of functions and types without quotes, and of nothing else.
constexpr std::string_view kFunctionOrType[] = {
    "authorization", "binary", "collation", "concurrently", "cross",   "current_schema",
    "freeze",        "full",   "ilike",     "inner",        "is",      "isnull",
    "join",          "left",   "like",      "natural",      "notnull", "outer",
    "overlaps",      "right",  "similar",   "tablesample",  "verbose"};
/// Names of columns and tables without quotes, and of no functions and types.
constexpr std::string_view kColumnOrTable[] = {
    "between",    "bigint",       "bit",       "boolean",       "char",          "character",
    "coalesce",   "dec",          "decimal",   "exists",        "extract",       "float",
    "greatest",   "grouping",     "inout",     "int",           "integer",       "interval",
    "least",      "national",     "nchar",     "none",          "normalize",     "nullif",
    "numeric",    "out",          "overlay",   "position",      "precision",     "real",
    "row",        "setof",        "smallint",  "substring",     "time",          "timestamp",
    "treat",      "trim",         "values",    "varchar",       "xmlattributes", "xmlconcat",
    "xmlelement", "xmlexists",    "xmlforest", "xmlnamespaces", "xmlparse",      "xmlpi",
    "xmlroot",    "xmlserialize", "xmltable"};

template <std::size_t n>
bool is_one_of(const std::string_view (&sorted)[n], std::string_view word) {
  return std::binary_search(std::begin(sorted), std::end(sorted), word);
}

bool needs_quotes(std::string_view kind, const std::string& name) {
  const bool is_no_table = sql_name(name) != quote_identifier(name);
  if (kind == "functions" || kind == "enums" || kind == "domains" || kind == "types")
    return is_one_of(kColumnOrTable, name) || (is_no_table && !is_one_of(kFunctionOrType, name));
  return is_no_table;
}

/// Names that only DDL writes (constraints, indexes, triggers) trouble nobody's queries.
bool stands_in_queries(std::string_view kind) {
  for (std::string_view wanted : {"schemas", "tables", "views", "columns", "sequences", "enums",
                                  "domains", "types", "functions"})
    if (kind == wanted) return true;
  return false;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  auto is_reserved = [&](std::string_view kind, const std::string& name) {
    if (!stands_in_queries(kind)) return false;
    ++outcome.checked;
    return needs_quotes(kind, name);
  };
  for (const SchemaName& name : schema_names(context.schema, is_reserved)) {
    Finding finding = start_finding(context, reserved_word_name.info, name.object, name.origin);
    finding.message = describe(name) + " is called by a key word of SQL: it has to be written \"" +
                      name.text + "\", in quotes.";
    finding.evidence.of(context.role) = "\"" + name.text + "\"";
    finding.key = name.key;
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule reserved_word_name{
    {.id = "reserved-word-name",
     .severity = Severity::low,
     .category = "naming",
     .profile = Profile::all,
     .summary = "A name that is a reserved word and works in quotes only.",
     .docs = R"md(## What it does
Reports schemas, tables, views, columns, sequences, types and functions whose name is a key word
that PostgreSQL does not take there without quotes.

## Why it matters
Each query has to quote the name, and one that forgets to may run and mean something else: with a
column `user`, `SELECT user FROM accounts` returns the role that is connected.

## Example
```sql
CREATE TABLE accounts (id bigint PRIMARY KEY, "user" text NOT NULL);
```
```toml
[rules.reserved-word-name]
severity = "low"
```

## Use instead
```sql
CREATE TABLE accounts (id bigint PRIMARY KEY, user_name text NOT NULL);
```
```toml
[rules.reserved-word-name]
severity = "low"
```

## Limits
The key words are those of PostgreSQL 15. Most key words (`name`, `type`, `status`) need no quotes
and are no matter of this rule. Constraints, indexes and triggers are not looked at, since queries
do not name them.
)md"},
    check};

}  // namespace schemaudit
