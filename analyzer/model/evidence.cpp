#include "analyzer/model/evidence.h"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>

namespace schemaudit {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kFormatVersion = "1.0";

Json json_of(const EvidenceInput& input) {
  return {
      {"role", input.role}, {"kind", input.kind}, {"name", input.name}, {"digest", input.digest}};
}

Json json_of(const Origin& origin) {
  Json json = {{"uri", origin.uri}};
  if (origin.line > 0) json["line"] = origin.line;
  if (origin.line > 0 && origin.column > 0) json["column"] = origin.column;
  return json;
}

Json json_of(const EvidenceItem& item) {
  Json locations = Json::array();
  for (const Origin& origin : item.locations)
    if (origin.from_file()) locations.push_back(json_of(origin));
  return {{"text", item.text},
          {"state", to_string(item.state)},
          {"detail", item.detail},
          {"locations", locations}};
}

/// What is wrong with the file.
struct Malformed {
  std::string what;
};

/// `items[0].state`; the file itself has the empty path.
std::string below(const std::string& path, const char* name) {
  return path.empty() ? name : path + "." + name;
}

const Json& member(const Json& json, const std::string& path, const char* name) {
  const std::string shown = path.empty() ? "it" : path;
  if (!json.is_object()) throw Malformed{shown + " is not an object"};
  auto at = json.find(name);
  if (at == json.end()) throw Malformed{shown + " lacks " + name};
  return *at;
}

std::string text_of(const Json& json, const std::string& path, const char* name) {
  const Json& value = member(json, path, name);
  if (!value.is_string()) throw Malformed{below(path, name) + " is not a text"};
  return value.get<std::string>();
}

const Json& list_of(const Json& json, const std::string& path, const char* name) {
  const Json& value = member(json, path, name);
  if (!value.is_array()) throw Malformed{below(path, name) + " is not a list"};
  return value;
}

EvidenceState state_in(const Json& json, const std::string& path) {
  const std::string name = text_of(json, path, "state");
  for (EvidenceState state :
       {EvidenceState::passed, EvidenceState::failed, EvidenceState::incomplete})
    if (name == to_string(state)) return state;
  throw Malformed{below(path, "state") + " is none of passed, failed, incomplete"};
}

int position_in(const Json& json, const std::string& path, const char* name) {
  auto at = json.find(name);
  if (at == json.end()) return 0;
  if (!at->is_number_unsigned() || at->get<std::uint64_t>() > 1'000'000'000)
    throw Malformed{below(path, name) + " is no position"};
  return at->get<int>();
}

EvidenceInput input_in(const Json& json, const std::string& path) {
  return {text_of(json, path, "role"), text_of(json, path, "kind"), text_of(json, path, "name"),
          text_of(json, path, "digest")};
}

EvidenceItem item_in(const Json& json, const std::string& path) {
  EvidenceItem item{text_of(json, path, "text"), state_in(json, path),
                    text_of(json, path, "detail")};
  for (const Json& place : list_of(json, path, "locations")) {
    const std::string here = path + ".locations";
    item.locations.push_back({text_of(place, here, "uri"), position_in(place, here, "line"),
                              position_in(place, here, "column")});
  }
  return item;
}

std::string indexed(const char* list, std::size_t index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

Evidence evidence_in(const Json& json) {
  Evidence evidence;
  evidence.made_by = text_of(json, "", "made_by");
  if (evidence.made_by != "verify" && evidence.made_by != "rehearse")
    throw Malformed{"made_by is neither verify nor rehearse"};
  evidence.tool_version = text_of(member(json, "", "tool"), "tool", "version");
  evidence.made_at = text_of(member(json, "", "run"), "run", "made_at");
  evidence.state = state_in(json, "");
  const std::string root;
  for (const Json& input : list_of(json, root, "inputs"))
    evidence.inputs.push_back(input_in(input, indexed("inputs", evidence.inputs.size())));
  for (const Json& item : list_of(json, root, "items"))
    evidence.items.push_back(item_in(item, indexed("items", evidence.items.size())));
  // Who changes the one and forgets the other must not get a pass for it.
  const EvidenceState shown = state_of(evidence.items);
  if (evidence.state == EvidenceState::passed && shown != EvidenceState::passed)
    throw Malformed{"it says passed, and its items do not"};
  if (evidence.state != EvidenceState::failed && shown == EvidenceState::failed)
    throw Malformed{"an item of it failed, and its state does not say so"};
  return evidence;
}

}  // namespace

std::string_view to_string(EvidenceState state) {
  switch (state) {
    case EvidenceState::passed:
      return "passed";
    case EvidenceState::failed:
      return "failed";
    case EvidenceState::incomplete:
      return "incomplete";
  }
  return "incomplete";
}

EvidenceState state_of(const std::vector<EvidenceItem>& items) {
  auto any = [&](EvidenceState state) {
    return std::any_of(items.begin(), items.end(),
                       [&](const EvidenceItem& item) { return item.state == state; });
  };
  if (any(EvidenceState::failed)) return EvidenceState::failed;
  return items.empty() || any(EvidenceState::incomplete) ? EvidenceState::incomplete
                                                         : EvidenceState::passed;
}

std::string evidence_json(const Evidence& evidence) {
  Json json = Json::object();
  json["format_version"] = kFormatVersion;
  json["made_by"] = evidence.made_by;
  json["tool"] = {{"name", "schemaudit"}, {"version", evidence.tool_version}};
  json["run"] = {{"made_at", evidence.made_at}};
  json["state"] = to_string(evidence.state);
  json["inputs"] = Json::array();
  for (const EvidenceInput& input : evidence.inputs) json["inputs"].push_back(json_of(input));
  json["items"] = Json::array();
  for (const EvidenceItem& item : evidence.items) json["items"].push_back(json_of(item));
  // What a database holds need not be UTF-8: it is replaced, never thrown over.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::optional<Evidence> read_evidence(const std::string& text, std::string& error) {
  error.clear();
  try {
    const Json json = Json::parse(text);
    if (!json.is_object() || !json.contains("format_version") || !json.contains("made_by")) {
      error = "this is no evidence: write it with verify --evidence or rehearse --evidence";
      return std::nullopt;
    }
    const std::string version = text_of(json, "", "format_version");
    if (version != "1" && !version.starts_with("1.")) {
      error = "the evidence has format version " + version +
              ", and this program reads version 1: make it again, or use a newer program";
      return std::nullopt;
    }
    return evidence_in(json);
  } catch (const Malformed& malformed) {
    error = "the evidence is malformed: " + malformed.what;
  } catch (const Json::parse_error& parse_error) {
    error = "the evidence is no JSON: it breaks off or errs at byte " +
            std::to_string(parse_error.byte);
  } catch (const std::exception&) {
    error = "the evidence is malformed";
  }
  return std::nullopt;
}

std::string evidence_json_schema() {
  return R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:schemaudit:evidence:1",
  "title": "schemaudit evidence",
  "description": "What verify or rehearse has tried, for audit --evidence.",
  "type": "object",
  "required": ["format_version", "made_by", "tool", "run", "state", "inputs", "items"],
  "properties": {
    "format_version": {"type": "string", "pattern": "^1(\\.[0-9]+)?$"},
    "made_by": {"enum": ["verify", "rehearse"]},
    "tool": {
      "type": "object",
      "required": ["name", "version"],
      "properties": {"name": {"const": "schemaudit"}, "version": {"type": "string"}}
    },
    "run": {
      "description": "Whatever changes between two runs that see the same lives here, and nothing else does.",
      "type": "object",
      "required": ["made_at"],
      "properties": {"made_at": {"type": "string"}}
    },
    "state": {"$ref": "#/$defs/state"},
    "inputs": {
      "type": "array",
      "items": {
        "type": "object",
        "required": ["role", "kind", "name", "digest"],
        "properties": {
          "role": {"enum": ["documented", "declared", "modelled", "live", "before"]},
          "kind": {"enum": ["docs", "sql", "migrations", "models", "command", "snapshot", "db"]},
          "name": {"description": "As it is shown, secrets replaced.", "type": "string"},
          "digest": {"description": "SHA-256 of what was read; empty for a database.", "type": "string", "pattern": "^([0-9a-f]{64})?$"}
        }
      }
    },
    "items": {
      "type": "array",
      "items": {
        "type": "object",
        "required": ["text", "state", "detail", "locations"],
        "properties": {
          "text": {"description": "What was tried.", "type": "string"},
          "state": {"$ref": "#/$defs/state"},
          "detail": {"description": "What was seen.", "type": "string"},
          "locations": {
            "description": "The first is the place.",
            "type": "array",
            "items": {
              "type": "object",
              "required": ["uri"],
              "properties": {
                "uri": {"type": "string"},
                "line": {"type": "integer", "minimum": 1},
                "column": {"type": "integer", "minimum": 1}
              }
            }
          }
        }
      }
    }
  },
  "$defs": {
    "state": {"description": "incomplete: something could not be proved.", "enum": ["passed", "failed", "incomplete"]}
  }
}
)json";
}

}  // namespace schemaudit
