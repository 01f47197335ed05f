// What documents say that their queries give.

#include <gtest/gtest.h>

#include "schema_docs/expectation_words.h"
#include "tests/docs/reading.h"

namespace schemaudit {
namespace {

std::string in_words(const ExpectedCell& cell) {
  std::string value = cell.quoted ? "'" + cell.value + "'" : cell.value;
  return cell.column + std::string(to_string(cell.comparison)) + value;
}

/// `count = 0 rows`, `value =42`, `cells a=1 b=2`, `rows (a, b) [=1 =2] [=3 =4]`, `prose`.
std::string in_words(const Expectation& expectation) {
  std::string words;
  switch (expectation.kind) {
    case ExpectationKind::count:
      return "count " + std::string(to_string(expectation.comparison)) + " " +
             std::to_string(expectation.count) + (expectation.of_rows ? " rows" : "") +
             (expectation.of_each ? " each" : "");
    case ExpectationKind::value:
      return "value " + in_words(expectation.cells.at(0));
    case ExpectationKind::cells:
      words = "cells";
      for (const ExpectedCell& cell : expectation.cells) words += " " + in_words(cell);
      return words;
    case ExpectationKind::rows:
      words = "rows (";
      for (const std::string& column : expectation.columns)
        words += (words.back() == '(' ? "" : ", ") + column;
      words += ")";
      for (const auto& row : expectation.rows) {
        words += " [";
        for (const ExpectedCell& cell : row)
          words += (words.back() == '[' ? "" : " ") + in_words(cell);
        words += "]";
      }
      return words;
    case ExpectationKind::prose:
      return "prose";
  }
  return "";
}

std::string read(const std::string& phrase) {
  std::optional<Expectation> expectation = expectation_in(phrase);
  return expectation ? in_words(*expectation) : "nothing";
}

TEST(ExpectationWords, CountsOfRows) {
  for (const char* phrase : {"Expected: 0 rows",
                             "Expected: **0 rows**",
                             "expected - zero rows",
                             "Expect: empty",
                             "Expect empty",
                             "Expected result: no rows.",
                             "Expected: none",
                             "Expected output: nothing",
                             "should return no rows",
                             "This query should return no rows.",
                             "must return 0 rows",
                             "The result should be empty",
                             "should not return any rows",
                             "Should never return rows",
                             "should be empty",
                             "0 rows expected",
                             "Returns no rows",
                             "(0 rows)",
                             "Expected rows: 0",
                             "Expected 0 rows",
                             "No rows.",
                             "This must not return anything.",
                             "Nothing should come back.",
                             "Nothing should be found",
                             "No rows must be returned.",
                             "is expected to return no rows",
                             "Expected: `0 rows`",
                             "Expected: 0 rows returned",
                             "Expected: 0 rows (anything else is a bug)",
                             "Expected: 0 rows, if not, stop",
                             "Expected: 0 rows \xE2\x80\x94 no keys yet"})
    EXPECT_EQ(read(phrase), "count = 0 rows") << phrase;
  EXPECT_EQ(read("returns 5 rows"), "count = 5 rows");
  EXPECT_EQ(read("Expected: exactly 1 row"), "count = 1 rows");
  EXPECT_EQ(read("Expected: at least 3 rows"), "count >= 3 rows");
  EXPECT_EQ(read("Expected: 2+ rows"), "count >= 2 rows");
  EXPECT_EQ(read("Expected: fewer than 1,000 rows"), "count < 1000 rows");
  EXPECT_EQ(read("Expected: one row"), "count = 1 rows");
}

TEST(ExpectationWords, CountsOfThings) {
  EXPECT_EQ(read("Should return 0 orphaned records"), "count = 0");
  EXPECT_EQ(read("Expected: 0 orphans"), "count = 0");
  EXPECT_EQ(read("Expected: 12 tables"), "count = 12");
  EXPECT_EQ(read("All violation counts should be 0"), "count = 0 each");
  EXPECT_EQ(read("Number of orphans should be 0"), "count = 0");
}

TEST(ExpectationWords, Values) {
  EXPECT_EQ(read("Expected: `0`"), "value =0");
  EXPECT_EQ(read("Expected: 42"), "value =42");
  EXPECT_EQ(read("Expected: true"), "value =true");
  EXPECT_EQ(read("Expected: NULL"), "value =NULL");
  EXPECT_EQ(read("Expected: 'NULL'"), "value ='NULL'");
  EXPECT_EQ(read("Expected: `active`"), "value =active");
  EXPECT_EQ(read("Expected: > 0"), "value >0");
  EXPECT_EQ(read("should return 7"), "value =7");
  EXPECT_EQ(read("count should be 0"), "value =0");
  EXPECT_EQ(read("Expected: -1.5"), "value =-1.5");
}

TEST(ExpectationWords, CellsByTheirColumns) {
  EXPECT_EQ(read("Expected: enabled = false"), "cells enabled=false");
  EXPECT_EQ(read("Expected: `enabled = false`, `rollout_percent = 0`"),
            "cells enabled=false rollout_percent=0");
  EXPECT_EQ(read("Expected: enabled is false and ended_at is null"),
            "cells enabled=false ended_at=null");
  EXPECT_EQ(read("Expected: `cache_rows = unique_keys`"), "cells cache_rows=unique_keys");
  EXPECT_EQ(read("`enabled` should be `false`"), "cells enabled=false");
  EXPECT_EQ(read("Expected: status = 'open'"), "cells status='open'");
  EXPECT_EQ(read("Expected: total >= 10"), "cells total>=10");
}

TEST(ExpectationWords, WhatNobodyCanJudgeIsProse) {
  for (const char* phrase :
       {"Expected: No Phase 3-attributable mutations.", "Expected: under 50ms",
        "Performance should be reasonable (< 50ms for typical dataset)", "Expected: quick",
        "Expected: 50 ms", "Expected: 0 rows unless the migration has not run",
        "Expected: 0 rows, or 1 if seeded", "Expected: 0 or 1 rows", "Expected: about 10 rows",
        "Expected: one row per tenant", "Expected: the plan uses an index"})
    EXPECT_EQ(read(phrase), "prose") << phrase;
  EXPECT_EQ(expectation_in("Expected: under 50ms")->why_not,
            "how long a query takes is not judged");
}

TEST(ExpectationWords, NothingIsExpectedOfADescription) {
  for (const char* phrase :
       {"Lists the users.", "Returns all active users", "Returns the 10 most recent orders",
        "Rows that should be deleted", "Check all new tables exist", "If > 0, investigate",
        "Returns 1 if the user exists", "Expected:", "Note: see below", "No rows were harmed",
        "Nothing here comes from the importer"})
    EXPECT_EQ(read(phrase), "nothing") << phrase;
}

TEST(ExpectationWords, ListsAndOutputs) {
  auto list = [](const std::vector<std::string>& items) {
    std::string words;
    for (const Expectation& each : expected_list(items)) words += in_words(each) + ";";
    return words;
  };
  EXPECT_EQ(list({"`enabled = false`", "`rollout_percent = 0`"}),
            "cells enabled=false rollout_percent=0;");
  EXPECT_EQ(list({"enabled: false", "name: 'x'"}), "cells enabled=false name='x';");
  EXPECT_EQ(list({"`p3_a`", "`p3_b` - the second"}), "rows () [=p3_a] [=p3_b];");
  EXPECT_EQ(list({"0 rows"}), "count = 0 rows;");
  EXPECT_EQ(list({"the table is there", "`a = 1`"}), "prose;cells a=1;");
  EXPECT_EQ(in_words(expected_output(" name | n \n------+---\n a    | 1\n b    |  \n(2 rows)\n")),
            "rows (name, n) [=a =1] [=b =]");
  EXPECT_EQ(in_words(expected_output(" n \n---\n(0 rows)\n")), "rows (n)");
  EXPECT_EQ(in_words(expected_output("0\n")), "value =0");
  EXPECT_EQ(in_words(expected_output("NOTICE: well\nDONE\n")), "prose");
  EXPECT_EQ(in_words(expected_output(" n \n---\n 1\n ...\n")), "prose");
}

/// Each query of a document with what is expected of it, by line.
std::string queries_of(const std::string& document) {
  SourceResult source = read_document_text(document);
  std::string words;
  auto add = [&](const char* kind, const DocumentedQuery& query) {
    words += kind + std::to_string(query.origin.line) + ":";
    for (const Expectation& each : query.expectations)
      words += " " + in_words(each) + " @" + std::to_string(each.origin.line);
    words += "\n";
  };
  for (const DocumentedQuery& query : source.documents.at(0).queries) add("", query);
  for (const DocumentedQuery& other : source.documents.at(0).other_statements) add("other ", other);
  return words;
}

TEST(StatedResults, OfTheTextBehindAFence) {
  EXPECT_EQ(queries_of("# Checks\n"
                       "```sql\nSELECT 1;\n```\n"
                       "Expected: **0 rows**\n\n"
                       "```sql\nSELECT 2;\n```\n\n"
                       "Expected:\n- `enabled = false`\n- `rollout_percent = 0`\n\n"
                       "```sql\nSELECT 3;\n```\n"
                       "Expected: `0`\n\n---\n\n"
                       "```sql\nSELECT 4;\n```\n"),
            "3: count = 0 rows @5\n"
            "8: cells enabled=false rollout_percent=0 @11\n"
            "16: value =0 @18\n"
            "23:\n");
}

TEST(StatedResults, OfTheTextBeforeAFence) {
  EXPECT_EQ(
      queries_of("# Checks\nThe next query should return no rows:\n\n```sql\nSELECT 1;\n```\n"),
      "5: count = 0 rows @2\n");
  // What stands between two fences speaks of the first one, unless it introduces the second.
  EXPECT_EQ(queries_of("# Checks\n```sql\nSELECT 1;\n```\nExpected: 0 rows\n\n"
                       "```sql\nSELECT 2;\n```\nThis query should return 3 rows:\n"
                       "```sql\nSELECT 3;\n```\n"),
            "3: count = 0 rows @5\n8:\n12: count = 3 rows @10\n");
}

TEST(StatedResults, OfTablesOutputsAndQuotes) {
  EXPECT_EQ(queries_of("# Checks\n```sql\nSELECT 1;\n```\nExpected:\n\n"
                       "| name | n |\n|---|---|\n| a | 1 |\n| `b` | 2 |\n"),
            "3: rows (name, n) [=a =1] [=b =2] @5\n");
  EXPECT_EQ(queries_of("# Checks\n```sql\nSELECT 1;\n```\nExpected output:\n"
                       "```\n n\n---\n 5\n(1 row)\n```\n"),
            "3: rows (n) [=5] @5\n");
  EXPECT_EQ(queries_of("# Checks\n```sql\nSELECT 1;\n```\n> Expected: 0 rows\n"),
            "3: count = 0 rows @5\n");
  // An output that nobody expects is an example.
  EXPECT_EQ(queries_of("# Checks\n```sql\nSELECT 1;\n```\nOutput:\n```\n5\n```\n"), "3:\n");
}

TEST(StatedResults, WithinAList) {
  EXPECT_EQ(queries_of("# Checks\n1. First:\n   ```sql\n   SELECT 1;\n   ```\n   Expected: 0 rows\n"
                       "2. Second:\n   ```sql\n   SELECT 2;\n   ```\n"),
            "4: count = 0 rows @6\n9:\n");
}

TEST(StatedResults, OfComments) {
  EXPECT_EQ(queries_of("# Checks\n```sql\n"
                       "SELECT count(*) FROM a; -- should be 0\n"
                       "SELECT count(*) FROM b;\n"
                       "-- Expected: 1\n\n"
                       "-- Who has none\n"
                       "SELECT count(*) FROM c;\n"
                       "```\n"),
            "3: value =0 @3\n4: value =1 @5\n8:\n");
  EXPECT_EQ(queries_of("# Checks\n```sql\n"
                       "-- Expected: 0 rows\n"
                       "SELECT 1;\n"
                       "-- Expected: 5\n"
                       "SELECT 2;\n"
                       "```\n"),
            "4: count = 0 rows @3\n6: value =5 @5\n");
  EXPECT_EQ(queries_of("# Checks\n```sql\n"
                       "SELECT count(*)  -- expected: 0\n"
                       "FROM a;\n"
                       "/* Expected: 2 rows */ SELECT 2;\n"
                       "```\n"),
            "3: value =0 @3\n5: count = 2 rows @5\n");
  EXPECT_EQ(queries_of("# Checks\n```sql\n"
                       "SELECT * FROM a;\n"
                       "-- Expected:\n"
                       "--   enabled = false\n"
                       "--   rollout_percent = 0\n"
                       "-- Stop if it is not.\n"
                       "```\n"),
            "3: cells enabled=false rollout_percent=0 @4\n");
  EXPECT_EQ(queries_of("# Checks\n```sql\n"
                       "SELECT * FROM a;\n"
                       "-- Expected:\n"
                       "--  n | m\n"
                       "-- ---+---\n"
                       "--  1 | x\n"
                       "-- (1 row)\n"
                       "```\n"),
            "3: rows (n, m) [=1 =x] @4\n");
}

TEST(StatedResults, AValidationSectionAsPeopleWriteIt) {
  EXPECT_EQ(queries_of("# Plan\n## Phase 2 Validation\n```sql\n"
                       "-- Critical checks\n"
                       "SELECT 'Candidates' as check_name, COUNT(*) as count FROM candidates;\n"
                       "\n"
                       "-- Relationship integrity\n"
                       "SELECT 'Orphans' as issue, COUNT(*) as count\n"
                       "FROM resumes r LEFT JOIN candidates c ON r.candidate_id = c.id\n"
                       "WHERE c.id IS NULL;\n"
                       "\n"
                       "-- Should return 0 orphaned records\n"
                       "-- If > 0, investigate and fix before proceeding\n"
                       "\n"
                       "-- Mark the phase complete\n"
                       "UPDATE progress SET status = 'completed';\n"
                       "```\n"),
            "5:\n8: count = 0 @12\n");
  EXPECT_EQ(queries_of("# Plan\n## Validation\n```sql\n"
                       "EXPLAIN ANALYZE\nSELECT * FROM users;\n\n"
                       "-- Performance should be reasonable (< 50ms for typical dataset)\n"
                       "```\n"),
            "5: prose @7\n");
}

TEST(StatedResults, OneStatementForSeveralQueriesIsNotGuessed) {
  const std::string document = "# Checks\n```sql\nSELECT 1;\nSELECT 2;\n```\nExpected: 0 rows\n";
  EXPECT_EQ(queries_of(document), "3:\n4: prose @6\n");
  SourceResult source = read_document_text(document);
  EXPECT_EQ(source.documents[0].queries[1].expectations[0].why_not,
            "it speaks of one of 2 queries without saying which");
  EXPECT_EQ(queries_of("# Checks\n```sql\nSELECT 1;\nSELECT 2;\n```\nExpected: 0 rows each\n"),
            "3: count = 0 rows @6\n4: count = 0 rows @6\n");
  // Where all others speak for themselves it is the one that is left.
  EXPECT_EQ(queries_of("# Checks\n```sql\nSELECT 1; -- expected: 1\nSELECT 2;\n```\n"
                       "Expected: 0 rows\n"),
            "3: value =1 @3\n4: count = 0 rows @6\n");
}

TEST(StatedResults, OfWhatIsNoQuery) {
  EXPECT_EQ(queries_of("# Checks\n```sql\nUPDATE a SET b = 1;\n```\nExpected: 1 row\n"),
            "other 3: count = 1 rows @5\n");
  // A way back is no check of what is there now.
  EXPECT_EQ(queries_of("# Plan\n## Rollback\n```sql\nSELECT 1;\n```\nExpected: 0 rows\n"), "");
}

}  // namespace
}  // namespace schemaudit
