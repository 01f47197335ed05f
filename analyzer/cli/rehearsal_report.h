// What `schemaudit rehearse` found, ready to be written, and the formats it is written in.
//
//   std::string text = rehearsal_text(report, style);
#pragma once

#include <string>
#include <vector>

#include "analyzer/migrations/rehearsal/rehearsal.h"
#include "analyzer/model/evidence.h"
#include "reports/renderer.h"

namespace schemaudit {

enum class RehearsalVerdict { pass, fail, incomplete };

std::string_view to_string(RehearsalVerdict verdict);

struct RehearsalReport {
  std::string tool_version;
  std::string started_at;
  double seconds = 0;
  MigrationTool tool = MigrationTool::plain;
  /// As it is shown, and its digest.
  std::string folder, digest;
  /// Files of the state before and of rows, as named; empty: none.
  std::string before, rows;
  /// The config says that every database has had the steps that were not tried.
  bool history_is_stated = false;
  /// Isolation policies of the config whose rollback is to be drop-only.
  std::vector<std::string> drop_only;
  Rehearsal rehearsal;

  /// A failure wins over what could not be proved.
  RehearsalVerdict verdict() const;
};

/// For the criteria of an audit of the same migrations.
Evidence evidence_of(const RehearsalReport& report);

std::string rehearsal_text(const RehearsalReport& report, const TextStyle& style);
/// Whatever differs between two runs stands under `run`.
std::string rehearsal_json(const RehearsalReport& report);
/// The JSON Schema (2020-12) that rehearsal_json() keeps to.
std::string rehearsal_json_schema();

}  // namespace schemaudit
