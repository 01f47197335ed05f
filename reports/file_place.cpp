#include "reports/file_place.h"

#include <algorithm>

#include "reports/report_words.h"

namespace schemaudit {

FilePlace file_place(const Finding& finding) {
  const Location* location = first_place(finding);
  if (!location) return {"schemaudit.toml", 1, 1};
  const Origin& origin = location->origin;
  return {origin.uri, std::max(origin.line, 1), std::max(origin.column, 1)};
}

std::string uri_of(const std::string& path) {
  constexpr std::string_view kept =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()*+,;=@";
  std::string uri;
  for (const char c : path) {
    if (kept.find(c) != std::string_view::npos) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += '%';
    uri += "0123456789ABCDEF"[byte >> 4];
    uri += "0123456789ABCDEF"[byte & 0xF];
  }
  return uri;
}

}  // namespace schemaudit
