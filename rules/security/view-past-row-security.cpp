#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "rules/facts/sql_names.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule view_past_row_security;

namespace {

bool is_read_by_everybody(const Relation& view) {
  return std::any_of(view.grants.begin(), view.grants.end(), [](const Grant& grant) {
    return grant.grantee == "PUBLIC" && std::find(grant.privileges.begin(), grant.privileges.end(),
                                                  "SELECT") != grant.privileges.end();
  });
}

bool is_read_by_others(const Relation& view) {
  return std::any_of(view.grants.begin(), view.grants.end(), [&](const Grant& grant) {
    return grant.grantee != view.owner &&
           std::find(grant.privileges.begin(), grant.privileges.end(), "SELECT") !=
               grant.privileges.end();
  });
}

/// The tables whose policies do not bind the readers of each view, because the view reads them as
/// their owner; by the view's name, sorted. What it reads through another view is that one's to
/// answer for: with its owner's rights, or with those of who asks, whatever view is around it.
std::map<QualifiedName, std::vector<const Relation*>> unbound_tables(const Schema& schema) {
  std::map<QualifiedName, std::set<QualifiedName>> needs;
  for (const Dependency& dependency : schema.dependencies)
    if (dependency.kind == "view" || dependency.kind == "materialized view")
      needs[dependency.dependent].insert(dependency.needs);
  std::map<QualifiedName, std::vector<const Relation*>> unbound;
  for (const auto& [name, needed] : needs) {
    const Relation* view = schema.find_relation(name);
    if (!view) continue;
    for (const QualifiedName& each : needed) {
      const Relation* table = schema.find_relation(each);
      if (table && !table->is_view() && table->row_security.value_or(false) &&
          !table->row_security_forced.value_or(true) && table->owner == view->owner)
        unbound[name].push_back(table);
    }
  }
  return unbound;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const auto unbound = unbound_tables(context.schema);
  for (const Relation& view : context.schema.relations) {
    if (!view.is_view() || !is_read_by_others(view)) continue;
    ++outcome.checked;
    // Unknown is not off: an old snapshot does not say.
    if (view.security_invoker.value_or(true)) continue;
    const auto tables = unbound.find(view.name);
    if (tables == unbound.end()) continue;
    std::string list;
    for (const Relation* table : tables->second)
      list += (list.empty() ? "" : ", ") + to_string(table->name);
    const bool is_stored = view.kind == RelationKind::materialized_view;
    Finding finding =
        start_finding(context, view_past_row_security.info, object_of(view), view.origin);
    finding.message = (is_stored ? "Materialized view " : "View ") + to_string(view.name) +
                      " reads " + list +
                      " as the tables' owner, whom their policies do not bind: " +
                      (is_read_by_everybody(view) ? "every role" : "whoever may read it") +
                      " sees the rows that row security hides.";
    finding.evidence.of(context.role) =
        is_stored ? "rows stored by its owner" : "security_invoker off";
    if (!is_stored)
      finding.fix = Fix{FixKind::sql,
                        "ALTER VIEW " + sql_name(view.name) + " SET (security_invoker = true);"};
    if (is_read_by_everybody(view) && !is_stored)
      outcome.findings.push_back(std::move(finding));
    else
      outcome.suspicions.push_back({std::move(finding)});
  }
  return outcome;
}

}  // namespace

const Rule view_past_row_security{
    {.id = "view-past-row-security",
     .severity = Severity::high,
     .category = "security",
     .summary = "A view that shows rows which row security hides.",
     .docs = R"md(## What it does
Reports views that every role may read, that are not `security_invoker`, and that read a table with row
security as the owner of that table, who is held to no policy unless it is forced. Views that were granted
to named roles, and materialized views, become one question.

## Why it matters
A view reads with the rights of its owner. Where that is the owner of the table, as with migrations it
mostly is, whoever may read the view reads past every policy of the table.

## Example
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_name text NOT NULL,
  body text NOT NULL
);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_notes ON notes USING (owner_name = current_user);
CREATE VIEW note_list AS SELECT id, owner_name FROM notes;
GRANT SELECT ON note_list TO PUBLIC;
```

## Use instead
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_name text NOT NULL,
  body text NOT NULL
);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_notes ON notes USING (owner_name = current_user);
CREATE VIEW note_list WITH (security_invoker = true) AS SELECT id, owner_name FROM notes;
GRANT SELECT ON note_list TO PUBLIC;
GRANT SELECT ON notes TO PUBLIC;
```
Whoever asks needs the privilege to read the table, too, and then sees the rows of its policies.

## Limits
`security_invoker` is of PostgreSQL 15. A view of another owner is held to the policies for that role, and
nothing is said of it, although a superuser or a role with BYPASSRLS is not: what roles may is no part of
the schema. Nor is anything said where only the owner may read the view. A materialized view stores what
its owner read, and cannot be made otherwise.
)md",
     .question = {"view shows its readers rows that row security hides from them. Is that meant?",
                  "views show their readers rows that row security hides from them. Is that meant?",
                  "# no: report each of them\n"
                  "[rules.view-past-row-security]\n"
                  "severity = \"high\"\n"
                  "# yes: do not ask again\n"
                  "# [rules.view-past-row-security]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
