// Every fix that is SQL, of every rule, run on the database it is about: the server takes it, and
// the finding is gone. The schemas of real projects lie beside this one; where they are not there
// their test skips, by name, and the small one below is left.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "analyzer/postgres/server_session.h"
#include "tests/cli/sql_corpora.h"
#include "tests/support/program.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

using Json = nlohmann::ordered_json;

class FixesOfSchemas : public LiveTest {
 protected:
  static Json audit(const std::string& db) {
    // Out of the way of any config that lies above this checkout.
    TemporaryFolder folder;
    ProgramRun run = run_program(
        {"audit", "--db", db, "--profile", "all", "--format", "json", "--fail-on", "never"},
        {.folder = folder.path()});
    EXPECT_FALSE(run.output.empty()) << run.errors;
    return Json::parse(run.output, nullptr, false);
  }

  /// Runs each fix alone, and takes it back. Rows may be in the way of a constraint, and that is
  /// for their owners to settle (SQLSTATE class 23).
  static std::size_t run_each(const Json& report, const std::string& db) {
    ServerSession server(db);
    std::size_t run = 0;
    for (const Json& finding : report["findings"]) {
      if (finding["fix"].is_null() || finding["fix"]["kind"] != "sql") continue;
      ++run;
      const std::string sql = finding["fix"]["text"].get<std::string>();
      server.run("BEGIN");
      const ServerSession::Answer answer = server.run(sql);
      server.run("ROLLBACK");
      EXPECT_TRUE(answer.accepted || answer.sqlstate.starts_with("23"))
          << finding["rule"] << "\n  " << sql << "\n  " << answer.sqlstate << " " << answer.message;
    }
    return run;
  }

  /// Runs them one after the other and keeps what they do: none may need what another takes away.
  static void run_all(const Json& before, const std::string& db) {
    ServerSession server(db);
    std::set<std::string> promised;
    for (const Json& finding : before["findings"]) {
      if (finding["fix"].is_null() || finding["fix"]["kind"] != "sql") continue;
      const std::string sql = finding["fix"]["text"].get<std::string>();
      const ServerSession::Answer answer = server.run(sql);
      if (answer.accepted) promised.insert(finding["fingerprint"].get<std::string>());
      EXPECT_TRUE(answer.accepted || answer.sqlstate.starts_with("23"))
          << finding["rule"] << "\n  " << sql << "\n  " << answer.sqlstate << " " << answer.message;
    }
    const Json after = audit(db);
    for (const Json& finding : after["findings"])
      EXPECT_FALSE(promised.count(finding["fingerprint"].get<std::string>()))
          << finding["rule"] << ": " << finding["message"];
  }
};

TEST_F(FixesOfSchemas, AreTakenByTheServer) {
  if (shared_folder().empty()) GTEST_SKIP() << "there is no ../shared beside this checkout";
  std::vector<SqlCorpus> corpora = sql_corpora();
  for (const auto& more : {corpora_beyond_this_server(), corpora_of_blocks()})
    corpora.insert(corpora.end(), more.begin(), more.end());
  std::size_t run = 0;
  for (const SqlCorpus& corpus : corpora) {
    SCOPED_TRACE(corpus.name);
    const std::string db = fresh_database();
    build_with_psql(without_rows(corpus), db);
    const Json report = audit(db);
    run += run_each(report, db);
    run_all(report, db);
  }
  RecordProperty("fixes", static_cast<int>(run));
  EXPECT_GT(run, 100u);
}

TEST_F(FixesOfSchemas, AreTakenWhereNamesAndRowsAreInTheWay) {
  const std::string db = fresh_database();
  test_server().run(db, R"sql(
    CREATE SCHEMA "Shop";
    CREATE TABLE "Shop"."order" (
      "select" serial PRIMARY KEY,
      "user" integer,
      note character(20) DEFAULT 'NULL',
      placed_at timestamp DEFAULT now(),
      price double precision,
      is_active boolean,
      UNIQUE ("user"), UNIQUE ("select", "user")
    );
    INSERT INTO "Shop"."order" ("user", is_active) VALUES (1, NULL), (2, true);
    CREATE INDEX "Order User" ON "Shop"."order" ("user");
    CREATE INDEX "Order User Again" ON "Shop"."order" ("user");
    CREATE TABLE "Shop".line (
      id bigint, "order" integer NOT NULL REFERENCES "Shop"."order" ("select") ON DELETE CASCADE);
    ALTER TABLE "Shop".line ADD CONSTRAINT "Positive" CHECK (id > 0) NOT VALID;
    CREATE FUNCTION "Shop"."table"(text, integer[]) RETURNS void LANGUAGE sql SECURITY DEFINER
      SET search_path = pg_catalog, pg_temp AS 'SELECT';
    GRANT ALL ON "Shop".line TO PUBLIC;
    GRANT CREATE ON SCHEMA "Shop" TO PUBLIC;
    ALTER TABLE "Shop"."order" ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON "Shop"."order" USING ("user" = current_setting('app.user')::integer);
    CREATE VIEW "Shop"."All" AS SELECT * FROM "Shop"."order";
    GRANT SELECT ON "Shop"."All" TO PUBLIC;
  )sql");
  const Json report = audit(db);
  EXPECT_GT(run_each(report, db), 8u);
  run_all(report, db);
}

}  // namespace
}  // namespace schemaudit
