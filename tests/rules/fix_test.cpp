// The SQL that findings propose, word by word. That it works is tested for every literate case.
#include <gtest/gtest.h>

#include "tests/rules/case_audit.h"
#include "tests/support/test_server.h"

namespace schemaudit {

namespace {

class Fixes : public LiveTest {
 protected:
  /// The fix of the only finding; empty where there is none.
  std::string fix(const std::string& documented, const std::string& live,
                  const std::string& config = "") {
    LiterateCase literate;
    literate.documents = {{"docs.md", "# Schema\n\n```sql\n" + documented + "\n```\n"}};
    literate.sql = live;
    literate.config = config;
    CaseAudit audit = audit_case(literate);
    EXPECT_EQ(audit.fault, "");
    EXPECT_EQ(audit.report.findings.size(), 1u) << told_by(audit.report);
    if (audit.report.findings.empty() || !audit.report.findings[0].fix) return {};
    return audit.report.findings[0].fix->text;
  }
};

TEST_F(Fixes, AnAbsentCheckIsAdded) {
  EXPECT_EQ(fix("CREATE TABLE t (id int PRIMARY KEY, n int, CONSTRAINT t_n CHECK (n > 0));",
                "CREATE TABLE t (id int PRIMARY KEY, n int);"),
            "ALTER TABLE public.t ADD CONSTRAINT t_n CHECK (n > 0);");
}

TEST_F(Fixes, AnAbsentUniqueConstraintIsAdded) {
  EXPECT_EQ(fix("CREATE TABLE t (id int PRIMARY KEY, a int, b int, UNIQUE (a, b));",
                "CREATE TABLE t (id int PRIMARY KEY, a int, b int);"),
            "ALTER TABLE public.t ADD UNIQUE (a, b);");
}

TEST_F(Fixes, AnAbsentIndexIsCreated) {
  const std::string table = "CREATE TABLE t (id int PRIMARY KEY, name text, tags text[]);";
  EXPECT_EQ(fix(table + "\nCREATE INDEX t_tags ON t USING gin (tags);", table),
            "CREATE INDEX t_tags ON public.t USING gin (tags);");
  EXPECT_EQ(fix(table + "\nCREATE UNIQUE INDEX t_name ON t (lower(name) DESC) INCLUDE (id) "
                        "WHERE name IS NOT NULL;",
                table),
            "CREATE UNIQUE INDEX t_name ON public.t ((lower(name)) DESC) INCLUDE (id) "
            "WHERE name IS NOT NULL;");
}

TEST_F(Fixes, DocumentedValuesBecomeACheck) {
  EXPECT_EQ(fix("CREATE TABLE t (\n  id int PRIMARY KEY,\n  state text -- 'new', 'done'\n);",
                "CREATE TABLE t (id int PRIMARY KEY, state text);"),
            "ALTER TABLE public.t ADD CHECK (state IN ('new', 'done'));");
}

TEST_F(Fixes, AMissingSoftDeleteColumnIsAdded) {
  const std::string table = "CREATE TABLE t (id int PRIMARY KEY);";
  EXPECT_EQ(fix(table, table, "[policy.soft_delete]\ntables = \"t\""),
            "ALTER TABLE public.t ADD COLUMN deleted_at timestamptz;");
}

TEST_F(Fixes, AForbiddenForeignKeyIsDropped) {
  const std::string tables =
      "CREATE TABLE a (id int PRIMARY KEY);\nCREATE TABLE p3_b (id int PRIMARY KEY, a int);";
  EXPECT_EQ(fix(tables,
                tables + "ALTER TABLE p3_b ADD CONSTRAINT \"To A\" FOREIGN KEY (a) "
                         "REFERENCES a (id);",
                "[policy.isolation.p3]\ntables = \"p3_*\"\nforeign_keys = \"forbid\""),
            "ALTER TABLE public.p3_b DROP CONSTRAINT \"To A\";");
}

TEST_F(Fixes, AColumnThatTheDocsLackIsLeftToTheirAuthor) {
  EXPECT_EQ(fix("CREATE TABLE t (id int PRIMARY KEY);",
                "CREATE TABLE t (id int PRIMARY KEY, name text);"),
            "");
}

}  // namespace

}  // namespace schemaudit
