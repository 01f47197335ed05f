// Cuts SQL text into tokens, and never fails: what documents hold (`CHECK (...)`, psql
// commands, an unclosed quote) has tokens, too, where libpg_query's scanner would stop.
//
//   for (const Token& token : tokenize("SELECT 1 -- one")) ...   word, number, comment
//
// Only as much of PostgreSQL's lexical rules (manual chapter 4.1) as is needed to find the ends
// of statements, comments and quoted parts; meaning is libpg_query's business.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace schemaudit {

enum class TokenKind { word, quoted_name, string, number, symbol, comment };

struct Token {
  TokenKind kind = TokenKind::symbol;
  std::size_t offset = 0;
  std::size_t length = 0;

  std::string_view in(std::string_view text) const { return text.substr(offset, length); }
  std::size_t end() const { return offset + length; }
};

/// The token at or behind `at`, which moves behind it; false at the end of the text.
bool next_token(std::string_view text, std::size_t& at, Token& token);

/// All tokens in order; white space is left out. Symbols are single characters.
std::vector<Token> tokenize(std::string_view text);

/// Whether `token` is the word `word` (given in lower case).
bool is_word(const Token& token, std::string_view text, std::string_view word);

}  // namespace schemaudit
