// A rule of our own: a column called data, info, misc or value says nothing of what it holds.
#include <algorithm>

#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"
#include "rules/plugins/plugin.h"

namespace acme {

using namespace schemaudit;

extern const Rule vague_column;

namespace {

bool is_vague(const std::string& name) {
  return name == "data" || name == "info" || name == "misc" || name == "value";
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!stands_for_itself(relation)) continue;
    for (const Column& column : relation.columns) {
      ++outcome.checked;
      if (!is_vague(column.name)) continue;
      Finding finding =
          start_finding(context, vague_column.info, object_of(relation, column), column.origin);
      finding.message = "Column " + name_of(relation, column) + " has a name that says nothing.";
      finding.evidence.of(context.role) = column.name;
      outcome.findings.push_back(std::move(finding));
    }
  }
  return outcome;
}

}  // namespace

const Rule vague_column{{.id = "acme-vague-column",
                         .severity = Severity::low,
                         .category = "acme",
                         .summary = "A column whose name says nothing of what it holds.",
                         .docs = R"md(## What it does
Reports columns called data, info, misc or value.

## Why it matters
Whoever reads a query has to look up what it reads.
)md"},
                        check};

}  // namespace acme

SCHEMAUDIT_PLUGIN(&acme::vague_column)
