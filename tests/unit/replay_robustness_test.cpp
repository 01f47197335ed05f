// The replay ends, and the program lives, whatever it is given: half a file, a tower of
// parentheses, bytes that are no text, thousands of columns, and the SQL of real projects in
// every order. Run under the sanitizers, this is where they look.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <functional>

#include "analyzer/model/schema_digest.h"
#include "analyzer/sql/replay.h"
#include "tests/support/program.h"

namespace schemaudit {
namespace {

namespace fs = std::filesystem;

SourceResult replayed(const std::string& sql) {
  Replay replay;
  replay.run({sql, "hostile.sql"});
  return replay.finish();
}

std::string repeated(std::string_view text, std::size_t count) {
  std::string all;
  all.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

/// About 20 kB with one of nearly everything.
std::string schema_text() {
  std::string sql;
  for (int i = 0; sql.size() < 20'000; ++i) {
    const std::string n = std::to_string(i);
    sql += "CREATE TYPE mood" + n + " AS ENUM ('sad', 'it''s ok');\n" + "CREATE TABLE \"Odd \"\"" +
           n +
           "\" (id serial PRIMARY KEY, /* a /* b */ c */ name text "
           "DEFAULT E'a\\'b' CHECK (name <> $q$;$q$), state mood" +
           n +
           " NOT NULL DEFAULT 'sad',\n"
           "  CONSTRAINT c" +
           n + " UNIQUE (name, state)); -- said; so\n" + "CREATE VIEW v" + n +
           " AS WITH x AS (SELECT id FROM \"Odd \"\"" + n +
           "\") SELECT x.id, count(*) OVER (PARTITION BY id) FROM x;\n" + "CREATE FUNCTION f" + n +
           "() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN IF "
           "new.id > 1 THEN RAISE 'no; %', 1; END IF; RETURN new; END $body$;\n" +
           "CREATE TRIGGER t" + n + " BEFORE INSERT ON \"Odd \"\"" + n +
           "\" FOR EACH ROW EXECUTE FUNCTION f" + n + "();\n" + "COPY \"Odd \"\"" + n +
           "\" (name) FROM stdin;\na\\tb\n\\.\n" +
           "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'm" + n +
           "') THEN CREATE TYPE m" + n + " AS (a int); END IF; END $$;\n" +
           "BEGIN; ALTER TABLE \"Odd \"\"" + n +
           "\" ADD COLUMN more int[] DEFAULT '{1,2}', DROP "
           "COLUMN name CASCADE; SAVEPOINT s; DROP TYPE mood" +
           n + " CASCADE; ROLLBACK TO s; COMMIT;\n";
  }
  return sql;
}

TEST(ReplayRobustness, FilesThatEndAnywhere) {
  const std::string whole = schema_text();
  EXPECT_EQ(replayed(whole).problems.size(), 0u);
  for (std::size_t end = 0; end < whole.size(); end += 200) {
    SourceResult result = replayed(whole.substr(0, end));
    EXPECT_LE(result.problems.size(), 1u + result.statements.total) << end;
  }
  // And that begin anywhere.
  for (std::size_t begin = 0; begin < whole.size(); begin += 1'000) replayed(whole.substr(begin));
}

TEST(ReplayRobustness, ACommentThatIsNeverClosedIsToldOf) {
  SourceResult result =
      replayed("CREATE TABLE t (a int);\n/* said /* twice */\nCREATE TABLE u (a int);");
  ASSERT_EQ(result.problems.size(), 1u);
  EXPECT_EQ(result.problems[0].kind, ProblemKind::invalid_sql);
  EXPECT_EQ(result.problems[0].origin.line, 2);
  EXPECT_EQ(result.schema.relations.size(), 1u);
  EXPECT_EQ(replayed("CREATE TABLE t (a int); /* a /* b */ c */ -- d").problems.size(), 0u);
}

TEST(ReplayRobustness, DeepNesting) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "the thread sanitizer ends the program itself on a stack this deep";
#endif
  constexpr std::size_t kDeep = 100'000;
  const std::string after = ";\nCREATE TABLE behind (a int);";
  const std::vector<std::string> towers = {
      "CREATE TABLE t (a int CHECK (" + repeated("(", kDeep) + "a" + repeated(")", kDeep) +
          " > 0))",
      "CREATE TABLE t (a int CHECK (" + repeated("(", 4'000) + "a" + repeated(")", 4'000) +
          " > 0))",
      "CREATE TABLE t (a int DEFAULT " + repeated("1 + ", kDeep) + "1)",
      "CREATE TABLE t (a int DEFAULT " + repeated("1 + ", 20'000) + "1)",
      "CREATE TABLE t (a boolean DEFAULT " + repeated("NOT ", 20'000) + "true)",
      "CREATE TABLE t (a boolean CHECK (" + repeated("a AND (a OR ", 10'000) + "a" +
          repeated(")", 10'000) + "))",
      "CREATE TABLE t (a int DEFAULT " + repeated("- ", kDeep) + "1)",
      "CREATE TABLE t (a int DEFAULT 1" + repeated("::int", 20'000) + ")",
      "CREATE VIEW v AS " + repeated("SELECT * FROM (", 5'000) + "SELECT 1 AS a" +
          repeated(") x", 5'000),
      "CREATE VIEW v AS SELECT 1" + repeated(" UNION SELECT 1", 20'000),
      "CREATE TABLE t (a int DEFAULT " + repeated("CASE WHEN true THEN ", 5'000) + "1" +
          repeated(" END", 5'000) + ")",
      "CREATE TABLE t (a int DEFAULT " + repeated("coalesce(", 5'000) + "1" + repeated(")", 5'000) +
          ")",
      "CREATE TABLE t (a int" + repeated("[]", kDeep) + ")",
      repeated("(", kDeep),
      repeated("/*", kDeep),
      "DO $$ BEGIN " + repeated("IF true THEN ", 20'000) + "NULL; " + repeated("END IF; ", 20'000) +
          "END $$",
      repeated("DO $a$ BEGIN ", 20'000),
  };
  for (const std::string& tower : towers) {
    SourceResult result = replayed(tower + after);
    EXPECT_GE(result.statements.total, 1u) << tower.substr(0, 60);
  }
  // What stands behind one that was refused is read all the same.
  SourceResult result = replayed(towers.front() + after);
  EXPECT_NE(result.schema.find_relation({"public", "behind"}), nullptr);
}

TEST(ReplayRobustness, ManyAlternatives) {
  std::string sql = "CREATE TABLE t (a int CHECK (a = 0";
  for (int i = 1; i < 20'000; ++i) sql += " OR a = " + std::to_string(i);
  const SourceResult result = replayed(sql + "))");
  ASSERT_TRUE(result.problems.empty());
  EXPECT_TRUE(result.schema.relations.at(0).checks.at(0).expression.normal.starts_with(
      "in(a, [0, 1, 10, 100,"));
}

TEST(ReplayRobustness, BytesThatAreNoText) {
  const std::string whole = schema_text().substr(0, 4'000);
  for (const std::string& bytes :
       {std::string(1, '\0'), std::string("\xFF"), std::string("\xC3"), std::string("\xED\xA0\x80"),
        std::string("\xF4\x90\x80\x80"), std::string("\x01\x1B[31m"), std::string("\xEF\xBB\xBF")})
    for (std::size_t at = 0; at <= whole.size(); at += 97)
      replayed(std::string(whole).insert(at, bytes));
  replayed(std::string(1 << 20, '\0'));
  replayed(repeated("\xFF", 100'000));
  replayed(repeated("'", 100'001));
  replayed(repeated("$$", 50'001));
  replayed(repeated(";", 500'000));
  replayed(repeated("\\", 100'000));
}

TEST(ReplayRobustness, ALargeStatement) {
  std::string row = "(1, '" + std::string(500, 'x') + "'),\n";
  SourceResult result =
      replayed("CREATE TABLE t (a int, b text);\nINSERT INTO t VALUES " +
               repeated(row, 5 * 1024 * 1024 / row.size()) + "(2, 'y');\nCREATE TABLE u (a int);");
  EXPECT_EQ(result.problems.size(), 0u);
  EXPECT_EQ(result.schema.relations.size(), 2u);
  result = replayed("COMMENT ON SCHEMA public IS '" + std::string(5 << 20, 'x') + "';");
  EXPECT_EQ(result.problems.size(), 0u);
  result = replayed("CREATE TABLE t (a text CHECK (a IN ('x'" + repeated(", 'x'", 50'000) + ")));");
  EXPECT_EQ(result.schema.relations.size(), 1u);
}

TEST(ReplayRobustness, ManyColumns) {
  auto table = [](std::size_t columns) {
    std::string sql = "CREATE TABLE wide (c0 int";
    for (std::size_t i = 1; i < columns; ++i) sql += ", c" + std::to_string(i) + " int DEFAULT 1";
    return sql + ");";
  };
  SourceResult result =
      replayed(table(1'600) +
               "CREATE TABLE twin (LIKE wide INCLUDING ALL); CREATE VIEW all_of AS "
               "SELECT * FROM twin; CREATE TABLE copied AS TABLE wide; ALTER TABLE "
               "wide DROP COLUMN c7; ALTER TABLE wide RENAME c8 TO c7;");
  EXPECT_EQ(result.problems.size(), 0u);
  for (const char* name : {"wide", "twin", "all_of", "copied"}) {
    const Relation* relation = result.schema.find_relation({"public", name});
    ASSERT_NE(relation, nullptr) << name;
    EXPECT_GE(relation->columns.size(), 1'599u) << name;
  }
  result = replayed(table(1'601));
  ASSERT_EQ(result.problems.size(), 1u);
  EXPECT_NE(result.problems[0].message.find("at most 1600 columns"), std::string::npos);
  EXPECT_EQ(replayed(table(20'000)).problems.size(), 1u);
}

TEST(ReplayRobustness, ManyPartitions) {
  std::string sql =
      "CREATE TABLE target (id int PRIMARY KEY);\nCREATE TABLE root (id int REFERENCES "
      "target, at int) PARTITION BY LIST (at);\nCREATE INDEX ON root (id);\n";
  for (int i = 0; i < 2'000; ++i)
    sql += "CREATE TABLE part_" + std::to_string(i) + " PARTITION OF root FOR VALUES IN (" +
           std::to_string(i) + ");\n";
  sql +=
      "ALTER TABLE root ADD COLUMN more text DEFAULT 'x'; ALTER TABLE root ALTER COLUMN at SET NOT "
      "NULL; CREATE INDEX ON root (more);";
  SourceResult result = replayed(sql);
  EXPECT_EQ(result.problems.size(), 0u);
  EXPECT_EQ(result.schema.relations.size(), 2'002u);
  result = replayed(sql + "DROP TABLE root CASCADE;");
  EXPECT_EQ(result.schema.relations.size(), 1u);
}

/// Every SQL file of the real projects beside this checkout, alone, and each folder as one run.
TEST(ReplayRobustness, RealProjects) {
  if (shared_folder().empty()) GTEST_SKIP() << "there is no ../shared beside this checkout";
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(shared_folder() + "/corpora"))
    if (entry.path().extension() == ".sql") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  ASSERT_GT(files.size(), 500u);
  std::size_t statements = 0;
  Replay whole, backwards;
  std::unique_ptr<Replay> folder;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const SqlText text{read_whole(files[i].string()), files[i].string()};
    Replay alone;
    alone.run(text);
    statements += alone.finish().statements.total;
    if (i == 0 || files[i].parent_path() != files[i - 1].parent_path()) {
      if (folder) schema_digest(folder->finish().schema);
      folder = std::make_unique<Replay>();
    }
    folder->run(text);
    whole.run(text);
  }
  for (std::size_t i = files.size(); i-- > 0;)
    backwards.run({read_whole(files[i].string()), files[i].string()});
  schema_digest(folder->finish().schema);
  schema_digest(backwards.finish().schema);
  EXPECT_GT(statements, 4'000u);
  // Whether a psql command is a statement depends on what was made before.
  EXPECT_GE(whole.finish().statements.total, statements);
}

}  // namespace
}  // namespace schemaudit
