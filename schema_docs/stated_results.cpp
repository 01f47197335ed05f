#include "schema_docs/stated_results.h"

#include <algorithm>

#include "schema_docs/expectation_words.h"
#include "schema_docs/prose_words.h"

namespace schemaudit {

namespace {

/// With code spans between back-ticks.
std::string marked(const Inlines& inlines) {
  std::string text;
  for (const InlineSpan& span : inlines.spans) {
    if (span.style == SpanStyle::html) continue;
    const bool code = span.style == SpanStyle::code;
    text += code ? "`" + span.text + "`" : span.text;
  }
  return text;
}

struct Sentence {
  std::size_t offset = 0;
  std::string text;
};

/// Cut at line ends and behind full stops, outside of code.
std::vector<Sentence> sentences_of(const std::string& text) {
  std::vector<Sentence> sentences;
  std::size_t begin = 0;
  bool in_code = false;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '`') in_code = !in_code;
    const bool ends = i == text.size() || text[i] == '\n' ||
                      (!in_code && text[i] == '.' && i + 1 < text.size() && text[i + 1] == ' ');
    if (!ends) continue;
    std::string sentence = text.substr(begin, i - begin);
    if (!trim(sentence).empty()) sentences.push_back({begin, std::move(sentence)});
    begin = i + 1;
  }
  return sentences;
}

/// A text between fences speaks of many things: of a result, where it says so in earnest.
bool speaks_of_a_result(const Expectation& expectation, std::string_view sentence) {
  if (expectation.kind != ExpectationKind::prose) return true;
  return contains_any_word(sentence, {"expected", "expect", "expects", "query", "queries", "result",
                                      "results", "output", "returns"});
}

std::vector<std::string> item_texts(const Block& list) {
  std::vector<std::string> items;
  for (const Block& item : list.children)
    for (const Block& child : item.children)
      if (child.kind == BlockKind::paragraph) {
        items.push_back(marked(child.inlines));
        break;
      }
  return items;
}

Expectation expected_table(const Block& block) {
  Expectation table;
  table.kind = ExpectationKind::rows;
  for (const TableRow& row : block.rows) {
    std::vector<ExpectedCell> cells;
    for (const Inlines& inlines : row.cells)
      cells.push_back({"", ComparisonSign::equal, std::string(trim(inlines.text())), false});
    if (&row == &block.rows.front())
      for (const ExpectedCell& cell : cells) table.columns.push_back(cell.value);
    else
      table.rows.push_back(std::move(cells));
  }
  for (const auto& row : table.rows)
    for (const ExpectedCell& cell : row)
      if (cell.value == "..." || cell.value == "\xE2\x80\xA6") {
        table = Expectation{};
        table.why_not = "the table leaves something out";
        break;
      }
  table.text = "the table of " + std::to_string(block.rows.size() - 1) + " rows";
  return table;
}

}  // namespace

Origin StatedResults::place(const Block& block, std::string_view text, std::size_t offset) const {
  const auto breaks =
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
  return {uri_, block.line + static_cast<int>(breaks),
          breaks == 0 && offset == 0 ? block.column : 1};
}

void StatedResults::visit(const Block& block, ReadDocument& read) {
  if (block.kind == BlockKind::html || block.kind == BlockKind::quote) return;
  if (!fence_) return;
  SqlFence& fence = read.fences[*fence_];
  const bool announced = announced_;
  announced_ = false;
  auto add = [&](Expectation expectation) {
    expectation.origin = announced ? announced_at_ : Origin{uri_, block.line, block.column};
    fence.stated_after.push_back(std::move(expectation));
  };
  switch (block.kind) {
    case BlockKind::paragraph:
      if (!announced) return paragraph(block, fence);
      // Behind `Expected:` stands what is expected, in a paragraph of its own.
      add(expected_result(marked(block.inlines)));
      taken_line_ = block.line;
      break;
    case BlockKind::list:
      if (announced) {
        for (Expectation& expectation : expected_list(item_texts(block)))
          add(std::move(expectation));
        break;
      }
      for (const std::string& item : item_texts(block))
        if (std::optional<Expectation> expectation = expectation_in(item))
          if (speaks_of_a_result(*expectation, item)) add(std::move(*expectation));
      break;
    case BlockKind::table:
      if (announced && !block.rows.empty()) add(expected_table(block));
      break;
    case BlockKind::code:
      if (announced) add(expected_output(block.literal));
      break;
    default:
      break;
  }
  fence_.reset();
}

void StatedResults::paragraph(const Block& block, SqlFence& fence) {
  const std::string text = marked(block.inlines);
  const std::vector<Sentence> sentences = sentences_of(text);
  bool taken = false;
  for (const Sentence& sentence : sentences) {
    const bool last = &sentence == &sentences.back();
    if (last && announces_expectation(sentence.text)) {
      announced_ = true;
      announced_at_ = place(block, text, sentence.offset);
      taken_line_ = block.line;
      return;
    }
    // `The next query should return no rows:` speaks of what follows.
    if (last && trim(sentence.text).back() == ':') break;
    std::optional<Expectation> expectation = expectation_in(sentence.text);
    if (!expectation || !speaks_of_a_result(*expectation, sentence.text)) continue;
    expectation->origin = place(block, text, sentence.offset);
    fence.stated_after.push_back(std::move(*expectation));
    taken = true;
  }
  if (taken) taken_line_ = block.line;
  fence_.reset();
}

void StatedResults::fence(std::size_t first, const Block* lead, ReadDocument& read) {
  announced_ = false;
  fence_.reset();
  if (first >= read.fences.size()) return;
  fence_ = first;
  if (!lead || lead->line == taken_line_) return;
  const std::string text = marked(lead->inlines);
  for (const Sentence& sentence : sentences_of(text)) {
    std::string_view words = trim(sentence.text);
    if (words.back() == ':') words.remove_suffix(1);
    std::optional<Expectation> expectation = expectation_in(words);
    if (!expectation || !speaks_of_a_result(*expectation, words)) continue;
    expectation->origin = place(*lead, text, sentence.offset);
    read.fences[first].stated_before.push_back(std::move(*expectation));
  }
}

}  // namespace schemaudit
