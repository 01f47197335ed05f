#include "analyzer/engine/annotated_documents.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "analyzer/engine/claim_spans.h"
#include "analyzer/engine/evidence_match.h"
#include "analyzer/engine/scope.h"
#include "analyzer/model/redact.h"

namespace schemaudit {

namespace {

std::string kind_of(const JudgedClaim& claim) {
  switch (claim.aspect) {
    case Aspect::table_absent:
    case Aspect::table_unstated:
    case Aspect::table_renamed:
      return claim.object.kind == "view" ? "view" : "table";
    case Aspect::column_absent:
    case Aspect::column_unstated:
    case Aspect::column_renamed:
      return "column";
    case Aspect::column_type:
      return "type";
    case Aspect::column_nullability:
      return "nullability";
    case Aspect::column_default:
      return "default";
    case Aspect::column_collation:
      return "collation";
    case Aspect::primary_key:
      return "primary key";
    case Aspect::unique_constraint:
      return "unique";
    case Aspect::foreign_key:
      return "foreign key";
    case Aspect::check_constraint:
      return claim.stated.starts_with("the values ") ? "values" : "check";
    case Aspect::index:
      return "index";
    case Aspect::enum_labels:
      return claim.stated.starts_with("the values ") ? "values" : "enum";
    case Aspect::other_object:
      return claim.object.kind;
  }
  return "object";
}

class Annotator {
 public:
  Annotator(const AuditInput& input, const std::optional<DocumentComparison>& documents,
            const std::vector<Finding>& findings, SourceLines& lines)
      : input_(input),
        documents_(documents),
        findings_(findings),
        lines_(lines),
        docs_(*input.source(Role::documented)) {
    const SourceResult* built = built_source(input);
    if (built) built_name_ = name_of_built(*built);
  }

  std::vector<AnnotatedDocument> annotate(const std::vector<CountReading>& counts) {
    for (const DocumentReading& reading : docs_.documents) {
      AnnotatedDocument& document = documents_out_[reading.uri];
      document.uri = reading.uri;
      document.state = reading.state;
      if (const std::vector<std::string>* raw = lines_.raw(reading.uri))
        for (const std::string& line : *raw) document.lines.push_back(redact(line));
    }
    for (const Relation& relation : docs_.schema.relations) remember_words(relation);
    for (std::size_t i = 0; i < findings_.size(); ++i)
      findings_about_[to_string(findings_[i].object)].push_back(i);
    if (documents_) {
      for (const Disagreement& disagreement : documents_->comparison.disagreements)
        disputed_.insert(name_of(disagreement.aspect, disagreement.object, disagreement.left));
      for (const JudgedClaim& claim : documents_->claims) add_judged(claim);
    }
    for (const Relation& relation : docs_.schema.relations) add_uncompared(relation);
    for (const CountReading& count : counts) add_count(count);
    for (const DocumentReading& reading : docs_.documents)
      for (const DocumentedQuery& query : reading.queries) add_query(query, reading.state);
    add_notes();
    std::vector<AnnotatedDocument> result;
    for (auto& [uri, document] : documents_out_) {
      std::stable_sort(document.claims.begin(), document.claims.end(),
                       [](const DocumentClaim& a, const DocumentClaim& b) {
                         // What the whole line says comes after what its words say.
                         auto place = [](const DocumentClaim& claim) {
                           return std::make_tuple(claim.line, claim.length == 0, claim.column);
                         };
                         return place(a) < place(b);
                       });
      result.push_back(std::move(document));
    }
    return result;
  }

 private:
  using ClaimName = std::tuple<Aspect, std::string, std::string>;

  static ClaimName name_of(Aspect aspect, const ObjectRef& object,
                           const std::optional<std::string>& left) {
    return {aspect, object.kind + " " + to_string(object), left.value_or("")};
  }

  /// Names and types as they were written, by their places: a claim holds the normal form.
  void remember_words(const Relation& relation) {
    written_[relation.origin] = {relation.name.name};
    for (const Column& column : relation.columns) columns_at_.emplace(column.origin, &column);
  }

  AnnotatedDocument* document_at(const Origin& origin) {
    auto found = documents_out_.find(origin.uri);
    return found == documents_out_.end() || origin.line < 1 ? nullptr : &found->second;
  }

  /// Only where the line is as in the file: a secret that was taken out has moved the rest.
  Span span_of(const Origin& origin, const std::vector<std::string>& words) {
    const AnnotatedDocument* document = document_at(origin);
    const std::vector<std::string>* raw = lines_.raw(origin.uri);
    const std::size_t line = static_cast<std::size_t>(origin.line) - 1;
    if (!document || !raw || line >= raw->size() || (*raw)[line] != document->lines[line])
      return {};
    return find_span((*raw)[line], origin.column, words);
  }

  /// The words in a document that say what the claim says.
  std::vector<std::string> words_of(const JudgedClaim& claim) const {
    std::vector<std::string> words;
    auto found = columns_at_.find(claim.origin);
    const Column* column = found == columns_at_.end() ? nullptr : found->second;
    switch (claim.aspect) {
      case Aspect::column_type:
        if (column && column->type) words.push_back(column->type->text);
        break;
      case Aspect::column_default:
        if (column && column->default_value.has_value())
          words.push_back(column->default_value->text);
        return words;
      case Aspect::column_nullability:
        // NULL alone may be the end of SET NULL.
        words.push_back(claim.stated == "NULL" ? "nullable" : claim.stated);
        return words;
      case Aspect::column_absent:
      case Aspect::column_renamed:
        if (column) words.push_back(column->name);
        return words;
      default:
        break;
    }
    if (auto written = written_.find(claim.origin);
        written != written_.end() &&
        (claim.aspect == Aspect::table_absent || claim.aspect == Aspect::table_renamed))
      words.insert(words.end(), written->second.begin(), written->second.end());
    words.push_back(claim.object.name);
    words.push_back(claim.stated);
    return words;
  }

  void add(const Origin& origin, DocumentClaim claim) {
    AnnotatedDocument* document = document_at(origin);
    if (!document) return;
    claim.line = origin.line;
    claim.stated = redact(claim.stated);
    claim.reason = redact(claim.reason);
    document->claims.push_back(std::move(claim));
  }

  /// Those about the object of a claim: that say what the document says of it, else all.
  std::vector<std::string> findings_for(const JudgedClaim& claim) {
    std::vector<std::string> exact, any;
    auto about = findings_about_.find(to_string(claim.object));
    if (about == findings_about_.end()) return {};
    for (std::size_t i : about->second) {
      const Finding& finding = findings_[i];
      if (finding.object.kind != claim.object.kind || !finding.evidence.documented) continue;
      const bool says_it = *finding.evidence.documented == redact(claim.stated);
      (says_it ? exact : any).push_back(finding.fingerprint);
    }
    const std::vector<std::string>& chosen = exact.empty() ? any : exact;
    told_.insert(chosen.begin(), chosen.end());
    return chosen;
  }

  void add_judged(const JudgedClaim& judged) {
    DocumentClaim claim;
    claim.kind = kind_of(judged);
    claim.object = to_string(judged.object);
    claim.stated = judged.stated;
    const Span span = span_of(judged.origin, words_of(judged));
    claim.column = span.column;
    claim.length = span.length;
    switch (judged.outcome) {
      case ClaimOutcome::holds:
        break;
      case ClaimOutcome::differs:
        describe_difference(judged, claim);
        break;
      case ClaimOutcome::undecided:
        claim.state = ClaimState::unchecked;
        claim.reason = "whether " + built_name_ + " means the same could not be decided";
        break;
      case ClaimOutcome::unknown:
        claim.state = ClaimState::unchecked;
        claim.reason =
            built_name_ + (judged.counted ? " does not tell" : " restricts nothing here");
        break;
      case ClaimOutcome::folded:
        claim.state = ClaimState::unchecked;
        claim.reason = "a column or table that it stands on is absent or has another name";
        break;
    }
    add(judged.origin, std::move(claim));
  }

  void describe_difference(const JudgedClaim& judged, DocumentClaim& claim) {
    if (!disputed_.count(name_of(judged.aspect, judged.object, judged.stated))) {
      claim.state = ClaimState::unchecked;
      claim.reason = "a plan: " + (judged.actual.empty() ? "not in " + built_name_ + " yet"
                                                         : built_name_ + " has " + judged.actual);
      return;
    }
    // The object is there, under another name than the document gives it.
    claim.state = ClaimState::refuted;
    claim.findings = findings_for(judged);
    if (judged.actual.empty())
      claim.reason = "not in " + built_name_;
    else
      claim.reason = (judged.name_only ? "called " : "") + judged.actual + " in " + built_name_;
  }

  /// Claims about a table with which nothing was compared.
  void add_uncompared(const Relation& relation) {
    if (documents_ && documents_->comparison.right_of(relation.name)) return;
    const std::string why = why_uncompared(relation);
    auto add_one = [&](const Origin& origin, const char* kind, const std::string& name,
                       const std::string& stated) {
      DocumentClaim claim;
      claim.kind = kind;
      claim.object = to_string(relation.name) + (name.empty() ? "" : "." + name);
      claim.stated = stated;
      claim.state = ClaimState::unchecked;
      claim.reason = why;
      const Span span = span_of(origin, {name.empty() ? relation.name.name : name});
      claim.column = span.column;
      claim.length = span.length;
      add(origin, std::move(claim));
    };
    const ObjectRef object{relation.is_view() ? "view" : "table", relation.name.schema,
                           relation.name.name, relation.name.name};
    const Aspect aspect = relation.is_view() ? Aspect::other_object : Aspect::table_absent;
    const bool told =
        documents_ && disputed_.count(name_of(aspect, object, to_string(relation.name))) > 0;
    if (!told) add_one(relation.origin, object.kind.c_str(), "", to_string(relation.name));
    for (const Column& column : relation.columns)
      add_one(column.origin, "column", column.name,
              column.type ? column.name + " " + column.type->text : column.name);
    if (relation.primary_key)
      add_one(relation.primary_key->origin, "primary key", relation.primary_key->name,
              join_identifiers(relation.primary_key->columns));
    for (const KeyConstraint& key : relation.unique_constraints)
      add_one(key.origin, "unique", key.name, join_identifiers(key.columns));
    for (const ForeignKey& key : relation.foreign_keys)
      add_one(key.origin, "foreign key", key.name,
              join_identifiers(key.columns) + " to " + to_string(key.target));
    for (const CheckConstraint& check : relation.checks)
      add_one(check.origin, "check", check.name, check.expression.text);
    for (const Index& index : relation.indexes)
      add_one(index.origin, "index", index.name, index.name);
  }

  std::string why_uncompared(const Relation& relation) const {
    if (!documents_) return "nothing was given to compare the documents with";
    const SourceResult* built = built_source(input_);
    if (built && is_out_of_scope(relation.name, input_.config, *built))
      return "left out of the audit on purpose";
    for (const DocumentReading& reading : docs_.documents)
      if (reading.uri == relation.origin.uri && reading.state == DocumentState::planned)
        return "a plan: its table is not in " + built_name_ + " yet";
    for (const Problem& problem : documents_->comparison.ambiguous)
      if (problem.origin == relation.origin) return "the name fits several tables";
    return "its table is not in " + built_name_;
  }

  void add_count(const CountReading& count) {
    DocumentClaim claim;
    claim.kind = "count";
    claim.stated = count.words;
    if (!count.holds) {
      claim.state = ClaimState::unchecked;
      claim.reason = "what it counts could not be told";
    } else if (!*count.holds) {
      claim.state = ClaimState::refuted;
      claim.reason = "the documents state another number";
      for (const Finding& finding : findings_)
        if (finding.rule == "stated-count-mismatch" && points_at(finding, count.origin)) {
          claim.findings.push_back(finding.fingerprint);
          told_.insert(finding.fingerprint);
        }
    } else {
      claim.reason = "what the documents state themselves was counted";
    }
    const Span span = span_of(count.origin, {count.words});
    claim.column = span.column;
    claim.length = span.length;
    add(count.origin, std::move(claim));
  }

  static bool points_at(const Finding& finding, const Origin& origin) {
    return std::any_of(
        finding.locations.begin(), finding.locations.end(), [&](const Location& location) {
          return location.origin.uri == origin.uri && location.origin.line == origin.line;
        });
  }

  void add_query(const DocumentedQuery& query, DocumentState state) {
    DocumentClaim claim;
    claim.kind = "query";
    claim.object = query.key;
    claim.stated = "the query can be run";
    auto broken = std::find_if(input_.broken_queries.begin(), input_.broken_queries.end(),
                               [&](const BrokenQuery& other) { return other.query == query; });
    if (broken != input_.broken_queries.end()) {
      claim.state = ClaimState::refuted;
      claim.reason = "the server refuses it: " + broken->error;
      for (const Finding& finding : findings_)
        if (finding.rule == "broken-query-in-docs" && points_at(finding, broken->at)) {
          claim.findings.push_back(finding.fingerprint);
          told_.insert(finding.fingerprint);
        }
    } else if (!input_.queries_prepared || state != DocumentState::current) {
      claim.state = ClaimState::unchecked;
      claim.reason = state == DocumentState::current ? "no live database could be asked"
                                                     : "the document does not speak of today";
    } else {
      claim.reason = "the server accepts it";
    }
    add(query.origin, std::move(claim));
    for (const Expectation& expectation : query.expectations) add_expectation(query, expectation);
  }

  /// The audit runs no documented query; `verify` does, and may have left its evidence.
  void add_expectation(const DocumentedQuery& query, const Expectation& expectation) {
    DocumentClaim claim;
    claim.kind = "result";
    claim.object = query.key;
    claim.stated = expectation.text;
    claim.state = ClaimState::unchecked;
    claim.reason = "an audit runs no query: schemaudit verify does";
    for (const GivenEvidence& given : input_.evidence) {
      if (given.evidence.made_by != "verify" || !is_about(given.evidence, input_)) continue;
      for (const EvidenceItem& item : given.evidence.items) {
        if (item.locations.empty() || item.locations.back().uri != expectation.origin.uri ||
            item.locations.back().line != expectation.origin.line)
          continue;
        claim.state = item.state == EvidenceState::passed   ? ClaimState::holds
                      : item.state == EvidenceState::failed ? ClaimState::refuted
                                                            : ClaimState::unchecked;
        claim.reason = "verify: " + item.detail;
      }
    }
    add(expectation.origin, std::move(claim));
  }

  /// What no claim has told yet.
  void add_notes() {
    for (const Finding& finding : findings_) {
      if (told_.count(finding.fingerprint)) continue;
      for (const Location& location : finding.locations) {
        if (!document_at(location.origin)) continue;
        DocumentClaim claim;
        claim.kind = finding.rule;
        claim.object = to_string(finding.object);
        claim.state = ClaimState::noted;
        claim.reason = finding.message;
        claim.findings = {finding.fingerprint};
        add(location.origin, std::move(claim));
        break;
      }
    }
  }

  const AuditInput& input_;
  const std::optional<DocumentComparison>& documents_;
  const std::vector<Finding>& findings_;
  SourceLines& lines_;
  const SourceResult& docs_;
  std::string built_name_ = "what was built";
  std::map<std::string, AnnotatedDocument> documents_out_;
  std::map<Origin, std::vector<std::string>> written_;
  std::map<Origin, const Column*> columns_at_;
  std::map<std::string, std::vector<std::size_t>> findings_about_;
  std::set<ClaimName> disputed_;
  /// Findings that stand beside a claim.
  std::set<std::string> told_;
};

}  // namespace

std::vector<AnnotatedDocument> annotate_documents(
    const AuditInput& input, const std::optional<DocumentComparison>& documents,
    const std::vector<CountReading>& counts, const std::vector<Finding>& findings,
    SourceLines& lines) {
  if (!input.source(Role::documented)) return {};
  return Annotator(input, documents, findings, lines).annotate(counts);
}

}  // namespace schemaudit
