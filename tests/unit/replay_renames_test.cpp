// What follows a rename or a move in the replay of SQL: the queries of views and policies that read
// the table, and what statement may rename what. Most cases were found by running random DDL beside
// a server (tests/live/replay_generator_test.cpp); each says what PostgreSQL does.

#include <gtest/gtest.h>

#include <string>

#include "analyzer/sql/normal_form.h"
#include "tests/support/replayed.h"

namespace schemaudit {
namespace {

std::string definition_after(const std::string& sql, const std::string& view) {
  return table(schema_after(sql), view).definition.value().normal;
}

TEST(ReplayRenames, OfATableGoBeforeTheColumnsOfItsViews) {
  for (const char* columns : {"*", "t.*", "a, b", "t.a, t.b"})
    EXPECT_EQ(definition_after("CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT " +
                                   std::string(columns) +
                                   " FROM t; ALTER TABLE t RENAME TO u;"
                                   "ALTER TABLE u RENAME COLUMN a TO c",
                               "v"),
              normalise_query("SELECT u.c AS a, u.b FROM public.u").normal)
        << columns;
}

TEST(ReplayRenames, OfATableLeaveAliasesAndCommonTablesAlone) {
  const std::string made = "CREATE TABLE t (a int); CREATE VIEW v AS ";
  const std::string renamed = "; ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME COLUMN a TO c";
  EXPECT_EQ(definition_after(made + "SELECT o.a FROM t o" + renamed, "v"),
            normalise_query("SELECT o.c AS a FROM public.u o").normal);
  EXPECT_EQ(definition_after(made + "WITH t AS (SELECT 1 AS a) SELECT t.a FROM t" + renamed, "v"),
            normalise_query("WITH t AS (SELECT 1 AS a) SELECT t.a FROM t").normal);
  EXPECT_EQ(definition_after(made + "SELECT t.a, x.a AS b FROM t, t x" + renamed, "v"),
            normalise_query("SELECT u.c AS a, x.c AS b FROM public.u, public.u x").normal);
}

TEST(ReplayRenames, OfATypeLeaveTheColumnsOfATableOfItsNameAlone) {
  EXPECT_EQ(definition_after("CREATE SCHEMA n; CREATE TYPE n.t AS ENUM ('x');"
                             "CREATE TABLE t (a n.t); CREATE VIEW v AS SELECT t.a FROM t;"
                             "ALTER TYPE n.t RENAME TO u; ALTER TABLE t RENAME COLUMN a TO c",
                             "v"),
            normalise_query("SELECT t.c AS a FROM public.t").normal);
}

TEST(ReplayRenames, ReachTheTableOfAPolicyInsideItsQueries) {
  Schema schema = schema_after(
      "CREATE TABLE z (id int); CREATE TABLE s (a int);"
      "CREATE POLICY p ON s USING (EXISTS (SELECT 1 FROM z WHERE z.id = s.a));"
      "ALTER TABLE s RENAME TO s2; ALTER TABLE s2 RENAME a TO aa; ALTER TABLE z RENAME id TO n");
  EXPECT_EQ(table(schema, "s2").policies.at(0).using_expression.value().normal,
            normalise_expression("EXISTS (SELECT 1 FROM public.z WHERE z.n = s2.aa)").normal);
}

TEST(ReplayRenames, AreOfTheKindThatTheStatementSays) {
  const std::string made =
      "CREATE TABLE t (a int PRIMARY KEY); CREATE VIEW v AS SELECT 1 AS a; CREATE SCHEMA n;";
  EXPECT_EQ(refusal(made + "ALTER SEQUENCE t SET SCHEMA n"), "\"t\" is not a sequence");
  EXPECT_EQ(refusal(made + "ALTER VIEW t RENAME TO t2"), "\"t\" is not a view");
  EXPECT_EQ(refusal(made + "ALTER MATERIALIZED VIEW v SET SCHEMA n"),
            "\"v\" is not a materialized view");
  EXPECT_EQ(refusal(made + "ALTER TABLE t_pkey SET SCHEMA n"),
            "cannot change schema of index \"t_pkey\"");
  // These two take any relation.
  schema_after(made + "ALTER INDEX t RENAME TO u; ALTER TABLE v RENAME TO w");
}

}  // namespace
}  // namespace schemaudit
