#include <string>
#include <utility>
#include <vector>

#include "rules/findings/finding_places.h"

namespace schemaudit {

extern const Rule undeclared_document_state;

namespace {

/// A string in TOML's quotes.
std::string quote_toml(const std::string& text) {
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

RuleOutcome check(const RuleContext& context) {
  RuleOutcome outcome;
  const SourceResult& docs = *context.input.source(Role::documented);
  std::string entries;
  for (const DocumentReading& document : docs.documents) {
    ++outcome.checked;
    if (!document.proposed_state || document.state != DocumentState::current ||
        *document.proposed_state == DocumentState::current)
      continue;
    std::string proposed(to_string(*document.proposed_state));
    std::string words = document.self_description.value_or(proposed);
    Finding finding =
        start_finding(undeclared_document_state.info, {"document", "", "", document.uri});
    finding.message = document.uri + " calls itself \"" + words +
                      "\" and is read as current; the config can say state = \"" + proposed + "\".";
    finding.behind = Behind::docs;
    Origin at = document.self_description_origin;
    if (!at.from_file()) at = {document.uri, 1, 1};
    finding.locations.push_back({"documented", at});
    finding.evidence.documented = words;
    std::string entry =
        "{ path = " + quote_toml(document.uri) + ", state = " + quote_toml(proposed) + " }";
    finding.fix = Fix{FixKind::config, "[sources]\ndocs = [" + entry + "]"};
    entries += (entries.empty() ? "" : ", ") + entry;
    outcome.suspicions.push_back({std::move(finding), document.uri + ": \"" + words + "\""});
  }
  outcome.answer = "[sources]\ndocs = [" + entries + "]";
  return outcome;
}

}  // namespace

const Rule undeclared_document_state{
    {.id = "undeclared-document-state",
     .severity = Severity::info,
     .category = "documentation",
     .needs = {Role::documented},
     .summary = "A document calls itself draft, planned or superseded; whether it is, is asked.",
     .docs = R"md(## What it does
Where a document describes itself as a draft, as designed but not implemented, as superseded, or as
an audit report, and the config does not say what it is, asks whether it should.

## Why it matters
What is only planned is no disagreement with the live database; what is superseded claims nothing.

## Example
````markdown docs/plan.md
# Phase 3
**Status:** Designed, Not Implemented

```sql
CREATE TABLE p3_cache (id bigint PRIMARY KEY);
```
````

## Use instead
````markdown docs/plan.md
# Phase 3
**Status:** Designed, Not Implemented

```sql
CREATE TABLE p3_cache (id bigint PRIMARY KEY);
```
````
```toml
[sources]
docs = [{ path = "docs/plan.md", state = "planned" }]
```

## Limits
Until the config says so, every document counts as `current`.
)md",
     .question = {"document describes itself as something else than the current schema. Is it?",
                  "documents describe themselves as something else than the current schema. Are "
                  "they?"}},
    check};

}  // namespace schemaudit
