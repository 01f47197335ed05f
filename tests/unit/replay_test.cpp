// What the replay of SQL holds after statements, and which it refuses. Each case was found by
// running random DDL beside a server (tests/live/replay_generator_test.cpp), and says what
// PostgreSQL does.

#include "analyzer/sql/replay.h"

#include <gtest/gtest.h>

#include <string>

namespace schemaudit {
namespace {

SourceResult replayed(const std::string& sql) {
  Replay replay;
  replay.run({sql, "schema.sql"});
  return replay.finish();
}

Schema schema_after(const std::string& sql) {
  SourceResult result = replayed(sql);
  for (const Problem& problem : result.problems) ADD_FAILURE() << problem.message;
  return result.schema;
}

/// The one refusal, without the words that all begin with.
std::string refusal(const std::string& sql) {
  SourceResult result = replayed(sql);
  if (result.problems.size() != 1) return std::to_string(result.problems.size()) + " problems";
  const std::string& message = result.problems[0].message;
  return message.substr(message.find(": ") + 2);
}

const Relation& table(const Schema& schema, const std::string& name) {
  const Relation* found = schema.find_relation({"public", name});
  if (found) return *found;
  ADD_FAILURE() << "no table " << name;
  static const Relation kNone;
  return kNone;
}

TEST(ReplayTransactions, RefuseEverythingAfterAFailureUpToTheirEnd) {
  SourceResult result = replayed(
      "BEGIN; CREATE TABLE a (id int); DROP TABLE nowhere; CREATE TABLE b (id int); COMMIT;"
      "CREATE TABLE c (id int);");
  EXPECT_EQ(result.statements.refused, 2U);
  ASSERT_EQ(result.schema.relations.size(), 1U);
  EXPECT_EQ(result.schema.relations[0].name.name, "c");
}

TEST(ReplayTransactions, GoOnAfterARollbackToASavepoint) {
  SourceResult result = replayed(
      "BEGIN; CREATE TABLE a (id int); SAVEPOINT s; DROP TABLE nowhere; ROLLBACK TO SAVEPOINT s;"
      "CREATE TABLE b (id int); COMMIT;");
  EXPECT_EQ(result.statements.refused, 1U);
  EXPECT_EQ(result.schema.relations.size(), 2U);
}

TEST(ReplayPartitions, RefuseBoundsThatHoldNothingOrOverlap) {
  const std::string range = "CREATE TABLE p (n int) PARTITION BY RANGE (n);";
  EXPECT_EQ(refusal(range + "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (7) TO (7)"),
            "empty range bound specified for partition \"p1\"");
  EXPECT_EQ(refusal(range + "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);"
                            "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (9) TO (MAXVALUE)"),
            "partition \"p2\" would overlap partition \"p1\"");
  const std::string hash = "CREATE TABLE p (n int) PARTITION BY HASH (n);";
  EXPECT_EQ(refusal(hash + "CREATE TABLE p1 PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER "
                           "3)"),
            "remainder for hash partition must be less than modulus for partition \"p1\"");
  EXPECT_EQ(refusal(hash + "CREATE TABLE p1 PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER "
                           "1);"
                           "CREATE TABLE p2 PARTITION OF p FOR VALUES WITH (MODULUS 4, REMAINDER "
                           "3)"),
            "partition \"p2\" would overlap partition \"p1\"");
}

TEST(ReplayPartitions, KeepTheirColumnsInheritedAndLeaveOutADefaultOfNull) {
  Schema schema = schema_after(
      "CREATE TABLE p (n int, at date DEFAULT now()) PARTITION BY LIST (n);"
      "CREATE TABLE p1 PARTITION OF p (at DEFAULT NULL) FOR VALUES IN (1)");
  const Column* at = table(schema, "p1").find_column("at");
  ASSERT_TRUE(at);
  EXPECT_TRUE(at->inherited);
  EXPECT_FALSE(at->default_value.has_value());
}

TEST(ReplayPartitions, MayNotBeTheTargetOfTheirOwnTablesForeignKey) {
  EXPECT_EQ(refusal("CREATE TABLE p (n int PRIMARY KEY) PARTITION BY LIST (n);"
                    "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);"
                    "ALTER TABLE p ADD FOREIGN KEY (n) REFERENCES p1"),
            "cannot ALTER TABLE \"p1\" because it is being used: it is a partition of the table "
            "itself");
}

TEST(ReplayPartitionedTables, HaveNoStorageOfTheirOwn) {
  const std::string made = "CREATE TABLE p (n int PRIMARY KEY) PARTITION BY LIST (n);";
  EXPECT_EQ(refusal(made + "ALTER TABLE p SET (fillfactor = 70)"),
            "cannot specify storage parameters for a partitioned table");
  EXPECT_EQ(refusal(made + "ALTER TABLE p SET WITHOUT CLUSTER"),
            "cannot mark index clustered in partitioned table");
  EXPECT_EQ(refusal(made + "ALTER INDEX p_pkey SET (fillfactor = 70)"),
            "ALTER action SET cannot be performed on relation \"p_pkey\": it is a partitioned "
            "index");
  Schema schema = schema_after(made + "ALTER TABLE p SET UNLOGGED");
  EXPECT_EQ(table(schema, "p").unlogged, false);
}

TEST(ReplaySequences, RefuseBoundsThatLeaveTheirValueOutside) {
  EXPECT_EQ(refusal("CREATE SEQUENCE s; ALTER SEQUENCE s START 5 MINVALUE 2"),
            "RESTART value (1) cannot be less than MINVALUE (2)");
  EXPECT_EQ(refusal("CREATE TYPE s AS ENUM ('a'); CREATE SEQUENCE s"), "type \"s\" already exists");
}

TEST(ReplaySerialColumns, TakeAnyName) {
  Schema schema = schema_after("CREATE TABLE t (\"it's\" serial)");
  ASSERT_EQ(schema.sequences.size(), 1U);
  EXPECT_EQ(schema.sequences[0].name.name, "t_it's_seq");
}

TEST(ReplayLike, GivesAnIdentityColumnABigSequence) {
  Schema schema = schema_after(
      "CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY (INCREMENT BY 2));"
      "CREATE TABLE b (LIKE a INCLUDING IDENTITY)");
  ASSERT_EQ(schema.sequences.size(), 2U);
  EXPECT_EQ(schema.sequences[1].type->normal, "bigint");
  EXPECT_EQ(schema.sequences[1].increment, 2);
}

TEST(ReplayLike, NamesIndexesAsTheirColumnsWereCalledWhenTheyWereMade) {
  Schema schema = schema_after(
      "CREATE TABLE a (n int, code text, UNIQUE (n, code)); ALTER TABLE a RENAME COLUMN n TO m;"
      "CREATE TABLE b (LIKE a INCLUDING INDEXES)");
  ASSERT_EQ(table(schema, "b").unique_constraints.size(), 1U);
  EXPECT_EQ(table(schema, "b").unique_constraints[0].name, "b_n_code_key");
}

TEST(ReplayLike, MergesItsColumnsWithInheritedOnes) {
  Schema schema =
      schema_after("CREATE TABLE a (id int); CREATE TABLE b (LIKE a, n int) INHERITS (a)");
  EXPECT_EQ(table(schema, "b").columns.size(), 2U);
}

TEST(ReplayInheritance, ValidatesAConstraintInATableThatIsNew) {
  Schema schema = schema_after(
      "CREATE TABLE a (n int); ALTER TABLE a ADD CONSTRAINT c CHECK (n > 0) NOT VALID;"
      "CREATE TABLE b () INHERITS (a)");
  EXPECT_EQ(table(schema, "a").checks.at(0).validated, false);
  EXPECT_EQ(table(schema, "b").checks.at(0).validated, true);
}

TEST(ReplayAlterTable, GivesAColumnOneTypeAStatement) {
  EXPECT_EQ(refusal("CREATE TABLE t (n int);"
                    "ALTER TABLE t ALTER n TYPE bigint, ALTER n TYPE smallint"),
            "cannot alter type of column \"n\" twice");
}

TEST(ReplayIndexes, DropAPredicateThatIsTrue) {
  Schema schema = schema_after("CREATE TABLE t (n int); CREATE INDEX ON t (n) WHERE true");
  EXPECT_FALSE(table(schema, "t").indexes.at(0).predicate.has_value());
}

TEST(ReplayExclusions, HoldTheColumnsOfTheirPredicate) {
  const std::string made = "CREATE TABLE t (a int, b int, EXCLUDE (a WITH =) WHERE (b > 0));";
  EXPECT_NE(refusal(made + "ALTER TABLE t DROP COLUMN b").find("other objects depend on it"),
            std::string::npos);
  EXPECT_TRUE(
      table(schema_after(made + "ALTER TABLE t DROP COLUMN b CASCADE"), "t").exclusions.empty());
}

TEST(ReplayTypes, KnowTheQuotedChar) {
  Schema schema = schema_after("CREATE TABLE t (c \"char\", d char)");
  EXPECT_EQ(table(schema, "t").columns.at(0).type->normal, "\"char\"");
  EXPECT_EQ(table(schema, "t").columns.at(1).type->normal, "character(1)");
}

TEST(ReplayViews, GiveTheirColumnsNewNamesInTheirQuery) {
  Schema schema = schema_after(
      "CREATE TABLE t (n int); CREATE VIEW v AS SELECT n FROM t;"
      "ALTER VIEW v RENAME COLUMN n TO m");
  EXPECT_NE(table(schema, "v").definition->normal.find("m"), std::string::npos);
  EXPECT_EQ(table(schema, "v").columns.at(0).name, "m");
}

TEST(ReplayViews, HaveNoStorage) {
  EXPECT_EQ(refusal("CREATE TABLE t (n int); CREATE VIEW v AS SELECT n FROM t;"
                    "ALTER TABLE v ALTER COLUMN n SET STORAGE PLAIN"),
            "ALTER action cannot be performed on relation \"v\": it is a view");
}

TEST(ReplayColumnTypes, KeepTheTypesOfLiteralsThatWereThereBefore) {
  // The server now holds '2020-01-01'::date, a moment that depends on the session's time zone.
  Schema schema = schema_after(
      "CREATE TABLE t (d date DEFAULT '2020-01-01', CHECK (d > '2019-01-01'), v varchar(3) DEFAULT "
      "'x', n int CHECK (n > 0)); ALTER TABLE t ALTER d TYPE timestamptz, ALTER v TYPE text, ALTER "
      "n TYPE bigint;");
  const Relation& t = table(schema, "t");
  EXPECT_EQ(t.columns[0].default_value->text, "'2020-01-01'::date");
  EXPECT_EQ(t.columns[1].default_value->normal, "'x'");
  for (const CheckConstraint& check : t.checks)
    EXPECT_EQ(check.expression.decided, check.name == "t_n_check") << check.name;
}

TEST(ReplayIndexes, AreOnWhatNeverChanges) {
  const std::string moments = "CREATE TABLE t (at timestamptz, local timestamp, k text); ";
  const std::string message = "functions in index expression must be marked IMMUTABLE";
  EXPECT_EQ(refusal(moments + "CREATE INDEX ON t ((at::date));"), message);
  EXPECT_EQ(refusal(moments + "CREATE INDEX ON t (date_trunc('day', at));"), message);
  EXPECT_EQ(refusal(moments + "CREATE INDEX ON t (k) WHERE at > now();"),
            "functions in index predicate must be marked IMMUTABLE");
  schema_after(moments + "CREATE INDEX ON t ((local::date), date_trunc('day', local), lower(k));");
}

TEST(ReplayChecks, HoldNoSubquery) {
  EXPECT_EQ(refusal("CREATE TABLE t (a int CHECK (a > (SELECT 1)));"),
            "cannot use subquery in check constraint");
}

}  // namespace
}  // namespace schemaudit
