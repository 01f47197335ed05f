// Every document with what was read from it as a claim, and whether that holds.
//
//   report.annotated = annotate_documents(input, documents, counts, report.findings, lines);
//
// The claims are those that the comparison judged (their counts are the metric docs-agreement),
// what a document claims of tables that could not be compared, its queries, the counts it states,
// and a note where another finding points.
#pragma once

#include <optional>
#include <vector>

#include "analyzer/engine/documents_against_built.h"
#include "analyzer/engine/source_lines.h"
#include "analyzer/model/audit_input.h"
#include "analyzer/model/report.h"

namespace schemaudit {

/// `findings` have their fingerprints.
std::vector<AnnotatedDocument> annotate_documents(
    const AuditInput& input, const std::optional<DocumentComparison>& documents,
    const std::vector<CountReading>& counts, const std::vector<Finding>& findings,
    SourceLines& lines);

}  // namespace schemaudit
