#include "analyzer/comparison/name_forms.h"

#include <algorithm>
#include <set>
#include <vector>

namespace schemaudit {

namespace {

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

std::set<std::string> words_of(const std::string& name) {
  std::set<std::string> words;
  std::size_t at = 0;
  while (at <= name.size()) {
    std::size_t end = std::min(name.find('_', at), name.size());
    if (end > at) words.insert(name.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::size_t common_subsequence(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1, 0);
  for (char left : a) {
    std::size_t diagonal = 0;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t above = row[j];
      row[j] = left == b[j - 1] ? diagonal + 1 : std::max(row[j], row[j - 1]);
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

std::string snake_case(std::string_view name) {
  std::string snake;
  for (std::size_t i = 0; i < name.size(); ++i) {
    char c = name[i];
    if (c == ' ' || c == '-') c = '_';
    bool word_begins = is_upper(c) && i > 0 &&
                       (is_lower(name[i - 1]) ||
                        (i + 1 < name.size() && is_lower(name[i + 1]) && is_upper(name[i - 1])));
    if (word_begins && snake.back() != '_') snake += '_';
    snake += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return snake;
}

std::string singular_form(std::string_view name) {
  std::string word = snake_case(name);
  auto ends = [&](std::string_view tail) { return std::string_view(word).ends_with(tail); };
  if (word.size() < 4) return word;
  if (ends("ies"))
    word.replace(word.size() - 3, 3, "y");
  else if (ends("sses") || ends("xes") || ends("ches") || ends("shes"))
    word.erase(word.size() - 2);
  else if (ends("s") && !ends("ss") && !ends("us") && !ends("is"))
    word.pop_back();
  return word;
}

double name_similarity(std::string_view a, std::string_view b) {
  std::string left = snake_case(a), right = snake_case(b);
  if (left == right) return 1.0;
  std::size_t longest = std::max(left.size(), right.size());
  double letters = longest == 0 ? 0.0
                                : static_cast<double>(common_subsequence(left, right)) /
                                      static_cast<double>(longest);
  std::set<std::string> left_words = words_of(left), right_words = words_of(right);
  std::size_t shared = 0;
  for (const std::string& word : left_words) shared += right_words.count(word);
  double words =
      static_cast<double>(shared) / static_cast<double>(std::max<std::size_t>(
                                        1, std::max(left_words.size(), right_words.size())));
  return std::max(letters >= 0.7 ? letters : 0.0, words);
}

}  // namespace schemaudit
