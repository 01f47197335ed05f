#include "analyzer/cli/config_source.h"

#include <ctime>
#include <optional>
#include <utility>

#include "analyzer/cli/files.h"
#include "analyzer/engine/config_file.h"
#include "analyzer/model/digest.h"
#include "analyzer/sql/normal_form.h"
#include "rules/rule.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

/// False, with the reason as `found.error`, where one cannot be used.
bool load_rules(const std::vector<std::string>& typed, const std::vector<std::string>& of_config,
                FoundConfig& found) {
  std::vector<std::string> paths;
  for (const std::string& path : typed) paths.push_back(from_here(path));
  for (const std::string& path : of_config) paths.push_back((found.base / path).string());
  found.plugins = load_plugins(paths);
  found.error = found.plugins.error;
  for (const Rule* rule : found.plugins.rules) found.rule_ids.emplace_back(rule->info.id);
  return found.error.empty();
}

PolicyType policy_type(const std::string& text) {
  return {normal_type_text(text), type_that_was_meant(text)};
}

}  // namespace

fs::path find_config() {
  std::error_code error;
  for (fs::path folder = fs::current_path(error); !folder.empty(); folder = folder.parent_path()) {
    if (fs::is_regular_file(folder / "schemaudit.toml", error)) return folder / "schemaudit.toml";
    if (folder == folder.parent_path()) break;
  }
  return {};
}

std::string from_here(const std::string& path) {
  std::error_code ignored;
  return fs::path(path).is_absolute() ? path : (fs::current_path(ignored) / path).generic_string();
}

FoundConfig find_and_read_config(const std::string& named,
                                 const std::vector<std::string>& plugins) {
  FoundConfig found;
  std::error_code ignored;
  const fs::path path = named.empty() ? find_config() : fs::path(named);
  found.base = fs::current_path(ignored);
  if (path.empty()) {
    load_rules(plugins, {}, found);
    return found;
  }
  if (!fs::exists(path, ignored)) {
    found.error = path.string() + " does not exist";
    return found;
  }
  std::optional<std::string> text = read_file(path, found.error);
  if (!text) return found;
  found.base = fs::absolute(path, ignored).parent_path();
  found.file = {shown_path(path, found.base), sha256_hex(*text)};
  if (!load_rules(plugins, plugins_of_config(*text), found)) return found;
  ConfigReading reading = read_config(*text, shown_path(path, found.base), found.rule_ids,
                                      policy_type, found.plugins.own);
  found.error = reading.error;
  if (!found.error.empty()) return found;
  found.config = std::move(reading.config);
  for (SqlRule& rule : found.config.sql_rules) {
    if (rule.file.empty()) continue;
    std::string error;
    std::optional<std::string> query = read_file(found.base / rule.file, error);
    if (!query) {
      found.error = to_string(rule.origin) + ": " + error;
      return found;
    }
    rule.query = std::move(*query);
  }
  for (const SqlRule& rule : found.config.sql_rules) found.rule_ids.push_back(rule.id);
  return found;
}

std::string timestamp(std::chrono::system_clock::time_point at) {
  std::time_t seconds = std::chrono::system_clock::to_time_t(at);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

}  // namespace schemaudit
