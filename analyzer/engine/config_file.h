// Reads schemaudit.toml.
//
//   ConfigReading reading = read_config(text, "schemaudit.toml", known_rule_ids);
//   if (!reading.error.empty()) ...   // "schemaudit.toml:4: unknown key ..., did you mean ...?"
//
// An unknown key, rule id or value is an error that names the nearest known one: a misspelt
// policy must not pass for a kept one.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/config.h"

namespace schemaudit {

struct ConfigReading {
  Config config;
  /// One line with file, line and what to do; empty where the config is good.
  std::string error;
};

/// What a policy names as a type.
struct PolicyType {
  /// `timestamptz` -> `timestamp with time zone`; the text itself where it is no type.
  std::string normal;
  /// `timestmp` -> `timestamp`: it is none, and this was probably meant. Such a config is refused,
  /// because nothing would ever be of that type.
  std::string meant = {};
};
using TypeNormaliser = std::function<PolicyType(const std::string&)>;

struct Rule;

/// The plug-ins that a config names: they have to be loaded before the rest of it can be read,
/// which may speak of their rules. Empty where the text is no config; read_config() says why.
std::vector<std::string> plugins_of_config(std::string_view text);

/// Policies name types; `normal_type` brings them into the form in which rules compare them.
/// Without it they are kept as they are written.
ConfigReading read_config(std::string_view text, const std::string& uri,
                          const std::vector<std::string>& rule_ids,
                          const TypeNormaliser& normal_type = {},
                          const std::vector<const Rule*>& plugin_rules = {});

/// The JSON Schema (2020-12) of the config, for editors.
std::string config_json_schema();

}  // namespace schemaudit
