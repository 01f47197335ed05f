#include <string>
#include <utility>

#include "rules/facts/definer_functions.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule definer_function_without_search_path;

namespace {

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Function& function : context.schema.functions) {
    if (!function.security_definer.value_or(false)) continue;
    ++outcome.checked;
    if (!takes_callers_path(function)) continue;
    Finding finding =
        start_finding(context, definer_function_without_search_path.info,
                      {"function", function.name.schema, "", function.name.name}, function.origin);
    const std::string kind = function.kind == RoutineKind::procedure ? "procedure" : "function";
    const std::string name = call_signature(function);
    finding.message = (kind == "function" ? "Function " : "Procedure ") + name +
                      " runs with its owner's rights and its caller's search_path: the caller "
                      "chooses what its names mean.";
    finding.evidence.of(context.role) = "SECURITY DEFINER, no SET search_path";
    finding.key = name;
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule definer_function_without_search_path{
    {.id = "definer-function-without-search-path",
     .severity = Severity::high,
     .category = "security",
     .summary = "A SECURITY DEFINER function that looks its names up where the caller says.",
     .docs = R"md(## What it does
Reports functions and procedures with SECURITY DEFINER that do not set `search_path`.

## Why it matters
Names in the body are looked up by the caller's `search_path`. A caller that puts a schema of its
own first, with a function `now()` or a table of the right name in it, has its code run with the
owner's rights. A temporary table is enough: it is found before those of any schema.

## Example
```sql
CREATE FUNCTION stamp() RETURNS text LANGUAGE plpgsql SECURITY DEFINER
  AS $$ BEGIN RETURN now()::text; END $$;
```

## Use instead
```sql
CREATE FUNCTION stamp() RETURNS text LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
  AS $$ BEGIN RETURN now()::text; END $$;
```

## Limits
Whether the path that is set is a safe one is not judged. Left out are functions in C, SQL functions
with a standard body (`BEGIN ATOMIC`, `RETURN`), whose names were resolved when they were made, and
members of extensions. No fix is proposed: the path has to name the schemas that the body needs.
)md"},
    check};

}  // namespace schemaudit
