// What the replay of SQL holds after statements, and which it refuses. Each case was found by
// running random DDL beside a server (tests/live/replay_generator_test.cpp), and says what
// PostgreSQL does.

#include "analyzer/sql/replay.h"

#include <gtest/gtest.h>

#include <string>

#include "analyzer/sql/claims.h"
#include "analyzer/sql/normal_form.h"

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

TEST(ReplayInheritance, LetsAParentReferToItsChild) {
  Schema schema = schema_after(
      "CREATE TABLE p (n int); CREATE TABLE c (PRIMARY KEY (n)) INHERITS (p);"
      "ALTER TABLE p ADD FOREIGN KEY (n) REFERENCES c");
  EXPECT_EQ(table(schema, "p").foreign_keys.size(), 1U);
}

TEST(ReplayPartitions, TakeBoundsOfTheKeysType) {
  const std::string made = "CREATE TABLE p (at timestamp) PARTITION BY LIST (at);";
  EXPECT_EQ(refusal(made + "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (110)"),
            "specified value cannot be cast to type timestamp without time zone for column "
            "\"at\"");
  schema_after(made + "CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('2020-01-01')");
}

TEST(ReplayPartitions, KeepTheTypesOfTheirOwnPartitionKeys) {
  EXPECT_EQ(refusal("CREATE TABLE p (n int, m int) PARTITION BY LIST (n);"
                    "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1) PARTITION BY LIST (m);"
                    "ALTER TABLE p ALTER m TYPE bigint"),
            "cannot alter column \"m\" because it is part of the partition key of relation "
            "\"p1\"");
}

TEST(ReplayPartitions, AreNotReachedByNotNullThatTheirTableHadAtTheBeginning) {
  Schema schema = schema_after(
      "CREATE TABLE p (n int NOT NULL) PARTITION BY LIST (n);"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);"
      "ALTER TABLE p ALTER n DROP NOT NULL, ALTER n SET NOT NULL");
  EXPECT_EQ(table(schema, "p").columns.at(0).nullable, false);
  EXPECT_EQ(table(schema, "p1").columns.at(0).nullable, true);
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

TEST(ReplayDefaults, HaveATypeThatTheirColumnTakes) {
  EXPECT_EQ(refusal("CREATE TABLE t (n int DEFAULT now())"),
            "column \"n\" is of type integer but default expression is of type timestamp with time "
            "zone");
  EXPECT_EQ(refusal("CREATE TYPE mood AS ENUM ('x'); CREATE TABLE t (r int4range);"
                    "ALTER TABLE t ALTER r SET DEFAULT int4range(1, 5), ALTER r TYPE mood USING "
                    "NULL"),
            "column \"r\" is of type public.mood but default expression is of type int4range");
  schema_after(
      "CREATE TYPE mood AS ENUM ('x'); CREATE DOMAIN low AS text;"
      "CREATE TABLE t (m mood DEFAULT 'x', t text DEFAULT now(), l low DEFAULT upper('a'), s "
      "smallint DEFAULT 1, a varchar(5)[] DEFAULT '{}'::text[], d date DEFAULT now());"
      "CREATE CAST (int AS mood) WITHOUT FUNCTION; ALTER TABLE t ALTER m SET DEFAULT 1");
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
  const std::string made = "CREATE TABLE t (n int); CREATE MATERIALIZED VIEW m AS SELECT n FROM t;"
                           "CREATE VIEW v AS SELECT n FROM t;";
  EXPECT_EQ(refusal(made + "ALTER TABLE m ALTER n SET DEFAULT 1"),
            "ALTER action cannot be performed on relation \"m\": it is a materialized view");
  EXPECT_EQ(refusal(made + "ALTER TABLE m ENABLE ROW LEVEL SECURITY"),
            "ALTER action cannot be performed on relation \"m\": it is a materialized view");
  schema_after(made + "ALTER TABLE v ALTER n SET DEFAULT 1; ALTER TABLE m SET (fillfactor = 70)");
}

TEST(ReplayAlterTable, RemakesWhatIsOnAColumnOnceAllTypesAreChanged) {
  const std::string made = "CREATE TABLE t (a time UNIQUE, b int);";
  EXPECT_EQ(refusal(made + "ALTER TABLE t ALTER a TYPE xml USING NULL"),
            "data type xml has no default operator class for access method \"btree\"");
  EXPECT_EQ(refusal(made + "ALTER TABLE t ALTER b TYPE date"),
            "column \"b\" cannot be cast automatically to type date");
  schema_after(
      "CREATE TABLE t (a int PRIMARY KEY, b int REFERENCES t);"
      "ALTER TABLE t ALTER a TYPE text, ALTER b TYPE text");
}

TEST(ReplayFunctions, AreCalledWithTypesThatTheyTake) {
  const std::string made =
      "CREATE FUNCTION f(n int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT n > 0';"
      "CREATE TABLE t (s smallint, n int CHECK (f(n)), b bigint);";
  EXPECT_EQ(refusal(made + "ALTER TABLE t ADD CHECK (f(b))"), "function f(bigint) does not exist");
  EXPECT_EQ(refusal(made + "ALTER TABLE t ALTER n TYPE bigint"),
            "function public.f(bigint) does not exist");
  schema_after(made + "ALTER TABLE t ADD CHECK (f(s)), ADD CHECK (f('7')), ALTER n TYPE smallint");
}

TEST(ReplayFunctions, AreChosenByTheTypesOfColumns) {
  const std::string made =
      "CREATE FUNCTION f(n int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT n > 0';"
      "CREATE FUNCTION f(n bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT n > 0';"
      "CREATE TABLE t (n int CHECK (f(n)));";
  EXPECT_NE(refusal(made + "DROP FUNCTION f(int)").find("other objects depend on it"),
            std::string::npos);
  schema_after(made + "DROP FUNCTION f(bigint)");
  schema_after(made + "ALTER TABLE t ALTER n TYPE bigint; DROP FUNCTION f(int)");
}

TEST(ReplayIndexes, DropAPredicateThatIsTrue) {
  Schema schema = schema_after(
      "CREATE TABLE t (n int, EXCLUDE (n WITH =) WHERE (true)); CREATE INDEX ON t (n) WHERE true");
  EXPECT_FALSE(table(schema, "t").indexes.at(0).predicate.has_value());
  EXPECT_FALSE(table(schema, "t").indexes.at(1).predicate.has_value());
  EXPECT_FALSE(table(schema, "t").exclusions.at(0).predicate.has_value());
}

TEST(ReplayIndexes, HaveTheCollationOfWhatTheirExpressionReads) {
  Schema schema = schema_after(
      "CREATE TABLE t (c text COLLATE \"C\", n name, d text);"
      "CREATE INDEX i ON t ((c || 'x'), lower(n), length(c), lower(d))");
  const Index& index = table(schema, "t").indexes.at(0);
  EXPECT_EQ(index.keys.at(0).collation, "C");
  EXPECT_EQ(index.keys.at(1).collation, "C");
  EXPECT_EQ(index.keys.at(2).collation, "");
  EXPECT_EQ(index.keys.at(3).collation, "");
}

TEST(ReplayExclusions, CompareNoDomainsOverEnums) {
  const std::string made = "CREATE TYPE mood AS ENUM ('x'); CREATE DOMAIN d AS mood;";
  EXPECT_EQ(refusal(made + "CREATE TABLE t (m d, EXCLUDE (m WITH =))"),
            "operator does not exist: public.d = public.d");
  schema_after(made + "CREATE TABLE t (m mood, EXCLUDE (m WITH =)); CREATE TABLE u (m d UNIQUE)");
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

TEST(ReplayComments, OfARowTypeAreNotTheTables) {
  Schema schema = schema_after("CREATE TABLE t (n int); COMMENT ON TYPE t IS 'row'");
  EXPECT_FALSE(table(schema, "t").comment.has_value());
}

TEST(ReplayDomains, AreNotNarrowedWhereTheirValuesStandInsideOfOthers) {
  const std::string made = "CREATE DOMAIN d AS int; ";
  const std::string narrowed = "ALTER DOMAIN d SET NOT NULL";
  EXPECT_EQ(refusal(made + "CREATE TABLE t (a d[]);" + narrowed),
            "cannot alter type \"d\" because column \"t.a\" uses it");
  EXPECT_EQ(refusal(made + "CREATE TYPE pair AS (a d, b d); CREATE TABLE t (p pair);" + narrowed),
            "cannot alter type \"d\" because column \"t.p\" uses it");
  schema_after(made + "CREATE TABLE t (a d);" + narrowed);
  schema_after(made + "CREATE TABLE t (a d[]);"
                      "ALTER DOMAIN d ADD CHECK (VALUE > 0) NOT VALID; ALTER DOMAIN d DROP NOT NULL");
}

TEST(ReplayDomains, TakeLiteralsAsTheTypeBelowThemDoes) {
  Schema schema = schema_after("CREATE DOMAIN d AS int; CREATE TABLE t (n d DEFAULT '7')");
  EXPECT_EQ(table(schema, "t").columns.at(0).default_value->normal, "7");
}

TEST(ReplayIndexes, HaveClassesThatTakeTheirColumns) {
  const std::string made = "CREATE TABLE t (c text, n int);";
  EXPECT_EQ(refusal(made + "CREATE INDEX ON t (n text_pattern_ops)"),
            "operator class \"text_pattern_ops\" does not accept data type integer");
  EXPECT_EQ(refusal(made + "CREATE INDEX ON t (c text_pattern_ops); ALTER TABLE t ALTER c TYPE "
                           "char(4)"),
            "operator class \"text_pattern_ops\" does not accept data type character(4)");
  schema_after(made + "CREATE INDEX ON t (c text_pattern_ops);"
                      "ALTER TABLE t ALTER c TYPE varchar(20)");
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

TEST(ReplayTriggers, KeepTheirConditionOnADomain) {
  // The server writes (old.n)::integer IS DISTINCT FROM (new.n)::integer.
  Schema schema = schema_after(
      "CREATE DOMAIN d AS int; CREATE TABLE t (n d); CREATE FUNCTION f() RETURNS trigger LANGUAGE "
      "plpgsql AS 'BEGIN RETURN NEW; END';"
      "CREATE TRIGGER g AFTER UPDATE ON t FOR EACH ROW WHEN (old.n IS DISTINCT FROM new.n) EXECUTE "
      "FUNCTION f()");
  std::optional<ParsedTrigger> stored = parse_trigger(
      "CREATE TRIGGER g AFTER UPDATE ON public.t FOR EACH ROW WHEN (((old.n)::integer IS DISTINCT "
      "FROM (new.n)::integer)) EXECUTE FUNCTION f()",
      column_types_of(table(schema, "t")));
  ASSERT_TRUE(stored);
  EXPECT_EQ(table(schema, "t").triggers.at(0).definition, stored->trigger.definition);
}

TEST(ReplayIndexes, OnADomainHaveOneFormWithItsTypeAndWithout) {
  // The server writes ((n)::integer + 1).
  Schema schema = schema_after(
      "CREATE DOMAIN d AS int; CREATE TABLE t (n d); CREATE INDEX ON t ((n + 1))");
  EXPECT_EQ(table(schema, "t").indexes.at(0).keys.at(0).expression->normal,
            normalise_expression("((n)::integer + 1)", column_types_of(table(schema, "t"))).normal);
}

TEST(ReplayDefaults, OfNullStandInTheWayOfATypeWhereTheTypeHasALength) {
  // The server stores the call that brings NULL to the length.
  EXPECT_EQ(refusal("CREATE TABLE t (n numeric(10,2) DEFAULT NULL);"
                    "ALTER TABLE t ALTER n TYPE varbit(8) USING NULL"),
            "default for column \"n\" cannot be cast automatically to type bit varying(8)");
  Schema schema = schema_after(
      "CREATE TABLE t (n numeric DEFAULT NULL, m numeric(10,2) DEFAULT NULL);"
      "ALTER TABLE t ALTER n TYPE varbit(8) USING NULL");
  for (const Column& column : table(schema, "t").columns)
    EXPECT_FALSE(column.default_value.has_value()) << column.name;
}

TEST(ReplayPartitions, TakeADefaultInPlaceOfTheirTablesGenerationExpression) {
  Schema schema = schema_after(
      "CREATE TABLE p (n int, g int GENERATED ALWAYS AS (n + 1) STORED) PARTITION BY LIST (n);"
      "CREATE TABLE p1 PARTITION OF p (g DEFAULT NULL) FOR VALUES IN (1)");
  EXPECT_EQ(table(schema, "p1").columns.at(1).generated->expression.normal, "null");
}

TEST(ReplayPartitions, OfTextStandInItsOrder) {
  const std::string made = "CREATE TABLE p (k name) PARTITION BY RANGE (k);";
  EXPECT_EQ(refusal(made + "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (80) TO (110)"),
            "empty range bound specified for partition \"p1\"");
  schema_after(made + "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('110') TO ('80')");
}

TEST(ReplayPartitions, LeaveBoundsOfMoneyOpen) {
  // The server writes them in the words of its locale: '$70.00'.
  Schema schema = schema_after(
      "CREATE TABLE p (m money) PARTITION BY RANGE (m);"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (70) TO (MAXVALUE)");
  EXPECT_FALSE(table(schema, "p1").partition_of->bound.decided);
}

TEST(ReplayFunctions, OfTheServerTakeWhatTheyAreDeclaredFor) {
  EXPECT_EQ(refusal("CREATE TABLE t (a text, b varbit(8), CHECK (lower(a, b) = 'x'))"),
            "function lower(text, bit varying(8)) does not exist");
  EXPECT_EQ(refusal("CREATE TABLE t (n int CHECK (upper(n) = 'x'))"),
            "function upper(integer) does not exist");
  schema_after(
      "CREATE TABLE t (a varchar(3), n smallint, r int4range, j jsonb, CHECK (lower(a) = 'x' AND "
      "lower(r) > 0 AND round(n, 2) > 0 AND concat(a, n, j) <> '' AND jsonb_set(j, '{a}', '1') IS "
      "NOT NULL AND greatest(n, 1) > 0 AND num_nulls(a, n) = 0))");
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
