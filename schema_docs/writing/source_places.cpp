#include "schema_docs/writing/source_places.h"

#include <algorithm>

#include "schema_docs/prose_words.h"

namespace schemaudit {

std::size_t line_begin(std::string_view text, std::size_t at) {
  std::size_t feed = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return feed == std::string_view::npos ? 0 : feed + 1;
}

std::size_t line_end(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

bool only_comment_follows(std::string_view text, std::size_t at) {
  std::string_view rest = trim(text.substr(at, line_end(text, at) - at));
  return rest.empty() || rest.starts_with("--");
}

}  // namespace schemaudit
