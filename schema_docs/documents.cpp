#include "schema_docs/documents.h"

#include <algorithm>
#include <map>

#include "analyzer/model/names.h"
#include "analyzer/model/redact.h"
#include "analyzer/sql/claims.h"
#include "schema_docs/claim_merge.h"
#include "schema_docs/document_reader.h"
#include "schema_docs/known_tables.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/readings.h"
#include "schema_docs/table_names.h"

namespace schemaudit {

struct DocumentSet::State {
  DocumentLimits limits;
  std::vector<ReadDocument> documents;
};

namespace {

void add_problems(std::vector<Problem>&& from, std::vector<Problem>& to) {
  for (Problem& problem : from) {
    problem.message = redact(problem.message);
    problem.excerpt = excerpt_of(problem.excerpt);
    to.push_back(std::move(problem));
  }
}

/// A fence that calls itself SQL and of which nothing is a statement, a part of one, or a
/// problem already reported.
void report_empty_fence(const SqlFence& fence, const SqlReading& reading,
                        std::vector<Problem>& problems) {
  if (!fence.labelled || fence.purpose != SqlPurpose::schema) return;
  if (!reading.pieces.empty() || !reading.problems.empty()) return;
  if (trim(fence.text.text).empty() || starts_with(trim(fence.text.text), "--")) return;
  Problem problem;
  problem.kind = ProblemKind::unread_schema;
  problem.origin = {fence.text.uri, fence.text.first_line, fence.text.first_column};
  problem.object = {"document", "", "", fence.text.uri};
  problem.message = "This fence calls itself SQL, and nothing in it could be read as SQL.";
  problem.key = fence.key_prefix + ": fence";
  problem.excerpt = fence.text.text;
  problems.push_back(std::move(problem));
}

void check_column_counts(const std::vector<StatedColumnCount>& counts, const ClaimMerge& merge,
                         const Schema& schema, std::vector<Problem>& problems) {
  for (const StatedColumnCount& stated : counts) {
    std::optional<QualifiedName> name = merge.resolve(stated.table);
    const Relation* relation = name ? schema.find_relation(*name) : nullptr;
    if (!relation || !relation->coverage.columns) continue;
    if (relation->columns.size() == stated.columns) continue;
    Problem problem;
    problem.kind = ProblemKind::stated_count;
    problem.origin = stated.origin;
    problem.object = {"table", relation->name.schema, relation->name.name, relation->name.name};
    problem.message = to_string(relation->name) + " is said to have " +
                      std::to_string(stated.columns) + " columns, and its own description lists " +
                      std::to_string(relation->columns.size()) + ".";
    problem.key = "columns of " + to_string(relation->name) + " in " + stated.origin.uri;
    problem.related = relation->origin;
    problems.push_back(std::move(problem));
  }
}

}  // namespace

DocumentSet::DocumentSet(DocumentLimits limits) : state_(std::make_unique<State>()) {
  state_->limits = limits;
}

DocumentSet::~DocumentSet() = default;

void DocumentSet::add(DocumentText document) {
  state_->documents.push_back(read_document(document, state_->limits));
}

SourceResult DocumentSet::finish() {
  SourceResult result;
  result.role = Role::documented;
  result.kind = "docs";

  KnownTables known;
  for (const ReadDocument& document : state_->documents) known.add(document);

  ClaimReader reader;
  for (ReadDocument& document : state_->documents) {
    for (const SqlFence& fence : document.fences) {
      SqlReadOptions options;
      options.purpose = fence.purpose;
      if (fence.subject) options.subject = known.resolve(*fence.subject);
      if (!options.subject && fence.subject && fence.subject->name.find('_') != std::string::npos)
        options.subject = fence.subject;
      options.find_table = [&](std::string_view words) { return known.find(words); };
      options.key_prefix = fence.key_prefix;
      SqlReading reading = reader.read(fence.text, options);
      report_empty_fence(fence, reading, document.problems);
      add_problems(std::move(reading.problems), document.problems);
      for (DocumentedQuery& query : reading.queries)
        document.reading.queries.push_back(std::move(query));
      for (TableReading& row : reading.tables) document.reading.tables.push_back(std::move(row));
    }
  }
  std::vector<Problem> unplaced = reader.settle_references();

  result.schema = std::move(reader.schema());
  ClaimMerge merge(result.schema, unplaced);
  // What claims to be complete is heard first: the rest is compared with it.
  for (bool complete : {true, false})
    for (ReadDocument& document : state_->documents)
      for (TableClaim& claim : document.claims) {
        if (claim.complete != complete) continue;
        TableReading row = reading_of(claim);
        if (std::optional<QualifiedName> name = merge.add(std::move(claim))) {
          row.table = *name;
          document.reading.tables.push_back(std::move(row));
        }
      }
  merge.finish();

  for (ReadDocument& document : state_->documents)
    check_column_counts(document.column_counts, merge, result.schema, unplaced);
  for (ReadDocument& document : state_->documents) {
    complete_readings(document, result.schema);
    std::string sql;
    for (const SqlFence& fence : document.fences)
      if (fence.purpose == SqlPurpose::schema) sql += fence.text.text + "\n";
    std::size_t tables = count_tables(document.reading, result.schema);
    add_problems(check_stated_counts(document.counts, document.counted_sections, result.schema,
                                     document.reading.uri, sql, tables),
                 unplaced);
    for (Problem& problem : document.problems) result.problems.push_back(std::move(problem));
    result.documents.push_back(std::move(document.reading));
  }
  add_problems(std::move(unplaced), result.problems);
  std::stable_sort(result.problems.begin(), result.problems.end(),
                   [](const Problem& a, const Problem& b) { return a.origin < b.origin; });
  result.schema.sort();
  return result;
}

}  // namespace schemaudit
