#include "analyzer/engine/toml_reader.h"

#include <algorithm>

#include "analyzer/model/names.h"
#include "analyzer/model/redact.h"

namespace schemaudit {

namespace {

std::string join(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : ", ") + word;
  return joined;
}

}  // namespace

void TomlReader::fail(const toml::source_region& region, const std::string& message) {
  Origin where = at(region);
  where.column = 0;
  if (!error_.empty() && !(where < error_at_)) return;
  error_at_ = where;
  error_ = to_string(where) + ": " + redact(message);
}

void TomlReader::check_keys(const toml::table& table, const std::string& path, Names known,
                            Names later) {
  std::vector<std::string> all(known.begin(), known.end());
  for (auto&& [key, node] : table) {
    std::string name(key.str());
    std::string full = path.empty() ? name : path + "." + name;
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    if (std::find(later.begin(), later.end(), name) != later.end()) {
      fail(key.source(), full + " is not supported yet by this version; take it out");
      continue;
    }
    fail(key.source(), unknown("key", full, nearest_name(name, all), path));
  }
}

std::string TomlReader::unknown(const std::string& what, const std::string& name,
                                const std::string& nearest, const std::string& prefix) {
  std::string message = "unknown " + what + " " + name;
  if (nearest.empty()) return message;
  return message + ", did you mean " + (prefix.empty() ? "" : prefix + ".") + nearest + "?";
}

const toml::table* TomlReader::table(const toml::table& parent, const std::string& key,
                                     const std::string& path) {
  const toml::node* node = parent.get(key);
  if (!node) return nullptr;
  const toml::table* found = node->as_table();
  if (!found) fail(*node, path + " must be a table: [" + path + "]");
  return found;
}

std::optional<std::string> TomlReader::text(const toml::table& parent, const std::string& key,
                                            const std::string& path) {
  const toml::node* node = parent.get(key);
  if (!node) return std::nullopt;
  std::optional<std::string> value = node->value<std::string>();
  if (!value || !node->is_string()) {
    fail(*node, path + "." + key + " must be a string");
    return std::nullopt;
  }
  return value;
}

std::vector<std::string> TomlReader::texts(const toml::table& parent, const std::string& key,
                                           const std::string& path) {
  std::vector<std::string> values;
  const toml::node* node = parent.get(key);
  if (!node) return values;
  if (node->is_string()) {
    values.push_back(*node->value<std::string>());
  } else if (const toml::array* list = node->as_array()) {
    for (const toml::node& element : *list) {
      if (element.is_string())
        values.push_back(*element.value<std::string>());
      else
        fail(element, path + "." + key + " must hold strings only");
    }
  } else {
    fail(*node, path + "." + key + " must be a string or a list of strings");
  }
  return values;
}

std::optional<bool> TomlReader::flag(const toml::table& parent, std::string_view key,
                                     const std::string& path) {
  const toml::node* node = parent.get(key);
  if (!node) return std::nullopt;
  std::optional<bool> value = node->value<bool>();
  if (!value) fail(*node, path + "." + std::string(key) + " must be true or false");
  return value;
}

std::optional<std::string> TomlReader::choice(const toml::table& parent, const std::string& key,
                                              const std::string& path,
                                              const std::vector<std::string>& known) {
  std::optional<std::string> value = text(parent, key, path);
  if (!value) return std::nullopt;
  if (std::find(known.begin(), known.end(), *value) != known.end()) return value;
  fail(*parent.get(key), path + "." + key + " is \"" + *value + "\"; it can be " + join(known));
  return std::nullopt;
}

std::optional<Severity> TomlReader::severity(const toml::table& parent, const std::string& key,
                                             const std::string& path) {
  std::optional<std::string> word = choice(parent, key, path, severity_words());
  return word ? parse_severity(*word) : std::nullopt;
}

std::string TomlReader::mandatory(const toml::table& table, const std::string& key,
                                  const std::string& path) {
  if (!table.get(key)) {
    fail(table, "a " + path + " lacks its " + key);
    return {};
  }
  std::optional<std::string> value = text(table, key, path);
  if (value && value->empty()) fail(*table.get(key), path + "." + key + " is empty");
  return value.value_or("");
}

const std::vector<std::string>& severity_words() {
  static const std::vector<std::string> words = {"critical", "high", "medium", "low", "info"};
  return words;
}

std::vector<std::string> with(std::vector<std::string> words, const std::string& more) {
  words.push_back(more);
  return words;
}

}  // namespace schemaudit
