#include "reports/file_place.h"

#include <algorithm>
#include <filesystem>

#include "reports/report_words.h"

namespace schemaudit {

FilePlace file_place(const Report& report, const Finding& finding) {
  const Location* location = first_place(finding);
  if (!location) return {path_in_repository(report, "schemaudit.toml"), 1, 1};
  const Origin& origin = location->origin;
  return {path_in_repository(report, origin.uri), std::max(origin.line, 1),
          std::max(origin.column, 1)};
}

std::string path_in_repository(const Report& report, const std::string& path) {
  if (report.below_repository.empty() || path.starts_with("/")) return path;
  return (std::filesystem::path(report.below_repository) / path)
      .lexically_normal()
      .generic_string();
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
