// What PostgreSQL 18 has brought, on the replay and on a server of it side by side: both have to
// take and refuse the same statements, and hold the same schema. Needs a build with the parser of
// PostgreSQL 18 and such a server.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "analyzer/sql/claims.h"
#include "tests/live/replay_trial.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

class NewerGrammarTest : public LiveTest {
 protected:
  void SetUp() override {
    LiveTest::SetUp();
    if (grammar_version() < 180000) GTEST_SKIP() << "this build has an older parser";
    if (IsSkipped() || HasFatalFailure()) return;
    if (test_server_version() < 180000) GTEST_SKIP() << "the server is older than PostgreSQL 18";
    conninfo_ = fresh_database();
  }

  void agrees(const std::vector<std::string>& statements, std::size_t refused = 0) {
    ReplayTrial trial(conninfo_, "postgres");
    for (const std::string& statement : statements) {
      trial.run(statement);
      trial.compare();
      if (!trial.mismatch()) continue;
      ADD_FAILURE() << statement << "\n" << trial.mismatch()->text;
      return;
    }
    EXPECT_EQ(trial.counts().refused, refused);
    EXPECT_EQ(trial.counts().unanalysed, 0U);
  }

  std::string conninfo_;
};

TEST_F(NewerGrammarTest, GeneratedColumnsAreVirtualUnlessTheySayStored) {
  agrees(
      {"CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2),"
       " c int GENERATED ALWAYS AS (a + 1) VIRTUAL, d int GENERATED ALWAYS AS (a + 2) STORED)",
       "ALTER TABLE t ADD COLUMN e int GENERATED ALWAYS AS (a * 3) VIRTUAL",
       "ALTER TABLE t ALTER COLUMN d SET EXPRESSION AS (a + 5)", "ALTER TABLE t DROP COLUMN c"});
}

TEST_F(NewerGrammarTest, PartitionedTablesAreNeitherLoggedNorUnlogged) {
  agrees({"CREATE UNLOGGED TABLE a (d date) PARTITION BY RANGE (d)",
          "CREATE TABLE b (d date) PARTITION BY RANGE (d)", "ALTER TABLE b SET UNLOGGED",
          "CREATE UNLOGGED TABLE b1 PARTITION OF b DEFAULT"},
         2);
}

TEST_F(NewerGrammarTest, ExclusionConstraintsOfAnAttachedTableServe) {
  agrees({"CREATE TABLE t (d date, n int, EXCLUDE (d WITH =, n WITH =)) PARTITION BY RANGE (d)",
          "CREATE TABLE a (LIKE t INCLUDING ALL)", "CREATE TABLE b (d date, n int)",
          "ALTER TABLE b ADD EXCLUDE (n WITH =, d WITH =)",
          "ALTER TABLE t ATTACH PARTITION a FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
          "ALTER TABLE t ATTACH PARTITION b FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')"});
}

TEST_F(NewerGrammarTest, IdentityIsOfAWholeTree) {
  agrees({"CREATE TABLE t (id int NOT NULL, d int) PARTITION BY RANGE (d)",
          "CREATE TABLE p PARTITION OF t DEFAULT",
          "ALTER TABLE ONLY t ALTER id ADD GENERATED ALWAYS AS IDENTITY",
          "ALTER TABLE p ALTER id ADD GENERATED ALWAYS AS IDENTITY",
          "ALTER TABLE ONLY t ALTER id DROP IDENTITY IF EXISTS",
          "ALTER TABLE p ALTER id DROP IDENTITY IF EXISTS"},
         4);
}

TEST_F(NewerGrammarTest, AConstraintMayBeAlteredToWhatItIs) {
  agrees(
      {"CREATE TABLE o (id int PRIMARY KEY)",
       "CREATE TABLE t (id int, o int, CONSTRAINT k CHECK (id > 0), CONSTRAINT f FOREIGN KEY (o) "
       "REFERENCES o) PARTITION BY RANGE (id)",
       "CREATE TABLE p PARTITION OF t DEFAULT", "ALTER TABLE t ALTER CONSTRAINT k",
       "ALTER TABLE t ALTER CONSTRAINT f", "ALTER TABLE t ALTER CONSTRAINT k DEFERRABLE",
       "ALTER TABLE p ALTER CONSTRAINT k"},
      1);
}

TEST_F(NewerGrammarTest, NotNullHasAName) {
  agrees(
      {"CREATE TABLE t (a int CONSTRAINT a_is_there NOT NULL, b int NOT NULL, c int, d int,"
       " CONSTRAINT c_is_there NOT NULL c)",
       "ALTER TABLE t DROP CONSTRAINT a_is_there", "ALTER TABLE t DROP CONSTRAINT t_b_not_null",
       "ALTER TABLE t RENAME CONSTRAINT c_is_there TO c_stays",
       "ALTER TABLE t DROP CONSTRAINT c_stays",
       "ALTER TABLE t ADD CONSTRAINT d_is_there NOT NULL d NOT VALID",
       "ALTER TABLE t VALIDATE CONSTRAINT d_is_there",
       "ALTER TABLE t ADD CONSTRAINT d_again NOT NULL d", "ALTER TABLE t DROP CONSTRAINT nobody"},
      2);
}

TEST_F(NewerGrammarTest, NotNullOfAParentIsItsChildrensToo) {
  agrees({"CREATE TABLE p (a int, b int)", "CREATE TABLE q () INHERITS (p)",
          "ALTER TABLE p ADD CONSTRAINT a_is_there NOT NULL a",
          "ALTER TABLE p ADD CONSTRAINT b_here NOT NULL b NO INHERIT",
          "ALTER TABLE p ALTER CONSTRAINT b_here INHERIT",
          "ALTER TABLE p DROP CONSTRAINT a_is_there"});
}

TEST_F(NewerGrammarTest, WhatIsNotEnforcedIsNotValid) {
  agrees({"CREATE TABLE p (id int PRIMARY KEY)",
          "CREATE TABLE t (a int CHECK (a > 0) NOT ENFORCED, b int,"
          " CONSTRAINT b_small CHECK (b < 9) NOT ENFORCED,"
          " p int REFERENCES p NOT ENFORCED)",
          "ALTER TABLE t ADD CONSTRAINT b_big CHECK (b > 1) NOT ENFORCED",
          "ALTER TABLE t ALTER CONSTRAINT t_p_fkey ENFORCED",
          "ALTER TABLE t ALTER CONSTRAINT t_p_fkey NOT ENFORCED",
          "ALTER TABLE t ALTER CONSTRAINT t_p_fkey ENFORCED DEFERRABLE INITIALLY DEFERRED",
          "ALTER TABLE t VALIDATE CONSTRAINT b_big"},
         1);
}

TEST_F(NewerGrammarTest, KeysMayBeWithoutOverlaps) {
  agrees({"CREATE EXTENSION btree_gist",
          "CREATE TABLE rooms (id int, stay tsrange, PRIMARY KEY (id, stay WITHOUT OVERLAPS))",
          "CREATE TABLE beds (room int, stay tsrange,"
          " CONSTRAINT beds_room FOREIGN KEY (room, PERIOD stay)"
          " REFERENCES rooms (id, PERIOD stay))",
          "ALTER TABLE beds ADD CONSTRAINT one UNIQUE (room, stay WITHOUT OVERLAPS)",
          "CREATE TABLE wrong (room int, stay tsrange,"
          " FOREIGN KEY (room, stay) REFERENCES rooms (id, stay))"},
         1);
}

}  // namespace
}  // namespace schemaudit
