#include "analyzer/model/utf8.h"

#include <gtest/gtest.h>

namespace schemaudit {
namespace {

TEST(Utf8, TextThatFitsIsNotCut) {
  EXPECT_EQ(cut_at_character("", 0), "");
  EXPECT_EQ(cut_at_character("users", 5), "users");
  EXPECT_EQ(cut_at_character("users", 63), "users");
  EXPECT_EQ(cut_at_character("Gr\xC3\xBC", 4), "Gr\xC3\xBC");
}

TEST(Utf8, TextIsCutBetweenCharacters) {
  EXPECT_EQ(cut_at_character("users", 3), "use");
  EXPECT_EQ(cut_at_character("Gr\xC3\xBCn", 4), "Gr\xC3\xBC");
  EXPECT_EQ(cut_at_character("Gr\xC3\xBCn", 3), "Gr");
  for (std::size_t bytes = 2; bytes < 6; ++bytes)
    EXPECT_EQ(cut_at_character("a\xE8\xA1\xA8\xF0\x9F\x90\x98", bytes),
              bytes < 4 ? "a" : "a\xE8\xA1\xA8");
}

TEST(Utf8, NothingIsLeftWhereNoCharacterFits) {
  EXPECT_EQ(cut_at_character("users", 0), "");
  EXPECT_EQ(cut_at_character("\xF0\x9F\x90\x98", 3), "");
}

// What is no UTF-8 is cut all the same, and never read past its end.
TEST(Utf8, BytesWithoutABeginningAreDropped) {
  EXPECT_EQ(cut_at_character("\x80\x80\x80", 2), "");
  EXPECT_EQ(cut_at_character("a\x80\x80\x80", 2), "");
}

}  // namespace
}  // namespace schemaudit
