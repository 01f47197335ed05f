#include <gtest/gtest.h>

#include "tests/docs/reading.h"

namespace schemaudit {
namespace {

TEST(SqlFence, IsReadWithItsPlacesInTheDocument) {
  SourceResult read = read_document_text(R"(# Store

1. The goods:

   ```sql
   CREATE TABLE goods (
       id bigint PRIMARY KEY,
       kind text NOT NULL, -- 'new', 'used'
       ü text
   );
   ```

## Indexes

```postgresql
CREATE INDEX goods_kind ON goods (kind);
```
)");
  EXPECT_EQ(tables_in_words(read),
            "goods table CPUFKI :6\n"
            "  id bigint not null no default :7\n"
            "  kind text not null no default values new used :8\n"
            "  ü text null no default :9\n"
            "  primary key (id)\n"
            "  index goods_kind btree (kind)\n");
  ASSERT_EQ(read.schema.relations.size(), 1u);
  EXPECT_EQ(to_string(read.schema.relations[0].origin), "doc.md:6:4");
  EXPECT_EQ(to_string(read.schema.relations[0].columns[2].origin), "doc.md:9:8");
  EXPECT_EQ(problems_in_words(read), "");
  EXPECT_EQ(rows_in_words(read.documents[0]), "goods sql 3 1 1 complete\n");
}

TEST(SqlFence, TheHeadingSaysWhatItIsFor) {
  auto tables_under = [](const std::string& heading) {
    return read_document_text("# Design of the rollback and of everything\n\n" + heading +
                              "\n\n```sql\nCREATE TABLE t_x (id int);\n```\n")
        .schema.relations.size();
  };
  for (const std::string heading :
       {"## Tables", "### Check Constraints", "### 4.3 Query Optimization Indexes",
        "## Validation Rules", "## PHASE 6: Cleanup & Optimization",
        "### Step 6.2: Create Logs Table (Optional)"})
    EXPECT_EQ(tables_under(heading), 1u) << heading;
  for (const std::string heading :
       {"## Rollback Procedure (If Needed)", "### Down", "## How to revert", "## Downgrade",
        "## Verification Queries", "## PHASE 7: Final Validation & Testing",
        "### Confirm tables exist", "## Sample Queries",
        "## Example Migrations\n\n### Creating tables", "## Usage", "### Migration Best Practices",
        "## Troubleshooting"})
    EXPECT_EQ(tables_under(heading), 0u) << heading;
}

TEST(SqlFence, AdviceShowsIndexesThatNobodyHas) {
  SourceResult read = read_document_text(
      "## Tables\n\n```sql\nCREATE TABLE jobs (id int, live bool);\n```\n\n"
      "## Performance Optimization\n\n### Query Optimization\n\n```sql\n-- Use indexes\n"
      "CREATE INDEX jobs_live ON jobs (live);\nSELECT * FROM jobs;\n```\n");
  ASSERT_EQ(read.schema.relations.size(), 1u);
  EXPECT_TRUE(read.schema.relations[0].indexes.empty());
  EXPECT_FALSE(read.schema.relations[0].coverage.indexes);
  EXPECT_EQ(read.documents[0].queries.size(), 1u);
}

TEST(SqlFence, TheParagraphBeforeItSaysWhatItIsFor) {
  auto tables_after = [](const std::string& paragraph) {
    return read_document_text("## Tables\n\n" + paragraph +
                              "\n\n```sql\nCREATE TABLE t_x (id int);\n```\n")
        .schema.relations.size();
  };
  EXPECT_EQ(tables_after("**Schema**"), 1u);
  EXPECT_EQ(tables_after("Holds what was sent. Rows are never reverted by hand. The columns:"), 1u);
  EXPECT_EQ(tables_after("To roll back:"), 0u);
  EXPECT_EQ(tables_after("For example:"), 0u);
}

TEST(SqlFence, TheWayBackWithinAMigrationClaimsNothing) {
  SourceResult read = read_document_text(
      "## Migration\n\n```sql\n-- migrate:up\nCREATE TABLE kept (id int);\n\n-- migrate:down\n"
      "DROP TABLE kept;\nCREATE TABLE old (id int);\n```\n");
  EXPECT_EQ(tables_in_words(read), "kept table CPUFK- :5\n  id integer null no default :5\n");
}

TEST(SqlFence, WithoutALabelIsSqlWhereItBeginsSo) {
  SourceResult read = read_document_text(
      "```\n-- the first\nCREATE TABLE a (id int);\n```\n\n```\nusers -> orders\n```\n\n"
      "```python\nop.execute('CREATE TABLE b (id int)')\n```\n\n```\nCREATE TABLE ... PARTITION OF "
      "x\n```\n");
  EXPECT_EQ(tables_in_words(read), "a table CPUFK- :3\n  id integer null no default :3\n");
  EXPECT_EQ(problems_in_words(read), "");
}

TEST(SqlFence, FragmentsAreAboutTheTableThatACommentNames) {
  SourceResult read = read_document_text(
      "## Constraints\n\n```sql\n-- Match Scores: one per pair\nUNIQUE (user_id, job_id)\n\n"
      "-- Match Scores: range\nCONSTRAINT in_range CHECK (...)\n\n"
      "-- Plans: known ones\nCONSTRAINT known CHECK (name IN ('a', 'b'))\n```\n\n"
      "## Tables\n\n```sql\nCREATE TABLE match_scores (user_id int, job_id int, UNIQUE (user_id, "
      "job_id));\n"
      "CREATE TABLE plan (name text);\n```\n");
  EXPECT_EQ(read.schema.relations.size(), 2u);
  EXPECT_EQ(in_words(*read.schema.find_relation({"", "match_scores"})),
            "match_scores table CPUFK- :17\n  user_id integer null no default :17\n"
            "  job_id integer null no default :17\n  unique (user_id, job_id)\n");
}

TEST(SqlFence, QueriesAreKeptWithTheirHeadings) {
  SourceResult read = read_document_text(
      "# Store\n\n## Sample queries\n\n```sql\nSELECT 1;\nSELECT id FROM goods WHERE id = "
      "$1;\n```\n\n```sql\nSELECT 3;\n```\n\n"
      "## Rollback\n\n```sql\nSELECT 2;\n```\n");
  ASSERT_EQ(read.documents[0].queries.size(), 3u);
  EXPECT_EQ(read.documents[0].queries[1].origin.line, 7);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(read.documents[0].queries[i].key, "Store > Sample queries #" + std::to_string(i + 1));
}

TEST(SqlFence, OfAGrammarToComeIsNoFault) {
  SourceResult read = read_document_text(
      "# Notes\n\n## GRAPHS (PostgreSQL 99+)\n\n```sql\nSELECT x MATCH y FROM z;\n```\n");
  EXPECT_EQ(problems_in_words(read).substr(0, 12), "newer_syntax");
}

TEST(SqlFence, TemplatesInExamplesAreNoFault) {
  SourceResult read = read_document_text(
      "## Best practices\n\n```sql\nCREATE INDEX CONCURRENTLY idx_name ON table(column);\n```\n");
  EXPECT_EQ(problems_in_words(read), "");
}

TEST(SqlFence, NamedPlacesInQueriesAreNoFault) {
  SourceResult read = read_document_text(
      "## Gate\n\n```sql\nSELECT id FROM cache WHERE cache_key = $cache_key;\n```\n\n"
      "```sql\nINSERT INTO budget (day, n) VALUES (CURRENT_DATE, $configured_max)\n"
      "ON CONFLICT (day) DO NOTHING;\n```\n\n```sql\nSELECT FROM WHERE;\n```\n");
  EXPECT_EQ(problems_in_words(read).substr(0, 14), "invalid_sql 13");
}

TEST(SqlFence, ModelsOfOtherLanguagesAreReported) {
  SourceResult read = read_document_text(
      "## Models\n\n```prisma\nmodel User {\n  id Int @id\n}\n```\n\n```prisma\ngenerator client "
      "{}\n```\n");
  EXPECT_EQ(problems_in_words(read), "unread_schema 3:1\n");
}

TEST(SqlFence, NoHeadingFurtherUpHidesATable) {
  for (const char* title : {"# Example Shop", "# Testing", "# Usage", "# Shop API"}) {
    std::string fence = "\n\n```sql\nCREATE TABLE orders (id int PRIMARY KEY);\n```\n";
    EXPECT_EQ(read_document_text(title + fence).schema.relations.size(), 1u) << title;
    EXPECT_EQ(
        read_document_text(std::string(title) + "\n\n## orders" + fence).schema.relations.size(),
        1u)
        << title;
    std::string list = "\n\n### orders\n\n- `id`: uuid, primary key\n- `note`: text\n";
    EXPECT_EQ(read_document_text(std::string(title) + "\n\n## API" + list).schema.relations.size(),
              1u)
        << title;
  }
  EXPECT_EQ(read_document_text("# orders\n\n## Example\n\n```sql\nCREATE TABLE x (id int);\n```\n")
                .schema.relations.size(),
            0u);
}

}  // namespace
}  // namespace schemaudit
