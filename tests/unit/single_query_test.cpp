// Which texts are one SELECT that changes nothing, by the parse tree alone.

#include "analyzer/sql/single_query.h"

#include <gtest/gtest.h>

namespace schemaudit {
namespace {

std::string refusal(const std::string& sql) {
  return read_single_query(sql).refusal;
}

TEST(SingleQuery, TakesWhatOnlyReads) {
  for (const char* sql :
       {"SELECT 1", "SELECT count(*) FROM users;", "WITH a AS (SELECT 1) SELECT * FROM a",
        "VALUES (1), (2)", "TABLE users", "SELECT 1 UNION SELECT 2",
        "-- a comment\nSELECT 1 -- end", "(SELECT 1)",
        "WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 5) "
        "SELECT sum(n) FROM t"})
    EXPECT_EQ(refusal(sql), "") << sql;
}

TEST(SingleQuery, RefusesEverythingElse) {
  EXPECT_EQ(refusal("SELECT 1; SELECT 2"), "it holds 2 statements");
  EXPECT_EQ(refusal("SELECT 1; DROP TABLE users"), "it holds 2 statements");
  EXPECT_EQ(refusal("-- nothing"), "it holds no statement");
  EXPECT_EQ(refusal("UPDATE users SET a = 1"), "it is no query: it begins with UPDATE");
  EXPECT_EQ(refusal("EXPLAIN SELECT 1"), "it is no query: it begins with EXPLAIN");
  EXPECT_EQ(refusal("COPY (SELECT 1) TO PROGRAM 'sh'"), "it is no query: it begins with COPY");
  EXPECT_EQ(refusal("DO $$ BEGIN END $$"), "it is no query: it begins with DO");
  EXPECT_EQ(refusal("SELECT * INTO t FROM users"), "it is SELECT INTO, which makes a table");
  EXPECT_EQ(refusal("SELECT * FROM users FOR UPDATE"), "it locks rows (FOR UPDATE, FOR SHARE)");
  EXPECT_EQ(refusal("SELECT * FROM (SELECT * FROM users FOR KEY SHARE) u"),
            "it locks rows (FOR UPDATE, FOR SHARE)");
  EXPECT_EQ(refusal("WITH d AS (DELETE FROM users RETURNING 1) SELECT count(*) FROM d"),
            "it changes rows (DELETE within WITH)");
  EXPECT_EQ(refusal("SELECT * FROM (WITH i AS (INSERT INTO a VALUES (1) RETURNING 1) SELECT * FROM "
                    "i) x"),
            "it changes rows (INSERT within WITH)");
  EXPECT_EQ(refusal("SELECT * FROM users WHERE id = $1"),
            "it has placeholders, and nothing tells their values");
  EXPECT_TRUE(refusal("SELEC 1").starts_with("the grammar refuses it: syntax error"));
  EXPECT_TRUE(refusal("").starts_with("it holds no statement"));
}

TEST(SingleQuery, TellsWhatIsCalledAndRead) {
  SingleQuery query = read_single_query(
      "SELECT pg_sleep(1), (SELECT app.f(a, b) FROM t), x OPERATOR(app.<%%>) y "
      "FROM app.\"Odd Name\" o, lateral g(1) WHERE z::app.money > 1");
  std::string functions, relations;
  for (const CalledFunction& function : query.functions)
    functions += to_string(function.name) + "/" + std::to_string(function.arguments) + " ";
  EXPECT_EQ(functions, "pg_sleep/1 app.f/2 g/1 ");
  for (const ReadRelation& relation : query.relations)
    relations += to_string(relation.name) + (relation.has_alias ? " aliased; " : "; ");
  EXPECT_EQ(relations, "t; app.\"Odd Name\" aliased; ");
  ASSERT_EQ(query.types.size(), 1u);
  EXPECT_EQ(to_string(query.types[0]), "app.money");
  EXPECT_EQ(query.operators.at(0), (QualifiedName{"app", "<%%>"}));
}

TEST(SingleQuery, TellsWhatCounts) {
  auto shape = [](const std::string& sql) {
    QueryShape found = read_single_query(sql).shape;
    std::string words = found.one_row ? "one row:" : "rows:";
    for (std::size_t column : found.count_columns) words += " " + std::to_string(column);
    return words;
  };
  EXPECT_EQ(shape("SELECT count(*) FROM a"), "one row: 0");
  EXPECT_EQ(shape("SELECT 'orphans' AS issue, COUNT(*)::int AS n FROM a"), "one row: 1");
  EXPECT_EQ(shape("SELECT status, count(*) FROM a GROUP BY status"), "rows: 1");
  EXPECT_EQ(shape("SELECT 'a', count(*) FROM a UNION ALL SELECT 'b', count(*) FROM b"), "rows: 1");
  EXPECT_EQ(shape("SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b)"), "one row: 0 1");
  EXPECT_EQ(shape("SELECT count(*) OVER () FROM a"), "rows:");
  EXPECT_EQ(shape("SELECT count(*) FROM a HAVING count(*) > 1"), "rows: 0");
  EXPECT_EQ(shape("SELECT max(id) FROM a"), "one row:");
  EXPECT_EQ(shape("SELECT * FROM a"), "rows:");
}

TEST(SingleQuery, PutsSubqueriesInPlaceOfRelations) {
  auto replaced = [](const std::string& sql) {
    return with_subqueries(sql, read_single_query(sql), "information_schema",
                           {{"tables", "SELECT 1"}});
  };
  EXPECT_EQ(replaced("SELECT * FROM information_schema.tables"),
            "SELECT * FROM (SELECT 1) AS tables");
  EXPECT_EQ(replaced("SELECT t.* FROM information_schema.tables t JOIN information_schema.columns"
                     " c ON true"),
            "SELECT t.* FROM (SELECT 1) t JOIN information_schema.columns c ON true");
  EXPECT_EQ(replaced("SELECT information_schema.tables.table_name, 'information_schema.tables' "
                     "FROM INFORMATION_SCHEMA . \"tables\" WHERE information_schema.tables.x > 0"),
            "SELECT tables.table_name, 'information_schema.tables' FROM (SELECT 1) AS tables WHERE "
            "tables.x > 0");
  EXPECT_EQ(replaced("TABLE information_schema.tables"), "SELECT * FROM (SELECT 1) AS tables");
  EXPECT_EQ(replaced("SELECT 'ä', count(*) FROM information_schema.tables"),
            "SELECT 'ä', count(*) FROM (SELECT 1) AS tables");
}

TEST(SingleQuery, TakesConditionsOnPrivilegesOut) {
  EXPECT_EQ(without_privilege_conditions(
                "SELECT c.relname FROM pg_class c, pg_authid u, pg_authid WHERE "
                "(pg_has_role(c.relowner, 'USAGE'::text) OR has_table_privilege(c.oid, "
                "'INSERT, (x)'::text)) AND pg_has_role(u.oid, c.relowner, 'USAGE'::text);\n"),
            "SELECT c.relname FROM pg_class c, pg_catalog.pg_roles u, pg_catalog.pg_roles "
            "pg_authid WHERE (true OR true) AND pg_has_role(u.oid, c.relowner, 'USAGE'::text)");
  EXPECT_EQ(without_privilege_conditions("DELETE FROM a"), std::nullopt);
}

}  // namespace
}  // namespace schemaudit
