// The JSON Schema of the report, printed by `schemaudit json-schema report`. Objects are open:
// a minor version may add keys, and readers ignore what they do not know.
#include "reports/renderer.h"

namespace schemaudit {

std::string report_json_schema() {
  return R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:schemaudit:report:1",
  "title": "schemaudit report",
  "description": "What an audit found. A minor format_version only adds keys: ignore those you do not know. A major one breaks: refuse it.",
  "type": "object",
  "required": ["format_version", "tool", "run", "verdict", "fail_on", "incomplete_because", "sources", "metrics", "rules", "findings", "questions", "answers", "actions", "chain", "criteria", "baseline"],
  "additionalProperties": true,
  "properties": {
    "format_version": {"type": "string", "pattern": "^1\\.[0-9]+$"},
    "tool": {
      "type": "object",
      "required": ["name", "version"],
      "properties": {"name": {"const": "schemaudit"}, "version": {"type": "string"}}
    },
    "run": {
      "description": "Whatever changes between two identical runs lives here, and nothing else does.",
      "type": "object",
      "required": ["started_at", "finished_at", "seconds", "arguments"],
      "properties": {
        "started_at": {"type": "string"},
        "finished_at": {"type": "string"},
        "seconds": {"type": "number", "minimum": 0},
        "arguments": {"description": "As typed, secrets replaced.", "$ref": "#/$defs/strings"}
      }
    },
    "verdict": {"enum": ["pass", "fail", "incomplete"]},
    "fail_on": {"description": "The gate this verdict was made with.", "enum": ["critical", "high", "medium", "low", "info", "never"]},
    "incomplete_because": {"$ref": "#/$defs/strings"},
    "sources": {"type": "array", "items": {"$ref": "#/$defs/source"}},
    "metrics": {"type": "array", "items": {"$ref": "#/$defs/metric"}},
    "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}},
    "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}},
    "questions": {"type": "array", "items": {"$ref": "#/$defs/question"}},
    "answers": {"description": "The config of all questions as one piece of TOML, each table once; empty where nothing is asked.", "type": "string"},
    "actions": {"type": "array", "items": {"$ref": "#/$defs/action"}},
    "chain": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/chain"}]},
    "criteria": {"type": "array", "items": {"$ref": "#/$defs/criterion"}},
    "baseline": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/baseline"}]}
  },
  "$defs": {
    "count": {"type": "integer", "minimum": 0},
    "strings": {"type": "array", "items": {"type": "string"}},
    "text_or_null": {"type": ["string", "null"]},
    "baseline": {
      "description": "What was taken as known, and did not fail the audit.",
      "type": "object",
      "required": ["file", "digest", "entries", "since", "known", "stale"],
      "properties": {
        "file": {"$ref": "#/$defs/text_or_null"},
        "digest": {"$ref": "#/$defs/text_or_null"},
        "entries": {"$ref": "#/$defs/count"},
        "since": {"description": "The commit whose findings are known.", "$ref": "#/$defs/text_or_null"},
        "known": {"description": "Findings in state baseline.", "$ref": "#/$defs/count"},
        "stale": {"description": "Entries of the file that nothing is found for.", "$ref": "#/$defs/count"}
      }
    },
    "chain": {
      "description": "The migrations that were read, in the order in which they run.",
      "type": "object",
      "required": ["tool", "folder", "heads", "steps"],
      "properties": {
        "tool": {"type": "string"},
        "folder": {"type": "string"},
        "heads": {"$ref": "#/$defs/strings"},
        "steps": {"type": "array", "items": {"$ref": "#/$defs/step"}},
        "way_back": {"description": "Back from all steps at once: a plan's rollback.", "$ref": "#/$defs/script"}
      }
    },
    "step": {
      "type": "object",
      "required": ["version", "name", "parents", "up", "down", "digest"],
      "properties": {
        "version": {"type": "string"},
        "name": {"type": "string"},
        "parents": {"$ref": "#/$defs/strings"},
        "up": {"$ref": "#/$defs/script"},
        "down": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/script"}]},
        "digest": {"type": "string"},
        "applied": {"description": "Whether every database has had it; null where nobody tells.", "type": ["boolean", "null"]}
      }
    },
    "script": {
      "type": "object",
      "required": ["uri", "line", "empty", "in_transaction"],
      "properties": {
        "uri": {"type": "string"},
        "line": {"$ref": "#/$defs/line"},
        "empty": {"type": "boolean"},
        "in_transaction": {"type": "boolean"}
      }
    },
    "line": {"description": "From 1; left out where only the file is known.", "type": "integer", "minimum": 1},
    "severity": {"enum": ["critical", "high", "medium", "low", "info"]},
    "role": {"enum": ["documented", "declared", "modelled", "live", "before"]},
    "document_state": {"enum": ["current", "planned", "retired", "not-schema"]},
    "fingerprint": {"description": "Made of the rule, the object and the rule's own key, never of a line.", "type": "string", "pattern": "^[0-9a-f]{16}$"},
    "source": {
      "type": "object",
      "required": ["role", "kind", "name", "digest", "files", "objects", "visibility", "unanalysed", "documents", "left_out", "server"],
      "properties": {
        "role": {"$ref": "#/$defs/role"},
        "kind": {"enum": ["docs", "sql", "migrations", "models", "command", "snapshot", "db"]},
        "name": {"description": "As the user named it, secrets replaced.", "type": "string"},
        "digest": {"description": "SHA-256 of what was read; empty where nothing could be.", "type": "string", "pattern": "^([0-9a-f]{64})?$"},
        "files": {
          "description": "What it was read from; empty for a database.",
          "type": "array",
          "items": {
            "type": "object",
            "required": ["uri", "digest"],
            "properties": {
              "uri": {"type": "string"},
              "digest": {"description": "SHA-256 of its bytes.", "type": "string", "pattern": "^[0-9a-f]{64}$"}
            }
          }
        },
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
        "visibility": {
          "type": "object",
          "required": ["complete", "hidden"],
          "properties": {
            "complete": {"type": "boolean"},
            "hidden": {"type": "array", "items": {"$ref": "#/$defs/hidden"}}
          }
        },
        "unanalysed": {"type": "array", "items": {"$ref": "#/$defs/unanalysed"}},
        "documents": {"type": "array", "items": {"$ref": "#/$defs/document"}},
        "left_out": {"type": "array", "items": {"$ref": "#/$defs/left_out"}},
        "server": {"anyOf": [{"$ref": "#/$defs/server"}, {"type": "null"}]},
        "checks": {
          "description": "Queries of the config that were run on it; left out where there are none.",
          "type": "object",
          "required": ["run", "unanswered"],
          "properties": {
            "run": {"$ref": "#/$defs/count"},
            "unanswered": {"description": "Those that failed or took too long.", "$ref": "#/$defs/count"}
          }
        }
      }
    },
    "hidden": {
      "description": "A view of information_schema that showed the role less than there is.",
      "type": "object",
      "required": ["view", "expected", "shown", "relations", "known_otherwise"],
      "properties": {
        "view": {"type": "string"},
        "expected": {"$ref": "#/$defs/count"},
        "shown": {"$ref": "#/$defs/count"},
        "relations": {"description": "At most 20 of those concerned.", "$ref": "#/$defs/strings"},
        "known_otherwise": {"description": "Whether pg_catalog showed the rest.", "type": "boolean"}
      }
    },
    "unanalysed": {
      "type": "object",
      "required": ["message"],
      "properties": {
        "uri": {"type": "string", "minLength": 1},
        "line": {"$ref": "#/$defs/line"},
        "message": {"type": "string"}
      }
    },
    "document": {
      "description": "What was read from one document.",
      "type": "object",
      "required": ["uri", "state", "proposed_state", "self_description", "tables", "queries"],
      "properties": {
        "uri": {"type": "string"},
        "state": {"$ref": "#/$defs/document_state"},
        "proposed_state": {"anyOf": [{"$ref": "#/$defs/document_state"}, {"type": "null"}]},
        "self_description": {"$ref": "#/$defs/text_or_null"},
        "tables": {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["name", "form", "columns", "constraints", "indexes", "complete"],
            "properties": {
              "name": {"type": "string"},
              "line": {"$ref": "#/$defs/line"},
              "form": {"description": "How it is written: sql, column table, list, psql, tbls, mermaid, prose.", "type": "string"},
              "columns": {"$ref": "#/$defs/count"},
              "constraints": {"$ref": "#/$defs/count"},
              "indexes": {"$ref": "#/$defs/count"},
              "complete": {"description": "Whether it claims to list every column.", "type": "boolean"}
            }
          }
        },
        "queries": {"$ref": "#/$defs/count"}
      }
    },
    "left_out": {
      "type": "object",
      "required": ["what", "why", "count"],
      "properties": {
        "what": {"type": "string"},
        "why": {"type": "string"},
        "count": {"$ref": "#/$defs/count"}
      }
    },
    "server": {
      "type": "object",
      "required": ["version", "version_number", "database", "role", "encoding"],
      "properties": {
        "version": {"type": "string"},
        "version_number": {"$ref": "#/$defs/count"},
        "database": {"type": "string"},
        "role": {"type": "string"},
        "encoding": {"type": "string"}
      }
    },
    "metric": {
      "type": "object",
      "required": ["id", "numerator", "denominator", "members"],
      "properties": {
        "id": {"type": "string", "minLength": 1},
        "numerator": {"$ref": "#/$defs/count"},
        "denominator": {"$ref": "#/$defs/count"},
        "members": {"description": "Those that count against it.", "$ref": "#/$defs/strings"}
      }
    },
    "rule": {
      "type": "object",
      "required": ["id", "severity", "status", "reason", "checked", "findings"],
      "properties": {
        "id": {"type": "string", "minLength": 1},
        "severity": {"$ref": "#/$defs/severity"},
        "status": {"enum": ["passed", "failed", "not_run", "crashed"]},
        "reason": {"description": "Why it did not run.", "$ref": "#/$defs/text_or_null"},
        "checked": {"$ref": "#/$defs/count"},
        "findings": {"$ref": "#/$defs/count"}
      }
    },
    "finding": {
      "type": "object",
      "required": ["rule", "severity", "message", "behind", "object", "locations", "evidence", "fix", "fingerprint", "state"],
      "properties": {
        "rule": {"type": "string", "minLength": 1},
        "severity": {"$ref": "#/$defs/severity"},
        "message": {"type": "string"},
        "behind": {"description": "Who has to catch up.", "enum": ["docs", "migrations", "models", "live", null]},
        "object": {
          "type": "object",
          "required": ["kind", "schema", "table", "name"],
          "properties": {
            "kind": {"type": "string"},
            "schema": {"type": "string"},
            "table": {"description": "The bare table name, for the table and everything in it.", "type": "string"},
            "name": {"type": "string"}
          }
        },
        "locations": {
          "description": "The first one is where to look.",
          "type": "array",
          "items": {
            "type": "object",
            "required": ["source", "uri"],
            "properties": {
              "source": {"type": "string"},
              "uri": {"type": "string", "minLength": 1},
              "line": {"$ref": "#/$defs/line"},
              "column": {"description": "In code points, from 1.", "type": "integer", "minimum": 1}
            }
          }
        },
        "evidence": {
          "description": "What each side says; null where it was not given or says nothing.",
          "type": "object",
          "required": ["documented", "declared", "modelled", "live", "before"],
          "properties": {
            "documented": {"$ref": "#/$defs/text_or_null"},
            "declared": {"$ref": "#/$defs/text_or_null"},
            "modelled": {"$ref": "#/$defs/text_or_null"},
            "live": {"$ref": "#/$defs/text_or_null"},
            "before": {"$ref": "#/$defs/text_or_null"}
          }
        },
        "fix": {
          "anyOf": [
            {
              "type": "object",
              "required": ["kind", "text"],
              "properties": {
                "kind": {"enum": ["sql", "markdown", "config"]},
                "text": {"type": "string"}
              }
            },
            {"type": "null"}
          ]
        },
        "fingerprint": {"$ref": "#/$defs/fingerprint"},
        "state": {"enum": ["new", "baseline", "waived"]}
      }
    },
    "question": {
      "type": "object",
      "required": ["rule", "text", "count", "examples", "config"],
      "properties": {
        "rule": {"type": "string", "minLength": 1},
        "text": {"type": "string"},
        "count": {"$ref": "#/$defs/count"},
        "examples": {"$ref": "#/$defs/strings"},
        "config": {"description": "Lines of TOML that answer it.", "type": "string"}
      }
    },
    "action": {
      "type": "object",
      "required": ["severity", "text", "findings"],
      "properties": {
        "severity": {"$ref": "#/$defs/severity"},
        "text": {"type": "string"},
        "findings": {"type": "array", "items": {"$ref": "#/$defs/fingerprint"}}
      }
    },
    "criterion": {
      "type": "object",
      "required": ["text", "state", "decided_by"],
      "properties": {
        "text": {"type": "string"},
        "state": {"enum": ["met", "not_met", "not_evaluated"]},
        "decided_by": {"$ref": "#/$defs/strings"},
        "reason": {"description": "Why it is in this state.", "$ref": "#/$defs/text_or_null"}
      }
    }
  }
}
)json";
}

}  // namespace schemaudit
