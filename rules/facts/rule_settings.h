// Whether the config lets another rule speak, so that one fault brings one finding.
//
//   if (forbidden && lets_speak(context.config(), "forbidden-type", "types")) continue;
#pragma once

#include <algorithm>
#include <string_view>

#include "analyzer/model/config.h"

namespace schemaudit {

/// For a rule of the recommended profile.
inline bool lets_speak(const Config& config, std::string_view id, std::string_view category) {
  auto names_it = [&](const std::vector<std::string>& list) {
    return std::any_of(list.begin(), list.end(),
                       [&](const std::string& entry) { return entry == id || entry == category; });
  };
  auto setting = config.rules.find(std::string(id));
  if (setting != config.rules.end() && setting->second.off) return false;
  if (names_it(config.ignore_rules)) return false;
  return config.select.empty() || names_it(config.select);
}

}  // namespace schemaudit
