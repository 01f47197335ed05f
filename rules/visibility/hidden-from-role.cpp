#include <string>
#include <utility>

#include "rules/findings/finding_places.h"

namespace schemaudit {

extern const Rule hidden_from_role;

namespace {

RuleOutcome check(const RuleContext& context) {
  RuleOutcome outcome;
  const SourceResult& live = *context.input.source(Role::live);
  outcome.checked = live.schema.relations.size();
  for (const HiddenFact& hidden : live.visibility.hidden) {
    Finding finding =
        start_finding(hidden_from_role.info, {"schema", "information_schema", "", hidden.view});
    std::string role = live.server ? "role " + quote_identifier(live.server->role) : "this role";
    finding.message = "information_schema." + hidden.view + " shows " + role + " " +
                      std::to_string(hidden.shown) + " of " + std::to_string(hidden.expected) +
                      " rows" +
                      (hidden.known_otherwise ? "; the audit took them from the system catalog."
                                              : ", and no other catalog shows the rest.");
    constexpr std::size_t kListed = 20;
    std::string relations;
    for (std::size_t i = 0; i < hidden.relations.size() && i < kListed; ++i)
      relations += (relations.empty() ? "" : ", ") + hidden.relations[i];
    if (hidden.relations.size() > kListed)
      relations += " and " + std::to_string(hidden.relations.size() - kListed) + " more";
    if (!relations.empty()) finding.evidence.live = "hidden: " + relations;
    finding.locations = places_of_the_unspoken(context.input);
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule hidden_from_role{{.id = "hidden-from-role",
                             .severity = Severity::info,
                             .category = "visibility",
                             .needs = {Role::live},
                             .summary = "information_schema hides facts from the role that audits.",
                             .docs = R"md(## What it does
Tells for which views of information_schema the role was shown fewer rows than the system catalog
holds. The audit itself used the catalog, which shows everything to everybody.

## Why it matters
A check such as "foreign keys of these tables: expected 0 rows" run on information_schema by a role
with SELECT alone passes on every database.

## Example
```sql
CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
```
```sql role
GRANT USAGE ON SCHEMA public TO reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;
```

## Use instead
```sql
CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
```

## Limits
Where no other catalog could show the facts either, the evidence is incomplete and the verdict
says so.
)md"},
                            check};

}  // namespace schemaudit
