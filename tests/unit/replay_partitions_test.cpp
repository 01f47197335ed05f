// Partitioned tables and what is between them and their partitions, as the replay of SQL has it.
// Most cases were found by running random DDL beside a server
// (tests/live/replay_generator_test.cpp); each says what PostgreSQL does.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "analyzer/sql/claims.h"
#include "tests/support/replayed.h"

namespace schemaudit {
namespace {

TEST(ReplayPartitionKeys, HaveClassesThatTakeTheirColumns) {
  EXPECT_EQ(refusal("CREATE TABLE p (at point) PARTITION BY LIST (at)"),
            "data type point has no default operator class for access method \"btree\"");
  EXPECT_EQ(refusal("CREATE TABLE p (doc xml) PARTITION BY HASH (doc)"),
            "data type xml has no default operator class for access method \"hash\"");
  EXPECT_EQ(refusal("CREATE TABLE p (n int) PARTITION BY RANGE (n text_pattern_ops)"),
            "operator class \"text_pattern_ops\" does not accept data type integer");
  EXPECT_EQ(refusal("CREATE TABLE p (n int) PARTITION BY HASH (n nowhere_ops)"),
            "operator class \"nowhere_ops\" does not exist for access method \"hash\"");
}

TEST(ReplayPartitionKeys, TellOfClassesAndCollationsThatAreNotTheColumnsOwn) {
  auto key = [](const std::string& columns, const std::string& by) {
    return table(schema_after("CREATE TABLE p (" + columns + ") PARTITION BY " + by), "p")
        .partition_key->normal;
  };
  EXPECT_EQ(key("a text", "RANGE (a text_pattern_ops)"), "RANGE (a text_pattern_ops)");
  EXPECT_EQ(key("a text", "RANGE (a text_ops)"), "RANGE (a)");
  EXPECT_EQ(key("a text", "LIST (a COLLATE \"C\")"), "LIST (a COLLATE \"C\")");
  EXPECT_EQ(key("a text COLLATE \"C\"", "LIST (a COLLATE \"C\")"), "LIST (a)");
  // As pg_get_partkeydef() has them.
  EXPECT_EQ(normalise_partition_key("RANGE (a COLLATE \"C\" text_pattern_ops)").normal,
            key("a text", "RANGE (a COLLATE \"C\" text_pattern_ops)"));
}

TEST(ReplayPartitionKeys, AreMadeOfWhatChangesFromRowToRowAndNotByItself) {
  EXPECT_EQ(refusal("CREATE TABLE p (n int) PARTITION BY RANGE ((1))"),
            "cannot use constant expression as partition key");
  EXPECT_EQ(refusal("CREATE TABLE p (n int) PARTITION BY RANGE (random())"),
            "functions in partition key expression must be marked IMMUTABLE");
  EXPECT_EQ(refusal("CREATE TABLE p (n int) PARTITION BY LIST (n COLLATE \"C\")"),
            "collations are not supported by type integer");
}

TEST(ReplayPartitionKeys, AreColumnsInParenthesesToo) {
  Schema schema = schema_after("CREATE TABLE p (n int PRIMARY KEY) PARTITION BY RANGE ((n))");
  EXPECT_TRUE(table(schema, "p").primary_key.has_value());
}

TEST(ReplayPartitionKeys, WithACollationHaveUniqueKeysInThatCollation) {
  const std::string made = "CREATE TABLE p (a text) PARTITION BY RANGE (a COLLATE \"C\");";
  EXPECT_EQ(
      table(schema_after(made + "CREATE UNIQUE INDEX ON p (a COLLATE \"C\")"), "p").indexes.size(),
      1U);
  EXPECT_EQ(refusal(made + "CREATE UNIQUE INDEX ON p (a)"),
            "unique constraint on partitioned table must include all partitioning columns: \"a\" "
            "is missing");
}

TEST(ReplayPartitionKeys, AreInUniqueIndexesThatAreThereAlready) {
  const std::string made = "CREATE TABLE p (n int, m int) PARTITION BY LIST (n);";
  EXPECT_EQ(refusal(made + "CREATE UNIQUE INDEX IF NOT EXISTS p ON p (m)"),
            "unique constraint on partitioned table must include all partitioning columns: \"n\" "
            "is missing");
  schema_after(made + "CREATE UNIQUE INDEX IF NOT EXISTS p ON p (m, n)");
}

TEST(ReplayPartitions, ByHashHaveModuliThatDivideEachOther) {
  const std::string made =
      "CREATE TABLE p (n int) PARTITION BY HASH (n);"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES WITH (MODULUS 4, REMAINDER 1);";
  EXPECT_EQ(
      refusal(made + "CREATE TABLE p2 PARTITION OF p FOR VALUES WITH (MODULUS 6, REMAINDER 2)"),
      "every hash partition modulus must be a factor of the next larger modulus");
  schema_after(made + "CREATE TABLE p2 PARTITION OF p FOR VALUES WITH (MODULUS 8, REMAINDER 2)");
}

TEST(ReplayPartitions, TakeTheKeysThatPointAtThemAlong) {
  const std::string made =
      "CREATE TABLE p (n int UNIQUE) PARTITION BY LIST (n);"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);"
      "CREATE TABLE t (n int REFERENCES p (n));";
  EXPECT_EQ(refusal(made + "DROP TABLE p1"),
            "cannot drop table p1 because other objects depend on it: constraint t_n_fkey on t "
            "needs table p1");
  EXPECT_TRUE(table(schema_after(made + "DROP TABLE p1 CASCADE"), "t").foreign_keys.empty());
}

TEST(ReplayPartitions, TakeTheKeysOfTheirOwnTableAlong) {
  const std::string made =
      "CREATE TABLE p (n int UNIQUE) PARTITION BY LIST (n);"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);"
      "CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);";
  Schema of_all = schema_after(made +
                               "ALTER TABLE p ADD FOREIGN KEY (n) REFERENCES p (n);"
                               "DROP TABLE p1 CASCADE");
  EXPECT_TRUE(table(of_all, "p").foreign_keys.empty());
  EXPECT_TRUE(table(of_all, "p2").foreign_keys.empty());
  Schema of_one = schema_after(made +
                               "ALTER TABLE p2 ADD FOREIGN KEY (n) REFERENCES p (n);"
                               "DROP TABLE p1 CASCADE");
  EXPECT_TRUE(table(of_one, "p2").foreign_keys.empty());
}

TEST(ReplayPartitions, AreFreeOfKeysOnceTheyAreDetached) {
  Schema schema = schema_after(
      "CREATE TABLE p (n int UNIQUE) PARTITION BY LIST (n);"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1) PARTITION BY LIST (n);"
      "CREATE TABLE p11 PARTITION OF p1 FOR VALUES IN (1);"
      "CREATE TABLE t (n int REFERENCES p (n));"
      "ALTER TABLE p DETACH PARTITION p1; DROP TABLE p11");
  EXPECT_EQ(table(schema, "t").foreign_keys.size(), 1U);
}

TEST(ReplayPartitions, KeepKeysOfTheirTableThatChildrenAreAskedForOnceTheyAreDetached) {
  const std::string made =
      "CREATE TABLE p (n int, UNIQUE (n)) PARTITION BY LIST (n);"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); ALTER TABLE p DETACH PARTITION p1;"
      "CREATE TABLE c () INHERITS (p1);";
  EXPECT_EQ(refusal(made + "ALTER TABLE p1 DROP CONSTRAINT p1_n_key"),
            "constraint \"p1_n_key\" of relation \"c\" does not exist");
  schema_after(made +
               "ALTER TABLE ONLY p1 ADD CONSTRAINT own UNIQUE (n); "
               "ALTER TABLE p1 DROP CONSTRAINT own");
}

TEST(ReplayPartitions, LoseTheirTablesTriggersWithAllBelowThem) {
  Schema schema = schema_after(
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;"
      "CREATE TABLE p (n int) PARTITION BY LIST (n);"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1) PARTITION BY LIST (n);"
      "CREATE TABLE p11 PARTITION OF p1 FOR VALUES IN (1);"
      "CREATE TRIGGER g AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f();"
      "CREATE TRIGGER own AFTER INSERT ON p1 FOR EACH ROW EXECUTE FUNCTION f();"
      "ALTER TABLE p DETACH PARTITION p1");
  ASSERT_EQ(table(schema, "p11").triggers.size(), 1U);
  EXPECT_EQ(table(schema, "p11").triggers.at(0).name, "own");
}

TEST(ReplayPartitions, GiveNoColumnAnIdentityOfItsOwn) {
  EXPECT_EQ(refusal("CREATE TABLE t (x int NOT NULL, d int) PARTITION BY RANGE (d);"
                    "CREATE TABLE p PARTITION OF t (x GENERATED ALWAYS AS IDENTITY) DEFAULT"),
            "identity columns are not supported on partitions");
  EXPECT_EQ(refusal("CREATE TYPE pair AS (x int, d int);"
                    "CREATE TABLE t OF pair (x GENERATED ALWAYS AS IDENTITY)"),
            "identity columns are not supported on typed tables");
}

TEST(ReplayPartitions, GiveNoIndexOfAnExclusionToTheirTablesIndex) {
  Schema schema = schema_after(
      "CREATE TABLE p (n int, c text) PARTITION BY LIST (n);"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);"
      "ALTER TABLE p1 ADD EXCLUDE USING btree (c WITH =); CREATE INDEX ON p (c)");
  const std::vector<Index>& indexes = table(schema, "p1").indexes;
  ASSERT_EQ(indexes.size(), 2U);
  for (const Index& index : indexes) EXPECT_EQ(index.inherited, index.name == "p1_c_idx");
}

TEST(ReplayPartitions, AreNotNullBeforeTheirTableAloneGetsAPrimaryKey) {
  const std::string made =
      "CREATE TABLE p (n int NOT NULL, t text) PARTITION BY LIST (n);"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1) PARTITION BY LIST (n);"
      "CREATE TABLE p11 PARTITION OF p1 FOR VALUES IN (1);";
  EXPECT_EQ(refusal(made + "ALTER TABLE ONLY p ADD PRIMARY KEY (n, t)"),
            "constraint must be added to child tables too");
  Schema schema = schema_after(
      made + "ALTER TABLE p1 ALTER t SET NOT NULL; ALTER TABLE ONLY p ADD PRIMARY KEY (n, t)");
  EXPECT_TRUE(table(schema, "p").primary_key.has_value());
  EXPECT_FALSE(table(schema, "p1").primary_key.has_value());
}

// Found by seed 66412: what is made again from its text has the columns' names of today.
TEST(ReplayPartitionIndexes, AreNamedAnewWhereAColumnChangesItsType) {
  const Schema schema = schema_after(
      "CREATE TABLE n (a int, b varchar(20), PRIMARY KEY (a), UNIQUE (b, a)) PARTITION BY LIST (a);"
      "CREATE TABLE p PARTITION OF n FOR VALUES IN (50);"
      "CREATE INDEX given ON p (b); CREATE INDEX whole ON n (b);"
      "ALTER TABLE n RENAME COLUMN a TO z;"
      "ALTER TABLE n ALTER COLUMN b TYPE varchar");
  std::vector<std::string> names;
  for (const Index& index : table(schema, "p").indexes) names.push_back(index.name);
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string>{"p_b_idx", "p_b_z_key", "p_pkey"}));
  ASSERT_EQ(table(schema, "p").unique_constraints.size(), 1U);
  EXPECT_EQ(table(schema, "p").unique_constraints[0].name, "p_b_z_key");
}

/// The names of the keys of a partition that are parts of its table's.
std::vector<std::string> parts_in(const Relation& partition) {
  std::vector<std::string> names;
  if (partition.primary_key && partition.primary_key->inherited)
    names.push_back(partition.primary_key->name);
  for (const KeyConstraint& key : partition.unique_constraints)
    if (key.inherited) names.push_back(key.name);
  return names;
}

TEST(ReplayPartitions, ServeWithAUniqueConstraintForAPrimaryKey) {
  const std::string keyed =
      "CREATE TABLE r (k int NOT NULL, PRIMARY KEY (k)) PARTITION BY LIST (k);";
  const std::string later = "CREATE TABLE r (k int NOT NULL) PARTITION BY LIST (k);";
  const std::string part = "CREATE TABLE p (k int NOT NULL, CONSTRAINT own UNIQUE (k));";
  const std::string attached = "ALTER TABLE r ATTACH PARTITION p FOR VALUES IN (1);";
  const std::vector<std::string> own = {"own"}, made = {"p_pkey"};
  EXPECT_EQ(parts_in(table(schema_after(keyed + part + attached), "p")),
            grammar_version() < 170000 ? own : made);
  EXPECT_EQ(parts_in(table(
                schema_after(later + part + attached + "ALTER TABLE r ADD PRIMARY KEY (k)"), "p")),
            own);
}

}  // namespace
}  // namespace schemaudit
