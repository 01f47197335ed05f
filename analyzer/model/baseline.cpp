#include "analyzer/model/baseline.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

#include "analyzer/model/digest.h"

namespace schemaudit {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kMajor = "1.";

std::string text(const Json& json, const char* key) {
  auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// The line on which a fingerprint first stands.
int line_of(const std::string& whole, const std::string& fingerprint) {
  const std::size_t at = whole.find("\"" + fingerprint + "\"");
  if (at == std::string::npos) return 0;
  return 1 + static_cast<int>(
                 std::count(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

}  // namespace

std::optional<Baseline> read_baseline(const std::string& whole, std::string& error) {
  const Json json = Json::parse(whole, nullptr, false);
  if (json.is_discarded() || !json.is_object() || !json.contains("findings") ||
      !json["findings"].is_array()) {
    error = "it is no baseline: `schemaudit baseline` writes one";
    return std::nullopt;
  }
  if (!text(json, "format_version").starts_with(kMajor)) {
    error = "its format_version is " + text(json, "format_version") +
            ", and this program reads 1.x: write it anew with `schemaudit baseline`";
    return std::nullopt;
  }
  Baseline baseline;
  baseline.digest = sha256_hex(whole);
  for (const Json& entry : json["findings"]) {
    BaselineEntry read{text(entry, "fingerprint"), text(entry, "rule"), text(entry, "object"),
                       text(entry, "message")};
    if (read.fingerprint.empty()) {
      error = "an entry lacks its fingerprint";
      return std::nullopt;
    }
    read.line = line_of(whole, read.fingerprint);
    baseline.entries.push_back(std::move(read));
  }
  return baseline;
}

std::string write_baseline(const std::vector<BaselineEntry>& entries) {
  std::string text = "{\n  \"format_version\": \"1.0\",\n  \"findings\": [";
  bool first = true;
  for (const BaselineEntry& entry : entries) {
    const Json json = {{"fingerprint", entry.fingerprint},
                       {"rule", entry.rule},
                       {"object", entry.object},
                       {"message", entry.message}};
    text +=
        (first ? "\n    " : ",\n    ") + json.dump(-1, ' ', false, Json::error_handler_t::replace);
    first = false;
  }
  return text + (first ? "]\n}\n" : "\n  ]\n}\n");
}

std::vector<BaselineEntry> baseline_of(const std::vector<Finding>& findings) {
  std::vector<BaselineEntry> entries;
  for (const Finding& finding : findings) {
    if (finding.state == FindingState::waived) continue;
    const std::string object = to_string(finding.object);
    entries.push_back({finding.fingerprint, finding.rule,
                       finding.object.kind + (object.empty() ? "" : " " + object),
                       finding.message});
  }
  std::sort(entries.begin(), entries.end(), [](const BaselineEntry& a, const BaselineEntry& b) {
    return std::tie(a.rule, a.object, a.fingerprint) < std::tie(b.rule, b.object, b.fingerprint);
  });
  return entries;
}

}  // namespace schemaudit
