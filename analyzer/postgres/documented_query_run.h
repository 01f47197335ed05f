// Runs a query that somebody wrote into a document: only where it is proved to change nothing, and
// so that the role's privileges cannot hollow its answer out.
//
//   DocumentedQueryRunner runner("postgresql://app@db/shop");
//   QueryRun run = runner.run("SELECT * FROM information_schema.table_constraints", 1000);
//   run.answer.error        why there is no answer: refused, not permitted, took too long
//   run.from_catalog        {"table_constraints"}: read from pg_catalog
//   run.doubt               what the role may not have seen; then the answer proves nothing
//
// Refused are, besides what single_query.h refuses, functions that the server calls volatile, its
// own harmless ones apart, wherever they stand: in the query, in its operators and casts, in the
// views that it reads. So are foreign tables, whose wrapper may do anything. The rest runs as
// read_only_session.h says.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analyzer/model/expectation.h"
#include "analyzer/model/live_answers.h"
#include "analyzer/model/source.h"
#include "analyzer/postgres/read_only_session.h"
#include "analyzer/sql/single_query.h"

namespace schemaudit {

struct QueryRun {
  LiveAnswer answer;
  /// It was not sent to the server, or not for want of a permission: what to do about it.
  std::string advice;
  /// Views of information_schema that were read from pg_catalog instead.
  std::vector<std::string> from_catalog;
  std::string doubt;
  QueryShape shape;
};

class DocumentedQueryRunner {
 public:
  /// `conninfo` as LiveOptions::conninfo.
  explicit DocumentedQueryRunner(const std::string& conninfo, int timeout_ms = 30000,
                                 int connect_timeout_seconds = 10);

  /// Why there is no connection; empty where there is one.
  const std::string& error() const { return error_; }
  const ServerFacts& server() const { return server_; }

  /// `rows` as in ReadOnlySession::ask(); `timeout_ms` in place of the runner's own.
  QueryRun run(const std::string& sql, std::size_t rows, std::optional<int> timeout_ms = {});

  /// Whether a cell of this type compares so with a value that a document states, by the type's
  /// own operators; unset where they cannot tell. A value that is none of the type is never equal.
  std::optional<bool> compares(unsigned type, const std::string& cell, ComparisonSign comparison,
                               const std::string& value);

 private:
  /// What a query and the views behind it would call and read.
  struct Reach {
    std::string refusal;
    std::string doubt;
  };
  Reach reach_of(const SingleQuery& query);
  LiveAnswer look_up(const std::string& query, const std::vector<std::string>& parameters);
  void add_equivalent(const std::string& view);

  ReadOnlySession session_;
  int timeout_ms_;
  std::string error_;
  ServerFacts server_;
  bool superuser_ = false;
  /// The views of information_schema by name: as the server defines them.
  std::map<std::string, std::string> standard_views_;
  /// Without conditions on privileges; empty where there is no such definition.
  std::map<std::string, std::string> equivalents_;
};

}  // namespace schemaudit
