#include "schema_docs/writing/fact_phrases.h"

#include <gtest/gtest.h>

#include "schema_docs/writing/phrase_edits.h"
#include "schema_docs/writing/sql_clauses.h"

namespace schemaudit {
namespace {

std::string in_words(std::string_view source, bool type_first = false) {
  static const char* const kNames[] = {"type",      "primary key", "unique", "not null", "nullable",
                                       "reference", "filling",     "check",  "values",   "action"};
  std::string words;
  for (const FactPhrase& phrase : find_fact_phrases(source, {type_first}))
    words += std::string(kNames[static_cast<int>(phrase.kind)]) + " <" +
             std::string(phrase.in(source)) + ">\n";
  return words;
}

TEST(FactPhrases, StandWhereTheSourceHasThem) {
  EXPECT_EQ(in_words("uuid FK -> `jobs.id`, NOT NULL. The job, never null.", true),
            "type <uuid>\nreference <FK -> `jobs.id`>\nnot null <NOT NULL>\nnullable <null>\n");
  EXPECT_EQ(in_words("default `now()`; `CHECK (a > 0)`, one of 'a', 'b'"),
            "filling <default `now()`>\ncheck <`CHECK (a > 0)`>\nvalues <one of 'a', 'b'>\n");
  EXPECT_EQ(in_words("references users(id) on delete set null, unique"),
            "reference <references users(id) on delete set null>\nunique <unique>\n");
  EXPECT_EQ(in_words("NOT NULL, FK users(id) ON DELETE SET NULL, FK users, on delete cascade"),
            "not null <NOT NULL>\nreference <FK users(id) ON DELETE SET NULL>\n"
            "action <on delete cascade>\n");
  EXPECT_EQ(in_words("FK -> a(id) (SET NULL on delete), b. Cascade delete; restrict on update"),
            "reference <FK -> a(id) (SET NULL on delete)>\n"
            "action <Cascade delete; restrict on update>\n");
  EXPECT_EQ(in_words("generated always as identity, unique (a, b)"),
            "filling <generated always as identity>\n");
}

TEST(PhraseEdits, TakeAFactOutWithWhatDividesIt) {
  EXPECT_EQ(texts_without("not null, unique. Text.", {PhraseKind::unique}, {}).front(),
            "not null. Text.");
  EXPECT_EQ(texts_without("NOT NULL. What they sign in with.", {PhraseKind::not_null}, {}).front(),
            "What they sign in with.");
  EXPECT_EQ(texts_without("the owner (nullable)", {PhraseKind::nullable}, {}).front(), "the owner");
}

TEST(PhraseEdits, PutAFactBehindTheFacts) {
  EXPECT_EQ(texts_with("not null. Text.", "unique", {}).front(), "not null, unique. Text.");
  EXPECT_EQ(texts_with("", "unique", {}).front(), "unique");
  EXPECT_EQ(texts_with("Text.", "unique", {false, ", ", ". "}).front(), "unique. Text.");
}

TEST(SqlClauses, OfATableWithComments) {
  const std::string text =
      "-- first\nCREATE TABLE IF NOT EXISTS public.\"Jobs\" (\n"
      "  id int PRIMARY KEY, -- a, comment\n"
      "  \"Kind\" character varying(20) NOT NULL DEFAULT 'a,b' CHECK (\"Kind\" <> ''),\n"
      "  owner int CONSTRAINT of REFERENCES users (id) ON DELETE SET NULL,\n"
      "  UNIQUE (id, owner)\n) PARTITION BY RANGE (id);";
  std::vector<TableStatement> tables = table_statements(text);
  ASSERT_EQ(tables.size(), 1u);
  EXPECT_EQ(to_string(tables[0].name), "public.\"Jobs\"");
  ASSERT_EQ(tables[0].elements.size(), 4u);
  EXPECT_EQ(tables[0].elements[1].column, "Kind");
  EXPECT_EQ(tables[0].elements[3].column, "");
  std::string_view kind = tables[0].elements[1].in(text);
  ColumnClauses clauses = column_clauses(kind);
  EXPECT_EQ(clauses.type.in(kind), "character varying(20)");
  ASSERT_EQ(clauses.clauses.size(), 3u);
  EXPECT_EQ(clauses.clauses[1].in(kind), "DEFAULT 'a,b'");
  std::string_view owner = tables[0].elements[2].in(text);
  ASSERT_EQ(column_clauses(owner).clauses.size(), 1u);
  EXPECT_EQ(column_clauses(owner).clauses[0].name.in(owner), "of");
  EXPECT_EQ(column_clauses(owner).clauses[0].in(owner),
            "CONSTRAINT of REFERENCES users (id) ON DELETE SET NULL");
}

}  // namespace
}  // namespace schemaudit
