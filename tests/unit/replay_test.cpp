// What the replay of SQL holds after statements, and which it refuses. Each case was found by
// running random DDL beside a server (tests/live/replay_generator_test.cpp), and says what
// PostgreSQL does.

#include <gtest/gtest.h>

#include <string>

#include "analyzer/sql/claims.h"
#include "tests/support/replayed.h"

namespace schemaudit {
namespace {

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

TEST(ReplayInheritance, LetsAParentReferToItsChild) {
  Schema schema = schema_after(
      "CREATE TABLE p (n int); CREATE TABLE c (PRIMARY KEY (n)) INHERITS (p);"
      "ALTER TABLE p ADD FOREIGN KEY (n) REFERENCES c");
  EXPECT_EQ(table(schema, "p").foreign_keys.size(), 1U);
}

TEST(ReplayPartitions, AreNotReachedByNotNullThatTheirTableHadAtTheBeginning) {
  Schema schema = schema_after(
      "CREATE TABLE p (n int NOT NULL) PARTITION BY LIST (n);"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);"
      "ALTER TABLE p ALTER n DROP NOT NULL, ALTER n SET NOT NULL");
  EXPECT_EQ(table(schema, "p").columns.at(0).nullable, false);
  EXPECT_EQ(table(schema, "p1").columns.at(0).nullable, true);
}

TEST(ReplayPartitions, MayBringAnIdentityColumnUpToPostgres16) {
  const std::string made =
      "CREATE TABLE p (n int) PARTITION BY LIST (n);"
      "CREATE TABLE t (n int GENERATED ALWAYS AS IDENTITY);"
      "ALTER TABLE p ALTER n SET NOT NULL; ALTER TABLE p ATTACH PARTITION t FOR VALUES IN (1)";
  if (grammar_version() < 170000)
    EXPECT_TRUE(table(schema_after(made), "t").partition_of.has_value());
  else
    EXPECT_EQ(refusal(made), "table \"t\" being attached contains an identity column \"n\"");
}

TEST(ReplayPartitionedTables, HaveUniqueKeysInTheCollationOfTheirPartitionKey) {
  const std::string made = "CREATE TABLE p (k text) PARTITION BY LIST (k);";
  EXPECT_EQ(
      refusal(made + "CREATE UNIQUE INDEX ON p (k COLLATE \"C\")"),
      "unique constraint on partitioned table must include all partitioning columns: \"k\" is "
      "missing");
  schema_after(made + "CREATE UNIQUE INDEX ON p (k); CREATE INDEX ON p (k COLLATE \"C\")");
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
  // PostgreSQL 18 refuses it: see tests/live/newer_grammar_test.cpp.
  if (grammar_version() >= 180000) return;
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

TEST(ReplayLike, BringsNoSecondPrimaryKey) {
  EXPECT_EQ(refusal("CREATE TABLE a (n int PRIMARY KEY);"
                    "CREATE TABLE b (LIKE a INCLUDING INDEXES, m int PRIMARY KEY)"),
            "multiple primary keys for table \"b\" are not allowed");
}

TEST(ReplayLike, CommentsOnColumnsThatAreInheritedToo) {
  Schema schema = schema_after(
      "CREATE TABLE a (n int); COMMENT ON COLUMN a.n IS 'count';"
      "CREATE TABLE b (LIKE a INCLUDING COMMENTS) INHERITS (a); CREATE TABLE c () INHERITS (a)");
  EXPECT_EQ(table(schema, "b").columns.at(0).comment.value(), "count");
  EXPECT_FALSE(table(schema, "c").columns.at(0).comment.has_value());
}

TEST(ReplayTypedTables, StayAsTheirTypeSays) {
  const std::string typed = "CREATE TYPE ty AS (n int); CREATE TABLE t OF ty;";
  EXPECT_EQ(refusal(typed + "ALTER TABLE t ADD CONSTRAINT c CHECK (n > 0);"
                            "ALTER TABLE t RENAME CONSTRAINT c TO d"),
            "cannot rename column of typed table");
  EXPECT_EQ(refusal(typed + "CREATE TABLE p (n int); ALTER TABLE t INHERIT p"),
            "cannot change inheritance of typed table");
}

TEST(ReplayGeneratedColumns, ReadNoOtherGeneratedColumn) {
  const std::string made = "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED);";
  EXPECT_EQ(refusal(made + "ALTER TABLE t ADD COLUMN c int GENERATED ALWAYS AS (b + 1) STORED"),
            "cannot use generated column in column generation expression");
  schema_after(made + "ALTER TABLE t ADD COLUMN c int GENERATED ALWAYS AS (a + 2) STORED");
}

TEST(ReplayGeneratedColumns, KeepTheirExpressionWhereChildrenHaveChildren) {
  EXPECT_EQ(refusal("CREATE TABLE a (n int); CREATE TABLE b () INHERITS (a);"
                    "CREATE TABLE c () INHERITS (b);"
                    "ALTER TABLE a ALTER n DROP EXPRESSION IF EXISTS"),
            "ALTER TABLE / DROP EXPRESSION must be applied to child tables too");
  schema_after(
      "CREATE TABLE a (n int); CREATE TABLE b () INHERITS (a);"
      "ALTER TABLE a ALTER n DROP EXPRESSION IF EXISTS");
}

TEST(ReplayInheritance, ValidatesAConstraintInATableThatIsNew) {
  Schema schema = schema_after(
      "CREATE TABLE a (n int); ALTER TABLE a ADD CONSTRAINT c CHECK (n > 0) NOT VALID;"
      "CREATE TABLE b () INHERITS (a)");
  EXPECT_EQ(table(schema, "a").checks.at(0).validated, false);
  EXPECT_EQ(table(schema, "b").checks.at(0).validated, true);
}

TEST(ReplayAlterTable, MakesAKeyThatIsSaidTwiceOnce) {
  Schema schema = schema_after(
      "CREATE TABLE t (a int); ALTER TABLE t ADD b int UNIQUE UNIQUE;"
      "ALTER TABLE t ADD c int UNIQUE CONSTRAINT k PRIMARY KEY;"
      "ALTER TABLE t ADD d int UNIQUE UNIQUE DEFERRABLE");
  const Relation& t = table(schema, "t");
  ASSERT_EQ(t.unique_constraints.size(), 3U);
  EXPECT_EQ(t.unique_constraints[0].columns.at(0), "b");
  EXPECT_EQ(t.unique_constraints[1].columns.at(0), "d");
  EXPECT_EQ(t.primary_key->name, "k");
}

TEST(ReplayAlterTable, ChangesOnlyWhatTheRelationHas) {
  const std::string made =
      "CREATE TABLE t (n int); CREATE MATERIALIZED VIEW m AS SELECT n FROM t;"
      "CREATE VIEW v AS SELECT n FROM t;";
  EXPECT_EQ(refusal(made + "ALTER TABLE m ALTER n SET DEFAULT 1"),
            "ALTER action cannot be performed on relation \"m\": it is a materialized view");
  EXPECT_EQ(refusal(made + "ALTER TABLE m ENABLE ROW LEVEL SECURITY"),
            "ALTER action cannot be performed on relation \"m\": it is a materialized view");
  schema_after(made + "ALTER TABLE v ALTER n SET DEFAULT 1; ALTER TABLE m SET (fillfactor = 70)");
}

TEST(ReplayIndexes, DropAPredicateThatIsTrue) {
  Schema schema = schema_after(
      "CREATE TABLE t (n int, EXCLUDE (n WITH =) WHERE (true)); CREATE INDEX ON t (n) WHERE true");
  EXPECT_FALSE(table(schema, "t").indexes.at(0).predicate.has_value());
  EXPECT_FALSE(table(schema, "t").indexes.at(1).predicate.has_value());
  EXPECT_FALSE(table(schema, "t").exclusions.at(0).predicate.has_value());
}

TEST(ReplayExclusions, HoldTheColumnsOfTheirPredicate) {
  const std::string made = "CREATE TABLE t (a int, b int, EXCLUDE (a WITH =) WHERE (b > 0));";
  EXPECT_NE(refusal(made + "ALTER TABLE t DROP COLUMN b").find("other objects depend on it"),
            std::string::npos);
  EXPECT_TRUE(
      table(schema_after(made + "ALTER TABLE t DROP COLUMN b CASCADE"), "t").exclusions.empty());
}

TEST(ReplayViews, GiveTheirColumnsNewNamesInTheirQuery) {
  Schema schema = schema_after(
      "CREATE TABLE t (n int); CREATE VIEW v AS SELECT n FROM t;"
      "ALTER VIEW v RENAME COLUMN n TO m");
  EXPECT_NE(table(schema, "v").definition->normal.find("m"), std::string::npos);
  EXPECT_EQ(table(schema, "v").columns.at(0).name, "m");
}

TEST(ReplayViews, SayNothingOfTheirColumnsCollations) {
  Schema schema = schema_after(
      "CREATE TABLE t (c text COLLATE \"C\"); CREATE MATERIALIZED VIEW m AS SELECT c FROM t;"
      "CREATE TABLE made AS SELECT c FROM m");
  EXPECT_FALSE(table(schema, "m").columns.at(0).collation.has_value());
  EXPECT_EQ(table(schema, "made").columns.at(0).collation.value().name, "C");
}

TEST(ReplayViews, HaveNoStorage) {
  EXPECT_EQ(refusal("CREATE TABLE t (n int); CREATE VIEW v AS SELECT n FROM t;"
                    "ALTER TABLE v ALTER COLUMN n SET STORAGE PLAIN"),
            "ALTER action cannot be performed on relation \"v\": it is a view");
}

TEST(ReplayStorageParameters, AreThoseOfTheKindOfRelation) {
  const std::string view = "CREATE VIEW v AS SELECT 1 AS n;";
  EXPECT_EQ(refusal(view + "ALTER VIEW v SET (fillfactor = 70)"),
            "unrecognized parameter \"fillfactor\"");
  EXPECT_EQ(refusal("CREATE VIEW v WITH (fillfactor = 70) AS SELECT 1 AS n"),
            "unrecognized parameter \"fillfactor\"");
  schema_after(view + "ALTER VIEW v SET (security_barrier)");
  EXPECT_EQ(refusal("CREATE TABLE t (n int) WITH (filfactor = 70)"),
            "unrecognized parameter \"filfactor\"");
  schema_after(
      "CREATE TABLE t (n int) WITH (fillfactor = 70, autovacuum_enabled = off);"
      "ALTER TABLE t SET (toast.autovacuum_enabled = off), RESET (nowhere)");
}

TEST(ReplayChecks, HoldNoSubquery) {
  EXPECT_EQ(refusal("CREATE TABLE t (a int CHECK (a > (SELECT 1)));"),
            "cannot use subquery in check constraint");
}

TEST(ReplayComments, OfARowTypeAreNotTheTables) {
  Schema schema = schema_after("CREATE TABLE t (n int); COMMENT ON TYPE t IS 'row'");
  EXPECT_FALSE(table(schema, "t").comment.has_value());
}

TEST(ReplayIndexes, OfNewPartitionsAreValid) {
  Schema schema = schema_after(
      "CREATE TABLE p (n int) PARTITION BY LIST (n);"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE INDEX ON ONLY p (n);"
      "CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2)");
  EXPECT_EQ(table(schema, "p").indexes.at(0).valid, false);
  EXPECT_EQ(table(schema, "p2").indexes.at(0).valid, true);
}

TEST(ReplayTriggers, OfAPartitionAreNotSwitchedWithItsTables) {
  Schema schema = schema_after(
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
      "CREATE TABLE p (n int) PARTITION BY LIST (n);"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);"
      "CREATE TRIGGER a AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f();"
      "CREATE TRIGGER b AFTER TRUNCATE ON p1 FOR EACH STATEMENT EXECUTE FUNCTION f();"
      "ALTER TABLE p DISABLE TRIGGER ALL");
  EXPECT_EQ(table(schema, "p").triggers.at(0).enabled, false);
  EXPECT_EQ(table(schema, "p1").triggers.at(0).enabled, false);
  EXPECT_EQ(table(schema, "p1").triggers.at(1).enabled, true);
}

TEST(ReplayPartitions, TakeADefaultInPlaceOfTheirTablesGenerationExpression) {
  Schema schema = schema_after(
      "CREATE TABLE p (n int, g int GENERATED ALWAYS AS (n + 1) STORED) PARTITION BY LIST (n);"
      "CREATE TABLE p1 PARTITION OF p (g DEFAULT NULL) FOR VALUES IN (1)");
  EXPECT_EQ(table(schema, "p1").columns.at(1).generated->expression.normal, "null");
}

TEST(ReplayBlocks, HoldNothingThatTakesTransactionsOfItsOwn) {
  const std::string made = "CREATE TABLE p (n int PRIMARY KEY) PARTITION BY LIST (n); BEGIN; ";
  EXPECT_EQ(refusal(made + "REINDEX INDEX p_pkey"),
            "REINDEX cannot run inside a transaction block");
  EXPECT_EQ(refusal(made + "VACUUM p"), "VACUUM cannot run inside a transaction block");
  schema_after(made + "CREATE TABLE q (n int PRIMARY KEY); REINDEX TABLE q; ANALYZE q; COMMIT");
}

}  // namespace
}  // namespace schemaudit
