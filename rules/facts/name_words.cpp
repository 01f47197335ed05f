#include "rules/facts/name_words.h"

#include "analyzer/model/names.h"

namespace schemaudit {

namespace {

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_part(char c) {
  return is_upper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  auto end_word = [&] {
    if (!word.empty()) words.push_back(fold_case(word));
    word.clear();
  };
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!is_part(c)) {
      end_word();
      continue;
    }
    const bool after_lower = i > 0 && is_part(name[i - 1]) && !is_upper(name[i - 1]);
    const bool before_lower = i + 1 < name.size() && name[i + 1] >= 'a' && name[i + 1] <= 'z';
    if (is_upper(c) && (after_lower || before_lower)) end_word();
    word += c;
  }
  end_word();
  return words;
}

}  // namespace schemaudit
