#include <nlohmann/json.hpp>

#include "analyzer/cli/rehearsal_report.h"
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

Json object_json(const ObjectRef& object) {
  if (object.kind.empty()) return nullptr;
  return {{"kind", object.kind},
          {"schema", object.schema},
          {"table", object.table},
          {"name", object.name}};
}

Json script_json(const RehearsedScript& script) {
  if (!script.run) return nullptr;
  Json json = {{"accepted", script.accepted}};
  json["statements"] = Json::array();
  for (const StatementRun& statement : script.statements) {
    Json locks = Json::array();
    for (const TableLock& lock : statement.locks)
      locks.push_back(
          {{"schema", lock.table.schema}, {"table", lock.table.name}, {"mode", lock.mode}});
    json["statements"].push_back({{"location", place(statement.origin)},
                                  {"accepted", statement.accepted},
                                  {"locks", locks},
                                  {"work", statement.work}});
  }
  return json;
}

Json seconds_json(const RehearsedStep& step) {
  return {{"version", step.version},
          {"up", step.up.seconds},
          {"down", step.down.seconds},
          {"again", step.again.seconds}};
}

}  // namespace

std::string rehearsal_json(const RehearsalReport& report) {
  const Rehearsal& rehearsal = report.rehearsal;
  Json json;
  json["format_version"] = "1.0";
  json["tool"] = {{"name", "schemaudit"}, {"version", report.tool_version}};
  json["run"] = {{"started_at", report.started_at}, {"seconds", report.seconds}};
  json["run"]["steps"] = Json::array();
  for (const RehearsedStep& step : rehearsal.steps)
    json["run"]["steps"].push_back(seconds_json(step));
  json["verdict"] = to_string(report.verdict());
  json["incomplete_because"] = rehearsal.incomplete_because;
  json["migrations"] = {
      {"tool", to_string(report.tool)}, {"folder", report.folder}, {"digest", report.digest}};
  json["before"] = report.before.empty() ? Json(nullptr) : Json(report.before);
  json["rows"] = {{"given", report.rows.empty() ? Json(nullptr) : Json(report.rows)},
                  {"generated", rehearsal.generated_rows}};
  json["rows"]["tables_without"] = Json::array();
  for (const auto& [table, why] : rehearsal.tables_without_rows)
    json["rows"]["tables_without"].push_back(
        {{"schema", table.schema}, {"table", table.name}, {"reason", why}});
  json["rows"]["steps_on_empty_tables"] = Json::array();
  for (const StepOnEmptyTables& step : rehearsal.steps_on_empty_tables) {
    Json tables = Json::array();
    for (const QualifiedName& table : step.tables)
      tables.push_back({{"schema", table.schema}, {"table", table.name}});
    json["rows"]["steps_on_empty_tables"].push_back(
        {{"version", step.version}, {"tables", tables}, {"reason", step.reason}});
  }
  json["server_version"] = rehearsal.server_version;
  json["history"] = rehearsal.history;
  json["steps"] = Json::array();
  for (const RehearsedStep& step : rehearsal.steps)
    json["steps"].push_back({{"version", step.version},
                             {"name", step.name},
                             {"location", place(step.origin)},
                             {"up", script_json(step.up)},
                             {"down", script_json(step.down)},
                             {"again", script_json(step.again)},
                             {"restored", step.restored ? Json(*step.restored) : Json(nullptr)}});
  json["whole_chain_restored"] =
      rehearsal.whole_chain_restored ? Json(*rehearsal.whole_chain_restored) : Json(nullptr);
  json["drop_orders"] = rehearsal.drop_orders;
  json["faults"] = Json::array();
  for (const RehearsalFault& fault : rehearsal.faults)
    json["faults"].push_back({{"kind", to_string(fault.kind)},
                              {"steps", fault.steps},
                              {"gates", fault.gates},
                              {"location", place(fault.origin)},
                              {"object", object_json(fault.object)},
                              {"message", fault.message},
                              {"row", fault.row.empty() ? Json(nullptr) : Json(fault.row)}});
  return json_without_runner_commands(json.dump(2, ' ', false, Json::error_handler_t::replace) +
                                      "\n");
}

std::string rehearsal_json_schema() {
  return R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:schemaudit:rehearsal:1",
  "title": "schemaudit rehearse",
  "description": "What migrations did on a scratch database, up, back and up again. A minor format_version only adds keys: ignore those you do not know. A major one breaks: refuse it.",
  "type": "object",
  "required": ["format_version", "tool", "run", "verdict", "incomplete_because", "migrations", "before", "rows", "server_version", "history", "steps", "whole_chain_restored", "drop_orders", "faults"],
  "additionalProperties": true,
  "properties": {
    "format_version": {"type": "string", "pattern": "^1\\.[0-9]+$"},
    "tool": {
      "type": "object",
      "required": ["name", "version"],
      "properties": {"name": {"const": "schemaudit"}, "version": {"type": "string"}}
    },
    "run": {
      "description": "Whatever differs between two identical runs; times in seconds.",
      "type": "object",
      "required": ["started_at", "seconds", "steps"],
      "properties": {
        "started_at": {"type": "string"},
        "seconds": {"type": "number"},
        "steps": {"type": "array", "items": {"type": "object"}}
      }
    },
    "verdict": {"enum": ["pass", "fail", "incomplete"]},
    "incomplete_because": {"type": "array", "items": {"type": "string"}},
    "migrations": {
      "type": "object",
      "required": ["tool", "folder", "digest"],
      "properties": {"tool": {"type": "string"}, "folder": {"type": "string"}, "digest": {"type": "string"}}
    },
    "before": {"type": ["string", "null"]},
    "rows": {
      "type": "object",
      "required": ["given", "generated", "tables_without", "steps_on_empty_tables"],
      "properties": {
        "given": {"type": ["string", "null"]},
        "generated": {"type": "integer", "minimum": 0},
        "tables_without": {
          "description": "Tables for which no row could be made: what becomes of their rows is not known.",
          "type": "array",
          "items": {
            "type": "object",
            "required": ["schema", "table", "reason"],
            "properties": {"schema": {"type": "string"}, "table": {"type": "string"}, "reason": {"type": "string"}}
          }
        },
        "steps_on_empty_tables": {
          "description": "Steps that do not go up on rows in tables which earlier steps have made, and may be meant to fill them: their ways back were tried on the tables without rows.",
          "type": "array",
          "items": {
            "type": "object",
            "required": ["version", "tables", "reason"],
            "properties": {
              "version": {"type": "string"},
              "tables": {
                "type": "array",
                "items": {
                  "type": "object",
                  "required": ["schema", "table"],
                  "properties": {"schema": {"type": "string"}, "table": {"type": "string"}}
                }
              },
              "reason": {"type": "string"}
            }
          }
        }
      }
    },
    "server_version": {"type": "string"},
    "history": {"description": "Steps that ran and were not tried (--from).", "type": "integer", "minimum": 0},
    "steps": {"type": "array", "items": {"$ref": "#/$defs/step"}},
    "whole_chain_restored": {"description": "All steps back in a row and up again; null where it was not tried.", "type": ["boolean", "null"]},
    "drop_orders": {"description": "Orders in which the drops of an isolation policy's rollback were run.", "type": "integer", "minimum": 0},
    "faults": {"type": "array", "items": {"$ref": "#/$defs/fault"}}
  },
  "$defs": {
    "place": {
      "anyOf": [
        {"type": "null"},
        {
          "type": "object",
          "required": ["uri"],
          "properties": {
            "uri": {"type": "string"},
            "line": {"type": "integer", "minimum": 1},
            "column": {"type": "integer", "minimum": 1}
          }
        }
      ]
    },
    "script": {
      "description": "Its statements that lock tables which were there before, or were refused; null where it did not run.",
      "anyOf": [
        {"type": "null"},
        {
          "type": "object",
          "required": ["accepted", "statements"],
          "properties": {
            "accepted": {"type": "boolean"},
            "statements": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["location", "accepted", "locks", "work"],
                "properties": {
                  "location": {"$ref": "#/$defs/place"},
                  "accepted": {"type": "boolean"},
                  "locks": {
                    "description": "As pg_locks has them.",
                    "type": "array",
                    "items": {
                      "type": "object",
                      "required": ["schema", "table", "mode"],
                      "properties": {"schema": {"type": "string"}, "table": {"type": "string"}, "mode": {"type": "string"}}
                    }
                  },
                  "work": {"description": "In the server's words: tables rewritten or read whole.", "type": "array", "items": {"type": "string"}}
                }
              }
            }
          }
        }
      ]
    },
    "step": {
      "type": "object",
      "required": ["version", "name", "location", "up", "down", "again", "restored"],
      "properties": {
        "version": {"type": "string"},
        "name": {"type": "string"},
        "location": {"$ref": "#/$defs/place"},
        "up": {"$ref": "#/$defs/script"},
        "down": {"$ref": "#/$defs/script"},
        "again": {"$ref": "#/$defs/script"},
        "restored": {"type": ["boolean", "null"]}
      }
    },
    "fault": {
      "type": "object",
      "required": ["kind", "steps", "gates", "location", "object", "message", "row"],
      "properties": {
        "kind": {"enum": ["step_failed", "step_failed_on_rows", "way_back_failed", "way_back_failed_on_rows", "way_back_failed_on_new_rows", "no_way_back", "not_repeatable", "object_left", "object_lost", "object_altered", "untouched_rows_altered", "rows_not_restored", "beyond_own_tables", "order_matters", "differs_from_replay"]},
        "steps": {"description": "The versions after which it was seen.", "type": "array", "items": {"type": "string"}},
        "gates": {"description": "False for hazards, which do not fail the rehearsal.", "type": "boolean"},
        "location": {"$ref": "#/$defs/place"},
        "object": {
          "anyOf": [
            {"type": "null"},
            {
              "type": "object",
              "required": ["kind", "schema", "table", "name"],
              "properties": {"kind": {"type": "string"}, "schema": {"type": "string"}, "table": {"type": "string"}, "name": {"type": "string"}}
            }
          ]
        },
        "message": {"type": "string"},
        "row": {"description": "The row to blame.", "type": ["string", "null"]}
      }
    }
  }
}
)json";
}

}  // namespace schemaudit
