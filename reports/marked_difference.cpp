#include "reports/marked_difference.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace schemaudit {
namespace {

// The table of the longest common subsequence grows with the square of it.
constexpr std::size_t kWordsCompared = 400;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    std::size_t end = 1;
    if (is_word(text.front())) {
      while (end < text.size() && is_word(text[end])) ++end;
    } else if (is_space(text.front())) {
      while (end < text.size() && is_space(text[end])) ++end;
    }
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

using Words = std::vector<std::string_view>;

/// Marks the words of `a` that are not among the longest run of words it has in common with `b`.
void mark_missing(const Words& a, const Words& b, std::vector<bool>& differs) {
  std::size_t begin = 0;
  while (begin < a.size() && begin < b.size() && a[begin] == b[begin]) ++begin;
  std::size_t end_a = a.size(), end_b = b.size();
  while (end_a > begin && end_b > begin && a[end_a - 1] == b[end_b - 1]) --end_a, --end_b;
  const std::size_t rows = end_a - begin, columns = end_b - begin;
  if (rows > kWordsCompared || columns > kWordsCompared) {
    for (std::size_t i = begin; i < end_a; ++i) differs[i] = true;
    return;
  }
  // common[i][j]: of what follows a[i] and b[j].
  std::vector<std::vector<std::size_t>> common(rows + 1, std::vector<std::size_t>(columns + 1, 0));
  for (std::size_t i = rows; i-- > 0;)
    for (std::size_t j = columns; j-- > 0;)
      common[i][j] = a[begin + i] == b[begin + j] ? common[i + 1][j + 1] + 1
                                                  : std::max(common[i + 1][j], common[i][j + 1]);
  std::size_t i = 0, j = 0;
  while (i < rows) {
    if (j < columns && a[begin + i] == b[begin + j]) {
      ++i, ++j;
    } else if (j < columns && common[i][j + 1] >= common[i + 1][j]) {
      ++j;
    } else {
      differs[begin + i++] = true;
    }
  }
}

std::vector<MarkedPart> joined(const Words& words, std::vector<bool> differs) {
  // A space between two marked words is marked with them, and never alone.
  for (std::size_t i = 0; i < words.size(); ++i)
    if (is_space(words[i].front()))
      differs[i] = i > 0 && i + 1 < words.size() && differs[i - 1] && differs[i + 1];
  std::vector<MarkedPart> parts;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (parts.empty() || parts.back().differs != differs[i]) parts.push_back({"", differs[i]});
    parts.back().text += words[i];
  }
  return parts;
}

}  // namespace

std::vector<std::vector<MarkedPart>> mark_differences(const std::vector<std::string>& texts) {
  std::vector<Words> words;
  for (const std::string& text : texts) words.push_back(words_of(text));
  std::vector<std::vector<MarkedPart>> marked;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::vector<bool> differs(words[i].size(), false);
    for (std::size_t j = 0; j < texts.size(); ++j)
      if (i != j) mark_missing(words[i], words[j], differs);
    marked.push_back(joined(words[i], std::move(differs)));
  }
  return marked;
}

}  // namespace schemaudit
