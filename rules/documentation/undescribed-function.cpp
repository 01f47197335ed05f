#include <string>
#include <utility>

#include "rules/facts/descriptions.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule undescribed_function;

namespace {

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  outcome.not_run = reason_without_demand(context, "functions");
  if (!outcome.not_run.empty()) return outcome;
  const DocumentationDemand demand = *documentation_demand(context.policy(), "functions");
  const Origin& policy = context.policy().documentation->origin;
  for (const Function& function : context.schema.functions) {
    if (!is_in_scope(context.policy(), function.name)) continue;
    ++outcome.checked;
    if (!lacks_description(context, demand, function.comment, in_docs(context, function))) continue;
    Finding finding = start_finding(context, undescribed_function.info,
                                    {"function", function.name.schema, {}, function.name.name},
                                    function.origin, policy);
    for (const Type& type : function.arguments)
      finding.key += (finding.key.empty() ? "" : ", ") + type.normal;
    finding.message = "Function " + to_string(function.name) + "(" + finding.key + ")" +
                      description_lacking(demand, function.comment);
    finding.evidence.of(context.role) = description_evidence(function.comment);
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule undescribed_function{
    {.id = "undescribed-function",
     .severity = Severity::medium,
     .category = "documentation",
     .needs_policy = true,
     .summary =
         "A function or procedure without the description that policy.documentation asks for.",
     .docs = R"md(## What it does
For `[policy.documentation]` with `functions`, reports each function, procedure and aggregate that
is not described. `"comment"` asks for a comment in the database, `"docs"` for an entry in the
schema documents, `"either"` for one of the two. A blank comment, or one that only says `TODO`, is
none. `scope` says for which (`["public.*", "!legacy_*"]`).

## Why it matters
A function in the database is called by code that lives elsewhere and is seldom read with it.

## Example
```sql
CREATE TABLE rates (id bigint PRIMARY KEY);
CREATE FUNCTION vat(net numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT net * 0.2';
```
```toml
[policy.documentation]
functions = "comment"
```

## Use instead
```sql
CREATE TABLE rates (id bigint PRIMARY KEY);
CREATE FUNCTION vat(net numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT net * 0.2';
COMMENT ON FUNCTION vat IS 'Value added tax on a net amount.';
```
```toml
[policy.documentation]
functions = "comment"
```

## Limits
Overloaded functions are told one by one; a document that names a function describes all of its
name. Functions of extensions are not looked at.
)md"},
    check};

}  // namespace schemaudit
