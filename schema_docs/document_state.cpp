#include "schema_docs/document_state.h"

#include "analyzer/model/names.h"
#include "schema_docs/prose_words.h"

namespace schemaudit {

namespace {

/// Blocks at either end of a document that may describe it.
constexpr std::size_t kTopBlocks = 8;
constexpr std::size_t kBottomBlocks = 4;

std::optional<DocumentState> state_in_words(std::string_view value) {
  if (contains_any_word(value, {"not deprecated", "not a draft", "no longer a draft"}))
    return std::nullopt;
  if (contains_any_word(
          value, {"superseded", "deprecated", "obsolete", "archived", "retired", "withdrawn"}))
    return DocumentState::retired;
  if (contains_any_word(value, {"not implemented", "not yet implemented", "unimplemented",
                                "design only", "not built"}))
    return DocumentState::planned;
  std::string folded = fold_case(trim(value));
  for (std::string_view word :
       {std::string_view("draft"), std::string_view("proposed"), std::string_view("proposal"),
        std::string_view("planned"), std::string_view("work in progress"), std::string_view("wip")})
    if (starts_with(folded, word) &&
        (folded.size() == word.size() ||
         !std::isalnum(static_cast<unsigned char>(folded[word.size()]))))
      return DocumentState::planned;
  return std::nullopt;
}

bool is_status_label(std::string_view label) {
  std::string folded = fold_case(trim(label));
  for (std::string_view name :
       {std::string_view("status"), std::string_view("document status"),
        std::string_view("doc status"), std::string_view("phase"), std::string_view("state"),
        std::string_view("stage"), std::string_view("lifecycle"),
        std::string_view("implementation status"), std::string_view("implementation")})
    if (folded == name) return true;
  return false;
}

std::optional<SelfDescription> in_status_lines(const Block& block) {
  int line = block.line;
  std::string text = block.inlines.text();
  for (std::size_t at = 0; at <= text.size(); ++line) {
    std::size_t end = text.find('\n', at);
    if (end == std::string::npos) end = text.size();
    std::string_view statement = std::string_view(text).substr(at, end - at);
    at = end + 1;
    std::size_t colon = statement.find(':');
    if (colon == std::string_view::npos || !is_status_label(statement.substr(0, colon))) continue;
    std::string_view value = trim(statement.substr(colon + 1));
    if (std::optional<DocumentState> state = state_in_words(value))
      return SelfDescription{excerpt_of(statement), *state, line};
  }
  return std::nullopt;
}

std::optional<SelfDescription> in_title(const Block& title) {
  std::string text(trim(title.inlines.text()));
  auto described = [&](DocumentState state) {
    return SelfDescription{excerpt_of(text), state, title.line};
  };
  if (contains_any_word(text, {"audit report", "audit findings", "review report",
                               "assessment report", "gap analysis", "post-mortem", "postmortem"}))
    return described(DocumentState::not_schema);
  std::string folded = fold_case(text);
  bool marked_draft = folded.find("(draft") != std::string::npos ||
                      folded.find("[draft") != std::string::npos || starts_with(folded, "draft:") ||
                      starts_with(folded, "draft ") || starts_with(folded, "proposal:") ||
                      starts_with(folded, "rfc:");
  if (marked_draft) return described(DocumentState::planned);
  bool marked_old = contains_any_word(text, {"superseded", "obsolete"}) ||
                    folded.find("(deprecated") != std::string::npos ||
                    folded.find("[deprecated") != std::string::npos ||
                    starts_with(folded, "deprecated");
  if (marked_old) return described(DocumentState::retired);
  return std::nullopt;
}

/// YAML front matter reaches markdown as a rule, then text: it is read from the source.
std::optional<SelfDescription> in_front_matter(const std::vector<std::string>& lines) {
  if (lines.empty() || trim(lines[0]) != "---") return std::nullopt;
  for (std::size_t i = 1; i < lines.size() && trim(lines[i]) != "---"; ++i) {
    std::size_t colon = lines[i].find(':');
    if (colon == std::string::npos || !is_status_label(lines[i].substr(0, colon))) continue;
    std::string_view value = trim(std::string_view(lines[i]).substr(colon + 1));
    while (!value.empty() && (value.front() == '"' || value.front() == '\''))
      value.remove_prefix(1);
    if (std::optional<DocumentState> state = state_in_words(value))
      return SelfDescription{excerpt_of(lines[i]), *state, static_cast<int>(i + 1)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<SelfDescription> self_description_of(const MarkdownDocument& document) {
  if (std::optional<SelfDescription> found = in_front_matter(document.lines)) return found;
  const std::vector<Block>& blocks = document.blocks;
  for (const Block& block : blocks) {
    if (block.kind != BlockKind::heading) continue;
    if (std::optional<SelfDescription> found = in_title(block)) return found;
    break;
  }
  auto paragraphs_of = [](const Block& block) {
    std::vector<const Block*> paragraphs;
    if (block.kind == BlockKind::paragraph) paragraphs.push_back(&block);
    for (const Block& child : block.children) {
      if (child.kind == BlockKind::paragraph) paragraphs.push_back(&child);
      for (const Block& inner : child.children)
        if (inner.kind == BlockKind::paragraph) paragraphs.push_back(&inner);
    }
    return paragraphs;
  };
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    bool at_top = i < kTopBlocks;
    bool at_bottom = i + kBottomBlocks >= blocks.size();
    if (!at_top && !at_bottom) continue;
    for (const Block* paragraph : paragraphs_of(blocks[i]))
      if (std::optional<SelfDescription> found = in_status_lines(*paragraph)) return found;
  }
  return std::nullopt;
}

}  // namespace schemaudit
