// Documented queries on a real server: what is refused, what a role's privileges would hollow out,
// and what is judged of the results.

#include <gtest/gtest.h>

#include <algorithm>

#include "analyzer/migrations/verification.h"
#include "analyzer/postgres/documented_query_run.h"
#include "analyzer/postgres/read_only_session.h"
#include "tests/docs/reading.h"
#include "tests/live/kitchen_sink.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

class DocumentedQueries : public LiveTest {
 protected:
  void SetUp() override {
    LiveTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    db_ = fresh_database();
    // Roles belong to the server, which all tests share.
    test_server().run(db_,
                      "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = "
                      "'verify_reader') THEN CREATE ROLE verify_reader LOGIN; CREATE ROLE "
                      "verify_owner LOGIN; END IF; END $$");
  }

  std::string as(const std::string& role) const {
    return test_server().conninfo(database_name(db_), role);
  }

  static std::string error_of(DocumentedQueryRunner& runner, const std::string& sql) {
    return runner.run(sql, 10).answer.error;
  }

  std::string db_;
};

TEST_F(DocumentedQueries, WhatActsBeyondItsTransactionIsRefused) {
  test_server().run(db_, R"sql(
    CREATE TABLE t (id int);
    CREATE SEQUENCE s;
    CREATE FUNCTION acts(i int) RETURNS int LANGUAGE sql VOLATILE AS 'SELECT i';
    CREATE FUNCTION looks(i int) RETURNS int LANGUAGE sql STABLE AS 'SELECT i';
    CREATE FUNCTION differs(a t, b t) RETURNS boolean LANGUAGE sql VOLATILE AS 'SELECT true';
    CREATE OPERATOR <%%> (LEFTARG = t, RIGHTARG = t, FUNCTION = differs);
    CREATE AGGREGATE collects(int) (SFUNC = int4pl, STYPE = int);
    CREATE FUNCTION adds(a int, b int) RETURNS int LANGUAGE sql VOLATILE AS 'SELECT a + b';
    CREATE AGGREGATE acts_on(int) (SFUNC = adds, STYPE = int);
    CREATE FUNCTION checks(t text) RETURNS boolean LANGUAGE sql VOLATILE AS 'SELECT true';
    CREATE DOMAIN checked AS text CHECK (checks(VALUE));
    CREATE VIEW inner_view AS SELECT acts(1) AS a;
    CREATE VIEW outer_view AS SELECT * FROM inner_view;
    CREATE VIEW sleepy AS SELECT 1 AS a FROM pg_sleep(0);
    CREATE VIEW harmless AS SELECT id FROM t;
  )sql");
  DocumentedQueryRunner runner(db_);
  ASSERT_EQ(runner.error(), "");
  for (const char* call : {"pg_sleep(0)",
                           "pg_terminate_backend(0)",
                           "pg_cancel_backend(0)",
                           "pg_read_file('x')",
                           "pg_ls_dir('.')",
                           "lo_export(1, '/tmp/x')",
                           "lo_import('/x')",
                           "nextval('s')",
                           "setval('s', 1)",
                           "pg_advisory_lock(1)",
                           "pg_try_advisory_xact_lock(1)",
                           "set_config('a.b', 'c', false)",
                           "pg_notify('a', 'b')",
                           "pg_reload_conf()",
                           "pg_switch_wal()",
                           "pg_export_snapshot()",
                           "query_to_xml('select 1', true, true, '')",
                           "pg_logical_emit_message(true, 'a', 'b')",
                           "acts(1)",
                           "acts_on(1)",
                           "setseed(0.5)"}) {
    std::string sql = std::string("SELECT ") + call;
    EXPECT_NE(error_of(runner, sql).find("which is volatile"), std::string::npos)
        << sql << ": " << error_of(runner, sql);
    // Hidden in a subquery, a join or a condition it is the same.
    sql = std::string("SELECT * FROM t WHERE EXISTS (SELECT ") + call + ")";
    EXPECT_NE(error_of(runner, sql).find("which is volatile"), std::string::npos) << sql;
  }
  EXPECT_EQ(error_of(runner, "SELECT 1 FROM t a, t b WHERE a <%%> b"),
            "it calls the operator public.<%%> (function differs), which is volatile: it may have "
            "effects that no rollback undoes");
  EXPECT_NE(error_of(runner, "SELECT 'x'::checked").find("the type public.checked"),
            std::string::npos);
  for (const char* view : {"outer_view", "sleepy"})
    EXPECT_NE(error_of(runner, std::string("SELECT * FROM ") + view)
                  .find("in a view that it reads, which is volatile"),
              std::string::npos)
        << view;
  for (const char* sql : {"SELECT looks(1)", "SELECT collects(id) FROM t", "SELECT * FROM harmless",
                          "SELECT now(), clock_timestamp(), random(), pg_total_relation_size('t')",
                          "SELECT count(*) FROM pg_stat_user_tables", "SELECT 'x'::text || 1"})
    EXPECT_EQ(error_of(runner, sql), "") << sql;
  // A function that says it is stable, and is not, still cannot write.
  test_server().run(db_,
                    "CREATE FUNCTION lies() RETURNS int LANGUAGE plpgsql STABLE AS "
                    "$$ BEGIN EXECUTE 'INSERT INTO t VALUES (1)'; RETURN 1; END $$");
  EXPECT_NE(error_of(runner, "SELECT lies()"), "");
  EXPECT_EQ(runner.run("SELECT count(*) FROM t", 1).answer.rows[0][0], "0");
}

TEST_F(DocumentedQueries, ForeignTablesAreRefused) {
  test_server().run(db_, R"sql(
    CREATE FOREIGN DATA WRAPPER nothing;
    CREATE SERVER far FOREIGN DATA WRAPPER nothing;
    CREATE FOREIGN TABLE away (id int) SERVER far;
    CREATE TABLE parent (id int) PARTITION BY RANGE (id);
    CREATE FOREIGN TABLE part PARTITION OF parent FOR VALUES FROM (0) TO (9) SERVER far;
    CREATE VIEW seen AS SELECT * FROM away;
  )sql");
  DocumentedQueryRunner runner(db_);
  for (const char* relation : {"away", "parent", "seen"})
    EXPECT_NE(error_of(runner, std::string("SELECT count(*) FROM ") + relation)
                  .find("it reads the foreign table public."),
              std::string::npos)
        << relation;
}

TEST_F(DocumentedQueries, NothingRunsForever) {
  DocumentedQueryRunner runner(db_, 300);
  QueryRun run = runner.run("SELECT count(*) FROM generate_series(1, 1000000000)", 1);
  EXPECT_EQ(run.answer.sqlstate, "57014");
  EXPECT_NE(run.advice.find("--timeout"), std::string::npos);
  EXPECT_EQ(runner.run("SELECT 1", 1).answer.error, "");
}

TEST_F(DocumentedQueries, APermissionThatLacksIsNamedWithItsGrant) {
  test_server().run(db_,
                    "CREATE TABLE secret (id int); CREATE SCHEMA hidden; "
                    "CREATE TABLE hidden.t (id int);");
  DocumentedQueryRunner runner(as("verify_reader"));
  QueryRun run = runner.run("SELECT count(*) FROM secret", 1);
  EXPECT_EQ(run.answer.error, "permission denied for table secret");
  EXPECT_EQ(run.advice, "GRANT SELECT ON secret TO verify_reader");
  EXPECT_EQ(runner.run("SELECT count(*) FROM hidden.t", 1).advice,
            "GRANT USAGE ON SCHEMA hidden TO verify_reader");
  // A closed schema of the search path is passed over by the server, as if it had no such table.
  test_server().run(db_, "REVOKE USAGE ON SCHEMA public FROM PUBLIC;");
  run = runner.run("SELECT count(*) FROM secret", 1);
  EXPECT_EQ(run.answer.error, "relation \"secret\" does not exist");
  EXPECT_EQ(run.advice, "GRANT USAGE ON SCHEMA public TO verify_reader");
  EXPECT_EQ(runner.run("SELECT count(*) FROM nowhere", 1).advice, "");
}

TEST_F(DocumentedQueries, RowSecurityThatWouldHideRowsGivesNoAnswer) {
  test_server().run(db_,
                    "CREATE TABLE t (id int); INSERT INTO t VALUES (1); ALTER TABLE t ENABLE ROW "
                    "LEVEL SECURITY; GRANT SELECT ON t TO verify_reader");
  DocumentedQueryRunner runner(as("verify_reader"));
  EXPECT_NE(error_of(runner, "SELECT count(*) FROM t").find("row-level security"),
            std::string::npos);
}

/// All rows of a query, as one text for each, sorted.
std::vector<std::string> rows_of(const LiveAnswer& answer) {
  std::vector<std::string> rows;
  for (const auto& row : answer.rows) {
    std::string text;
    for (const auto& cell : row) text += (cell ? *cell : "NULL") + "|";
    rows.push_back(text);
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

// Every view of information_schema, as the superuser sees it in the original: the owner and a role
// that may only SELECT get the same from the equivalent, with the same columns and types.
TEST_F(DocumentedQueries, InformationSchemaSaysToEverybodyWhatItSaysToASuperuser) {
  if (test_server_version() < 150000) GTEST_SKIP() << "the tables are written for PostgreSQL 15";
  test_server().run(db_, kKitchenSink);
  test_server().run(db_, R"sql(
    CREATE TABLE stock.note (id int PRIMARY KEY, body text,
      item bigint REFERENCES stock.item (id) MATCH FULL ON DELETE CASCADE,
      UNIQUE NULLS NOT DISTINCT (body));
    CREATE VIEW stock.notes AS SELECT * FROM stock.note WITH CASCADED CHECK OPTION;
    CREATE TABLE stock.typed OF stock.size (PRIMARY KEY (width));
    CREATE FUNCTION stock.body(x int DEFAULT 1) RETURNS int LANGUAGE sql
      BEGIN ATOMIC SELECT count(*)::int FROM stock.note WHERE id = x; END;
    CREATE FOREIGN DATA WRAPPER nothing OPTIONS (a 'b');
    CREATE SERVER far FOREIGN DATA WRAPPER nothing OPTIONS (host 'x');
    CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS (password 'hunter2');
    GRANT SELECT ON stock.shelf, stock.item, stock.note TO verify_reader;
    GRANT INSERT (id), UPDATE (body) ON stock.note TO verify_reader;
    GRANT USAGE ON SCHEMA stock TO verify_reader, verify_owner;
    ALTER TABLE stock.note OWNER TO verify_owner;
    ALTER FUNCTION stock.body(int) OWNER TO verify_owner;
  )sql");
  ReadOnlySession superuser(db_);
  LiveAnswer views = superuser.ask(
      "select relname::text from pg_class where relkind = 'v' and relnamespace = "
      "'information_schema'::regnamespace order by 1",
      {}, 5000, 1000);
  ASSERT_GT(views.rows.size(), 50u);
  std::map<std::string, LiveAnswer> originals;
  for (const auto& row : views.rows) {
    const std::string sql = "SELECT * FROM information_schema." + *row[0];
    originals[*row[0]] = superuser.ask(sql, {}, 30000, 100000);
    ASSERT_EQ(originals[*row[0]].error, "") << sql;
  }
  std::vector<std::string> left;
  std::size_t hollow = 0;
  for (const char* role : {"verify_reader", "verify_owner"}) {
    DocumentedQueryRunner runner(as(role));
    ASSERT_EQ(runner.error(), "");
    ReadOnlySession plain(as(role));
    left.clear();
    for (const auto& row : views.rows) {
      const std::string sql = "SELECT * FROM information_schema." + *row[0];
      const LiveAnswer& original = originals[*row[0]];
      QueryRun run = runner.run(sql, 100000);
      if (run.from_catalog.empty()) {
        left.push_back(*row[0]);
        continue;
      }
      EXPECT_EQ(run.answer.error, "") << role << ": " << sql;
      EXPECT_EQ(run.doubt, "") << sql;
      EXPECT_EQ(run.answer.columns, original.columns) << sql;
      EXPECT_EQ(run.answer.types, original.types) << sql;
      EXPECT_EQ(rows_of(run.answer), rows_of(original)) << role << ": " << sql;
      if (rows_of(plain.ask(sql, {}, 30000, 100000)) != rows_of(original)) ++hollow;
    }
    // They are about the role itself, or hold other people's passwords.
    EXPECT_EQ(left,
              (std::vector<std::string>{"_pg_user_mappings", "administrable_role_authorizations",
                                        "applicable_roles", "enabled_roles", "user_mapping_options",
                                        "user_mappings"}))
        << role;
  }
  EXPECT_GT(hollow, 20u) << "the originals hide nothing here, and this test shows nothing";
}

TEST_F(DocumentedQueries, WhatHasNoEquivalentIsDoubtedUnlessASuperuserAsks) {
  test_server().run(db_,
                    "CREATE TABLE t (id int REFERENCES t (id), UNIQUE (id)); ANALYZE t;"
                    "CREATE VIEW keys AS SELECT * FROM information_schema.table_constraints;"
                    "GRANT SELECT ON keys TO verify_reader");
  const std::vector<std::string> queries = {"SELECT * FROM information_schema.user_mappings",
                                            "SELECT * FROM pg_stats", "SELECT * FROM keys"};
  DocumentedQueryRunner reader(as("verify_reader")), superuser(db_);
  for (const std::string& sql : queries) {
    EXPECT_NE(reader.run(sql, 10).doubt.find("shows the role verify_reader only what it"),
              std::string::npos)
        << sql;
    EXPECT_EQ(superuser.run(sql, 10).doubt, "") << sql;
  }
  EXPECT_EQ(reader.run("SELECT * FROM information_schema.enabled_roles", 10).doubt, "");
}

TEST_F(DocumentedQueries, ValuesAreComparedAsTheServerDoes) {
  DocumentedQueryRunner runner(db_);
  auto same = [&](const std::string& value, const std::string& stated) {
    LiveAnswer answer = runner.run("SELECT " + value, 1).answer;
    EXPECT_EQ(answer.error, "");
    std::optional<bool> holds = runner.compares(answer.types.at(0), answer.rows.at(0).at(0).value(),
                                                ComparisonSign::equal, stated);
    return holds ? (*holds ? "same" : "other") : "unknown";
  };
  EXPECT_STREQ(same("false", "false"), "same");
  EXPECT_STREQ(same("false", "no"), "same");
  EXPECT_STREQ(same("1.50::numeric", "1.5"), "same");
  EXPECT_STREQ(same("10::bigint", "9"), "other");
  EXPECT_STREQ(same("10::bigint", "ten"), "other");
  EXPECT_STREQ(same("'2025-01-01'::timestamptz", "2025-01-01 00:00Z"), "same");
  EXPECT_STREQ(same("'{a,b}'::text[]", "{a, b}"), "same");
  EXPECT_STREQ(same("'{\"a\": 1}'::jsonb", "{\"a\":1}"), "same");
  EXPECT_STREQ(same("'{\"a\": 1}'::json", "{\"a\":1}"), "unknown");
}

/// `passed: 3 rows` for each query of the document.
std::string verified(DocumentedQueryRunner& runner, const std::string& document) {
  std::string words;
  for (const Verification& result : verify(read_document_text(document).documents, runner)) {
    words += std::string(to_string(result.state));
    if (!result.seen.empty()) words += ": " + result.seen;
    if (!result.reason.empty()) words += " because " + result.reason;
    words += "\n";
  }
  return words;
}

std::string checked(DocumentedQueryRunner& runner, const std::string& sql,
                    const std::string& expected) {
  return verified(runner, "# Checks\n```sql\n" + sql + ";\n```\n" + expected + "\n");
}

TEST_F(DocumentedQueries, ANumberIsReadAsWhatTheQueryCounts) {
  test_server().run(db_,
                    "CREATE TABLE t (id int, s text); INSERT INTO t VALUES (1, 'a'), (2, 'b')");
  DocumentedQueryRunner runner(db_);
  EXPECT_EQ(checked(runner, "SELECT * FROM t", "Expected: 2 rows"), "passed: 2 rows\n");
  EXPECT_EQ(checked(runner, "SELECT * FROM t", "Expected: 0 rows"), "failed: 2 rows\n");
  EXPECT_EQ(checked(runner, "SELECT * FROM t WHERE false", "Expected: 0 rows"), "passed: no row\n");
  EXPECT_EQ(checked(runner, "SELECT * FROM t", "Expected: 0"), "failed: 2 rows\n");
  EXPECT_EQ(checked(runner, "SELECT count(*) FROM t", "Expected: `2`"), "passed: count is 2\n");
  EXPECT_EQ(checked(runner, "SELECT count(*) FROM t", "Expected: 0"), "failed: count is 2\n");
  // The one row that a count gives is not the 0 rows that are meant.
  EXPECT_EQ(checked(runner, "SELECT count(*) FROM t WHERE false", "Expected: 0 rows"),
            "passed: count is 0\n");
  EXPECT_EQ(checked(runner, "SELECT count(*) FROM t", "Expected: 0 rows"), "failed: count is 2\n");
  EXPECT_EQ(checked(runner, "SELECT count(*) FROM t", "Expected: 1 row"),
            "not evaluated: 1 row because the query counts: one row that it gives, or 1 that it "
            "counts?\n");
  EXPECT_EQ(checked(runner, "SELECT 'orphans' AS issue, count(*) AS n FROM t",
                    "Should return 0 orphaned records"),
            "failed: n is 2\n");
  EXPECT_EQ(checked(runner, "WITH c AS (SELECT count(*) AS n FROM t WHERE false) SELECT n FROM c",
                    "Should return 0 orphans"),
            "not evaluated: 1 row because it can be read as the number of rows, 1, or as the value "
            "of n\n");
  EXPECT_EQ(checked(runner, "SELECT s, count(*) FROM t GROUP BY s", "Expected: 2 rows"),
            "passed: 2 rows\n");
  const std::string counts =
      "SELECT 'a', count(*) AS n FROM t WHERE false UNION ALL SELECT 'b', count(*) FROM t";
  EXPECT_EQ(checked(runner, counts, "All violation counts should be 0"),
            "failed: n is 2 in one row\n");
  EXPECT_EQ(checked(runner, counts + " WHERE id > 5", "All violation counts should be 0"),
            "passed: so it is in 2 rows\n");
}

TEST_F(DocumentedQueries, ValuesCellsAndRowsAreJudged) {
  test_server().run(db_,
                    "CREATE TABLE f (name text, enabled boolean, percent numeric, note text);"
                    "INSERT INTO f VALUES ('a', false, 0.00, NULL), ('b', true, 50, 'x')");
  DocumentedQueryRunner runner(db_);
  const std::string one = "SELECT * FROM f WHERE name = 'a'";
  EXPECT_EQ(checked(runner, one, "Expected:\n- `enabled = false`\n- `percent = 0`\n- note is null"),
            "passed: enabled is f, percent is 0.00, note is NULL\n");
  EXPECT_EQ(checked(runner, one, "Expected: `enabled = true`"), "failed: enabled is f\n");
  EXPECT_EQ(checked(runner, one + " AND false", "Expected: `enabled = false`"), "failed: no row\n");
  EXPECT_EQ(checked(runner, "SELECT * FROM f", "Expected: `enabled = false`"),
            "failed: enabled is t in row 2\n");
  EXPECT_EQ(checked(runner, one, "Expected: `on = false`"),
            "not proved: 1 row because the result has no column on; it has name, enabled, percent, "
            "note\n");
  EXPECT_EQ(checked(runner, "SELECT 5 AS cache_rows, 5.0 AS unique_keys",
                    "Expected: `cache_rows = unique_keys`"),
            "passed: cache_rows is 5, unique_keys is 5.0\n");
  EXPECT_EQ(checked(runner, "SELECT 5 AS a, 4 AS b", "Expected: `a = b`"),
            "failed: a is 5, b is 4\n");
  EXPECT_EQ(checked(runner, "SELECT name FROM f", "Expected:\n- `b`\n- `a`"), "passed: 2 rows\n");
  EXPECT_EQ(checked(runner, "SELECT name FROM f ORDER BY name", "Expected:\n- `b`\n- `a`"),
            "failed: no row (b) at place 1\n");
  EXPECT_EQ(checked(runner, "SELECT name FROM f", "Expected:\n- `a`\n- `c`"),
            "failed: no row (c)\n");
  EXPECT_EQ(checked(runner, "SELECT name, enabled, note FROM f",
                    "Expected:\n\n| note | name |\n|---|---|\n| x | b |\n|  | a |"),
            "passed: 2 rows\n");
  EXPECT_EQ(checked(runner, "SELECT EXISTS (SELECT FROM f)", "Expected: true"),
            "passed: exists is t\n");
  EXPECT_EQ(checked(runner, one, "Expected: `false`"),
            "not evaluated: 1 row because the result has 1 row and 4 columns, and nothing tells "
            "which cell is meant\n");
}

TEST_F(DocumentedQueries, WhatIsNotRunIsNoPass) {
  DocumentedQueryRunner runner(db_);
  EXPECT_EQ(verified(runner, "# Checks\n```sql\nSELECT 1;\n```\n"), "no expectation stated\n");
  EXPECT_EQ(checked(runner, "SELECT 1", "Expected: under 50ms"),
            "not evaluated because how long a query takes is not judged\n");
  EXPECT_EQ(checked(runner, "SELECT 1", "Expected: nothing attributable to phase 3"),
            "not evaluated because it is stated in words\n");
  EXPECT_EQ(checked(runner, "EXPLAIN SELECT 1", "Expected: 0 rows"),
            "not evaluated because it is said of the query's plan\n");
  EXPECT_EQ(checked(runner, "UPDATE t SET a = 1", "Expected: 1 row"),
            "not proved because it is no SELECT, and nothing else is run\n");
  EXPECT_EQ(checked(runner, "SELECT count(*) FROM missing", "Expected: 0"),
            "not proved because relation \"missing\" does not exist\n");
  VerificationReport report;
  EXPECT_EQ(report.state(), EvidenceState::incomplete) << "nothing proved is never a pass";
}

// With SELECT alone information_schema shows no constraint.
TEST_F(DocumentedQueries, AForeignKeyIsSeenByTheOwnerAndByARoleThatMayOnlySelect) {
  test_server().run(db_, R"sql(
    CREATE TABLE p3_a (id int PRIMARY KEY);
    CREATE TABLE p3_b (id int);
    ALTER TABLE p3_a OWNER TO verify_owner;
    ALTER TABLE p3_b OWNER TO verify_owner;
    GRANT SELECT ON p3_a, p3_b TO verify_reader;
  )sql");
  const std::string sql =
      "SELECT * FROM information_schema.table_constraints WHERE table_name LIKE 'p3_%' AND "
      "constraint_type = 'FOREIGN KEY'";
  for (bool planted : {false, true}) {
    if (planted)
      test_server().run(db_, "ALTER TABLE p3_b ADD FOREIGN KEY (id) REFERENCES p3_a (id)");
    for (const std::string& conninfo : {db_, as("verify_owner"), as("verify_reader")}) {
      DocumentedQueryRunner runner(conninfo);
      EXPECT_EQ(checked(runner, sql, "Expected: **0 rows**"),
                planted ? "failed: 1 row\n" : "passed: no row\n");
    }
  }
  // What this is for: asked as it is written, the role sees none.
  EXPECT_EQ(ReadOnlySession(as("verify_reader")).ask(sql, {}, 5000, 10).row_count, 0u);
}

}  // namespace
}  // namespace schemaudit
