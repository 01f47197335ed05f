// The table in which a tool notes what it has run: an audit that cannot read it does not pass.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/program.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

using Json = nlohmann::ordered_json;

class AppliedMigrationsTable : public LiveTest {
 protected:
  void SetUp() override {
    LiveTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    db_ = fresh_database();
    test_server().run(
        db_,
        "DO $$ BEGIN CREATE ROLE notes_reader LOGIN; EXCEPTION WHEN duplicate_object THEN END $$; "
        "CREATE TABLE shelves (id bigint PRIMARY KEY); "
        "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL); "
        "INSERT INTO schema_migrations VALUES (1, false); "
        "GRANT SELECT ON shelves TO notes_reader");
    folder_.write("migrations/1_shelves.up.sql", "CREATE TABLE shelves (id bigint PRIMARY KEY);\n");
    folder_.write("migrations/1_shelves.down.sql", "DROP TABLE shelves;\n");
  }

  Json audit(const std::string& conninfo, int exit_code,
             const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"audit",  "--migrations", "migrations", "--db",
                                          conninfo, "--format",     "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    ProgramRun run = run_program(arguments, {.folder = folder_.path()});
    EXPECT_EQ(run.exit_code, exit_code) << run.output << run.errors;
    return Json::parse(run.output, nullptr, false);
  }

  static std::string status(const Json& report, const std::string& id) {
    for (const Json& rule : report["rules"])
      if (rule["id"] == id) return rule["status"];
    return "missing";
  }

  std::string db_;
  TemporaryFolder folder_;
};

TEST_F(AppliedMigrationsTable, HoldsTheFolderAgainstWhatWasRun) {
  const Json report = audit(db_, 0);
  EXPECT_EQ(report["verdict"], "pass");
  EXPECT_EQ(status(report, "unknown-applied-migration"), "passed");
}

TEST_F(AppliedMigrationsTable, WithoutAGrantTheEvidenceIsIncompleteAndSaysSoOnce) {
  const std::string reader = test_server().conninfo(database_name(db_), "notes_reader");
  const Json report = audit(reader, 3);
  EXPECT_EQ(report["verdict"], "incomplete");
  EXPECT_EQ(report["incomplete_because"],
            Json::array({"the role may not read public.schema_migrations: which migrations have "
                         "been applied is not known; grant it SELECT"}));
  EXPECT_EQ(status(report, "unknown-applied-migration"), "not_run");
  // Who does not ask needs no grant.
  std::string off;
  for (const char* rule : {"edited", "failed", "skipped", "unknown-applied"})
    off += "[rules." + std::string(rule) + "-migration]\nseverity = \"off\"\n";
  folder_.write("schemaudit.toml", off);
  audit(reader, 0);
}

}  // namespace
}  // namespace schemaudit
