#include <nlohmann/json.hpp>

#include "analyzer/cli/diff_report.h"
#include "reports/runner_commands.h"

namespace schemaudit {

namespace {

using Json = nlohmann::ordered_json;

Json place(const Origin& origin) {
  if (!origin.from_file()) return nullptr;
  Json json = {{"uri", origin.uri}};
  if (origin.line > 0) json["line"] = origin.line;
  if (origin.column > 0) json["column"] = origin.column;
  return json;
}

Json or_null(const std::optional<std::string>& text) {
  return text ? Json(*text) : Json(nullptr);
}

Json written(const ObjectRef& object) {
  return {{"kind", object.kind},
          {"schema", object.schema},
          {"table", object.table},
          {"name", object.name}};
}

Json written(const OpenFact& fact) {
  return {{"why", fact.why == OpenFact::Why::undecided ? "undecided" : "unknown"},
          {"aspect", fact.aspect},
          {"object", written(fact.object)},
          {"from", or_null(fact.from)},
          {"to", or_null(fact.to)},
          {"from_location", place(fact.from_origin)},
          {"to_location", place(fact.to_origin)}};
}

Json written(const DiffSide& side) {
  Json json = {{"kind", side.kind}, {"name", side.name}, {"digest", side.digest}};
  const SchemaCounts& objects = side.objects;
  json["objects"] = {{"tables", objects.tables},
                     {"columns", objects.columns},
                     {"constraints", objects.constraints},
                     {"indexes", objects.indexes},
                     {"enums", objects.enums},
                     {"views", objects.views},
                     {"functions", objects.functions}};
  const StatementCounts& counts = side.statements;
  json["statements"] = {{"total", counts.total},
                        {"replayed", counts.replayed},
                        {"without_effect", counts.without_effect},
                        {"unanalysed", counts.unanalysed},
                        {"refused", counts.refused},
                        {"invalid", counts.invalid}};
  json["problems"] = Json::array();
  for (const Problem& problem : side.problems)
    json["problems"].push_back({{"kind", word_for(problem.kind)},
                                {"location", place(problem.origin)},
                                {"message", problem.message}});
  json["left_out"] = Json::array();
  for (const LeftOut& left_out : side.left_out)
    json["left_out"].push_back(
        {{"what", left_out.what}, {"why", left_out.why}, {"count", left_out.count}});
  json["server_version"] = side.server ? Json(side.server->version) : Json(nullptr);
  return json;
}

}  // namespace

std::string diff_json(const DiffReport& report) {
  Json json;
  json["format_version"] = "1.0";
  json["tool"] = {{"name", "schemaudit"}, {"version", report.tool_version}};
  json["from"] = written(report.from);
  json["to"] = written(report.to);
  json["equal"] = report.equal();
  json["differences"] = Json::array();
  for (const Difference& difference : report.found.differences)
    json["differences"].push_back({{"aspect", difference.aspect},
                                   {"object", written(difference.object)},
                                   {"from", or_null(difference.from)},
                                   {"to", or_null(difference.to)},
                                   {"from_location", place(difference.from_origin)},
                                   {"to_location", place(difference.to_origin)},
                                   {"name_only", difference.name_only},
                                   {"message", difference.message}});
  const SchemaDifferences& found = report.found;
  json["counts"] = {
      {"compared", found.compared},   {"differences", found.differences.size()},
      {"unknown", found.unknown},     {"unknown_view_columns", found.unknown_view_columns},
      {"undecided", found.undecided}, {"unanalysed", report.unanalysed},
      {"refused", report.refused}};
  json["not_compared"] = Json::array();
  for (const auto& [what, count] : found.not_compared)
    json["not_compared"].push_back({{"what", what}, {"count", count}});
  json["open_facts"] = Json::array();
  for (const OpenFact& fact : found.open_facts) json["open_facts"].push_back(written(fact));
  return json_without_runner_commands(json.dump(2, ' ', false, Json::error_handler_t::replace) +
                                      "\n");
}

std::string diff_json_schema() {
  return R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:schemaudit:diff:1",
  "title": "schemaudit diff",
  "description": "What differs between two sources. A minor format_version only adds keys: ignore those you do not know. A major one breaks: refuse it.",
  "type": "object",
  "required": ["format_version", "tool", "from", "to", "equal", "differences", "counts", "not_compared", "open_facts"],
  "additionalProperties": true,
  "properties": {
    "format_version": {"type": "string", "pattern": "^1\\.[0-9]+$"},
    "tool": {
      "type": "object",
      "required": ["name", "version"],
      "properties": {"name": {"const": "schemaudit"}, "version": {"type": "string"}}
    },
    "from": {"$ref": "#/$defs/source"},
    "to": {"$ref": "#/$defs/source"},
    "equal": {"description": "Whether all facts that could be compared are equal.", "type": "boolean"},
    "differences": {"type": "array", "items": {"$ref": "#/$defs/difference"}},
    "counts": {
      "type": "object",
      "required": ["compared", "differences", "unknown", "unknown_view_columns", "undecided", "unanalysed", "refused"],
      "properties": {
        "compared": {"description": "Facts, those that differ among them.", "$ref": "#/$defs/count"},
        "differences": {"$ref": "#/$defs/count"},
        "unknown": {"description": "Facts that one side does not know, the columns of views apart.", "$ref": "#/$defs/count"},
        "unknown_view_columns": {"$ref": "#/$defs/count"},
        "undecided": {"description": "Expressions of which it cannot be told whether they mean the same.", "$ref": "#/$defs/count"},
        "unanalysed": {"description": "Statements that could not be followed.", "$ref": "#/$defs/count"},
        "refused": {"description": "Statements that PostgreSQL refuses.", "$ref": "#/$defs/count"}
      }
    },
    "not_compared": {
      "description": "The unknown and undecided facts by kind.",
      "type": "array",
      "items": {
        "type": "object",
        "required": ["what", "count"],
        "properties": {"what": {"type": "string"}, "count": {"$ref": "#/$defs/count"}}
      }
    },
    "open_facts": {
      "description": "The unknown and undecided facts one by one. Where one side is docs or models, what that side does not speak of is only counted.",
      "type": "array",
      "items": {"$ref": "#/$defs/open_fact"}
    }
  },
  "$defs": {
    "count": {"type": "integer", "minimum": 0},
    "text_or_null": {"type": ["string", "null"]},
    "location": {
      "description": "null for a catalog, which has no file to point at.",
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
    "source": {
      "type": "object",
      "required": ["kind", "name", "digest", "objects", "statements", "problems", "left_out", "server_version"],
      "properties": {
        "kind": {"enum": ["docs", "sql", "migrations", "models", "command", "snapshot", "db"]},
        "name": {"description": "As the user named it, secrets replaced.", "type": "string"},
        "digest": {"description": "SHA-256 of what was read.", "type": "string", "pattern": "^([0-9a-f]{64})?$"},
        "objects": {
          "type": "object",
          "required": ["tables", "columns", "constraints", "indexes", "enums", "views", "functions"],
          "properties": {
            "tables": {"$ref": "#/$defs/count"},
            "columns": {"$ref": "#/$defs/count"},
            "constraints": {"$ref": "#/$defs/count"},
            "indexes": {"$ref": "#/$defs/count"},
            "enums": {"$ref": "#/$defs/count"},
            "views": {"$ref": "#/$defs/count"},
            "functions": {"$ref": "#/$defs/count"}
          }
        },
        "statements": {
          "description": "Of SQL: what became of its statements.",
          "type": "object",
          "required": ["total", "replayed", "without_effect", "unanalysed", "refused", "invalid"],
          "properties": {
            "total": {"$ref": "#/$defs/count"},
            "replayed": {"$ref": "#/$defs/count"},
            "without_effect": {"$ref": "#/$defs/count"},
            "unanalysed": {"$ref": "#/$defs/count"},
            "refused": {"$ref": "#/$defs/count"},
            "invalid": {"$ref": "#/$defs/count"}
          }
        },
        "problems": {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["kind", "location", "message"],
            "properties": {
              "kind": {"enum": ["invalid_sql", "newer_syntax", "unanalysed", "refused", "unreadable", "unread_schema", "ambiguous_name", "other"]},
              "location": {"$ref": "#/$defs/location"},
              "message": {"type": "string"}
            }
          }
        },
        "left_out": {
          "description": "Objects left out on purpose, on both sides.",
          "type": "array",
          "items": {
            "type": "object",
            "required": ["what", "why", "count"],
            "properties": {"what": {"type": "string"}, "why": {"type": "string"}, "count": {"$ref": "#/$defs/count"}}
          }
        },
        "server_version": {"$ref": "#/$defs/text_or_null"}
      }
    },
    "object": {
      "type": "object",
      "required": ["kind", "schema", "table", "name"],
      "properties": {
        "kind": {"type": "string"},
        "schema": {"type": "string"},
        "table": {"description": "The bare name of the table, for the table and everything in it.", "type": "string"},
        "name": {"type": "string"}
      }
    },
    "open_fact": {
      "type": "object",
      "required": ["why", "aspect", "object", "from", "to", "from_location", "to_location"],
      "properties": {
        "why": {"description": "unknown: one side does not know the fact. undecided: both state it, and it cannot be told whether they mean the same.", "enum": ["unknown", "undecided"]},
        "aspect": {"description": "As in a difference.", "type": "string"},
        "object": {"$ref": "#/$defs/object"},
        "from": {"description": "null where FROM does not know it.", "$ref": "#/$defs/text_or_null"},
        "to": {"$ref": "#/$defs/text_or_null"},
        "from_location": {"$ref": "#/$defs/location"},
        "to_location": {"$ref": "#/$defs/location"}
      }
    },
    "difference": {
      "type": "object",
      "required": ["aspect", "object", "from", "to", "from_location", "to_location", "name_only", "message"],
      "properties": {
        "aspect": {"description": "presence, name, definition, or the fact that differs: type, nullability, default ...", "type": "string"},
        "object": {"$ref": "#/$defs/object"},
        "from": {"$ref": "#/$defs/text_or_null"},
        "to": {"$ref": "#/$defs/text_or_null"},
        "from_location": {"$ref": "#/$defs/location"},
        "to_location": {"$ref": "#/$defs/location"},
        "name_only": {"description": "The same under another name.", "type": "boolean"},
        "message": {"type": "string"}
      }
    }
  }
}
)json";
}

}  // namespace schemaudit
