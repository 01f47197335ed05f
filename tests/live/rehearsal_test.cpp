// What a rehearsal tells of migrations: on a real server, with rows in the tables.

#include "analyzer/migrations/rehearsal/rehearsal.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "analyzer/migrations/migrations.h"
#include "analyzer/postgres/server_session.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

RehearsalPlan plan_of(const Files& files, const std::string& before = {}) {
  MigrationFiles folder;
  folder.folder = "migrations";
  folder.parents = {"migrations"};
  for (const auto& [path, text] : files) folder.files.push_back({path, "migrations/" + path, text});
  RehearsalPlan plan;
  plan.migrations = read_migrations(folder);
  if (!before.empty()) plan.before = {{before, "before.sql"}};
  return plan;
}

/// One step, `1`, with its way back.
RehearsalPlan step(const std::string& up, const std::string& down, const std::string& before = {}) {
  return plan_of({{"1_step.up.sql", up}, {"1_step.down.sql", down}}, before);
}

class RehearsalTest : public LiveTest {
 protected:
  static Rehearsal rehearsed(const RehearsalPlan& plan) {
    ScratchDatabases scratch(test_server().conninfo("postgres"));
    return rehearse(plan, scratch, [](const std::string&) {});
  }

  /// `kind place message`, a line each, hazards and what differs from the replay apart.
  static std::string told(const Rehearsal& rehearsal) {
    std::string text = rehearsal.error;
    for (const RehearsalFault& fault : rehearsal.faults) {
      if (!fault.gates) continue;
      text += std::string(to_string(fault.kind)) + " " + std::to_string(fault.origin.line) + " " +
              fault.message + (fault.row.empty() ? "" : " [" + fault.row + "]") + "\n";
    }
    return text;
  }
};

TEST_F(RehearsalTest, PassesWhereTheWayBackRestoresEverything) {
  Rehearsal rehearsal = rehearsed(plan_of(
      {{"1_users.up.sql",
        "CREATE TYPE plan AS ENUM ('free', 'plus');\n"
        "CREATE TABLE users (id bigserial PRIMARY KEY, email text NOT NULL UNIQUE, plan plan NOT "
        "NULL DEFAULT 'free', age int CHECK (age BETWEEN 18 AND 120));\n"
        "CREATE INDEX ON users (plan);"},
       {"1_users.down.sql", "DROP TABLE users; DROP TYPE plan;"},
       {"2_bills.up.sql",
        "CREATE TABLE bills (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payer bigint NOT "
        "NULL REFERENCES users, cents int NOT NULL CHECK (cents > 0));\n"
        "ALTER TABLE users ADD COLUMN note text;"},
       {"2_bills.down.sql", "ALTER TABLE users DROP COLUMN note; DROP TABLE bills;"}}));
  EXPECT_EQ(told(rehearsal), "");
  ASSERT_EQ(rehearsal.steps.size(), 2u);
  EXPECT_TRUE(rehearsal.steps[1].up.accepted && rehearsal.steps[1].down.accepted &&
              rehearsal.steps[1].again.accepted);
  EXPECT_EQ(rehearsal.whole_chain_restored, true);
  EXPECT_GE(rehearsal.generated_rows, 6u);
  EXPECT_TRUE(rehearsal.tables_without_rows.empty());
  EXPECT_TRUE(rehearsal.incomplete_because.empty());
  for (const RehearsalFault& fault : rehearsal.faults)
    EXPECT_NE(fault.kind, FaultKind::differs_from_replay) << fault.message;
}

struct Leftover {
  const char* what;
  const char* before;
  const char* up;
  /// A part of the message.
  const char* told;
};

// One of each kind of object that a way back may forget.
const Leftover kLeftovers[] = {
    {"schema", "", "CREATE SCHEMA x_schema", "leaves schema x_schema behind"},
    {"table", "", "CREATE TABLE x_table (id int)", "leaves table public.x_table behind"},
    {"column", "", "ALTER TABLE t ADD x_column int", "leaves column x_column of public.t behind"},
    {"check", "", "ALTER TABLE t ADD CONSTRAINT x_check CHECK (n > -5)",
     "leaves constraint x_check of public.t behind"},
    {"foreign key", "",
     "ALTER TABLE t ADD CONSTRAINT x_foreign_key FOREIGN KEY (n) REFERENCES t (id)",
     "leaves constraint x_foreign_key of public.t behind"},
    {"unique constraint", "", "ALTER TABLE t ADD CONSTRAINT x_unique_constraint UNIQUE (note)",
     "leaves constraint x_unique_constraint of public.t behind"},
    {"index", "", "CREATE INDEX x_index ON t (n)", "leaves index x_index of public.t behind"},
    {"view", "", "CREATE VIEW x_view AS SELECT id FROM t", "leaves view public.x_view behind"},
    {"materialised view", "", "CREATE MATERIALIZED VIEW x_materialised_view AS SELECT id FROM t",
     "public.x_materialised_view behind"},
    {"function", "", "CREATE FUNCTION x_function() RETURNS int LANGUAGE sql AS 'SELECT 1'",
     "leaves function public.x_function behind"},
    {"procedure", "", "CREATE PROCEDURE x_procedure() LANGUAGE sql AS 'SELECT 1'",
     "public.x_procedure behind"},
    {"aggregate", "", "CREATE AGGREGATE x_aggregate(int) (sfunc = int4pl, stype = int)",
     "public.x_aggregate behind"},
    {"trigger",
     "CREATE FUNCTION f_trigger() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
     "CREATE TRIGGER x_trigger BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f_trigger()",
     "leaves trigger x_trigger of public.t behind"},
    {"enum", "", "CREATE TYPE x_enum AS ENUM ('a')", "leaves enum public.x_enum behind"},
    {"enum value", "CREATE TYPE e AS ENUM ('a')", "ALTER TYPE e ADD VALUE 'b'", "enum public.e"},
    {"domain", "", "CREATE DOMAIN x_domain AS int", "leaves domain public.x_domain behind"},
    {"composite type", "", "CREATE TYPE x_composite_type AS (a int)",
     "leaves type public.x_composite_type behind"},
    {"range type", "", "CREATE TYPE x_range_type AS RANGE (subtype = float8)",
     "leaves type public.x_range_type behind"},
    {"sequence", "", "CREATE SEQUENCE x_sequence", "leaves sequence public.x_sequence behind"},
    {"policy", "", "CREATE POLICY x_policy ON t USING (true)",
     "leaves policy x_policy of public.t behind"},
    {"row security", "", "ALTER TABLE t ENABLE ROW LEVEL SECURITY", "public.t altered"},
    {"extension", "", "CREATE EXTENSION hstore", "leaves extension hstore behind"},
    {"rule", "", "CREATE RULE x_rule AS ON DELETE TO t DO INSTEAD NOTHING",
     "leaves rule x_rule on public.t behind"},
    {"statistics", "", "CREATE STATISTICS x_statistics ON id, n FROM t",
     "leaves statistics public.x_statistics behind"},
    {"comment", "", "COMMENT ON TABLE t IS 'x_comment'", "public.t altered"},
    {"grant", "", "GRANT SELECT ON t TO PUBLIC", "leaves grant PUBLIC of public.t behind"},
    {"default", "", "ALTER TABLE t ALTER n SET DEFAULT 7", "column n of public.t altered"},
    {"type", "", "ALTER TABLE t ALTER n TYPE bigint", "column n of public.t altered"},
    {"nullability", "", "ALTER TABLE t ALTER n DROP NOT NULL", "column n of public.t altered"},
    {"storage parameter", "", "ALTER TABLE t SET (fillfactor = 70)", "public.t altered"},
    {"collation", "", "CREATE COLLATION x_collation FROM \"C\"",
     "leaves collation public.x_collation behind"},
    {"operator", "", "CREATE OPERATOR ### (FUNCTION = int4pl, LEFTARG = int, RIGHTARG = int)",
     "leaves operator"},
    {"cast", "CREATE FUNCTION f_cast(circle) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'",
     "CREATE CAST (circle AS int) WITH FUNCTION f_cast(circle)", "leaves cast"},
    {"text search configuration", "",
     "CREATE TEXT SEARCH CONFIGURATION x_text_search_configuration (COPY = simple)",
     "leaves text search configuration public.x_text_search_configuration behind"},
    {"event trigger",
     "CREATE FUNCTION f_event_trigger() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
     "CREATE EVENT TRIGGER x_event_trigger ON ddl_command_end EXECUTE FUNCTION f_event_trigger()",
     "leaves event trigger x_event_trigger behind"},
    {"publication", "", "CREATE PUBLICATION x_publication FOR TABLE t",
     "leaves publication x_publication behind"},
    {"default privileges", "", "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
     "leaves default privileges"},
    {"function's volatility",
     "CREATE FUNCTION f_function_s_volatility() RETURNS int LANGUAGE sql AS 'SELECT 1'",
     "ALTER FUNCTION f_function_s_volatility() STABLE", "public.f_function_s_volatility() altered"},
};

TEST_F(RehearsalTest, NamesOneLeftoverOfEachKind) {
  std::string before =
      "CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL DEFAULT 1, note text);\n";
  std::string up;
  for (const Leftover& leftover : kLeftovers) {
    if (*leftover.before) before += std::string(leftover.before) + ";\n";
    up += std::string(leftover.up) + ";\n";
  }
  RehearsalPlan plan = step(up, "SELECT 1;", before);
  plan.generate_rows = false;
  const Rehearsal rehearsal = rehearsed(plan);
  const std::string text = told(rehearsal);
  for (const Leftover& leftover : kLeftovers)
    EXPECT_NE(text.find(leftover.told), std::string::npos) << leftover.what;
  EXPECT_EQ(text.find("refused"), std::string::npos) << text;
  ASSERT_EQ(rehearsal.steps.size(), 1u);
  EXPECT_EQ(rehearsal.steps[0].restored, false);
  if (HasFailure()) ADD_FAILURE() << text;
}

TEST_F(RehearsalTest, NamesWhatIsLost) {
  EXPECT_EQ(told(rehearsed(step("DROP VIEW v; ALTER TABLE t DROP COLUMN note;",
                                "ALTER TABLE t ADD COLUMN note text;",
                                "CREATE TABLE t (id int PRIMARY KEY, note text);"
                                "COMMENT ON COLUMN t.note IS 'as told';"
                                "CREATE VIEW v AS SELECT id FROM t;"))),
            "object_altered 1 the way back leaves column note of public.t altered: its comment was "
            "'as told' and is none\n"
            "object_lost 1 the way back does not restore view public.v\n");
}

TEST_F(RehearsalTest, TellsTheRowThatBreaksAStep) {
  RehearsalPlan plan =
      step("ALTER TABLE users ADD CONSTRAINT grown CHECK (age >= 18);",
           "ALTER TABLE users DROP CONSTRAINT grown;",
           "CREATE TABLE users (id int PRIMARY KEY, age int NOT NULL, note text);");
  plan.rows = {{"INSERT INTO users VALUES (1, 20, 'a'), (2, 7, 'b');", "rows.sql"}};
  plan.generate_rows = false;
  EXPECT_EQ(told(rehearsed(plan)),
            "step_failed_on_rows 1 the way up fails on tables that hold rows: check constraint "
            "\"grown\" of relation \"users\" "
            "is violated by some row [id = 2, age = 7]\n");
}

TEST_F(RehearsalTest, TriesTheWayBackOnRowsOfBeforeAndOnNewOnes) {
  const std::string before =
      "CREATE TABLE users (id int PRIMARY KEY, plan text NOT NULL CHECK (plan IN ('free')));";
  // The rows of before fit; one that is written afterwards does not.
  EXPECT_EQ(
      told(rehearsed(step(
          "ALTER TABLE users DROP CONSTRAINT users_plan_check, ADD CONSTRAINT users_plan_check "
          "CHECK (plan IN ('free', 'plus'));",
          "ALTER TABLE users DROP CONSTRAINT users_plan_check;\n"
          "ALTER TABLE users ADD CONSTRAINT users_plan_check CHECK (plan IN ('free'));",
          before))),
      "way_back_failed_on_new_rows 2 the way back fails on rows such as may be written after the "
      "step: check constraint \"users_plan_check\" of relation \"users\" is violated by some row "
      "[id = 10, plan = plus]\n");
  // The step itself turns the rows into what the old constraint refuses.
  EXPECT_EQ(
      told(rehearsed(step("ALTER TABLE users DROP CONSTRAINT users_plan_check;\n"
                          "UPDATE users SET plan = 'basic';",
                          "ALTER TABLE users ADD CONSTRAINT users_plan_check CHECK (plan IN "
                          "('free'));",
                          before))),
      "way_back_failed_on_rows 1 the way back fails on tables that hold rows: check constraint "
      "\"users_plan_check\" of relation \"users\" is violated by some row [id = 1, plan = "
      "basic]\n");
}

TEST_F(RehearsalTest, TellsAColumnThatRowsCannotHave) {
  EXPECT_EQ(
      told(rehearsed(step("ALTER TABLE users ADD country text NOT NULL;",
                          "ALTER TABLE users DROP country;",
                          "CREATE TABLE users (id int PRIMARY KEY);"))),
      "step_failed_on_rows 1 the way up fails on tables that hold rows: column \"country\" of "
      "relation \"users\" contains null values [id = 1]\n");
}

TEST_F(RehearsalTest, TellsAWayBackThatADependentBlocks) {
  EXPECT_EQ(told(rehearsed(step("CREATE TABLE t (id int); CREATE VIEW v AS SELECT id FROM t;",
                                "DROP TABLE t;"))),
            "way_back_failed 1 the way back is refused: cannot drop table t because other objects "
            "depend on it (view v depends on table t)\n");
}

TEST_F(RehearsalTest, TellsAStepThatCannotBeTakenTwice) {
  const std::string text =
      told(rehearsed(step("INSERT INTO kinds VALUES ('new'); CREATE TABLE t (id int);",
                          "DROP TABLE t;", "CREATE TABLE kinds (name text PRIMARY KEY);")));
  EXPECT_NE(text.find("not_repeatable 1 once back, the way up is refused: duplicate key value"),
            std::string::npos)
      << text;
}

TEST_F(RehearsalTest, TellsRowsThatDoNotComeBackAsAHazard) {
  Rehearsal rehearsal =
      rehearsed(step("ALTER TABLE users DROP COLUMN email;", "ALTER TABLE users ADD email text;",
                     "CREATE TABLE users (id int PRIMARY KEY, email text);"));
  EXPECT_EQ(told(rehearsal), "");
  ASSERT_FALSE(rehearsal.faults.empty());
  EXPECT_EQ(rehearsal.faults[0].kind, FaultKind::rows_not_restored);
  EXPECT_NE(rehearsal.faults[0].message.find("email was text 1 and is null"), std::string::npos)
      << rehearsal.faults[0].message;
}

TEST_F(RehearsalTest, TellsRowsOfAnUntouchedTableThatAlter) {
  EXPECT_NE(
      told(rehearsed(step("ALTER TABLE users ADD n int; DELETE FROM users WHERE id = 1;",
                          "ALTER TABLE users DROP n;",
                          "CREATE TABLE users (id int PRIMARY KEY);"
                          "CREATE TABLE bills (id int PRIMARY KEY, payer int REFERENCES users "
                          "ON DELETE CASCADE);"
                          "INSERT INTO users VALUES (1); INSERT INTO bills VALUES (1, 1);")))
          .find("untouched_rows_altered 1 the way back does not restore the rows of "
                "public.bills"),
      std::string::npos);
}

TEST_F(RehearsalTest, ShowsLocksAndWork) {
  RehearsalPlan plan =
      step("ALTER TABLE users ALTER id TYPE bigint;\nCREATE INDEX i ON users (id);",
           "DROP INDEX i; ALTER TABLE users ALTER id TYPE int;",
           "CREATE TABLE users (id int PRIMARY KEY);");
  const Rehearsal rehearsal = rehearsed(plan);
  ASSERT_EQ(rehearsal.steps.size(), 1u);
  const RehearsedScript& up = rehearsal.steps[0].up;
  ASSERT_FALSE(up.statements.empty());
  ASSERT_FALSE(up.statements[0].locks.empty());
  EXPECT_EQ(up.statements[0].locks[0].mode, "AccessExclusiveLock");
  EXPECT_NE(std::find(up.statements[0].work.begin(), up.statements[0].work.end(),
                      "rewriting table \"users\""),
            up.statements[0].work.end());
}

TEST_F(RehearsalTest, LeavesTablesEmptyThatTheNextStepFills) {
  const Rehearsal rehearsal =
      rehearsed(plan_of({{"1_people.up.sql", "CREATE TABLE people (id int PRIMARY KEY);"},
                         {"1_people.down.sql", "DROP TABLE people;"},
                         {"2_fill.up.sql", "INSERT INTO people SELECT id FROM users;"},
                         {"2_fill.down.sql", "DELETE FROM people;"}},
                        "CREATE TABLE users (id int PRIMARY KEY);"));
  EXPECT_EQ(told(rehearsal), "");
  EXPECT_TRUE(rehearsal.faults.empty()) << rehearsal.faults[0].message;
  // It is said of which rows nothing is known.
  ASSERT_EQ(rehearsal.steps_on_empty_tables.size(), 1u);
  EXPECT_EQ(rehearsal.steps_on_empty_tables[0].version, "2");
  EXPECT_EQ(to_string(rehearsal.steps_on_empty_tables[0].tables.at(0)), "public.people");
  EXPECT_NE(rehearsal.steps_on_empty_tables[0].reason.find("people_pkey"), std::string::npos)
      << rehearsal.steps_on_empty_tables[0].reason;
}

TEST_F(RehearsalTest, CountsNoRowsThatTheWayBackWasGivenItself) {
  const Files files = {{"1_accounts.up.sql", "CREATE TABLE accounts (id bigint PRIMARY KEY);"},
                       {"1_accounts.down.sql", "DROP TABLE accounts;"},
                       {"2_orders.up.sql",
                        "CREATE TABLE orders (id bigint PRIMARY KEY, account_id bigint NOT NULL "
                        "REFERENCES accounts);"},
                       {"2_orders.down.sql", "DROP TABLE orders;"}};
  const Rehearsal rehearsal = rehearsed(plan_of(files));
  EXPECT_EQ(told(rehearsal), "");
  EXPECT_TRUE(rehearsal.faults.empty()) << rehearsal.faults[0].message;
  EXPECT_EQ(rehearsal.whole_chain_restored, true);
  EXPECT_TRUE(rehearsal.steps_on_empty_tables.empty());
  // Nor where the parents cannot be filled before the step, which does that itself.
  Files filling = files;
  filling[2].second = "INSERT INTO accounts VALUES (1); DELETE FROM accounts; " + files[2].second;
  EXPECT_EQ(told(rehearsed(plan_of(filling))), "");
}

TEST_F(RehearsalTest, TriesAStepOnRowsOfTablesThatEarlierStepsMade) {
  const auto after_users = [](const std::string& up, const std::string& down) {
    return rehearsed(plan_of({{"1_users.up.sql",
                               "CREATE TABLE users (id int PRIMARY KEY, plan text);"
                               "CREATE TABLE bills (id int PRIMARY KEY, payer int NOT NULL "
                               "REFERENCES users ON DELETE CASCADE);"},
                              {"1_users.down.sql", "DROP TABLE bills; DROP TABLE users;"},
                              {"2_step.up.sql", up},
                              {"2_step.down.sql", down}}));
  };
  // A column comes back empty.
  Rehearsal rehearsal =
      after_users("ALTER TABLE users DROP COLUMN plan;", "ALTER TABLE users ADD COLUMN plan text;");
  EXPECT_EQ(told(rehearsal), "");
  ASSERT_EQ(rehearsal.faults.size(), 1u);
  EXPECT_EQ(rehearsal.faults[0].kind, FaultKind::rows_not_restored);
  EXPECT_NE(rehearsal.faults[0].message.find("plan was text 1 and is null"), std::string::npos)
      << rehearsal.faults[0].message;
  EXPECT_TRUE(rehearsal.steps_on_empty_tables.empty());
  // Nor does it where the default is what most rows had.
  rehearsal = rehearsed(
      plan_of({{"1_users.up.sql",
                "CREATE TABLE users (id int PRIMARY KEY, plan text NOT NULL DEFAULT 'free');"},
               {"1_users.down.sql", "DROP TABLE users;"},
               {"2_plan.up.sql", "ALTER TABLE users DROP COLUMN plan;"},
               {"2_plan.down.sql", "ALTER TABLE users ADD plan text NOT NULL DEFAULT 'free';"}}));
  ASSERT_EQ(rehearsal.faults.size(), 1u);
  EXPECT_NE(rehearsal.faults[0].message.find("1 of 3 rows: plan was text 3 and is free"),
            std::string::npos)
      << rehearsal.faults[0].message;
  // It does not come back at all.
  EXPECT_NE(told(after_users("ALTER TABLE users DROP COLUMN plan;",
                             "ALTER TABLE users ADD COLUMN plan text NOT NULL;"))
                .find("way_back_failed_on_rows 1 the way back fails on tables that hold rows: "
                      "column \"plan\" of relation \"users\" contains null values"),
            std::string::npos);
  // Rows of a table that nobody speaks of go with those of another.
  EXPECT_NE(told(after_users("ALTER TABLE users ADD n int;",
                             "ALTER TABLE users DROP n; DELETE FROM users;"))
                .find("untouched_rows_altered 1 the way back does not restore the rows of "
                      "public.bills"),
            std::string::npos);
  // Nobody says that the tables hold rows by then: a hazard.
  rehearsal = after_users("ALTER TABLE users ADD country text NOT NULL;",
                          "ALTER TABLE users DROP country;");
  EXPECT_EQ(told(rehearsal), "");
  ASSERT_EQ(rehearsal.faults.size(), 1u);
  EXPECT_EQ(rehearsal.faults[0].kind, FaultKind::step_failed_on_rows);
  EXPECT_FALSE(rehearsal.faults[0].gates);
  ASSERT_EQ(rehearsal.steps_on_empty_tables.size(), 1u);
  EXPECT_EQ(rehearsal.steps_on_empty_tables[0].version, "2");
  EXPECT_EQ(rehearsal.steps[1].restored, true);
}

TEST_F(RehearsalTest, ProvesNothingWhereAllIsHistory) {
  RehearsalPlan plan = step("CREATE TABLE t (id int);", "DROP TABLE t;");
  plan.from = "0001";
  EXPECT_EQ(rehearsed(plan).incomplete_because.size(), 1u);
  plan.from = "7";
  EXPECT_TRUE(rehearsed(plan).unknown_version);
}

TEST_F(RehearsalTest, RunsHistoryWithoutTryingIt) {
  RehearsalPlan plan = plan_of({{"1_a.up.sql", "CREATE TABLE a (id int);"},
                                {"1_a.down.sql", "SELECT 1;"},
                                {"2_b.up.sql", "CREATE TABLE b (id int);"},
                                {"2_b.down.sql", "DROP TABLE b;"}});
  plan.from = "1";
  const Rehearsal rehearsal = rehearsed(plan);
  EXPECT_EQ(told(rehearsal), "");
  EXPECT_EQ(rehearsal.history, 1u);
  EXPECT_EQ(rehearsal.steps.size(), 1u);
}

TEST_F(RehearsalTest, RunsOutsideOfATransactionWhatTheToolDoes) {
  const Rehearsal rehearsal = rehearsed(
      plan_of({{"00001_i.sql",
                "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY i ON t (id);\n"
                "-- +goose Down\nDROP INDEX CONCURRENTLY i;\n"}},
              "CREATE TABLE t (id int);"));
  EXPECT_EQ(told(rehearsal), "");
  EXPECT_TRUE(rehearsal.steps[0].again.accepted);
}

TEST_F(RehearsalTest, TellsATransactionThatTheStepItselfBeginsOrUndoes) {
  struct Case {
    const char* step;
    const char* told;
  };
  for (const Case& each : {
           Case{"BEGIN;\nCREATE TABLE b (id int);\nCOMMIT;\n", ""},
           {"BEGIN;\nCREATE TABLE b (id int);\n", "2_b.sql:1:1: this BEGIN is never ended"},
           {"CREATE TABLE b (id int);\nROLLBACK;\n", "2_b.sql:2:1: this ROLLBACK also undoes"},
           {"CREATE TABLE b (id int);\nBEGIN;\nCREATE TABLE c (id int);\nROLLBACK;\n",
            "2_b.sql:4:1: this ROLLBACK also undoes"},
           {"BEGIN;\nCREATE TABLE c (id int);\nROLLBACK;\nCREATE TABLE b (id int);\n", ""},
           {"SAVEPOINT s;\nCREATE TABLE c (id int);\nROLLBACK TO s;\nCREATE TABLE b (id int);\n",
            ""},
           {"COMMIT;\nCREATE TABLE b (id int);\n", ""},
           {"CREATE SCHEMA s;\nSET LOCAL search_path TO s;\nCREATE TABLE b (id int);\n", ""},
       }) {
    const Rehearsal rehearsal =
        rehearsed(plan_of({{"1_a.sql", "CREATE TABLE a (id int);"}, {"2_b.sql", each.step}}));
    std::string told_of;
    for (const std::string& why : rehearsal.incomplete_because) told_of += why + "\n";
    EXPECT_EQ(told_of.empty(), !*each.told) << each.step << told_of;
    EXPECT_NE(told_of.find(each.told), std::string::npos) << each.step << told_of;
    // The audit's replay makes the same of it.
    for (const RehearsalFault& fault : rehearsal.faults)
      ADD_FAILURE() << each.step << fault.message;
  }
}

constexpr const char* kIsolatedPlan =
    "# Plan\n\n## Tables\n```sql\nCREATE TABLE x_a (id int PRIMARY KEY);\nCREATE TABLE x_b (id "
    "int PRIMARY KEY);\nCREATE TABLE x_c (id int PRIMARY KEY);\n```\n## Indexes\n```sql\nCREATE "
    "INDEX x_i ON x_a (id);\n```\n## Rollback\n```sql\n";

TEST_F(RehearsalTest, RunsTheDropsOfAnIsolatedFeatureInEveryOrder) {
  RehearsalPlan plan = plan_of(
      {{"plan.md", std::string(kIsolatedPlan) +
                       "DROP TABLE IF EXISTS x_c;\nDROP TABLE IF EXISTS x_b;\nDROP TABLE IF EXISTS "
                       "x_a;\n```\n"}},
      "CREATE TABLE users (id int PRIMARY KEY);");
  IsolationPolicy policy;
  policy.name = "x";
  policy.tables.globs = {"x_*"};
  policy.rollback = "drop-only";
  plan.isolation = {policy};
  Rehearsal rehearsal = rehearsed(plan);
  EXPECT_EQ(told(rehearsal), "");
  EXPECT_EQ(rehearsal.drop_orders, 6u);
  EXPECT_EQ(rehearsal.steps.size(), 2u);

  plan = plan_of({{"plan.md", std::string(kIsolatedPlan) +
                                  "DROP TABLE x_c, x_b;\nDROP TABLE x_a CASCADE;\nTRUNCATE "
                                  "users;\n```\n"}},
                 "CREATE TABLE users (id int PRIMARY KEY);");
  plan.isolation = {policy};
  const std::string text = told(rehearsed(plan));
  EXPECT_NE(text.find("with CASCADE"), std::string::npos) << text;
  EXPECT_NE(text.find("reaches public.users, which is none of its tables"), std::string::npos)
      << text;
}

TEST_F(RehearsalTest, LeavesNoDatabaseBehindWhenItIsKilled) {
  const std::string server = test_server().conninfo("postgres");
  const pid_t child = ::fork();
  if (child == 0) {
    ScratchDatabases scratch(server);
    scratch.make();
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  ServerSession session(server);
  const std::string left =
      "SELECT count(*) FROM pg_database WHERE datname LIKE 'schemaudit_scratch%'";
  std::string count;
  for (int attempt = 0; attempt < 200 && count != "0"; ++attempt) {
    ::usleep(50'000);
    count = session.run(left).rows.at(0).at(0).value_or("");
  }
  EXPECT_EQ(count, "0");
}

TEST_F(RehearsalTest, LeavesNoDatabaseBehind) {
  {
    ScratchDatabases scratch(test_server().conninfo("postgres"));
    rehearse(step("CREATE TABLE t (id int);", "DROP TABLE t;"), scratch, [](const std::string&) {});
  }
  EXPECT_NO_THROW(test_server().run(
      test_server().conninfo("postgres"),
      "DO $$ BEGIN IF EXISTS (SELECT FROM pg_database WHERE datname LIKE 'schemaudit_scratch%') "
      "THEN RAISE 'left'; END IF; END $$"));
}

}  // namespace
}  // namespace schemaudit
