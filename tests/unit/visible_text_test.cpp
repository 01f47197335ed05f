// Nothing from a database or document may command a terminal, reorder a page or hide in it.
#include "reports/visible_text.h"

#include <gtest/gtest.h>

namespace schemaudit {
namespace {

TEST(VisibleText, PlainTextOfAnyScriptStaysAsItIs) {
  EXPECT_EQ(visible_line("users.e-mail"), "users.e-mail");
  EXPECT_EQ(visible_line("naïve 列 型 таблица 🚀"), "naïve 列 型 таблица 🚀");
  EXPECT_EQ(visible_line(""), "");
}

TEST(VisibleText, ControlCharactersAreWrittenOut) {
  EXPECT_EQ(visible_line("\x1b[31mred\x1b[0m"), "\\x1b[31mred\\x1b[0m");
  EXPECT_EQ(visible_line(std::string("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(visible_line("bell\x07, delete\x7f"), "bell\\x07, delete\\x7f");
  // U+009B is a whole escape sequence's beginning for some terminals.
  EXPECT_EQ(visible_line("\xc2\x9b"
                         "31m"),
            "\\x9b31m");
}

TEST(VisibleText, BidirectionalAndInvisibleCharactersAreWrittenOut) {
  EXPECT_EQ(visible_line("user\u202egpj.exe"), "user\\u202egpj.exe");
  EXPECT_EQ(visible_line("a\u2066b\u2069c\u200bd\ufeff"), "a\\u2066b\\u2069c\\u200bd\\ufeff");
  EXPECT_EQ(visible_line("tag\U000e0041"), "tag\\U000e0041");
}

TEST(VisibleText, BytesThatAreNotUtf8AreWrittenOut) {
  EXPECT_EQ(visible_line("caf\xe9"), "caf\\xe9");
  EXPECT_EQ(visible_line("cut \xe2\x82"), "cut \\xe2\\x82");
  EXPECT_EQ(visible_line("overlong \xc0\xaf"), "overlong \\xc0\\xaf");
  EXPECT_EQ(visible_line("surrogate \xed\xa0\x80"), "surrogate \\xed\\xa0\\x80");
  EXPECT_EQ(visible_line("beyond \xf4\x90\x80\x80"), "beyond \\xf4\\x90\\x80\\x80");
}

TEST(VisibleText, OnlyABlockKeepsLineBreaksAndTabs) {
  EXPECT_EQ(visible_line("one\ntwo\tthree\r\n"), "one\\ntwo\\tthree\\r\\n");
  EXPECT_EQ(visible_block("one\ntwo\tthree\r\nfour"), "one\ntwo\tthree\nfour");
  EXPECT_EQ(visible_block("over\rwritten"), "over\\rwritten");
}

}  // namespace
}  // namespace schemaudit
