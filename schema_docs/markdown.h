// A markdown document as plain values: blocks with their lines, inlines with their style.
//
//   MarkdownDocument document = parse_markdown("# users\n\n| Column | Type |\n...", limits);
//   document.blocks[0].kind == BlockKind::heading; document.blocks[0].line == 1
//
// The parsing is cmark-gfm's; what would cost it absurd memory is refused before (see
// DocumentLimits).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema_docs/documents.h"

namespace schemaudit {

enum class SpanStyle { text, code, html };

/// A run of text of one style.
struct InlineSpan {
  SpanStyle style = SpanStyle::text;
  std::string text;
  bool strong = false;
  /// The target, inside a link.
  std::string link;
};

struct Inlines {
  std::vector<InlineSpan> spans;

  /// Everything as text, code without its backticks; line breaks are `\n`.
  std::string text() const;
  bool empty() const;
};

struct TableRow {
  int line = 0;
  std::vector<Inlines> cells;
  /// Cells that the row's source holds; more than `cells` where cmark dropped some.
  std::size_t source_cells = 0;
};

enum class BlockKind { heading, paragraph, code, table, list, item, quote, html, rule };

struct Block {
  BlockKind kind = BlockKind::paragraph;
  int line = 0;
  int column = 1;
  int end_line = 0;
  /// Of a heading.
  int level = 0;
  bool ordered = false;
  /// Of headings and paragraphs.
  Inlines inlines;
  /// Of a code block: the word after the fence, in lower case.
  std::string language;
  /// Of code and HTML blocks.
  std::string literal;
  int literal_line = 0;
  int literal_column = 1;
  /// Of a table; the first one is the header.
  std::vector<TableRow> rows;
  /// Of lists, items and quotes.
  std::vector<Block> children;
};

struct MarkdownDocument {
  std::vector<Block> blocks;
  /// The source, by line; the first is line 1 at index 0.
  std::vector<std::string> lines;
  /// Set where the text was not parsed: why.
  std::string refused;
  int refused_line = 0;
  /// Lines of paragraphs that were passed over as too long; the rest was parsed.
  std::vector<int> long_paragraphs;
};

/// `text` is well-formed UTF-8.
MarkdownDocument parse_markdown(std::string_view text, const DocumentLimits& limits);

}  // namespace schemaudit
