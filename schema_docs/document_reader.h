// Reads one document: what it states in SQL (handed on as fences), in tables, lists, diagrams
// and sentences, and what in it looks like schema and could not be read.
//
//   ReadDocument read = read_document({"docs/users.md", text}, limits);
//   read.fences      for analyzer/sql, in order
//   read.claims      what stands outside of SQL
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "analyzer/sql/claims.h"
#include "schema_docs/documents.h"
#include "schema_docs/stated_counts.h"
#include "schema_docs/table_claim.h"

namespace schemaudit {

struct SqlFence {
  SqlText text;
  SqlPurpose purpose = SqlPurpose::schema;
  std::optional<QualifiedName> subject;
  std::string key_prefix;
  /// A fence that calls itself SQL, as opposed to one that merely reads like it.
  bool labelled = true;
  int last_line = 0;
  /// What the text right before it, and right after it, says of its result.
  std::vector<Expectation> stated_before, stated_after;
};

struct ReadDocument {
  DocumentReading reading;
  std::vector<Problem> problems;
  std::vector<InlineWaiver> waivers;
  std::vector<SqlFence> fences;
  std::vector<TableClaim> claims;
  std::vector<DrawnTable> drawn;
  std::vector<StatedColumnCount> column_counts;
  std::vector<StatedCount> counts;
  std::vector<CountedSection> counted_sections;
  /// Every word of a document that states counts: which tables does it speak of?
  std::set<std::string, std::less<>> words;
};

ReadDocument read_document(const DocumentText& document, const DocumentLimits& limits);

}  // namespace schemaudit
