// Typed access to TOML for the readers of the config, which name the first fault by its line.
//
//   TomlReader toml("schemaudit.toml");
//   toml.check_keys(table, "scope", {"schemas", "ignore"});
//   config.schemas = toml.texts(table, "schemas", "scope");
//   if (!toml.error().empty()) ...
//
// Only the .cpp files of this folder include it.
#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/finding.h"
#include "analyzer/model/origin.h"

namespace schemaudit {

/// Keeps the first fault by line: a misspelt key is told before what follows from it.
class TomlReader {
 public:
  using Names = std::initializer_list<std::string_view>;

  explicit TomlReader(std::string uri) : uri_(std::move(uri)) {}

  Origin origin(const toml::node& node) const { return at(node.source()); }

  void fail(const toml::source_region& region, const std::string& message);
  void fail(const toml::node& node, const std::string& message) { fail(node.source(), message); }
  const std::string& error() const { return error_; }

  /// `later` are keys that a later version will know: an error of their own, since to ignore a
  /// policy would be to pass it.
  void check_keys(const toml::table& table, const std::string& path, Names known, Names later = {});

  /// `unknown key policy.tenency, did you mean policy.tenancy?`
  static std::string unknown(const std::string& what, const std::string& name,
                             const std::string& nearest, const std::string& prefix = {});

  /// nullptr where the key is absent; absent and wrong kind is a fault.
  const toml::table* table(const toml::table& parent, const std::string& key,
                           const std::string& path);
  std::optional<std::string> text(const toml::table& parent, const std::string& key,
                                  const std::string& path);
  /// One string, or a list of strings.
  std::vector<std::string> texts(const toml::table& parent, const std::string& key,
                                 const std::string& path);
  std::optional<bool> flag(const toml::table& parent, std::string_view key,
                           const std::string& path);
  /// One of `known`; what stands for absent is the caller's.
  std::optional<std::string> choice(const toml::table& parent, const std::string& key,
                                    const std::string& path, const std::vector<std::string>& known);
  std::optional<Severity> severity(const toml::table& parent, const std::string& key,
                                   const std::string& path);
  /// A fault where it is absent or empty.
  std::string mandatory(const toml::table& table, const std::string& key, const std::string& path);

 private:
  Origin at(const toml::source_region& region) const {
    return {uri_, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
  }

  std::string uri_;
  std::string error_;
  Origin error_at_;
};

/// The words for severities, most severe first.
const std::vector<std::string>& severity_words();
std::vector<std::string> with(std::vector<std::string> words, const std::string& more);

}  // namespace schemaudit
