#include <gtest/gtest.h>

#include "tests/docs/reading.h"

namespace schemaudit {
namespace {

TEST(DocumentState, IsProposedByWhatTheDocumentCallsItself) {
  struct Case {
    std::string text;
    std::optional<DocumentState> proposed;
    int line;
  };
  const Case cases[] = {
      {"# Plan\n**Phase:** Phase 3 (Designed, Not Implemented)  \n**Status:** ready\n",
       DocumentState::planned, 2},
      {"# Schema\n\ntext\n\n---\n\n**Document Status**: Draft\n", DocumentState::planned, 7},
      {"# Persistence Audit Report\n", DocumentState::not_schema, 1},
      {"---\nstatus: deprecated\n---\n# Schema\n", DocumentState::retired, 2},
      {"# Schema\n\nStatus: superseded by v2\n", DocumentState::retired, 3},
      {"# Schema (DRAFT)\n", DocumentState::planned, 1},
      {"# Schema\n\n**Status:** Final Database Design\n", std::nullopt, 0},
      {"# Schema\n\n**Status:** Complete - Ready for Deployment\n", std::nullopt, 0},
      {"# Schema\n\nUsers may keep drafts. Status: a column of orders\n", std::nullopt, 0},
      {"# Audit trail tables\n", std::nullopt, 0},
  };
  for (const Case& one : cases) {
    DocumentReading reading = read_document_text(one.text).documents[0];
    EXPECT_EQ(reading.proposed_state, one.proposed) << one.text;
    EXPECT_EQ(reading.self_description.has_value(), one.proposed.has_value()) << one.text;
    EXPECT_EQ(reading.self_description_origin.line, one.line) << one.text;
  }
}

TEST(DocumentState, DecidesWhatIsReadOfTheDocument) {
  const std::string text =
      "# Audit report\n\n```sql\nCREATE TABLE t (id int);\nSELECT 1;\n```\n\n"
      "`postgresql://app:hunter2@db/x`\n";
  for (DocumentState state : {DocumentState::not_schema, DocumentState::retired}) {
    DocumentSet set;
    set.add({"a.md", text, state});
    SourceResult read = set.finish();
    EXPECT_TRUE(read.schema.relations.empty());
    EXPECT_TRUE(read.documents[0].queries.empty());
    EXPECT_EQ(problems_in_words(read), "credential 8:19\n");
    EXPECT_EQ(read.documents[0].state, state);
  }
  DocumentSet set;
  set.add({"a.md", text, DocumentState::planned});
  EXPECT_EQ(set.finish().schema.relations.size(), 1u);
}

TEST(Credentials, AreReportedAtEachPlaceAndNeverShown) {
  SourceResult read = read_document_text(
      "# Setup\n\n```env\nDATABASE_URL=\"postgresql://app:hunter2@localhost/x\"\n```\n\n"
      "Use `PGPASSWORD=hunter2 psql`, not `PGPASSWORD=<password>`.\n");
  EXPECT_EQ(problems_in_words(read), "credential 4:32\ncredential 7:17\n");
  for (const Problem& problem : read.problems) {
    EXPECT_EQ(problem.message.find("hunter2"), std::string::npos);
    EXPECT_EQ(problem.excerpt.find("hunter2"), std::string::npos);
    EXPECT_EQ(problem.key.find("hunter2"), std::string::npos);
  }
}

TEST(GarbledText, IsFoundOncePerDocument) {
  SourceResult read = read_document_text("# Done ‚úÖ\n\nüéØ Caf‚àö\n\n‚ùå wrong, √© too\n");
  ASSERT_FALSE(read.problems.empty());
  EXPECT_EQ(problems_in_words(read), "garbled_text 1:8\n");
  EXPECT_NE(read.problems[0].message.find("✅"), std::string::npos);
  EXPECT_NE(read.problems[0].message.find("Mac Roman"), std::string::npos);
}

TEST(GarbledText, OfEveryCommonKindIsFound) {
  for (const std::string text : {"CafÃ©", "itâ€™s", "ä¸­", "â€œquotedâ€\xC2\x9D", "Â© 2024",
                                 "Ð¿Ñ€Ð¸", "naÃ¯ve", "√© la carte", "‚Äôs"})
    EXPECT_EQ(problems_in_words(read_document_text(text)).substr(0, 12), "garbled_text") << text;
}

TEST(GarbledText, ProperTextIsNone) {
  for (const std::string text :
       {"«CAFÉ»", "«résumé»…", "Größe über Öl", "Ça déjà vu, façade", "Привет мир", "日本語の説明",
        "✅ done → ‘quoted’ “text”…", "√π ≈ 1.77, ¬p ∧ q, ±5 °C", "Île-de-France", "ÅÄÖ åäö",
        "São Paulo, ação, ÇÃO", "Ελληνικά", "naïve café — déjà", "¿Qué? ¡Sí! ñandú", "Đặng Ấn Độ",
        "┌──┐ │ ▼ └──┘", "🎉🛡️ ⚠️"})
    EXPECT_EQ(problems_in_words(read_document_text(text)), "") << text;
}

TEST(BadInput, IsReadAsFarAsItGoes) {
  SourceResult read = read_document_text("# Caf\xE9\n\n```sql\nCREATE TABLE t (id int);\n```\n");
  EXPECT_EQ(problems_in_words(read), "unreadable 1:6\n");
  EXPECT_NE(read.problems[0].message.find("is not UTF-8"), std::string::npos);
  EXPECT_EQ(read.schema.relations.size(), 1u);
}

TEST(BadInput, OfAnotherEncodingIsNotRead) {
  std::string utf16("\xFF\xFE# \0t\0\n\0", 9);
  SourceResult read = read_document_text(utf16);
  EXPECT_EQ(problems_in_words(read), "unreadable 1:1\n");
}

TEST(BadInput, IsBoundedBeforeItIsParsed) {
  DocumentLimits limits;
  limits.file_bytes = 100;
  DocumentSet small(limits);
  small.add({"a.md", std::string(101, 'x'), DocumentState::current});
  EXPECT_EQ(problems_in_words(small.finish()), "unreadable 0:0\n");

  limits = {};
  limits.table_cells = 50;
  DocumentSet wide(limits);
  std::string table = "|a|b|c|d|e|\n|-|-|-|-|-|\n";
  for (int i = 0; i < 9; ++i) table += "|1|\n";
  wide.add({"a.md", "text\n\n" + table, DocumentState::current});
  wide.add({"b.md", table + "|1|\n", DocumentState::current});
  SourceResult read = wide.finish();
  EXPECT_EQ(problems_in_words(read), "unreadable 2:0\n");
  EXPECT_EQ(read.problems[0].origin.uri, "b.md");
}

TEST(BadInput, NestedWithoutEndIsRead) {
  std::string quotes(20000, '>');
  std::string lists;
  for (int i = 0; i < 2000; ++i) lists += std::string(static_cast<std::size_t>(i), ' ') + "- a\n";
  EXPECT_EQ(tables_in_words(read_document_text(quotes + " x\n\n" + lists)), "");
}

TEST(StatedCounts, AreComparedWithWhatTheDocumentStates) {
  const std::string tables =
      "\n\n## Tables\n\n```sql\nCREATE TABLE a (id int PRIMARY KEY);\n"
      "CREATE TABLE b (id int REFERENCES a(id), n int CHECK (n > 0));\n"
      "CREATE INDEX b_id ON b (id);\n```\n";
  for (const std::string right :
       {"The plan defines **exactly two tables**.", "- **Tables:** 2", "- Indexes: 1+",
        "**2 Tables Created:**", "- Indexes: 2", "- Foreign Keys: 1", "- Check Constraints: 1",
        "There are 5 tables remaining.", "All 68 tables are set up.", "7 migration phases",
        "- [ ] 6 tables visible in the browser", "Migrated 5 tables of rows.",
        "- **Models**: 15/20 (75%)"})
    EXPECT_EQ(problems_in_words(read_document_text(right + tables)), "") << right;
  for (const std::string wrong :
       {"The plan defines **exactly three tables**.", "- **Tables:** 3", "- Indexes: 28+",
        "**6 Tables Created:**", "- Foreign Keys: 11", "- Check Constraints: 8"})
    EXPECT_EQ(problems_in_words(read_document_text(wrong + tables)).substr(0, 12), "stated_count")
        << wrong;
  EXPECT_EQ(problems_in_words(read_document_text("Tables: 12\n")), "");
}

TEST(Names, OfOneTableAreMatchedHoweverTheyAreWritten) {
  SourceResult read = read_documents(
      {{"a.md", "## RESUME_CHUNKS Table\n\n| Column | Type |\n|---|---|\n| id | bigint |\n"},
       {"b.md", "## `public.resume_chunks`\n\n- `id`: bigint, not null\n"},
       {"c.md", "## ResumeChunk\n\n| Column | Type | Key |\n|---|---|---|\n| id | bigint | PK |\n"},
       {"d.md", "## Tables\n\n```sql\nCREATE TABLE resume_chunks (id bigint);\n```\n"}});
  EXPECT_EQ(read.schema.relations.size(), 1u);
  EXPECT_EQ(to_string(read.schema.relations[0].name), "public.resume_chunks");
}

TEST(Names, ThatFitSeveralTablesAreAsked) {
  SourceResult read = read_document_text(
      "## Tables\n\n```sql\nCREATE TABLE a.users (id int);\nCREATE TABLE b.users (id int);\n```\n\n"
      "## users table\n\n| Column | Type |\n|---|---|\n| id | integer |\n");
  EXPECT_EQ(problems_in_words(read), "ambiguous_name 10:1\n");
  EXPECT_EQ(read.schema.relations.size(), 2u);
}

TEST(Names, OfTwoTablesInOneDocumentStayTwo) {
  SourceResult read = read_document_text(
      "## job_run\n\n| Column | Type |\n|---|---|\n| id | bigint |\n\n"
      "## job_runs\n\n| Column | Type |\n|---|---|\n| run_id | bigint |\n");
  EXPECT_EQ(read.schema.relations.size(), 2u);
  EXPECT_EQ(problems_in_words(read), "");
}

TEST(Contradictions, BetweenDocumentsAreReportedOnce) {
  SourceResult read = read_documents(
      {{"a.md",
        "```sql\nCREATE TABLE goods (id bigint NOT NULL, size int, made timestamptz);\n```\n"},
       {"b.md",
        "## goods table\n\n| Column | Type | Null |\n|---|---|---|\n| id | bigint | yes |\n"
        "| size | text | yes |\n| made | timestamp | yes |\n| colour | text | yes |\n"}});
  EXPECT_EQ(problems_in_words(read), "contradiction 5:1\ncontradiction 6:1\ncontradiction 8:1\n");
  for (const Problem& problem : read.problems) EXPECT_EQ(problem.related->uri, "a.md");
}

TEST(Reading, IsTheSameTwice) {
  const std::string text =
      "# A\n\n## x_a\n\n- `id`: bigint PK\n\n```sql\nCREATE TABLE b (id int, x int REFERENCES "
      "c);\n```\n";
  EXPECT_EQ(read_document_text(text), read_document_text(text));
}

}  // namespace
}  // namespace schemaudit
