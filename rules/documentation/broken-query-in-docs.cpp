#include <algorithm>
#include <cctype>
#include <string>
#include <utility>

#include "rules/findings/finding_places.h"

namespace schemaudit {

extern const Rule broken_query_in_docs;

namespace {

/// Errors that only say an object is missing.
bool says_missing(const std::string& sqlstate) {
  return sqlstate == "42P01" || sqlstate == "42703" || sqlstate == "42883" || sqlstate == "42704";
}

bool is_word_part(char c) {
  return c == '_' || std::isalnum(static_cast<unsigned char>(c)) ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Servers speak many languages, but all of them quote the name.
bool holds_word(const std::string& text, const std::string& word) {
  if (word.empty()) return false;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    bool begins = at == 0 || !is_word_part(text[at - 1]);
    bool ends = at + word.size() == text.size() || !is_word_part(text[at + word.size()]);
    if (begins && ends) return true;
  }
  return false;
}

/// Whether the query fails because of something that is reported as absent anyway.
bool follows_from_absence(const RuleContext& context, const BrokenQuery& broken) {
  if (!context.docs || !says_missing(broken.sqlstate)) return false;
  for (const Disagreement& disagreement : context.docs->disagreements) {
    bool table =
        disagreement.aspect == Aspect::table_absent || disagreement.aspect == Aspect::table_renamed;
    bool column = disagreement.aspect == Aspect::column_absent ||
                  disagreement.aspect == Aspect::column_renamed;
    if ((table && broken.sqlstate == "42P01") || (column && broken.sqlstate == "42703") ||
        (disagreement.aspect == Aspect::other_object && !disagreement.right))
      if (holds_word(broken.error, disagreement.object.name) ||
          holds_word(broken.error, disagreement.left.value_or("")))
        return true;
  }
  return false;
}

/// Without USAGE on a schema PostgreSQL says that its relations do not exist (42P01). They do:
/// pg_catalog shows them, and hidden-from-role tells.
bool is_hidden_from_role(const AuditInput& input, const BrokenQuery& broken) {
  const Schema* live = input.schema(Role::live);
  if (!live || broken.sqlstate != "42P01") return false;
  std::size_t begin = broken.error.find('"'), end = broken.error.find('"', begin + 1);
  if (begin == std::string::npos || end == std::string::npos) return false;
  std::string name = broken.error.substr(begin + 1, end - begin - 1);
  name = name.substr(name.rfind('.') + 1);
  return std::any_of(live->relations.begin(), live->relations.end(), [&](const Relation& relation) {
    return relation.name.name == name && relation.name.schema == "public";
  });
}

RuleOutcome check(const RuleContext& context) {
  RuleOutcome outcome;
  if (!context.input.queries_prepared) {
    outcome.not_run = "no database was at hand to prepare the documented queries";
    return outcome;
  }
  outcome.checked = context.input.prepared_queries;
  for (const BrokenQuery& broken : context.input.broken_queries) {
    if (follows_from_absence(context, broken)) continue;
    bool planned =
        state_of_document(context.input, broken.query.origin.uri) == DocumentState::planned;
    if (planned && says_missing(broken.sqlstate)) continue;
    if (is_hidden_from_role(context.input, broken)) continue;
    Finding finding = start_finding(broken_query_in_docs.info, {"query", "", "", broken.query.key});
    finding.message = "The documented query cannot run: " + broken.error + ".";
    finding.behind = Behind::docs;
    finding.evidence.documented = broken.query.sql;
    finding.evidence.live = broken.error;
    const Origin& at = broken.at.from_file() ? broken.at : broken.query.origin;
    finding.locations.push_back({"documented", at});
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule broken_query_in_docs{{.id = "broken-query-in-docs",
                                 .severity = Severity::medium,
                                 .category = "documentation",
                                 .needs = {Role::documented},
                                 .summary = "A documented query that the live database refuses.",
                                 .docs = R"md(## What it does
Has the live database prepare, never run, each SELECT that the docs hold, and reports those it
refuses, with its own words.

## Why it matters
A verification query that cannot run verifies nothing, and an example that fails costs every
reader the same hour.

## Example
````markdown docs/users.md
# users

```sql
CREATE TABLE users (id uuid PRIMARY KEY, email text);
```

## Finding a user

```sql
SELECT email FROM users WHERE id = 'user_123';
```
````
```sql
CREATE TABLE users (id uuid PRIMARY KEY, email text);
```

## Use instead
````markdown docs/users.md
# users

```sql
CREATE TABLE users (id uuid PRIMARY KEY, email text);
```

## Finding a user

```sql
SELECT email FROM users WHERE id = '6f1c0c5e-63b5-4bb0-8d6e-2a4a3d8a51c1';
```
````
```sql
CREATE TABLE users (id uuid PRIMARY KEY, email text);
```

## Limits
Only single SELECTs are prepared. A query that fails because a table or column is absent which
another finding already reports is left to that finding, and so is what a planned document
expects of the future.
)md"},
                                check};

}  // namespace schemaudit
