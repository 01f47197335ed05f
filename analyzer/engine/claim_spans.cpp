#include "analyzer/engine/claim_spans.h"

#include "analyzer/model/names.h"

namespace schemaudit {

namespace {

bool begins_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
}

int characters_in(const std::string& text, std::size_t begin, std::size_t end) {
  int count = 0;
  for (std::size_t i = begin; i < end && i < text.size(); ++i) count += begins_character(text[i]);
  return count;
}

std::size_t byte_of(const std::string& text, int column) {
  std::size_t at = 0;
  for (int seen = 1; at < text.size(); ++at) {
    if (!begins_character(text[at])) continue;
    if (seen++ >= column) return at;
  }
  return at;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// `id` stands in `| id |`, not in `uuid`.
bool stands_alone(const std::string& line, std::size_t at, std::size_t length) {
  const std::size_t end = at + length;
  const bool joined_before = at > 0 && is_word(line[at - 1]) && is_word(line[at]);
  const bool joined_after = end < line.size() && is_word(line[end]) && is_word(line[end - 1]);
  return !joined_before && !joined_after;
}

}  // namespace

Span find_span(const std::string& line, int column, const std::vector<std::string>& words) {
  const std::string folded = fold_case(line);
  for (const std::string& word : words) {
    if (word.empty()) continue;
    const std::string wanted = fold_case(word);
    for (std::size_t at = folded.find(wanted, byte_of(line, column)); at != std::string::npos;
         at = folded.find(wanted, at + 1)) {
      if (!stands_alone(line, at, word.size())) continue;
      return {characters_in(line, 0, at) + 1, characters_in(line, at, at + word.size())};
    }
  }
  return {};
}

}  // namespace schemaudit
