// What differs between the sides of a finding, as the page marks it.
#include "reports/marked_difference.h"

#include <gtest/gtest.h>

namespace schemaudit {
namespace {

/// `character varying([20])`, the marked parts in brackets.
std::vector<std::string> marked(const std::vector<std::string>& texts) {
  std::vector<std::string> shown;
  for (const std::vector<MarkedPart>& parts : mark_differences(texts)) {
    shown.emplace_back();
    for (const MarkedPart& part : parts)
      shown.back() += part.differs ? "[" + part.text + "]" : part.text;
  }
  return shown;
}

using Texts = std::vector<std::string>;

TEST(MarkedDifference, MarksTheWordsThatDiffer) {
  EXPECT_EQ(marked({"character varying(20)", "character varying(50)"}),
            (Texts{"character varying([20])", "character varying([50])"}));
  EXPECT_EQ(marked({"a REFERENCES b(id) ON DELETE CASCADE", "a REFERENCES b(id)"}),
            (Texts{"a REFERENCES b(id) [ON DELETE CASCADE]", "a REFERENCES b(id)"}));
  EXPECT_EQ(marked({"text", "integer"}), (Texts{"[text]", "[integer]"}));
}

TEST(MarkedDifference, NothingDiffersWhereAllSayTheSame) {
  EXPECT_EQ(marked({"NOT NULL", "NOT NULL", "NOT NULL"}),
            (Texts{"NOT NULL", "NOT NULL", "NOT NULL"}));
  EXPECT_EQ(marked({"alone"}), (Texts{"alone"}));
  EXPECT_EQ(marked({}), Texts{});
  EXPECT_EQ(marked({"", "a"}), (Texts{"", "[a]"}));
}

TEST(MarkedDifference, OfThreeSidesEachMarksWhatAnotherLacks) {
  EXPECT_EQ(marked({"default 1", "default 2", "default 1"}),
            (Texts{"default [1]", "default [2]", "default [1]"}));
}

TEST(MarkedDifference, LongTextsKeepTheirCommonEnds) {
  std::string a = "begin ", b = "begin ";
  for (int i = 0; i < 3000; ++i)
    a += "x" + std::to_string(i) + " ", b += "y" + std::to_string(i) + " ";
  const std::vector<std::string> shown = marked({a + "end", b + "end"});
  EXPECT_EQ(shown[0].substr(0, 7), "begin [");
  EXPECT_EQ(shown[0].substr(shown[0].size() - 5), "] end");
}

TEST(MarkedDifference, KeepsCharactersOfSeveralBytesWhole) {
  EXPECT_EQ(marked({"größe", "grösse"}), (Texts{"[größe]", "[grösse]"}));
}

}  // namespace
}  // namespace schemaudit
