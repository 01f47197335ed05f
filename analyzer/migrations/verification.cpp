#include "analyzer/migrations/verification.h"

#include <algorithm>

#include "analyzer/migrations/expectation_judge.h"
#include "analyzer/model/redact.h"
#include "analyzer/model/secret_names.h"
#include "analyzer/model/utf8.h"

namespace schemaudit {

namespace {

constexpr std::size_t kRows = 1000;
constexpr std::size_t kShownRows = 3;
constexpr std::size_t kShownCell = 200;

/// Without secrets, and no longer than people read.
std::string shown(const std::string& value) {
  std::string text = redact(value);
  if (text.size() <= kShownCell) return text;
  return std::string(cut_at_character(text, kShownCell)) + "...";
}

/// What is shown of an answer, and kept: a few rows, short cells.
LiveAnswer shown_part(const QueryRun& run) {
  LiveAnswer part = run.answer;
  if (part.rows.size() > kShownRows) part.rows.resize(kShownRows);
  for (std::size_t row = 0; row < part.rows.size(); ++row)
    for (std::size_t column = 0; column < part.rows[row].size(); ++column)
      if (part.rows[row][column]) part.rows[row][column] = shown(shown_cell(run, row, column));
  return part;
}

bool is_run(const DocumentedQuery& query) {
  return !query.explained &&
         std::any_of(query.expectations.begin(), query.expectations.end(),
                     [](const Expectation& e) { return e.kind != ExpectationKind::prose; });
}

Verification begun(const DocumentedQuery& query) {
  Verification result;
  result.key = query.key;
  result.origin = query.origin;
  result.sql = query.sql;
  return result;
}

void verify_query(const DocumentedQuery& query, DocumentedQueryRunner& runner,
                  std::vector<Verification>& results) {
  if (query.expectations.empty()) {
    results.push_back(begun(query));
    return;
  }
  QueryRun run;
  if (is_run(query) && runner.error().empty())
    run = runner.run(query.sql, kRows);
  else
    run.answer.error = runner.error();
  for (const Expectation& expectation : query.expectations) {
    Verification result = begun(query);
    result.expected = expectation.text;
    result.expected_at = expectation.origin;
    if (query.explained || expectation.kind == ExpectationKind::prose) {
      result.state = VerificationState::not_evaluated;
      result.reason = query.explained && expectation.kind != ExpectationKind::prose
                          ? "it is said of the query's plan"
                          : expectation.why_not;
    } else if (!run.answer.error.empty()) {
      result.state = VerificationState::not_proved;
      result.reason = run.answer.error + (run.advice.empty() ? "" : "; " + run.advice);
    } else {
      Judged judged = judge(expectation, run, runner);
      result.state = judged.state;
      result.seen = shown(judged.seen);
      result.reason = judged.reason;
      result.from_catalog = run.from_catalog;
      result.answer = shown_part(run);
    }
    result.reason = redact(result.reason);
    results.push_back(std::move(result));
  }
}

/// A statement that is no query, with a stated result: an UPDATE, a command of psql.
void refuse(const DocumentedQuery& statement, std::vector<Verification>& results) {
  for (const Expectation& expectation : statement.expectations) {
    Verification result = begun(statement);
    result.state = VerificationState::not_proved;
    result.expected = expectation.text;
    result.expected_at = expectation.origin;
    result.reason = "it is no SELECT, and nothing else is run";
    results.push_back(std::move(result));
  }
}

EvidenceState evidence_state(VerificationState state) {
  if (state == VerificationState::passed) return EvidenceState::passed;
  return state == VerificationState::failed ? EvidenceState::failed : EvidenceState::incomplete;
}

}  // namespace

std::string_view to_string(VerificationState state) {
  switch (state) {
    case VerificationState::passed:
      return "passed";
    case VerificationState::failed:
      return "failed";
    case VerificationState::not_proved:
      return "not proved";
    case VerificationState::not_evaluated:
      return "not evaluated";
    case VerificationState::no_expectation:
      return "no expectation stated";
  }
  return "";
}

std::vector<Verification> verify(const std::vector<DocumentReading>& documents,
                                 DocumentedQueryRunner& runner,
                                 const std::function<void(const Origin&)>& progress) {
  std::vector<Verification> results;
  for (const DocumentReading& document : documents) {
    if (document.state != DocumentState::current) continue;
    const std::size_t first = results.size();
    for (const DocumentedQuery& query : document.queries) {
      if (progress) progress(query.origin);
      verify_query(query, runner, results);
    }
    for (const DocumentedQuery& statement : document.other_statements) refuse(statement, results);
    std::stable_sort(
        results.begin() + static_cast<std::ptrdiff_t>(first), results.end(),
        [](const Verification& a, const Verification& b) { return a.origin < b.origin; });
  }
  return results;
}

std::size_t VerificationReport::count(VerificationState state) const {
  return static_cast<std::size_t>(
      std::count_if(verifications.begin(), verifications.end(),
                    [&](const Verification& each) { return each.state == state; }));
}

EvidenceState VerificationReport::state() const {
  if (count(VerificationState::failed) > 0) return EvidenceState::failed;
  const bool proved = count(VerificationState::passed) > 0 &&
                      count(VerificationState::not_proved) == 0 && unseen.empty();
  return proved ? EvidenceState::passed : EvidenceState::incomplete;
}

Evidence evidence_of(const VerificationReport& report) {
  Evidence evidence;
  evidence.made_by = "verify";
  evidence.tool_version = report.tool_version;
  evidence.made_at = report.made_at;
  evidence.inputs = report.inputs;
  for (const Verification& result : report.verifications) {
    if (result.state == VerificationState::no_expectation) continue;
    EvidenceItem item;
    item.text = result.key;
    item.state = evidence_state(result.state);
    item.detail = "expected: " + result.expected;
    if (!result.seen.empty()) item.detail += "; seen: " + result.seen;
    if (!result.reason.empty()) item.detail += "; " + result.reason;
    item.locations = {result.origin, result.expected_at};
    evidence.items.push_back(std::move(item));
  }
  for (const std::string& unseen : report.unseen)
    evidence.items.push_back({"what was given", EvidenceState::incomplete, unseen, {}});
  evidence.state = state_of(evidence.items);
  return evidence;
}

}  // namespace schemaudit
