#include "analyzer/models/prisma_tokens.h"

#include <string_view>

namespace schemaudit {

namespace {

using Kind = PrismaToken::Kind;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

void append_utf8(std::string& text, unsigned code) {
  auto byte = [&](unsigned value) { text += static_cast<char>(value); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | (code >> 6));
    byte(0x80 | (code & 0x3F));
  } else {
    byte(0xE0 | (code >> 12));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  }
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") text_.remove_prefix(3);
  }

  std::vector<PrismaToken> scan() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n')
        take(Kind::new_line, 1);
      else if (c == ' ' || c == '\t' || c == '\r')
        skip(1);
      else if (text_.substr(at_, 2) == "//")
        skip(std::min(text_.find('\n', at_), text_.size()) - at_);
      else if (text_.substr(at_, 2) == "/*")
        skip_block_comment();
      else if (c == '"')
        take_text();
      else if (is_letter(c))
        take(Kind::word,
             length_of([](char each) { return is_letter(each) || is_digit(each) || each == '-'; }));
      else if (is_digit(c) || (c == '-' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])))
        take(Kind::number, 1 + length_of(
                                   [](char each) {
                                     return is_digit(each) || each == '.' || each == 'e' ||
                                            each == 'E' || each == '+';
                                   },
                                   1));
      else
        take(Kind::sign, text_.substr(at_, 2) == "@@" ? 2 : 1);
    }
    tokens_.push_back({Kind::end, "the end of the file", line_, column_});
    tokens_.push_back(tokens_.back());
    return std::move(tokens_);
  }

 private:
  template <typename Belongs>
  std::size_t length_of(const Belongs& belongs, std::size_t from = 0) const {
    std::size_t length = from;
    while (at_ + length < text_.size() && belongs(text_[at_ + length])) ++length;
    return length - from;
  }

  void skip(std::size_t length) {
    for (; length > 0; --length, ++at_) {
      if (text_[at_] == '\n') {
        ++line_;
        column_ = 1;
      } else if ((static_cast<unsigned char>(text_[at_]) & 0xC0) != 0x80) {
        ++column_;
      }
    }
  }

  void take(Kind kind, std::size_t length) {
    tokens_.push_back({kind, std::string(text_.substr(at_, length)), line_, column_});
    skip(length);
  }

  void skip_block_comment() {
    const std::size_t end = text_.find("*/", at_ + 2);
    skip((end == std::string_view::npos ? text_.size() : end + 2) - at_);
  }

  /// An open string ends with its line.
  void take_text() {
    PrismaToken token{Kind::text, "", line_, column_};
    std::size_t i = at_ + 1;
    for (; i < text_.size() && text_[i] != '"' && text_[i] != '\n'; ++i) {
      if (text_[i] != '\\' || i + 1 >= text_.size()) {
        token.text += text_[i];
        continue;
      }
      ++i;
      const char escaped = text_[i];
      if (escaped == 'n')
        token.text += '\n';
      else if (escaped == 't')
        token.text += '\t';
      else if (escaped == 'r')
        token.text += '\r';
      else if (escaped == 'u' && hex(i + 1))
        append_utf8(token.text, static_cast<unsigned>(
                                    std::stoul(std::string(text_.substr(i + 1, 4)), nullptr, 16))),
            i += 4;
      else
        token.text += escaped;
    }
    if (i < text_.size() && text_[i] == '"') ++i;
    tokens_.push_back(std::move(token));
    skip(i - at_);
  }

  bool hex(std::size_t from) const {
    if (from + 4 > text_.size()) return false;
    return text_.substr(from, 4).find_first_not_of("0123456789abcdefABCDEF") ==
           std::string_view::npos;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1, column_ = 1;
  std::vector<PrismaToken> tokens_;
};

}  // namespace

std::vector<PrismaToken> prisma_tokens(const PrismaFile& file) {
  return Scanner(file.text).scan();
}

}  // namespace schemaudit
