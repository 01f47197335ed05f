#include <string>
#include <utility>

#include "rules/facts/definer_functions.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule definer_function_for_everybody;

namespace {

/// The server calls it, and nobody else can.
bool is_called_by_events(const Function& function) {
  return function.returns &&
         (function.returns->normal == "trigger" || function.returns->normal == "event_trigger");
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Function& function : context.schema.functions) {
    if (!function.security_definer.value_or(false) || is_called_by_events(function)) continue;
    ++outcome.checked;
    // Without a search_path it is open to more than being called: one fault, one finding.
    if (!function.public_may_execute.value_or(false) || takes_callers_path(function)) continue;
    Finding finding =
        start_finding(context, definer_function_for_everybody.info,
                      {"function", function.name.schema, "", function.name.name}, function.origin);
    const bool is_procedure = function.kind == RoutineKind::procedure;
    const std::string name = call_signature(function);
    finding.message = (is_procedure ? "Procedure " : "Function ") + name +
                      " runs with its owner's rights, and every role may call it.";
    finding.evidence.of(context.role) = "SECURITY DEFINER, EXECUTE granted to PUBLIC";
    finding.key = name;
    finding.fix =
        Fix{FixKind::sql, std::string("REVOKE EXECUTE ON ") +
                              (is_procedure ? "PROCEDURE " : "FUNCTION ") + name + " FROM PUBLIC;"};
    outcome.suspicions.push_back({std::move(finding), name});
  }
  return outcome;
}

}  // namespace

const Rule definer_function_for_everybody{
    {.id = "definer-function-for-everybody",
     .severity = Severity::medium,
     .category = "security",
     .summary = "A SECURITY DEFINER function that every role may call.",
     .docs = R"md(## What it does
Looks for functions and procedures with SECURITY DEFINER that PUBLIC may execute, which is what they are
made with, and asks once whether that is meant.

## Why it matters
Such a function does for its caller what only its owner may do. Few are meant for the reporting login and
for every role that will ever be made.

## Example
```sql
CREATE TABLE notes (id bigint PRIMARY KEY);
CREATE FUNCTION empty_notes() RETURNS void LANGUAGE sql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp AS $$ DELETE FROM public.notes $$;
```

## Use instead
```sql
CREATE TABLE notes (id bigint PRIMARY KEY);
CREATE FUNCTION empty_notes() RETURNS void LANGUAGE sql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp AS $$ DELETE FROM public.notes $$;
REVOKE EXECUTE ON FUNCTION empty_notes() FROM PUBLIC;
```
Then grant EXECUTE to the roles that need it, in the same transaction.

## Limits
Functions of triggers cannot be called, and are left out. Those without a `search_path` are told by
`definer-function-without-search-path` alone. Whether a role may use the schema of the function is not
looked at, nor what the function asks of its caller.
)md",
     .question =
         {"function runs with its owner's rights, and every role may call it. Is that meant?",
          "functions run with their owners' rights, and every role may call them. Is that "
          "meant?",
          "# no: report each of them\n"
          "[rules.definer-function-for-everybody]\n"
          "severity = \"medium\"\n"
          "# yes: do not ask again\n"
          "# [rules.definer-function-for-everybody]\n"
          "# ask = false"}},
    check};

}  // namespace schemaudit
