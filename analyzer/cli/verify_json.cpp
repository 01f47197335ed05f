// The JSON form of `schemaudit verify`: see docs/verify.md. Changing a key is a change of
// `format_version`.
#include <nlohmann/json.hpp>

#include "analyzer/cli/verify_report.h"
#include "analyzer/model/redact.h"
#include "reports/runner_commands.h"

namespace schemaudit {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kFormatVersion = "1.0";

std::string_view state_name(VerificationState state) {
  switch (state) {
    case VerificationState::passed:
      return "passed";
    case VerificationState::failed:
      return "failed";
    case VerificationState::not_proved:
      return "not_proved";
    case VerificationState::not_evaluated:
      return "not_evaluated";
    case VerificationState::no_expectation:
      return "no_expectation";
  }
  return "";
}

std::string_view verdict_name(EvidenceState state) {
  switch (state) {
    case EvidenceState::passed:
      return "pass";
    case EvidenceState::failed:
      return "fail";
    case EvidenceState::incomplete:
      return "incomplete";
  }
  return "incomplete";
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json place(const Origin& origin) {
  if (!origin.from_file()) return nullptr;
  Json json = {{"uri", origin.uri}};
  if (origin.line > 0) json["line"] = origin.line;
  if (origin.line > 0 && origin.column > 0) json["column"] = origin.column;
  return json;
}

Json answer_json(const Verification& result) {
  // Without a column it was not run: a query has one at least.
  if (result.answer.columns.empty()) return nullptr;
  Json rows = Json::array();
  for (const auto& row : result.answer.rows) {
    Json cells = Json::array();
    for (const auto& cell : row) cells.push_back(cell ? Json(*cell) : Json(nullptr));
    rows.push_back(std::move(cells));
  }
  Json json = {{"row_count", result.answer.row_count}};
  json["columns"] = result.answer.columns;
  json["rows"] = std::move(rows);
  return json;
}

Json query_json(const Verification& result) {
  Json json = {{"key", result.key},
               {"location", place(result.origin)},
               {"sql", redact(result.sql)},
               {"state", state_name(result.state)},
               {"expected", text_or_null(result.expected)},
               {"expected_location", place(result.expected_at)},
               {"seen", text_or_null(result.seen)},
               {"reason", text_or_null(result.reason)}};
  json["from_catalog"] = result.from_catalog;
  json["result"] = answer_json(result);
  return json;
}

}  // namespace

std::string verify_json(const VerificationReport& report) {
  Json json = Json::object();
  json["format_version"] = kFormatVersion;
  json["tool"] = {{"name", "schemaudit"}, {"version", report.tool_version}};
  json["run"] = {{"made_at", report.made_at}};
  json["verdict"] = verdict_name(report.state());
  json["incomplete_because"] = report.unseen;
  json["notes"] = report.notes;
  json["inputs"] = Json::array();
  for (const EvidenceInput& input : report.inputs)
    json["inputs"].push_back({{"role", input.role},
                              {"kind", input.kind},
                              {"name", input.name},
                              {"digest", input.digest}});
  json["server"] = report.server.version.empty() ? Json(nullptr)
                                                 : Json{{"version", report.server.version},
                                                        {"database", report.server.database},
                                                        {"role", report.server.role}};
  json["counts"] = Json::object();
  for (VerificationState state :
       {VerificationState::passed, VerificationState::failed, VerificationState::not_proved,
        VerificationState::not_evaluated, VerificationState::no_expectation})
    json["counts"][std::string(state_name(state))] = report.count(state);
  json["queries"] = Json::array();
  for (const Verification& result : report.verifications)
    json["queries"].push_back(query_json(result));
  // What a database holds need not be UTF-8: it is replaced, never thrown over.
  return json_without_runner_commands(json.dump(2, ' ', false, Json::error_handler_t::replace) +
                                      "\n");
}

std::string verify_json_schema() {
  return R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:schemaudit:verify:1",
  "title": "schemaudit verify",
  "description": "What the queries in documents gave, beside what the documents state. A minor format_version only adds keys: ignore those you do not know. A major one breaks: refuse it.",
  "type": "object",
  "required": ["format_version", "tool", "run", "verdict", "incomplete_because", "notes", "inputs", "server", "counts", "queries"],
  "additionalProperties": true,
  "properties": {
    "format_version": {"type": "string", "pattern": "^1\\.[0-9]+$"},
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
    "verdict": {"enum": ["pass", "fail", "incomplete"]},
    "incomplete_because": {"$ref": "#/$defs/strings"},
    "notes": {"$ref": "#/$defs/strings"},
    "inputs": {
      "type": "array",
      "items": {
        "type": "object",
        "required": ["role", "kind", "name", "digest"],
        "properties": {
          "role": {"type": "string"},
          "kind": {"type": "string"},
          "name": {"description": "As it is shown, secrets replaced.", "type": "string"},
          "digest": {"description": "SHA-256 of what was read; empty for a database.", "type": "string", "pattern": "^([0-9a-f]{64})?$"}
        }
      }
    },
    "server": {
      "description": "null where none could be asked.",
      "anyOf": [
        {"type": "null"},
        {
          "type": "object",
          "required": ["version", "database", "role"],
          "properties": {
            "version": {"type": "string"},
            "database": {"type": "string"},
            "role": {"type": "string"}
          }
        }
      ]
    },
    "counts": {
      "type": "object",
      "required": ["passed", "failed", "not_proved", "not_evaluated", "no_expectation"],
      "properties": {
        "passed": {"$ref": "#/$defs/count"},
        "failed": {"$ref": "#/$defs/count"},
        "not_proved": {"$ref": "#/$defs/count"},
        "not_evaluated": {"$ref": "#/$defs/count"},
        "no_expectation": {"$ref": "#/$defs/count"}
      }
    },
    "queries": {"description": "One for each expectation, and one for each query without.", "type": "array", "items": {"$ref": "#/$defs/query"}}
  },
  "$defs": {
    "count": {"type": "integer", "minimum": 0},
    "strings": {"type": "array", "items": {"type": "string"}},
    "text_or_null": {"type": ["string", "null"]},
    "location": {
      "anyOf": [
        {"type": "null"},
        {
          "type": "object",
          "required": ["uri"],
          "properties": {
            "uri": {"type": "string", "minLength": 1},
            "line": {"type": "integer", "minimum": 1},
            "column": {"type": "integer", "minimum": 1}
          }
        }
      ]
    },
    "query": {
      "type": "object",
      "required": ["key", "location", "sql", "state", "expected", "expected_location", "seen", "reason", "from_catalog", "result"],
      "properties": {
        "key": {"description": "The headings from the top, with an ordinal.", "type": "string"},
        "location": {"$ref": "#/$defs/location"},
        "sql": {"description": "As written, secrets replaced.", "type": "string"},
        "state": {"enum": ["passed", "failed", "not_proved", "not_evaluated", "no_expectation"]},
        "expected": {"description": "As written.", "$ref": "#/$defs/text_or_null"},
        "expected_location": {"$ref": "#/$defs/location"},
        "seen": {"description": "What it gave, in short.", "$ref": "#/$defs/text_or_null"},
        "reason": {"description": "Why it is not proved or not evaluated, and what to do.", "$ref": "#/$defs/text_or_null"},
        "from_catalog": {"description": "Views of information_schema that were read from pg_catalog.", "$ref": "#/$defs/strings"},
        "result": {
          "description": "null where it was not run; up to three rows, secrets replaced.",
          "anyOf": [
            {"type": "null"},
            {
              "type": "object",
              "required": ["row_count", "columns", "rows"],
              "properties": {
                "row_count": {"$ref": "#/$defs/count"},
                "columns": {"$ref": "#/$defs/strings"},
                "rows": {"type": "array", "items": {"type": "array", "items": {"$ref": "#/$defs/text_or_null"}}}
              }
            }
          ]
        }
      }
    }
  }
}
)json";
}

}  // namespace schemaudit
