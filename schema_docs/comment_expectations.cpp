// Which statement of a fence each comment speaks of, and what it says of it.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/sql/lexer.h"
#include "schema_docs/expectation_words.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/stated_results.h"

namespace schemaudit {

namespace {

/// Comments on adjacent lines, or one behind code.
struct CommentGroup {
  std::vector<std::string> lines;
  int first_line = 0, last_line = 0;
  bool trailing = false;
};

/// First and last line of a statement, in the document.
struct Lines {
  int first = 0, last = 0;
};

std::vector<std::string> lines_of(std::string_view comment) {
  std::vector<std::string> lines;
  if (comment.starts_with("--")) {
    comment.remove_prefix(2);
  } else {
    comment.remove_prefix(std::min<std::size_t>(2, comment.size()));
    if (comment.ends_with("*/")) comment.remove_suffix(2);
  }
  for (std::size_t at = 0; at <= comment.size();) {
    std::size_t end = std::min(comment.find('\n', at), comment.size());
    lines.emplace_back(comment.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

std::vector<CommentGroup> comment_groups(const SqlText& text) {
  std::vector<CommentGroup> groups;
  const LineIndex index(text);
  for (const Token& token : tokenize(text.text)) {
    if (token.kind != TokenKind::comment) continue;
    const std::size_t line_begin = text.text.rfind('\n', token.offset) + 1;
    const bool trailing =
        !trim(std::string_view(text.text).substr(line_begin, token.offset - line_begin)).empty();
    CommentGroup group{lines_of(token.in(text.text)), index.origin(token.offset).line, 0, trailing};
    group.last_line = group.first_line + static_cast<int>(group.lines.size()) - 1;
    const bool goes_on = !groups.empty() && !trailing && !groups.back().trailing &&
                         groups.back().last_line + 1 == group.first_line;
    if (!goes_on) {
      groups.push_back(std::move(group));
      continue;
    }
    groups.back().last_line = group.last_line;
    for (std::string& line : group.lines) groups.back().lines.push_back(std::move(line));
  }
  return groups;
}

/// Lines `Expected:` announces: psql output, or one item each, up to the first in mere words.
std::size_t take_announced(const CommentGroup& group, std::size_t from,
                           std::vector<Expectation>& found) {
  std::string output;
  for (std::size_t i = from; i < group.lines.size(); ++i) output += group.lines[i] + "\n";
  Expectation table = expected_output(output);
  if (table.kind == ExpectationKind::rows) {
    found.push_back(std::move(table));
    return group.lines.size();
  }
  std::vector<std::string> items;
  std::size_t at = from;
  for (; at < group.lines.size(); ++at) {
    if (trim(group.lines[at]).empty()) break;
    if (!items.empty() && expected_result(group.lines[at]).kind == ExpectationKind::prose) break;
    items.push_back(group.lines[at]);
  }
  for (Expectation& each : expected_list(items)) found.push_back(std::move(each));
  return at;
}

std::vector<Expectation> expectations_in(const CommentGroup& group, const std::string& uri) {
  std::vector<Expectation> found;
  for (std::size_t i = 0; i < group.lines.size(); ++i) {
    const Origin place{uri, group.first_line + static_cast<int>(i), 0};
    const std::size_t before = found.size();
    if (announces_expectation(group.lines[i])) {
      i = take_announced(group, i + 1, found) - 1;
    } else {
      std::string line = group.lines[i];
      while (trim(line).ends_with(",") && i + 1 < group.lines.size() && expectation_in(line))
        line += " " + group.lines[++i];
      if (std::optional<Expectation> expectation = expectation_in(line))
        found.push_back(std::move(*expectation));
    }
    for (std::size_t n = before; n < found.size(); ++n) found[n].origin = place;
  }
  return found;
}

/// The statement that a comment speaks of; unset where there is none. `comes_first`: comments
/// stand above their statements here, which decides where both are as near.
std::optional<std::size_t> statement_of(const CommentGroup& group, const std::vector<Lines>& places,
                                        bool comes_first) {
  std::optional<std::size_t> within, before, after;
  for (std::size_t i = 0; i < places.size(); ++i) {
    // Of several on its line, a comment stands behind the last one.
    if (places[i].first <= group.first_line && group.first_line <= places[i].last &&
        (!within || group.trailing))
      within = i;
    if (places[i].last < group.first_line) before = i;
    if (!after && places[i].first > group.last_line) after = i;
  }
  if (within) return within;
  if (!before || !after) return before ? before : after;
  const int above = group.first_line - places[*before].last;
  const int below = places[*after].first - group.last_line;
  if (above == below) return comes_first ? after : before;
  return above < below ? before : after;
}

class Attachment {
 public:
  Attachment(const SqlFence& fence, SqlReading& reading) : fence_(fence), reading_(reading) {
    for (const SqlPiece& piece : reading.pieces) {
      const auto breaks = std::count(piece.text.begin(), piece.text.end(), '\n');
      places_.push_back({piece.origin.line, piece.origin.line + static_cast<int>(breaks)});
    }
  }

  std::vector<DocumentedQuery> run() {
    std::vector<std::pair<CommentGroup, std::vector<Expectation>>> stated;
    for (CommentGroup& group : comment_groups(fence_.text)) {
      std::vector<Expectation> expectations = expectations_in(group, fence_.text.uri);
      if (!expectations.empty()) stated.emplace_back(std::move(group), std::move(expectations));
    }
    const bool comes_first = !stated.empty() && !places_.empty() &&
                             stated.front().first.first_line < places_.front().first;
    for (auto& [group, expectations] : stated) {
      std::optional<std::size_t> piece = statement_of(group, places_, comes_first);
      if (!piece) continue;
      for (Expectation& expectation : expectations) add(*piece, std::move(expectation));
    }
    for (const auto* around : {&fence_.stated_before, &fence_.stated_after})
      for (const Expectation& expectation : *around)
        add_from_around(expectation, around == &fence_.stated_after);
    return std::move(others_);
  }

 private:
  DocumentedQuery* query_in(std::size_t piece) {
    for (DocumentedQuery& query : reading_.queries)
      if (query.origin.line >= places_[piece].first && query.origin.line <= places_[piece].last &&
          !(query.origin < reading_.pieces[piece].origin) &&
          (piece + 1 == places_.size() || query.origin < reading_.pieces[piece + 1].origin))
        return &query;
    return nullptr;
  }

  void add(std::size_t piece, Expectation expectation) {
    if (DocumentedQuery* query = query_in(piece)) {
      query->expectations.push_back(std::move(expectation));
      return;
    }
    // Words above an UPDATE say when to run it, more often than what it gives.
    if (expectation.kind == ExpectationKind::prose) return;
    const SqlPiece& statement = reading_.pieces[piece];
    for (DocumentedQuery& other : others_)
      if (other.origin == statement.origin) {
        other.expectations.push_back(std::move(expectation));
        return;
      }
    DocumentedQuery other;
    other.sql = statement.text;
    other.origin = statement.origin;
    other.key = fence_.key_prefix + " statement";
    other.expectations = {std::move(expectation)};
    others_.push_back(std::move(other));
  }

  void add_from_around(Expectation expectation, bool after) {
    std::vector<DocumentedQuery*> open;
    for (DocumentedQuery& query : reading_.queries)
      if (query.expectations.empty()) open.push_back(&query);
    const bool of_all = contains_any_word(expectation.text, {"each", "every", "all"});
    if (reading_.queries.empty()) {
      if (!reading_.pieces.empty())
        add(after ? reading_.pieces.size() - 1 : 0, std::move(expectation));
    } else if (reading_.queries.size() == 1) {
      reading_.queries[0].expectations.push_back(std::move(expectation));
    } else if (open.size() == 1) {
      open[0]->expectations.push_back(std::move(expectation));
    } else if (of_all && !open.empty()) {
      for (DocumentedQuery* query : open) query->expectations.push_back(expectation);
    } else {
      expectation = {ExpectationKind::prose, expectation.text, expectation.origin};
      expectation.why_not = "it speaks of one of " + std::to_string(reading_.queries.size()) +
                            " queries without saying which";
      (after ? reading_.queries.back() : reading_.queries.front())
          .expectations.push_back(std::move(expectation));
    }
  }

  const SqlFence& fence_;
  SqlReading& reading_;
  std::vector<Lines> places_;
  std::vector<DocumentedQuery> others_;
};

}  // namespace

std::vector<DocumentedQuery> attach_expectations(const SqlFence& fence, SqlReading& reading) {
  return Attachment(fence, reading).run();
}

}  // namespace schemaudit
