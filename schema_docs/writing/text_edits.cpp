#include "schema_docs/writing/text_edits.h"

#include <algorithm>

#include "schema_docs/writing/line_differences.h"

namespace schemaudit {

DocumentLines::DocumentLines(std::string_view text) {
  std::size_t feeds = 0, returns = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text.find_first_of("\r\n", at);
    if (end == std::string_view::npos) {
      lines_.push_back({text.substr(at), {}});
      break;
    }
    bool both = text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n';
    lines_.push_back({text.substr(at, end - at), text.substr(end, both ? 2 : 1)});
    ++(both ? returns : feeds);
    at = end + (both ? 2 : 1);
  }
  if (returns > feeds) usual_end_ = "\r\n";
}

std::string_view DocumentLines::line(int number) const {
  if (number < 1 || number > count()) return {};
  return lines_[static_cast<std::size_t>(number) - 1].text;
}

std::string_view DocumentLines::end_of(int number) const {
  if (number < 1 || number > count()) return {};
  return lines_[static_cast<std::size_t>(number) - 1].end;
}

void TextEdits::replace(int line, std::string text) {
  changed_[line] = {false, std::move(text)};
}

void TextEdits::remove(int line) {
  changed_[line] = {true, {}};
}

void TextEdits::insert_before(int line, const std::vector<std::string>& lines) {
  std::vector<std::string>& there = inserted_[line];
  there.insert(there.end(), lines.begin(), lines.end());
}

std::string TextEdits::apply(std::string_view text) const {
  const DocumentLines lines(text);
  const std::string usual(lines.usual_end());
  std::string edited;
  auto insert = [&](int before) {
    auto found = inserted_.find(before);
    if (found == inserted_.end()) return;
    // A text whose last line has no end gets one before more lines follow, and stays without.
    bool unended = before > lines.count() && !edited.empty() && edited.back() != '\n';
    for (const std::string& line : found->second) edited += unended ? usual + line : line + usual;
  };
  for (int number = 1; number <= lines.count(); ++number) {
    insert(number);
    auto found = changed_.find(number);
    if (found != changed_.end() && found->second.removed) continue;
    edited += found == changed_.end() ? lines.line(number) : std::string_view(found->second.text);
    edited += lines.end_of(number);
  }
  insert(lines.count() + 1);
  return edited;
}

namespace {

constexpr std::size_t kContext = 3;

struct Hunk {
  std::size_t first = 0, last = 0;
};

std::string range_of(std::size_t begin, std::size_t count) {
  // An empty range is named by the line before it.
  return std::to_string(count == 0 ? begin : begin + 1) +
         (count == 1 ? std::string() : "," + std::to_string(count));
}

std::vector<std::string_view> lines_with_ends(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text.find('\n', at);
    end = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(at, end - at));
    at = end;
  }
  return lines;
}

void add_line(std::string& diff, char mark, std::string_view line) {
  diff += mark;
  diff += line;
  if (!line.ends_with('\n')) diff += "\n\\ No newline at end of file\n";
}

}  // namespace

std::string unified_diff(std::string_view name, const std::string* before, std::string_view after) {
  const std::vector<std::string_view> old_lines =
      lines_with_ends(before ? std::string_view(*before) : std::string_view());
  const std::vector<std::string_view> new_lines = lines_with_ends(after);
  const std::vector<LineDifference> differences = line_differences(old_lines, new_lines);
  if (differences.empty()) return {};

  std::string diff = before ? "--- a/" + std::string(name) + "\n" : "--- /dev/null\n";
  diff += "+++ b/" + std::string(name) + "\n";
  std::vector<Hunk> hunks;
  for (std::size_t i = 0; i < differences.size(); ++i) {
    bool joins = i > 0 && differences[i].old_begin - differences[i - 1].old_end <= 2 * kContext;
    if (joins)
      hunks.back().last = i;
    else
      hunks.push_back({i, i});
  }
  for (const Hunk& hunk : hunks) {
    const LineDifference &first = differences[hunk.first], &last = differences[hunk.last];
    const std::size_t lead = std::min(kContext, first.old_begin);
    const std::size_t tail = std::min(kContext, old_lines.size() - last.old_end);
    const std::size_t old_begin = first.old_begin - lead, new_begin = first.new_begin - lead;
    diff += "@@ -" + range_of(old_begin, last.old_end + tail - old_begin) + " +" +
            range_of(new_begin, last.new_end + tail - new_begin) + " @@\n";
    std::size_t at = old_begin;
    for (std::size_t i = hunk.first; i <= hunk.last; ++i) {
      const LineDifference& change = differences[i];
      for (; at < change.old_begin; ++at) add_line(diff, ' ', old_lines[at]);
      for (; at < change.old_end; ++at) add_line(diff, '-', old_lines[at]);
      for (std::size_t n = change.new_begin; n < change.new_end; ++n)
        add_line(diff, '+', new_lines[n]);
    }
    for (std::size_t n = 0; n < tail; ++n, ++at) add_line(diff, ' ', old_lines[at]);
  }
  return diff;
}

}  // namespace schemaudit
