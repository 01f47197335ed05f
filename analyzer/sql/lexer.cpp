#include "analyzer/sql/lexer.h"

#include <algorithm>

namespace schemaudit {

namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_word_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_word_part(char c) {
  return is_word_start(c) || is_digit(c) || c == '$';
}

std::size_t end_of_block_comment(std::string_view text, std::size_t at) {
  int depth = 0;
  while (at < text.size()) {
    if (text.substr(at, 2) == "/*") {
      ++depth;
      at += 2;
    } else if (text.substr(at, 2) == "*/") {
      at += 2;
      if (--depth == 0) return at;
    } else {
      ++at;
    }
  }
  return at;
}

std::size_t end_of_quoted(std::string_view text, std::size_t at, char quote, bool backslashes) {
  for (++at; at < text.size(); ++at) {
    if (backslashes && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (at + 1 < text.size() && text[at + 1] == quote)
        ++at;
      else
        return at + 1;
    }
  }
  return text.size();
}

/// The end of a dollar-quoted string that begins at `at`, or `at` where none does.
std::size_t end_of_dollar_quoted(std::string_view text, std::size_t at) {
  std::size_t tag_end = at + 1;
  while (tag_end < text.size() && (is_word_start(text[tag_end]) || is_digit(text[tag_end])))
    ++tag_end;
  if (tag_end >= text.size() || text[tag_end] != '$') return at;
  if (tag_end > at + 1 && is_digit(text[at + 1])) return at;
  std::string_view tag = text.substr(at, tag_end + 1 - at);
  std::size_t close = text.find(tag, tag_end + 1);
  return close == std::string_view::npos ? text.size() : close + tag.size();
}

}  // namespace

bool next_token(std::string_view text, std::size_t& at, Token& token) {
  while (at < text.size() && is_space(text[at])) ++at;
  if (at >= text.size()) return false;
  auto found = [&](TokenKind kind, std::size_t end) {
    token = {kind, at, end - at};
    at = end;
    return true;
  };
  char c = text[at];
  if (text.substr(at, 2) == "--")
    return found(TokenKind::comment, std::min(text.find('\n', at), text.size()));
  if (text.substr(at, 2) == "/*") return found(TokenKind::comment, end_of_block_comment(text, at));
  if (c == '\'') return found(TokenKind::string, end_of_quoted(text, at, '\'', false));
  if (c == '"') return found(TokenKind::quoted_name, end_of_quoted(text, at, '"', false));
  if (c == '$')
    if (std::size_t end = end_of_dollar_quoted(text, at); end > at)
      return found(TokenKind::string, end);
  if ((c == 'e' || c == 'E') && at + 1 < text.size() && text[at + 1] == '\'')
    return found(TokenKind::string, end_of_quoted(text, at + 1, '\'', true));
  std::size_t end = at;
  if (is_word_start(c)) {
    while (end < text.size() && is_word_part(text[end])) ++end;
    return found(TokenKind::word, end);
  }
  if (is_digit(c)) {
    while (end < text.size() && (is_word_part(text[end]) || text[end] == '.')) ++end;
    return found(TokenKind::number, end);
  }
  return found(TokenKind::symbol, at + 1);
}

std::vector<Token> tokenize(std::string_view text) {
  std::vector<Token> tokens;
  Token token;
  for (std::size_t at = 0; next_token(text, at, token);) tokens.push_back(token);
  return tokens;
}

bool is_word(const Token& token, std::string_view text, std::string_view word) {
  if (token.kind != TokenKind::word || token.length != word.size()) return false;
  std::string_view written = token.in(text);
  return std::equal(written.begin(), written.end(), word.begin(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

}  // namespace schemaudit
