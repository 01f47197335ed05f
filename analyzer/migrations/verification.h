// Runs the queries that documents contain, and judges the results that the documents state.
//
//   DocumentedQueryRunner runner("postgresql://app@db/shop");
//   std::vector<Verification> results = verify(documents.documents, runner);
//   results[0].state == VerificationState::failed; results[0].seen   "3 rows"
//
// What is said of a query in words, and a query of which nothing is said, is told as such and not
// run: neither is a pass.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/evidence.h"
#include "analyzer/model/live_answers.h"
#include "analyzer/model/source.h"
#include "analyzer/postgres/documented_query_run.h"

namespace schemaudit {

enum class VerificationState {
  passed,
  failed,
  /// It could have been judged, and was not: refused, not permitted, not seen whole.
  not_proved,
  /// Stated in words that nobody but a person can judge.
  not_evaluated,
  no_expectation,
};

/// `passed`, `failed`, `not proved`, `not evaluated`, `no expectation stated`
std::string_view to_string(VerificationState state);

/// One query with one expectation.
struct Verification {
  /// See DocumentedQuery::key.
  std::string key;
  Origin origin;
  std::string sql;
  VerificationState state = VerificationState::no_expectation;
  /// As written; empty where nothing is stated.
  std::string expected;
  Origin expected_at;
  /// What the query gave, in short; empty where it was not run.
  std::string seen;
  /// Why it is not proved or not evaluated, and what to do.
  std::string reason;
  /// Views of information_schema that were read from pg_catalog.
  std::vector<std::string> from_catalog;
  /// The first rows, secrets taken out.
  LiveAnswer answer;
};

/// Of documents that speak of today, in their order. `progress`, where it is set, is told which
/// query is run next.
std::vector<Verification> verify(const std::vector<DocumentReading>& documents,
                                 DocumentedQueryRunner& runner,
                                 const std::function<void(const Origin&)>& progress = {});

struct VerificationReport {
  std::string tool_version;
  std::string made_at;
  std::vector<EvidenceInput> inputs;
  ServerFacts server;
  std::vector<Verification> verifications;
  /// What could not be seen at all: a document that could not be read, a database that refuses.
  std::vector<std::string> unseen;
  /// Worth knowing, and no doubt: documents whose queries were left out.
  std::vector<std::string> notes;

  std::size_t count(VerificationState state) const;
  /// Nothing proved is never a pass.
  EvidenceState state() const;
};

/// For a signature: what was stated and not judged is not proved, be it for its words alone.
Evidence evidence_of(const VerificationReport& report);

}  // namespace schemaudit
