#include "schema_docs/documents.h"

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/model/names.h"
#include "analyzer/model/redact.h"
#include "analyzer/sql/claims.h"
#include "schema_docs/claim_merge.h"
#include "schema_docs/document_reader.h"
#include "schema_docs/known_tables.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/readings.h"
#include "schema_docs/stated_results.h"
#include "schema_docs/table_names.h"

namespace schemaudit {

struct DocumentSet::State {
  DocumentLimits limits;
  std::vector<ReadDocument> documents;
  std::vector<CountReading> counts;
};

namespace {

void add_problems(std::vector<Problem>&& from, std::vector<Problem>& to) {
  for (Problem& problem : from) {
    problem.message = redact(problem.message);
    problem.excerpt = excerpt_of(problem.excerpt);
    to.push_back(std::move(problem));
  }
}

/// The PostgreSQL that a heading says its section is about: `## GRAPHS (PostgreSQL 19+)`; 0
/// where it says none.
int version_of(std::string_view heading_path) {
  // The document's title says what it was written for, not what a section is about.
  std::size_t title = heading_path.find(" > ");
  std::string folded =
      fold_case(title == std::string_view::npos ? heading_path : heading_path.substr(title));
  int version = 0;
  for (std::string_view word : {std::string_view("postgresql "), std::string_view("postgres ")}) {
    std::size_t at = folded.rfind(word);
    if (at == std::string::npos) continue;
    std::size_t end = at + word.size();
    while (end < folded.size() && std::isdigit(static_cast<unsigned char>(folded[end]))) ++end;
    std::optional<std::size_t> number =
        parse_count(std::string_view(folded).substr(at + word.size(), end - at - word.size()));
    if (number) version = std::max(version, static_cast<int>(*number));
  }
  return version;
}

/// `$cache_key`, as programs put a value's place into a query.
bool has_named_placeholder(std::string_view sql) {
  for (std::size_t at = sql.find('$'); at != std::string_view::npos; at = sql.find('$', at + 1)) {
    bool begins = at == 0 || !(std::isalnum(static_cast<unsigned char>(sql[at - 1])) ||
                               sql[at - 1] == '$' || sql[at - 1] == '_');
    std::size_t end = at + 1;
    while (end < sql.size() &&
           (std::isalnum(static_cast<unsigned char>(sql[end])) || sql[end] == '_'))
      ++end;
    if (begins && end > at + 1 && (end == sql.size() || sql[end] != '$')) return true;
  }
  return false;
}

/// Takes back what the grammar refused and no reader would call an error: templates in examples
/// (`CREATE INDEX name ON table(column)`), queries with named places, and syntax of a PostgreSQL
/// newer than the grammar.
void settle_refusals(const SqlFence& fence, SqlReading& reading) {
  int version = version_of(fence.key_prefix);
  int grammar = grammar_version() / 10000;
  auto is_template = [&](const Problem& problem) {
    if (problem.kind != ProblemKind::invalid_sql) return false;
    const SqlPiece* refused = nullptr;
    for (const SqlPiece& piece : reading.pieces)
      if (!(problem.origin < piece.origin)) refused = &piece;
    if (!refused) return false;
    std::string folded = fold_case(trim(refused->text));
    bool defines = starts_with(folded, "create") || starts_with(folded, "alter") ||
                   starts_with(folded, "drop");
    return defines ? fence.purpose == SqlPurpose::example : has_named_placeholder(folded);
  };
  reading.problems.erase(
      std::remove_if(reading.problems.begin(), reading.problems.end(), is_template),
      reading.problems.end());
  if (version <= grammar) return;
  for (Problem& problem : reading.problems) {
    if (problem.kind != ProblemKind::invalid_sql) continue;
    problem.kind = ProblemKind::newer_syntax;
    problem.message = "This section is about PostgreSQL " + std::to_string(version) +
                      ", and the grammar of this build is that of PostgreSQL " +
                      std::to_string(grammar) + "; the statement was not read.";
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

/// A diagram that describes its tables, and draws one that nothing describes.
void check_drawn_tables(const std::vector<DrawnTable>& tables, const ClaimMerge& merge,
                        std::vector<Problem>& problems) {
  std::set<std::string> told;
  for (const DrawnTable& table : tables) {
    if (merge.knows(table.name) || !told.insert(to_string(table.name)).second) continue;
    Problem problem;
    problem.kind = ProblemKind::unknown_reference;
    problem.origin = table.origin;
    problem.object = {"table", table.name.schema, table.name.name, table.name.name};
    problem.message = "The diagram relates " + to_string(table.related) + " to " +
                      to_string(table.name) +
                      ", which no document describes: nothing of it is compared.";
    problem.key = "drawn " + to_string(table.name) + " in " + table.origin.uri;
    problems.push_back(std::move(problem));
  }
}

/// What these documents claim together. Problems without a document of their own go to
/// `unplaced`; what was read goes to each document's reading.
Schema read_claims(const std::vector<ReadDocument*>& documents, const KnownTables& known,
                   std::vector<Problem>& unplaced) {
  ClaimReader reader;
  for (ReadDocument* document : documents) {
    // Several fences may stand below one heading.
    std::map<std::string, std::size_t> ordinals;
    auto numbered = [&](DocumentedQuery& query) -> DocumentedQuery&& {
      query.key += " #" + std::to_string(++ordinals[query.key]);
      return std::move(query);
    };
    for (const SqlFence& fence : document->fences) {
      SqlReadOptions options;
      options.purpose = fence.purpose;
      if (fence.subject) options.subject = known.resolve(*fence.subject);
      if (!options.subject && fence.subject && fence.subject->name.find('_') != std::string::npos)
        options.subject = fence.subject;
      options.find_table = [&](std::string_view words) { return known.find(words); };
      options.key_prefix = fence.key_prefix;
      SqlReading reading = reader.read(fence.text, options);
      settle_refusals(fence, reading);
      report_empty_fence(fence, reading, document->problems);
      add_problems(std::move(reading.problems), document->problems);
      if (fence.purpose != SqlPurpose::rollback)
        for (DocumentedQuery& other : attach_expectations(fence, reading))
          document->reading.other_statements.push_back(numbered(other));
      for (DocumentedQuery& query : reading.queries)
        document->reading.queries.push_back(numbered(query));
      for (TableReading& row : reading.tables) document->reading.tables.push_back(std::move(row));
    }
  }
  add_problems(reader.settle_references(), unplaced);

  Schema schema = std::move(reader.schema());
  ClaimMerge merge(schema, unplaced);
  // What claims to be complete is heard first: the rest is compared with it.
  for (bool complete : {true, false})
    for (ReadDocument* document : documents)
      for (TableClaim& claim : document->claims) {
        if (claim.complete != complete) continue;
        TableReading row = reading_of(claim);
        if (std::optional<QualifiedName> name = merge.add(std::move(claim))) {
          row.table = *name;
          document->reading.tables.push_back(std::move(row));
        }
      }
  merge.finish();
  schema.sort();
  for (const ReadDocument* document : documents) {
    check_column_counts(document->column_counts, merge, schema, unplaced);
    check_drawn_tables(document->drawn, merge, unplaced);
  }
  return schema;
}

/// A plan adds what today's documents do not state. What it would change of something that they
/// do state is no claim about today.
void add_planned(Schema planned, Schema& schema) {
  auto add = [](auto& from, auto& to) {
    const std::size_t todays = to.size();
    for (auto& object : from) {
      bool stated =
          std::any_of(to.begin(), to.begin() + static_cast<std::ptrdiff_t>(todays),
                      [&](const auto& other) { return may_be_same(other.name, object.name); });
      if (!stated) to.push_back(std::move(object));
    }
  };
  add(planned.relations, schema.relations);
  add(planned.enums, schema.enums);
  add(planned.domains, schema.domains);
  add(planned.other_types, schema.other_types);
  add(planned.sequences, schema.sequences);
  add(planned.functions, schema.functions);
  for (Extension& extension : planned.extensions) {
    bool stated = std::any_of(schema.extensions.begin(), schema.extensions.end(),
                              [&](const Extension& other) { return other.name == extension.name; });
    if (!stated) schema.extensions.push_back(std::move(extension));
  }
  schema.sorted = false;
}

}  // namespace

DocumentSet::DocumentSet(DocumentLimits limits) : state_(std::make_unique<State>()) {
  state_->limits = limits;
}

DocumentSet::~DocumentSet() = default;

void DocumentSet::add(DocumentText document) {
  state_->documents.push_back(read_document(document, state_->limits));
  ReadDocument& read = state_->documents.back();
  if (!read.counts.empty()) read.words = identifiers_in(document.text);
}

const std::vector<CountReading>& DocumentSet::counts() const {
  return state_->counts;
}

SourceResult DocumentSet::finish() {
  SourceResult result;
  result.role = Role::documented;
  result.kind = "docs";

  KnownTables known;
  std::vector<ReadDocument*> todays, plans;
  for (ReadDocument& document : state_->documents) {
    known.add(document);
    bool planned = document.reading.state == DocumentState::planned;
    (planned ? plans : todays).push_back(&document);
  }
  std::vector<Problem> unplaced;
  result.schema = read_claims(todays, known, unplaced);
  if (!plans.empty()) add_planned(read_claims(plans, known, unplaced), result.schema);
  result.schema.sort();
  std::map<std::string, std::vector<const Relation*>> stated = relations_by_document(result.schema);
  for (ReadDocument& document : state_->documents) {
    complete_readings(document, stated[document.reading.uri]);
    std::string sql;
    for (const SqlFence& fence : document.fences)
      if (fence.purpose == SqlPurpose::schema) sql += fence.text.text + "\n";
    std::size_t tables = count_tables(document.reading, result.schema);
    CheckedCounts counts =
        tables == 0 ? check_overview_counts(document.counts, result.schema, document.reading.uri,
                                            document.words)
                    : check_stated_counts(document.counts, document.counted_sections, result.schema,
                                          document.reading.uri, sql, tables);
    for (CountReading& count : counts.readings) state_->counts.push_back(std::move(count));
    add_problems(std::move(counts.problems), unplaced);
    for (Problem& problem : document.problems) result.problems.push_back(std::move(problem));
    for (InlineWaiver& waiver : document.waivers) result.waivers.push_back(std::move(waiver));
    result.documents.push_back(std::move(document.reading));
  }
  add_problems(std::move(unplaced), result.problems);
  std::stable_sort(result.problems.begin(), result.problems.end(),
                   [](const Problem& a, const Problem& b) { return a.origin < b.origin; });
  return result;
}

}  // namespace schemaudit
