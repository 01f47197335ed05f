#include "schema_docs/writing/text_edits.h"

#include <gtest/gtest.h>

#include "schema_docs/writing/line_differences.h"
#include "schema_docs/writing/table_row_source.h"

namespace schemaudit {
namespace {

TEST(TextEdits, LeaveEveryOtherByte) {
  const std::string text = "\xEF\xBB\xBF# a\r\n\r\n| x |  \r\nlast";
  TextEdits edits;
  edits.replace(3, "| y |  ");
  edits.insert_before(4, {"| z |"});
  EXPECT_EQ(edits.apply(text), "\xEF\xBB\xBF# a\r\n\r\n| y |  \r\n| z |\r\nlast");
}

TEST(TextEdits, AddBehindALastLineWithoutAnEnd) {
  TextEdits edits;
  edits.insert_before(2, {"b", "c"});
  EXPECT_EQ(edits.apply("a"), "a\nb\nc");
  EXPECT_EQ(edits.apply("a\n"), "a\nb\nc\n");
}

TEST(TextEdits, RemoveALineWithItsEnd) {
  TextEdits edits;
  edits.remove(2);
  EXPECT_EQ(edits.apply("a\nb\nc\n"), "a\nc\n");
}

TEST(UnifiedDiff, IsWhatPatchReads) {
  const std::string before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";
  const std::string after = "1\n2\nthree\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n";
  EXPECT_EQ(unified_diff("docs/a.md", &before, after),
            "--- a/docs/a.md\n+++ b/docs/a.md\n"
            "@@ -1,6 +1,6 @@\n 1\n 2\n-3\n+three\n 4\n 5\n 6\n"
            "@@ -10,3 +10,4 @@\n 10\n 11\n 12\n+13\n");
  EXPECT_EQ(unified_diff("a", &before, before), "");
}

TEST(UnifiedDiff, OfANewFileAndOfLastLinesWithoutAnEnd) {
  EXPECT_EQ(unified_diff("a.md", nullptr, "x\ny\n"),
            "--- /dev/null\n+++ b/a.md\n@@ -0,0 +1,2 @@\n+x\n+y\n");
  const std::string before = "x";
  EXPECT_EQ(unified_diff("a.md", &before, "x\n"),
            "--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n");
}

TEST(LineDifferences, AreTheFewest) {
  std::vector<std::string_view> before = {"a", "b", "c", "a", "b", "b", "a"};
  std::vector<std::string_view> after = {"c", "b", "a", "b", "a", "c"};
  std::size_t changed = 0;
  for (const LineDifference& one : line_differences(before, after))
    changed += one.old_end - one.old_begin + one.new_end - one.new_begin;
  EXPECT_EQ(changed, 5u);
}

TEST(SourceRow, KeepsWhatStandsAroundACell) {
  SourceRow row("  | `a \\| b` |  x  |y|  ");
  ASSERT_EQ(row.size(), 3u);
  EXPECT_EQ(row.cell(0), "`a \\| b`");
  EXPECT_EQ(row.with_cell(1, "long"), "  | `a \\| b` |  long  |y|  ");
  EXPECT_EQ(row.with_cell(2, ""), "  | `a \\| b` |  x  ||  ");
}

TEST(SourceRow, KeepsPipesBelowEachOtherWhereThereIsRoom) {
  SourceRow row("| id   | bigint |");
  EXPECT_EQ(row.with_cell(1, "int", 8), "| id   | int    |");
  EXPECT_EQ(row.with_cell(0, "é", 6), "| é    | bigint |");
  EXPECT_EQ(row.with_cell(0, "identifier", 6), "| identifier | bigint |");
}

TEST(SourceRow, FillsEmptyCellsAndAddsMissingOnes) {
  EXPECT_EQ(SourceRow("| a | |").with_cell(1, "b"), "| a | b |");
  EXPECT_EQ(SourceRow("| a |").with_cell(2, "c"), "| a |  | c |");
  EXPECT_EQ(SourceRow("a | b").with_cell(1, "c"), "a | c");
}

TEST(CellText, EscapesWhatWouldSplitACell) {
  EXPECT_EQ(cell_text("a|b\nc"), "a\\|b c");
  EXPECT_EQ(in_code("a`b"), "``a`b``");
  EXPECT_EQ(as_plain_text("as *they* write_it <b>"), "as \\*they\\* write_it \\<b>");
}

}  // namespace
}  // namespace schemaudit
