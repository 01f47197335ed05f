#include "schema_docs/waiver_comments.h"

#include <algorithm>
#include <utility>

namespace schemaudit {

namespace {

/// The first line after `line` that begins a section other than the one it opens.
int end_of_section(const std::vector<Block>& blocks, int line) {
  auto next = std::find_if(blocks.begin(), blocks.end(),
                           [&](const Block& block) { return block.line > line; });
  // It stands right before the heading of what it covers.
  if (next != blocks.end() && next->kind == BlockKind::heading) ++next;
  next = std::find_if(next, blocks.end(),
                      [](const Block& block) { return block.kind == BlockKind::heading; });
  return next == blocks.end() ? 0 : next->line;
}

}  // namespace

std::vector<InlineWaiver> waivers_in_markdown(const MarkdownDocument& document,
                                              const std::string& uri) {
  std::vector<InlineWaiver> waivers;
  for (const Block& block : document.blocks) {
    if (block.kind != BlockKind::html) continue;
    std::string_view text = block.literal;
    int line = block.line;
    for (std::size_t at = text.find("<!--"); at != std::string_view::npos;
         at = text.find("<!--", at + 4)) {
      const std::size_t end = text.find("-->", at);
      if (end == std::string_view::npos) break;
      std::optional<InlineWaiver> waiver = read_waiver_comment(text.substr(at + 4, end - at - 4));
      if (!waiver) continue;
      const auto breaks = std::count(text.begin(), text.begin() + static_cast<long>(at), '\n');
      waiver->origin = {uri, line + static_cast<int>(breaks), 1};
      waiver->first_line = waiver->origin.line;
      const int next = end_of_section(document.blocks, block.line);
      waiver->last_line = next ? next - 1 : static_cast<int>(document.lines.size());
      waivers.push_back(std::move(*waiver));
    }
  }
  return waivers;
}

}  // namespace schemaudit
