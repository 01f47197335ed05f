#include <gtest/gtest.h>

#include "tests/docs/reading.h"

namespace schemaudit {
namespace {

const std::string kUsers = R"(## users

| Column | Type |
|---|---|
| id | bigint |
| email | text |
| team_id | bigint |
)";

/// What is read of `users` beyond its columns, and the problems.
std::string beyond_columns(const std::string& more) {
  SourceResult read = read_document_text(kUsers + more);
  std::string words = tables_in_words(read);
  const std::size_t columns = words.find("  team_id bigint :7\n");
  if (columns != std::string::npos) words.erase(0, columns + 20);
  return words + problems_in_words(read);
}

TEST(ConstraintTable, OfIndexesBesideTheColumns) {
  EXPECT_EQ(beyond_columns(R"(
| Index | Columns | Type | Unique | Purpose |
|---|---|---|---|---|
| users_pkey | id | btree | yes | |
| `users_email` | `email` | b-tree | ✓ | to sign in |
| users_lower | lower(email), team_id DESC | gin | | |
)"),
            "  primary key (id)\n"
            "  index users_email btree unique (email)\n"
            "  index users_lower gin (lower(email), team_id desc)\n");
}

TEST(ConstraintTable, OfIndexesUnderTheirHeading) {
  EXPECT_EQ(beyond_columns("\n### Indexes\n\n| Name | Columns |\n|---|---|\n"
                           "| by_team | (team_id) WHERE email IS NULL |\n| | email |\n"),
            "  index - ? (email)\n"
            "  index by_team ? (team_id)\n");
}

TEST(ConstraintTable, OfForeignKeys) {
  EXPECT_EQ(
      beyond_columns("\n### Foreign keys\n\n| Column | References | On delete |\n|---|---|---|\n"
                     "| team_id | teams(id) | CASCADE |\n| email | mails.address | |\n"),
      "  foreign key (team_id) to teams(id) on delete CASCADE\n"
      "  foreign key (email) to mails(address)\n");
}

TEST(ConstraintTable, MayGiveTheReferencedColumnACellOfItsOwn) {
  EXPECT_EQ(
      beyond_columns("\n### Foreign keys\n\n| Column | Referenced table | Referenced column |\n"
                     "|---|---|---|\n| team_id | teams | id |\n"),
      "  foreign key (team_id) to teams(id)\n");
}

TEST(ConstraintTable, MaySayThatAnIndexIsPartialAndNotHow) {
  SourceResult read = read_document_text(
      kUsers +
      "\n| Index | Columns | Partial |\n|---|---|---|\n| a | id | yes |\n| b | email | no |\n");
  const std::vector<Index>& indexes = read.schema.relations.at(0).indexes;
  ASSERT_EQ(indexes.size(), 2u);
  EXPECT_TRUE(indexes[0].predicate.is_unknown());
  EXPECT_TRUE(indexes[1].predicate.is_none());
  EXPECT_EQ(problems_in_words(read), "");
}

TEST(ConstraintTable, OfConstraints) {
  EXPECT_EQ(beyond_columns(R"(
| Constraint | Type | Columns |
|---|---|---|
| users_email_key | UNIQUE | email, team_id |
| filled | CHECK | email <> '' |
| to_team | FK | FOREIGN KEY (team_id) REFERENCES teams (id) |
)"),
            "  unique (email, team_id)\n"
            "  foreign key (team_id) to teams(id) on delete NO ACTION\n"
            "  check email <> ''\n");
}

TEST(ConstraintTable, MayNameTheTableInEachRow) {
  SourceResult read = read_document_text(
      "## Indexes\n\n| Table | Index | Columns |\n|---|---|---|\n"
      "| users | users_email | email |\n| | users_team | team_id |\n| teams | by_name | name |\n");
  EXPECT_EQ(tables_in_words(read),
            "teams table ------ :7\n"
            "  index by_name ? (name)\n"
            "users table ------ :5\n"
            "  index users_email ? (email)\n"
            "  index users_team ? (team_id)\n");
}

TEST(ConstraintTable, ARowInWordsIsTold) {
  EXPECT_EQ(beyond_columns("\n### Indexes\n\n| Index | Columns |\n|---|---|\n"
                           "| by_team | the team and its like |\n| by_email | email |\n"),
            "unread_schema 13:1\n");
}

TEST(ConstraintTable, OneThatSaysNeitherColumnsNorSqlIsTold) {
  EXPECT_EQ(beyond_columns("\n### Indexes\n\n| What | Why |\n|---|---|\n| by_team | speed |\n"),
            "unread_schema 11:1\n");
}

TEST(ConstraintTable, OneOfNobodyKnowsWhichTableIsTold) {
  EXPECT_EQ(problems_in_words(read_document_text(
                "## Indexes\n\n| Index | Columns |\n|---|---|\n| by_team | team_id |\n")),
            "unread_schema 3:1\n");
}

TEST(ConstraintTable, NumbersAndConstraintsOfColumnsAreColumnTables) {
  EXPECT_EQ(tables_in_words(read_document_text("## users\n\n| Column | Type | Constraint |\n"
                                               "|---|---|---|\n| id | bigint | PK |\n")),
            "users table CP---- :3\n  id bigint not null :5\n  primary key (id)\n");
  EXPECT_EQ(tables_in_words(read_document_text("## users\n\n| Index | Field | Type |\n"
                                               "|---|---|---|\n| 1 | id | bigint |\n")),
            "users table C----- :3\n  id bigint :5\n");
}

TEST(ConstraintTable, CellsAreWrittenInManyWays) {
  EXPECT_EQ(beyond_columns(R"(
**Indexes**

| Name | Columns | Type | Unique |
|---|---|---|---|
| USERS_BOTH | TEAM_ID + EMAIL | BTREE | [x] |
| app.by_team | users.team_id (desc) | | - |
| "Quoted" | email<br>team_id | unique | |
| plain | email (varchar) INCLUDE (id) WHERE team_id > 0 | | |
| - | - | | |
)"),
            "  index Quoted ? unique (email, team_id)\n"
            "  index by_team ? (team_id desc)\n"
            "  index plain ? (email)\n"
            "  index users_both btree unique (team_id, email)\n");
  EXPECT_EQ(beyond_columns(R"(
| Column | Refers to | Action |
|---|---|---|
| users.team_id | teams -> id | ON DELETE SET NULL |
| email | mails.address (ON DELETE CASCADE) | |
)"),
            "  foreign key (team_id) to teams(id) on delete SET NULL\n"
            "  foreign key (email) to mails(address) on delete CASCADE\n");
}

TEST(ConstraintTable, ThatACheckIsOnAColumnDoesNotSayWhatItAsks) {
  EXPECT_EQ(beyond_columns("\n| Constraint | Type | Columns |\n|---|---|---|\n"
                           "| email_ck | CHECK | email |\n"),
            "");
}

TEST(ConstraintTable, WithDefinitionsMayBeShort) {
  EXPECT_EQ(beyond_columns("\n| Constraint | Type | Definition |\n|---|---|---|\n"
                           "| filled | CHECK | `email <> ''` |\n| odd | CHECK | is not, so |\n"),
            "  check email <> ''\n"
            "unread_schema 12:1\n");
  EXPECT_EQ(beyond_columns("\n| Index | Definition |\n|---|---|\n"
                           "| by_team | gin (team_id) |\n"),
            "  index by_team gin (team_id)\n");
}

TEST(ConstraintTable, OfWhatIsGoneOrPlannedClaimsNothing) {
  EXPECT_EQ(beyond_columns("\n### Removed indexes\n\n| Index | Columns |\n|---|---|\n"
                           "| by_team | team_id |\n"),
            "");
}

}  // namespace
}  // namespace schemaudit
