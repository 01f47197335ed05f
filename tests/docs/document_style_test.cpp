#include "schema_docs/writing/document_style.h"

#include <gtest/gtest.h>

#include "tests/docs/reading.h"

namespace schemaudit {
namespace {

DocumentStyle learned(const std::vector<std::pair<std::string, std::string>>& documents) {
  std::vector<DocumentText> texts;
  for (const auto& [uri, text] : documents) texts.push_back({uri, text});
  return learn_style(texts, read_documents(documents));
}

TEST(DocumentStyle, OfColumnTablesInFilesOfTheirOwn) {
  DocumentStyle style =
      learned({{"docs/tables/USERS.md",
                "# USERS Table\n\n| Column | Type | Notes |\n|:--|:--|:--|\n"
                "| id | BIGINT | primary key |\n"
                "| team_id | BIGINT | not null, references teams |\n"},
               {"docs/tables/TEAMS.md",
                "# TEAMS Table\n\n| Column | Type | Notes |\n|:--|:--|:--|\n"
                "| id | BIGINT | primary key |\n| name | VARCHAR(20) | not null |\n"}});
  EXPECT_EQ(style.form, DocumentForm::column_table);
  EXPECT_TRUE(style.file_per_table);
  EXPECT_EQ(style.file.folder, "docs/tables");
  EXPECT_TRUE(style.file.upper);
  EXPECT_TRUE(style.heading.upper);
  EXPECT_EQ(style.heading.after, " Table");
  EXPECT_EQ(style.table.header, (std::vector<std::string>{"Column", "Type", "Notes"}));
  EXPECT_EQ(style.table.rule, (std::vector<std::string>{":--", ":--", ":--"}));
  EXPECT_EQ(style.words.not_null, "not null");
  EXPECT_EQ(style.words.primary_key, "primary key");
  EXPECT_EQ(style.words.reference.before, "references ");
  EXPECT_EQ(style.words.reference.target, ReferenceWording::Target::table);
  EXPECT_EQ(style.words.types.write({"", "character varying(5)"}), "VARCHAR(5)");
  EXPECT_EQ(style.words.types.write({"", "date"}), "DATE");
  EXPECT_EQ(style.words.nullable, "");
}

TEST(DocumentStyle, OfNumberedSectionsInSql) {
  DocumentStyle style =
      learned({{"docs/design.md",
                "# Design\n\n### 3.1 `users`\n\n```postgresql\n"
                "create table users (\n  id   bigint primary key,\n"
                "  name varchar(5)\n);\n```\n\n### 3.2 `teams`\n\n"
                "```postgresql\ncreate table teams (\n  id   bigint primary key,\n"
                "  lead_id bigint\n);\n```\n"}});
  EXPECT_EQ(style.form, DocumentForm::sql);
  EXPECT_FALSE(style.file_per_table);
  EXPECT_EQ(style.sections_in, "docs/design.md");
  EXPECT_EQ(style.heading.level, 3);
  EXPECT_TRUE(style.heading.numbered);
  EXPECT_TRUE(style.heading.in_code);
  EXPECT_EQ(style.fence_language, "postgresql");
  EXPECT_TRUE(style.sql.lower_keywords);
  EXPECT_EQ(style.sql.indent, "  ");
}

TEST(DocumentStyle, OfLists) {
  DocumentStyle style = learned({{"docs/schema.md",
                                  "# Ours\n\n## users\n\n* `id` - bigint, primary key\n"
                                  "* `team_id` - bigint, NOT NULL, foreign key to `teams.id`\n\n"
                                  "## teams\n\n* `id` - bigint, primary key\n"}});
  EXPECT_EQ(style.form, DocumentForm::list);
  EXPECT_EQ(style.list.bullet, "* ");
  EXPECT_EQ(style.list.after_name, " - ");
  EXPECT_TRUE(style.list.name_in_code);
  EXPECT_EQ(style.words.reference.before, "foreign key to `");
  EXPECT_EQ(style.words.reference.after, "`");
}

TEST(DocumentStyle, OfNothingIsTheDefault) {
  EXPECT_FALSE(learned({{"docs/a.md", "# Prose\n\nNothing of tables.\n"}}).learned);
}

}  // namespace
}  // namespace schemaudit
