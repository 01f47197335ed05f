// Cuts a text that people wrote into statements, psql commands and shell lines, before anything
// is parsed: one part that cannot be read costs no other.
//
//   for (const Piece& piece : cut_pieces("\\d users\nSELECT 1;\nSELECT 2"))   psql, sql, sql
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace schemaudit {

struct Piece {
  enum class Kind { sql, psql, shell, copy_data };
  Kind kind = Kind::sql;
  /// From the first token that is no comment to the last; without the semicolon.
  std::size_t begin = 0;
  std::size_t end = 0;
  /// The first of the comments right before it; equal to `begin` where there is none.
  std::size_t comments_begin = 0;
  bool terminated = false;

  std::string_view in(std::string_view text) const { return text.substr(begin, end - begin); }
};

std::vector<Piece> cut_pieces(std::string_view text);

/// Cuts a piece without semicolons further: at blank lines, at comment lines, and at lines that
/// begin a statement or a constraint, each outside all parentheses.
std::vector<Piece> cut_lines(std::string_view text, const Piece& piece);

/// The first word, folded; empty where the text begins with something else.
std::string first_word(std::string_view text);

/// Whether a statement may begin with this (folded) word.
bool begins_statement(std::string_view word);

/// Whether `...` or `…` stands in the text outside strings: the author left something out.
bool has_elision(std::string_view text);

}  // namespace schemaudit
