// The comments by which goose and dbmate cut a file into its directions.
//
//   for (const Directive& each : directives_in(text, DirectiveStyle::goose)) ...   up, down
//
// Only a whole comment line is a directive: a line of SQL that holds the word `Down` is none.
// Private to analyzer/migrations.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace schemaudit {

enum class DirectiveStyle {
  /// `-- +goose Up`, `Down`, `StatementBegin`, `StatementEnd`, `NO TRANSACTION`, `ENVSUB ON`.
  goose,
  /// `-- migrate:up transaction:false`, `-- migrate:down`.
  dbmate,
};

enum class DirectiveKind {
  up,
  down,
  statement_begin,
  statement_end,
  /// This direction, or the whole file for goose, runs outside of a transaction.
  no_transaction,
  substitution_on,
  substitution_off,
  /// Written as a directive, and none that the tool knows.
  unknown,
};

struct Directive {
  DirectiveKind kind = DirectiveKind::unknown;
  /// Of dbmate's up and down: `transaction:false` stands behind it.
  bool without_transaction = false;
  /// The line's first byte, and the first byte after the line.
  std::size_t begin = 0;
  std::size_t end = 0;
  /// From 1.
  int line = 0;
  std::string text;
};

std::vector<Directive> directives_in(std::string_view text, DirectiveStyle style);

/// The text with all but [begin, end) blank, so that lines stay what they are.
std::string only(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace schemaudit
