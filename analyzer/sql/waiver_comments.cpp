#include "analyzer/sql/waiver_comments.h"

#include <algorithm>
#include <utility>

#include "analyzer/sql/lexer.h"
#include "analyzer/sql/pieces.h"

namespace schemaudit {

namespace {

/// Without `--` or `/* */`.
std::string_view content_of(std::string_view comment) {
  if (comment.starts_with("--")) return comment.substr(2);
  comment.remove_prefix(std::min<std::size_t>(2, comment.size()));
  if (comment.ends_with("*/")) comment.remove_suffix(2);
  return comment;
}

/// Whether something else stands before it on its line.
bool follows_code(std::string_view text, std::size_t offset) {
  while (offset > 0 && text[offset - 1] != '\n') {
    --offset;
    if (text[offset] != ' ' && text[offset] != '\t' && text[offset] != '\r') return true;
  }
  return false;
}

}  // namespace

std::vector<InlineWaiver> waivers_in_sql(const SqlText& text) {
  std::vector<InlineWaiver> waivers;
  if (!may_hold_waivers(text.text)) return waivers;
  const LineIndex lines(text);
  const std::vector<Piece> pieces = cut_pieces(text.text);
  for (const Token& token : tokenize(text.text)) {
    if (token.kind != TokenKind::comment) continue;
    std::optional<InlineWaiver> waiver = read_waiver_comment(content_of(token.in(text.text)));
    if (!waiver) continue;
    waiver->origin = lines.origin(token.offset);
    waiver->first_line = waiver->last_line = waiver->origin.line;
    const bool trailing = follows_code(text.text, token.offset);
    // The piece it stands in, else the one after it.
    auto piece = std::find_if(pieces.begin(), pieces.end(),
                              [&](const Piece& each) { return each.end > token.offset; });
    const bool within = piece != pieces.end() && piece->begin <= token.offset;
    if (!trailing && within)
      waiver->last_line = lines.origin(token.end()).line + 1;
    else if (!trailing && piece != pieces.end())
      waiver->last_line = lines.origin(piece->end).line;
    waivers.push_back(std::move(*waiver));
  }
  return waivers;
}

}  // namespace schemaudit
