#include "analyzer/sql/source_slices.h"

#include <algorithm>

#include "analyzer/sql/lexer.h"

namespace schemaudit {

std::string text_in_parentheses(std::string_view text, std::size_t from) {
  std::size_t at = from, begin = 0;
  int depth = 0;
  Token token;
  while (next_token(text, at, token)) {
    if (token.kind != TokenKind::symbol) continue;
    char symbol = text[token.offset];
    if (symbol == '(' && depth++ == 0) begin = token.end();
    if (symbol == ')' && --depth == 0) return std::string(text.substr(begin, token.offset - begin));
    if ((symbol == ',' || symbol == ';') && depth == 0) break;
  }
  return {};
}

std::string text_of_default(std::string_view text, std::size_t from) {
  static constexpr std::string_view kEnds[] = {"not",        "null",    "check",     "unique",
                                               "primary",    "collate", "generated", "references",
                                               "constraint", "default"};
  std::size_t at = from;
  Token token;
  if (!next_token(text, at, token)) return {};
  int depth = 0;
  std::size_t begin = 0, end = 0;
  while (next_token(text, at, token)) {
    if (token.kind == TokenKind::comment) continue;
    char symbol = token.kind == TokenKind::symbol ? text[token.offset] : '\0';
    if (symbol == '(' || symbol == '[') ++depth;
    if ((symbol == ')' || symbol == ']') && --depth < 0) break;
    if (depth == 0 && (symbol == ',' || symbol == ';')) break;
    if (depth == 0 && end > 0 && token.kind == TokenKind::word &&
        std::any_of(std::begin(kEnds), std::end(kEnds),
                    [&](std::string_view word) { return is_word(token, text, word); }))
      break;
    if (end == 0) begin = token.offset;
    end = token.end();
  }
  return std::string(text.substr(begin, end - begin));
}

std::string text_of_predicate(std::string_view create_index) {
  std::size_t at = 0, begin = 0, end = 0;
  int depth = 0;
  Token token;
  while (next_token(create_index, at, token)) {
    if (token.kind == TokenKind::comment) continue;
    char symbol = token.kind == TokenKind::symbol ? create_index[token.offset] : '\0';
    if (symbol == '(') ++depth;
    if (symbol == ')') --depth;
    if (depth == 0 && begin == 0 && is_word(token, create_index, "where")) begin = token.end();
    end = token.end();
  }
  if (begin == 0) return {};
  while (begin < end && (create_index[begin] == ' ' || create_index[begin] == '\n')) ++begin;
  return std::string(create_index.substr(begin, end - begin));
}

}  // namespace schemaudit
