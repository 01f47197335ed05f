// What docs/sql-statements.md claims of each kind of statement, tried on a sample: the replayed
// ones do something, the same as on a server; those without effect leave a schema as it was, on
// both; the unanalysed ones are told.

#include "analyzer/sql/statement_coverage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "analyzer/comparison/schema_differences.h"
#include "analyzer/model/schema_digest.h"
#include "analyzer/postgres/introspect.h"
#include "analyzer/postgres/server_session.h"
#include "analyzer/sql/pieces.h"
#include "analyzer/sql/replay.h"
#include "tests/live/statement_samples.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

/// They have a node in the grammar, and stand in other statements only.
const std::map<std::string, std::string> kNeverAlone = {
    {"ReturnStmt", "the body of a function in SQL"},
    {"PLAssignStmt", "an assignment in PL/pgSQL"},
    {"ReplicaIdentityStmt", "an action of ALTER TABLE"},
};
/// Accepted where more is installed than the server of a test has.
const std::map<std::string, std::string> kNotOnThisServer = {
    {"SecLabelStmt", "needs a provider of labels"},
    {"AT_DetachPartitionFinalize", "needs a DETACH that was interrupted"},
    {"AT_SetExpression", "PostgreSQL 17"},
};

struct Claim {
  StatementSample sample;
  std::string treatment;
};

std::string script(const StatementSample& sample, bool with_statement) {
  std::string sql = kSampleSetup;
  for (const char* part : {sample.before, with_statement ? sample.sql : "", sample.after})
    if (*part) sql += std::string(part) + ";\n";
  return sql;
}

SourceResult replayed(const std::string& sql) {
  Replay replay;
  replay.run({sql, "sample.sql"});
  return replay.finish();
}

std::string problems_of(const SourceResult& result) {
  std::string problems;
  for (const Problem& problem : result.problems) problems += problem.message + "\n";
  return problems;
}

Schema live_schema(const std::string& db) {
  LiveOptions options;
  options.conninfo = db;
  options.schemas = {"*"};
  LiveReading reading = introspect(options);
  EXPECT_TRUE(reading.source) << reading.error;
  return reading.source ? std::move(reading.source->schema) : Schema();
}

void run_on_server(ServerSession& session, const std::string& sql) {
  for (const Piece& piece : cut_pieces(sql)) {
    ServerSession::Answer answer = session.run(std::string(piece.in(sql)));
    EXPECT_TRUE(answer.accepted) << piece.in(sql) << ": " << answer.message;
  }
}

std::string differences(const Schema& from, const Schema& to) {
  std::string text;
  for (const Difference& difference :
       compare_whole(from, to, {"the replay", "the server"}).differences)
    text += difference.message + "\n";
  return text;
}

class StatementClaims : public LiveTest {
 protected:
  void SetUp() override {
    LiveTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    if (test_server_version() < 150000)
      GTEST_SKIP() << "the replay follows PostgreSQL 15, and the server is older";
    test_server().run(fresh_database(),
                      "DO $$BEGIN CREATE ROLE helper; EXCEPTION WHEN duplicate_object THEN END$$");
  }

  static std::vector<Claim> claims(std::string_view treatment) {
    std::vector<Claim> found;
    for (const auto& samples : {statement_samples(), alter_table_samples()})
      for (const StatementSample& sample : samples)
        for (const auto& coverage : {statement_coverage(), alter_table_coverage()})
          for (const StatementCoverage& kind : coverage)
            if (kind.node == sample.node && kind.treatment == treatment)
              found.push_back({sample, std::string(kind.treatment)});
    return found;
  }
};

TEST(StatementSamples, EveryKindHasOneThatIsOfThatKind) {
  std::map<std::string, int> samples;
  for (const auto& list : {statement_samples(), alter_table_samples()})
    for (const StatementSample& sample : list) {
      ++samples[sample.node];
      std::vector<std::string> nodes = statement_nodes(sample.sql);
      EXPECT_TRUE(std::count(nodes.begin(), nodes.end(), sample.node))
          << sample.sql << " is no " << sample.node;
    }
  std::vector<std::string> kinds = grammar_statements();
  // What no statement says has no name, and no sample.
  for (const StatementCoverage& action : alter_table_coverage())
    if (!action.name.empty()) kinds.push_back(action.node);
  for (const std::string& kind : kinds) {
    bool excused = kNeverAlone.count(kind) + kNotOnThisServer.count(kind) > 0;
    EXPECT_EQ(samples[kind], excused ? 0 : 1) << kind;
  }
}

TEST_F(StatementClaims, ReplayedOnesDoWhatTheyDoOnAServer) {
  std::vector<Claim> all = claims("replayed");
  EXPECT_GT(all.size(), 60u);
  for (const Claim& claim : all) {
    SCOPED_TRACE(claim.sample.sql);
    SourceResult without = replayed(script(claim.sample, false));
    SourceResult with = replayed(script(claim.sample, true));
    EXPECT_EQ(problems_of(with), "");
    EXPECT_TRUE(schema_digest(without.schema) != schema_digest(with.schema) ||
                without.changes.size() != with.changes.size());
    std::string db = fresh_database();
    ServerSession session(db);
    run_on_server(session, script(claim.sample, true));
    EXPECT_EQ(differences(with.schema, live_schema(db)), "");
  }
}

TEST_F(StatementClaims, ThoseWithoutEffectLeaveASchemaAsItWas) {
  std::vector<Claim> all = claims("no effect");
  EXPECT_GT(all.size(), 70u);
  std::string db = fresh_database();
  ServerSession session(db);
  run_on_server(session, kSampleSetup);
  for (const Claim& claim : all) {
    SCOPED_TRACE(claim.sample.sql);
    SourceResult without = replayed(script(claim.sample, false));
    SourceResult with = replayed(script(claim.sample, true));
    EXPECT_EQ(problems_of(with), problems_of(without));
    EXPECT_EQ(schema_digest(without.schema), schema_digest(with.schema));
    run_on_server(session, claim.sample.before);
    // In a transaction another session sees nothing of it before its end.
    bool in_transaction = session.in_transaction();
    Schema before = live_schema(db);
    run_on_server(session, claim.sample.sql);
    if (in_transaction) run_on_server(session, claim.sample.after);
    Schema after = live_schema(db);
    EXPECT_EQ(schema_digest(before), schema_digest(after)) << differences(before, after);
  }
}

TEST(StatementSamples, UnanalysedOnesAreTold) {
  std::size_t count = 0;
  for (const auto& samples : {statement_samples(), alter_table_samples()})
    for (const StatementSample& sample : samples)
      for (const StatementCoverage& kind : statement_coverage()) {
        if (kind.node != sample.node || kind.treatment != "unanalysed") continue;
        ++count;
        SourceResult without = replayed(script(sample, false));
        SourceResult with = replayed(script(sample, true));
        ASSERT_EQ(with.problems.size(), without.problems.size() + 1) << sample.sql;
        EXPECT_EQ(with.problems.back().kind, ProblemKind::unanalysed) << sample.sql;
        EXPECT_GT(with.problems.back().origin.line, 1) << sample.sql;
      }
  EXPECT_GE(count, 7u);
}

}  // namespace
}  // namespace schemaudit
