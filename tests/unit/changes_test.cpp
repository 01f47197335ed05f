// What the statements of a SQL source do, as rules about migrations see it.

#include <gtest/gtest.h>

#include <string>

#include "analyzer/sql/replay.h"

namespace schemaudit {
namespace {

/// One line a change: what, of which object, and whatever is special about it.
std::string changes_of(const std::string& sql) {
  Replay replay;
  replay.run({sql, "migration.sql"});
  SourceResult result = replay.finish();
  EXPECT_TRUE(result.problems.empty()) << result.problems.front().message;
  std::string text;
  for (const Change& change : result.changes) {
    text += std::string(to_string(change.kind)) + " " + change.object.kind + " " +
            to_string(change.object);
    if (!change.new_name.empty()) text += " to " + change.new_name;
    if (change.target) text += " -> " + to_string(*change.target);
    if (change.type_before && change.type_after)
      text += " from " + change.type_before->normal + " to " + change.type_after->normal;
    if (change.cascade) text += " cascade";
    if (change.conditional) text += " conditional";
    if (change.concurrently) text += " concurrently";
    if (change.not_valid) text += " not valid";
    if (change.has_using) text += " using";
    if (change.not_null) text += " not null";
    if (change.has_default) text += change.default_is_constant ? " constant default" : " default";
    if (change.transaction) text += " in transaction " + std::to_string(change.transaction);
    text += " line " + std::to_string(change.origin.line) + "\n";
  }
  return text;
}

const std::string kTable = "CREATE TABLE t (id int PRIMARY KEY, a int, b text);\n";

std::string changes_after_table(const std::string& sql) {
  std::string all = changes_of(kTable + sql);
  std::string before = changes_of(kTable);
  EXPECT_TRUE(all.starts_with(before));
  return all.substr(before.size());
}

TEST(Changes, OneForEachEffectOfAStatement) {
  EXPECT_EQ(changes_after_table("ALTER TABLE t ADD c int NOT NULL DEFAULT 0, DROP b;"),
            "drop column column public.t.b line 2\n"
            "add column column public.t.c not null constant default line 2\n");
}

TEST(Changes, SayWhatAHazardRuleAsks) {
  EXPECT_EQ(changes_after_table("ALTER TABLE t ALTER a TYPE bigint;"),
            "column type column public.t.a from integer to bigint line 2\n");
  EXPECT_EQ(changes_after_table("ALTER TABLE t ADD c timestamptz DEFAULT clock_timestamp();"),
            "add column column public.t.c default line 2\n");
  EXPECT_EQ(changes_after_table("CREATE INDEX CONCURRENTLY i ON t (a);"),
            "create index public.t.i concurrently line 2\n");
  EXPECT_EQ(changes_after_table("ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;"),
            "add constraint constraint public.t.c not valid line 2\n");
  EXPECT_EQ(changes_after_table("ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES t;"),
            "add constraint constraint public.t.t_a_fkey -> public.t line 2\n");
  EXPECT_EQ(changes_after_table("ALTER TABLE t RENAME a TO z;"),
            "rename column column public.t.a to z line 2\n");
  EXPECT_EQ(changes_after_table("INSERT INTO t VALUES (1);\nTRUNCATE t;"),
            "rows table public.t line 2\ntruncate table public.t line 3\n");
}

/// The last change of the statements.
Change last_change(const std::string& sql) {
  Replay replay;
  replay.run({kTable + sql, "migration.sql"});
  SourceResult result = replay.finish();
  EXPECT_TRUE(result.problems.empty()) << result.problems.front().message;
  return result.changes.back();
}

TEST(Changes, TellWhatAConstraintIs) {
  EXPECT_EQ(last_change("ALTER TABLE t ADD UNIQUE (a);").constraint, ConstraintType::unique);
  EXPECT_EQ(last_change("ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES t;").constraint,
            ConstraintType::foreign_key);
  EXPECT_EQ(last_change("ALTER TABLE t ADD CHECK (a > 0);").constraint, ConstraintType::check);
  EXPECT_EQ(last_change("CREATE INDEX ON t (a);").constraint, std::nullopt);
  EXPECT_FALSE(last_change("ALTER TABLE t ADD UNIQUE (a);").uses_index);
  EXPECT_TRUE(last_change("CREATE UNIQUE INDEX i ON t (a);\n"
                          "ALTER TABLE t ADD UNIQUE USING INDEX i;")
                  .uses_index);
  EXPECT_EQ(last_change("ALTER TABLE t ADD CHECK (a IS NOT NULL);").not_null_column, "a");
  EXPECT_EQ(last_change("ALTER TABLE t ADD CHECK (a IS NULL);").not_null_column, "");
}

TEST(Changes, TellWhatProvesAColumnNotNull) {
  const std::string set = "ALTER TABLE t ALTER a SET NOT NULL;";
  EXPECT_FALSE(last_change(set).proved_by_check);
  EXPECT_FALSE(last_change("ALTER TABLE t ADD CHECK (b IS NOT NULL);" + set).proved_by_check);
  EXPECT_TRUE(
      last_change("ALTER TABLE t ADD CHECK (a IS NOT NULL AND a > 0);" + set).proved_by_check);
  EXPECT_FALSE(
      last_change("ALTER TABLE t ADD CHECK (a IS NOT NULL OR a > 0);" + set).proved_by_check);
  const std::string later = "ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID;";
  EXPECT_FALSE(last_change(later + set).proved_by_check);
  EXPECT_TRUE(last_change(later + "ALTER TABLE t VALIDATE CONSTRAINT c;" + set).proved_by_check);
  EXPECT_TRUE(last_change("ALTER TABLE t ADD CHECK (a IS NOT NULL);"
                          "ALTER TABLE t RENAME a TO z; ALTER TABLE t ALTER z SET NOT NULL;")
                  .proved_by_check);
}

TEST(Changes, TellWhichColumnsAreComputedForEachRow) {
  auto computed = [](const std::string& column) {
    return last_change("ALTER TABLE t ADD COLUMN c " + column + ";").computed_per_row;
  };
  EXPECT_TRUE(computed("serial"));
  EXPECT_TRUE(computed("int GENERATED ALWAYS AS IDENTITY"));
  EXPECT_TRUE(computed("int GENERATED ALWAYS AS (a + 1) STORED"));
  EXPECT_TRUE(computed("uuid DEFAULT gen_random_uuid()"));
  EXPECT_TRUE(computed("float DEFAULT 10 * random()"));
  EXPECT_FALSE(computed("timestamptz DEFAULT now()"));
  EXPECT_FALSE(computed("int DEFAULT 7"));
  EXPECT_FALSE(computed("int"));
}

TEST(Changes, TellWhetherRowsGetOtherValues) {
  EXPECT_TRUE(last_change("UPDATE t SET a = 1;").updates_rows);
  EXPECT_TRUE(
      last_change("INSERT INTO t VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 1;").updates_rows);
  EXPECT_FALSE(last_change("INSERT INTO t VALUES (1);").updates_rows);
  EXPECT_FALSE(last_change("DELETE FROM t;").updates_rows);
  EXPECT_TRUE(last_change("CREATE TABLE p (d int) PARTITION BY LIST (d);\nCREATE INDEX ON p (d);")
                  .on_partitioned);
}

TEST(Changes, ACascadeIsToldObjectByObject) {
  EXPECT_EQ(changes_after_table("CREATE VIEW v AS SELECT a FROM t;\nDROP TABLE t CASCADE;"),
            "create view public.v line 2\n"
            "drop table public.t cascade line 3\n"
            "drop view public.v cascade line 3\n");
}

TEST(Changes, TransactionsAreNumbered) {
  EXPECT_EQ(
      changes_after_table("BEGIN;\nDROP TABLE t;\nCOMMIT;\nBEGIN;\nCREATE SEQUENCE s;\nCOMMIT;"),
      "drop table public.t in transaction 1 line 3\n"
      "create sequence public.s in transaction 2 line 6\n");
}

}  // namespace
}  // namespace schemaudit
