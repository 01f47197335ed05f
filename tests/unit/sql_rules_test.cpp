// Rules written as queries: what they see, what their rows become, and what they may not do.
#include "rules/sql/sql_rules.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <utility>

#include "analyzer/engine/audit.h"
#include "analyzer/sql/replay.h"
#include "rules/sql/schema_database.h"
#include "rules/sql/schema_tables.h"

namespace schemaudit {

namespace {

constexpr const char* kKitchen = R"sql(CREATE EXTENSION citext;
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE DOMAIN percent AS int CHECK (VALUE BETWEEN 0 AND 100);
CREATE TYPE pair AS (a int, b int);
CREATE SEQUENCE numbers;
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL UNIQUE,
  mood mood DEFAULT 'good',
  plan text CHECK (plan IN ('free', 'pro'))
);
COMMENT ON TABLE users IS 'who signs in';
CREATE TABLE notes (
  id bigint PRIMARY KEY,
  user_id bigint REFERENCES users (id) ON DELETE CASCADE,
  body text
) PARTITION BY RANGE (id);
CREATE TABLE notes_1 PARTITION OF notes FOR VALUES FROM (0) TO (10);
CREATE TABLE parent (a int);
CREATE TABLE child () INHERITS (parent);
CREATE TABLE rooms (room int, during int4range,
                    EXCLUDE USING gist (room WITH =, during WITH &&));
CREATE INDEX notes_body ON notes (lower(body), user_id DESC) INCLUDE (id) WHERE body IS NOT NULL;
CREATE VIEW names AS SELECT email FROM users;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON users FOR SELECT TO PUBLIC USING (true);
GRANT SELECT ON users TO PUBLIC;
)sql";

AuditInput kitchen() {
  Replay replay;
  replay.run({kKitchen, "schema.sql"});
  AuditInput input;
  input.sources.push_back(replay.finish());
  input.sources.back().role = Role::declared;
  input.sources.back().kind = "sql";
  input.sources.back().name = "schema.sql";
  Column& email =
      *input.sources.back().schema.find_relation({"public", "users"})->find_column("plan");
  email.documented_values = {"free", "pro"};
  return input;
}

/// The cells of a result, a line each.
std::string told(SchemaDatabase& database, const std::string& query) {
  SqlResult result = database.run(query, 5000);
  if (!result.error.empty()) return "error: " + result.error;
  std::string text;
  for (const auto& row : result.rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      text += (i > 0 ? "|" : "") + row[i].value_or("NULL");
    text += "\n";
  }
  return text;
}

Report audited(const std::string& query, AuditInput input = kitchen()) {
  input.config.path = "schemaudit.toml";
  SqlRule rule;
  rule.id = "our-rule";
  rule.severity = Severity::high;
  rule.query = query;
  rule.timeout_ms = 1000;
  rule.origin = {"schemaudit.toml", 3, 1};
  input.config.sql_rules = {rule};
  return run_audit(input, {}, {});
}

std::string reason_of_crash(const std::string& query) {
  Report report = audited(query);
  EXPECT_EQ(report.verdict, Verdict::incomplete) << query;
  EXPECT_EQ(report.rules.at(0).status, RuleStatus::crashed) << query;
  EXPECT_TRUE(report.findings.empty());
  return report.rules.at(0).reason;
}

TEST(SqlTables, HoldWhatASchemaHolds) {
  SchemaDatabase database(kitchen());
  EXPECT_EQ(told(database, "SELECT name, kind, partition_of FROM relations ORDER BY name"),
            "child|table|NULL\nnames|view|NULL\nnotes|partitioned table|NULL\n"
            "notes_1|table|notes\nparent|table|NULL\nrooms|table|NULL\nusers|table|NULL\n");
  EXPECT_EQ(told(database,
                 "SELECT name, position, type, nullable, default_value, identity FROM columns "
                 "WHERE table_name = 'users' ORDER BY position"),
            "id|1|bigint|0||always\nemail|2|text|0||\nmood|3|public.mood|1|'good'|\n"
            "plan|4|text|1||\n");
  EXPECT_EQ(told(database,
                 "SELECT k.kind, c.column_name FROM keys k JOIN key_columns c ON c.key_id = k.id "
                 "WHERE k.table_name = 'users' ORDER BY k.kind"),
            "primary|id\nunique|email\n");
  EXPECT_EQ(told(database,
                 "SELECT f.target_table, f.on_delete, c.column_name, c.target_column FROM "
                 "foreign_keys f JOIN foreign_key_columns c ON c.foreign_key_id = f.id "
                 "WHERE f.table_name = 'notes'"),
            "users|CASCADE|user_id|id\n");
  EXPECT_EQ(told(database,
                 "SELECT c.position, c.column_name, c.expression, c.descending, c.included "
                 "FROM indexes i JOIN index_columns c ON c.index_id = i.id "
                 "WHERE i.name = 'notes_body' ORDER BY c.position"),
            "1|NULL|lower(body)|0|0\n2|user_id|NULL|1|0\n3|id|NULL|0|1\n");
  EXPECT_EQ(told(database, "SELECT value FROM check_values ORDER BY value"), "free\npro\n");
  EXPECT_EQ(told(database, "SELECT label FROM enum_labels ORDER BY position"), "good\nbad\n");
  EXPECT_EQ(told(database, "SELECT grantee, privilege FROM grants"), "PUBLIC|SELECT\n");
  EXPECT_EQ(told(database, "SELECT name FROM declared_tables WHERE name LIKE 'notes%'"), "notes\n");
  EXPECT_EQ(told(database, "SELECT name FROM built_views"), "names\n");
}

TEST(SqlTables, EveryTableIsFilledAndEveryColumnCanBeNamedWithoutQuotes) {
  SchemaDatabase database(kitchen());
  for (const SqlTable& table : sql_tables()) {
    const std::string name(table.name);
    EXPECT_NE(told(database, "SELECT count(*) FROM " + name), "0\n") << name;
    for (const SqlColumn& column : table.columns) {
      SqlResult result =
          database.run("SELECT " + std::string(column.name) + " FROM built_" + name, 5000);
      EXPECT_EQ(result.error, "") << name << "." << column.name;
      EXPECT_EQ(result.columns, std::vector<std::string>{std::string(column.name)});
    }
  }
}

TEST(SqlTables, AreTheOnesOfTheDocs) {
  const std::string path = SCHEMAUDIT_SOURCE_DIR "/docs/sql-rules.md";
  std::ostringstream whole;
  whole << std::ifstream(path).rdbuf();
  std::string page = whole.str();
  const std::string heading = "## Tables\n\n";
  const std::size_t at = page.find(heading);
  ASSERT_NE(at, std::string::npos);
  std::string tables = sql_tables_in_markdown();
  tables.pop_back();
  const std::string wanted = page.substr(0, at) + heading + tables;
  if (std::getenv("SCHEMAUDIT_UPDATE")) {
    std::ofstream(path) << wanted;
  } else {
    EXPECT_EQ(page, wanted) << "SCHEMAUDIT_UPDATE=1 writes them";
  }
}

TEST(SqlTables, TheQueriesOfTheDocsRun) {
  std::ostringstream whole;
  whole << std::ifstream(SCHEMAUDIT_SOURCE_DIR "/docs/sql-rules.md").rdbuf();
  const std::string page = whole.str();
  SchemaDatabase database(kitchen());
  int queries = 0;
  for (const auto& [opening, closing] :
       {std::pair<std::string, std::string>{"```sql\n", "```"}, {"query = \"\"\"", "\"\"\""}}) {
    for (std::size_t at = page.find(opening); at != std::string::npos;
         at = page.find(opening, at + 1)) {
      const std::size_t begin = at + opening.size();
      const std::string query = page.substr(begin, page.find(closing, begin) - begin);
      EXPECT_EQ(database.run(query, 5000).error, "") << query;
      ++queries;
    }
  }
  EXPECT_EQ(queries, 2);
}

TEST(SqlRules, RowsAreFindings) {
  Report report = audited(
      "SELECT schema, table_name, name, 'column' AS kind, name || ' is text' AS message, "
      "'low' AS severity, 'x' AS key, 'ALTER TABLE ...' AS fix "
      "FROM declared_columns WHERE type = 'text' AND table_name = 'users' ORDER BY name");
  ASSERT_EQ(report.findings.size(), 2u);
  const Finding& finding = report.findings[0];
  EXPECT_EQ(finding.rule, "our-rule");
  EXPECT_EQ(finding.message, "email is text");
  EXPECT_EQ(finding.severity, Severity::low);
  EXPECT_EQ(finding.object, (ObjectRef{"column", "public", "users", "email"}));
  EXPECT_EQ(finding.key, "x");
  EXPECT_EQ(finding.fix->text, "ALTER TABLE ...");
  ASSERT_EQ(finding.locations.size(), 2u);
  EXPECT_EQ(to_string(finding.locations[0].origin), "schema.sql:8:3");
  EXPECT_EQ(to_string(finding.locations[1].origin), "schemaudit.toml:3:1");
  EXPECT_EQ(report.rules.at(0).status, RuleStatus::failed);

  report = audited("SELECT name AS \"table\", 'a table' AS message FROM tables LIMIT 1");
  EXPECT_EQ(report.findings.at(0).object.kind, "table");
  EXPECT_EQ(report.findings.at(0).severity, Severity::high) << "that of the rule";
  EXPECT_EQ(audited("SELECT 'never' AS message WHERE 0").rules.at(0).status, RuleStatus::passed);
}

TEST(SqlRules, AResultThatIsNoFindingCrashes) {
  EXPECT_EQ(reason_of_crash("SELECT 'x' AS mesage"),
            "its result has the column 'mesage'; did you mean message?");
  EXPECT_EQ(reason_of_crash("SELECT name FROM tables"), "its result lacks the column message");
  EXPECT_EQ(reason_of_crash("SELECT NULL AS message"), "row 1 of its result has no message");
  EXPECT_EQ(reason_of_crash("SELECT 'x' AS message, 'grave' AS severity"),
            "row 1 of its result has the severity 'grave'; it is critical, high, medium, low or "
            "info");
  EXPECT_EQ(reason_of_crash("SELECT 'x' AS message, 'colum' AS kind"),
            "its result has the kind 'colum'; did you mean column?");
}

TEST(SqlRules, AQueryOnlyReads) {
  const std::string only_reads = "it may only read: SELECT, VALUES or WITH";
  for (const char* query :
       {"DELETE FROM columns", "CREATE TABLE t (a)", "ATTACH '/tmp/other' AS other",
        "PRAGMA user_version", "SELECT * FROM pragma_table_info('columns')", "VACUUM INTO '/tmp/x'",
        "BEGIN", "DROP VIEW live_columns", "SELECT load_extension('x') AS message",
        "INSERT INTO sqlite_master VALUES (1, 2, 3, 4, 5)", "-- nothing"})
    EXPECT_NE(reason_of_crash(query), "") << query;
  EXPECT_EQ(reason_of_crash("DELETE FROM columns"), only_reads);
  EXPECT_EQ(reason_of_crash("PRAGMA user_version"), only_reads);
  EXPECT_EQ(reason_of_crash("SELECT 'x' AS message; DELETE FROM columns"),
            "it holds more than one statement");
  EXPECT_EQ(reason_of_crash("SELECT nme AS message FROM columns"), "no such column: nme");
  EXPECT_EQ(audited("SELECT 'x' AS message WHERE 0; -- done\n").rules.at(0).status,
            RuleStatus::passed);
}

TEST(SqlRules, AQueryThatDoesNotEndIsStopped) {
  EXPECT_NE(reason_of_crash("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                            "SELECT count(*) AS message FROM n")
                .find("longer than 1 s"),
            std::string::npos);
}

TEST(SqlRules, ARoleThatWasNotGivenIsNotAnEmptyOne) {
  Report report = audited("SELECT name AS message FROM live_tables");
  EXPECT_EQ(report.rules.at(0).status, RuleStatus::not_run);
  EXPECT_EQ(report.rules.at(0).reason, "needs the live schema, which this run was not given");
  EXPECT_EQ(audited("SELECT l.name AS message FROM columns c LEFT JOIN before_columns l USING "
                    "(name) WHERE 0")
                .rules.at(0)
                .status,
            RuleStatus::not_run);
  EXPECT_EQ(audited("SELECT 'x' AS message FROM built_tables WHERE 0").rules.at(0).status,
            RuleStatus::passed);
}

TEST(SqlRules, TheConfigChoosesThemAsAnyOther) {
  auto status = [](void (*change)(Config&)) {
    AuditInput input = kitchen();
    SqlRule rule;
    rule.id = "our-rule";
    rule.query = "SELECT 'x' AS message";
    rule.needs = {};
    input.config.sql_rules = {rule};
    change(input.config);
    Report report = run_audit(input, {}, {});
    return std::string(to_string(report.rules.at(0).status)) + " " +
           std::string(report.findings.empty() ? "-" : to_string(report.findings[0].severity));
  };
  EXPECT_EQ(status([](Config&) {}), "failed medium");
  EXPECT_EQ(status([](Config& config) { config.rules["our-rule"].off = true; }), "not_run -");
  EXPECT_EQ(status([](Config& config) { config.rules["our-rule"].severity = Severity::low; }),
            "failed low");
  EXPECT_EQ(status([](Config& config) { config.select = {"sql-rules"}; }), "failed medium");
  EXPECT_EQ(status([](Config& config) { config.ignore_rules = {"our-rule"}; }), "not_run -");
  EXPECT_EQ(status([](Config& config) { config.sql_rules[0].needs = {Role::live}; }), "not_run -");
}

}  // namespace

}  // namespace schemaudit
