// Constraints that meet others of their name, their table or their index, as the replay of SQL
// has them. Most cases were found by running random DDL beside a server
// (tests/live/replay_generator_test.cpp); each says what PostgreSQL does.

#include <gtest/gtest.h>

#include <string>

#include "tests/support/replayed.h"

namespace schemaudit {
namespace {

const std::string kParent = "CREATE TABLE p (k int, CONSTRAINT ck CHECK (k > 0));";

TEST(ReplayChecks, BecomeATablesOwnWhereItInheritsThem) {
  const std::string added =
      kParent + "CREATE TABLE q () INHERITS (p); ALTER TABLE q ADD CONSTRAINT ck CHECK (k > 0);";
  EXPECT_EQ(refusal(added + "ALTER TABLE q ADD CONSTRAINT ck CHECK (k > 0)"),
            "constraint \"ck\" for relation \"q\" already exists");
  EXPECT_EQ(table(schema_after(added + "ALTER TABLE p DROP CONSTRAINT ck"), "q").checks.size(), 1U);
  EXPECT_EQ(refusal(kParent + "CREATE TABLE q () INHERITS (p);"
                              "ALTER TABLE q ADD CONSTRAINT ck CHECK (k > 1)"),
            "constraint \"ck\" for relation \"q\" already exists");
  EXPECT_EQ(refusal(kParent + "CREATE TABLE q () INHERITS (p);"
                              "ALTER TABLE q ADD CONSTRAINT ck CHECK (k > 0) NO INHERIT"),
            "constraint \"ck\" conflicts with inherited constraint on relation \"q\"");
}

TEST(ReplayChecks, StayInheritedWhereLikeBringsThemToo) {
  const std::string made = kParent + "CREATE TABLE q (LIKE p INCLUDING ALL) INHERITS (p);";
  EXPECT_EQ(refusal(made + "ALTER TABLE q DROP CONSTRAINT ck"),
            "cannot drop inherited constraint \"ck\" of relation \"q\"");
  EXPECT_EQ(table(schema_after(made + "ALTER TABLE p DROP CONSTRAINT ck"), "q").checks.size(), 1U);
}

TEST(ReplayChecks, OfLikeAreNotThoseThatTheTableStates) {
  EXPECT_EQ(refusal(kParent + "CREATE TABLE q (LIKE p INCLUDING CONSTRAINTS,"
                              " CONSTRAINT ck CHECK (k > 0))"),
            "constraint \"ck\" for relation \"q\" already exists");
}

TEST(ReplayChecks, OfAPartitionAreItsTables) {
  const std::string made =
      "CREATE TABLE r (k int, CONSTRAINT ck CHECK (k > 0)) PARTITION BY LIST (k);"
      "CREATE TABLE r1 PARTITION OF r (CONSTRAINT ck CHECK (k > 0)) FOR VALUES IN (1);";
  EXPECT_EQ(refusal(made + "ALTER TABLE r1 ADD CONSTRAINT ck CHECK (k > 0)"),
            "constraint \"ck\" for relation \"r1\" already exists");
  EXPECT_TRUE(table(schema_after(made + "ALTER TABLE r DROP CONSTRAINT ck"), "r1").checks.empty());
}

TEST(ReplayChecks, ThatHoldForAllRowsAreNotMergedWithNotValidOnes) {
  const std::string made =
      "CREATE TABLE s (k int); CREATE TABLE s1 () INHERITS (s);"
      "ALTER TABLE s1 ADD CONSTRAINT ck CHECK (k > 0) NOT VALID;";
  EXPECT_EQ(refusal(made + "ALTER TABLE s ADD CONSTRAINT ck CHECK (k > 0)"),
            "constraint \"ck\" conflicts with NOT VALID constraint on relation \"s1\"");
  EXPECT_EQ(refusal(made + "ALTER TABLE s1 NO INHERIT s;"
                           "ALTER TABLE s ADD CONSTRAINT ck CHECK (k > 0);"
                           "ALTER TABLE s1 INHERIT s"),
            "constraint \"ck\" conflicts with NOT VALID constraint on child table \"s1\"");
  schema_after(made + "ALTER TABLE s ADD CONSTRAINT ck CHECK (k > 0) NOT VALID");
}

TEST(ReplayForeignKeys, CompareTypesByTheOperatorsOfTheKeysIndex) {
  auto made = [](const std::string& key, const std::string& from) {
    return "CREATE TABLE k (a " + key + " PRIMARY KEY); CREATE TABLE f (a " + from +
           " REFERENCES k);";
  };
  for (const char* key : {"character(3)", "regclass"})
    EXPECT_TRUE(refusal(made(key, key[0] == 'c' ? "name" : "text"))
                    .starts_with("foreign key constraint cannot be implemented"))
        << key;
  schema_after(made("name", "character(3)"));
  schema_after(made("text", "name"));
  schema_after(made("character(3)", "varchar"));
  schema_after(made("regclass", "oid"));
}

TEST(ReplayDomains, RenameNoConstraintToANameThatIsTaken) {
  const std::string made =
      "CREATE DOMAIN d AS int CHECK (value > 0) CONSTRAINT k CHECK (value < 9);";
  EXPECT_EQ(refusal(made + "ALTER DOMAIN d RENAME CONSTRAINT k TO d_check"),
            "constraint \"d_check\" for domain \"d\" already exists");
  EXPECT_EQ(refusal(made + "ALTER DOMAIN d RENAME CONSTRAINT k TO k"),
            "constraint \"k\" for domain \"d\" already exists");
}

TEST(ReplayUsingIndex, TakesNoIndexWithAColumnTwice) {
  EXPECT_EQ(refusal("CREATE TABLE t (a int, b int); CREATE UNIQUE INDEX i ON t (a, b, a);"
                    "ALTER TABLE t ADD UNIQUE USING INDEX i"),
            "a column appears twice in the key of index \"i\"");
}

TEST(ReplayUsingIndex, TakesNoIndexInAnOrderOfItsOwn) {
  const std::string made = "CREATE TABLE t (a text);";
  for (const char* key : {"a DESC", "a NULLS FIRST", "a text_pattern_ops", "a COLLATE \"C\""})
    EXPECT_EQ(refusal(made + "CREATE UNIQUE INDEX i ON t (" + key +
                      "); ALTER TABLE t ADD PRIMARY KEY USING INDEX i"),
              "index \"i\" does not have default sorting behavior")
        << key;
  Schema schema = schema_after(
      made + "CREATE UNIQUE INDEX i ON t (a); ALTER TABLE t ADD PRIMARY KEY USING INDEX i");
  EXPECT_EQ(table(schema, "t").columns.at(0).nullable, false);
}

}  // namespace
}  // namespace schemaudit
