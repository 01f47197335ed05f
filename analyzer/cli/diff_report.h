// What `schemaudit diff` found, ready to be written, and the formats it is written in.
//
//   DiffReport report = diff_sources(from, to);
//   std::string text = diff_text(report, style);
#pragma once

#include <string>
#include <vector>

#include "analyzer/comparison/schema_differences.h"
#include "analyzer/model/source.h"
#include "reports/renderer.h"

namespace schemaudit {

struct DiffSide {
  std::string kind;
  std::string name;
  std::string digest;
  SchemaCounts objects;
  StatementCounts statements;
  /// What could not be read, run or followed.
  std::vector<Problem> problems;
  std::vector<LeftOut> left_out;
  std::optional<ServerFacts> server;
  /// A part of it could not be opened, decoded or read whole.
  bool incomplete = false;
};

struct DiffReport {
  std::string tool_version;
  DiffSide from, to;
  SchemaDifferences found;
  std::size_t unanalysed = 0;
  std::size_t refused = 0;

  bool equal() const { return found.differences.empty(); }
  /// Neither side holds a table: then equality says nothing.
  bool nothing_read() const {
    return from.objects.tables + from.objects.views + to.objects.tables + to.objects.views == 0;
  }
};

/// Documents and models claim, and are compared as claims; everything else is compared whole.
DiffReport diff_sources(const SourceResult& from, const SourceResult& to);

std::string diff_text(const DiffReport& report, const TextStyle& style);
std::string diff_json(const DiffReport& report);
/// The JSON Schema (2020-12) that diff_json() keeps to.
std::string diff_json_schema();

/// `refused`, `unanalysed`, `invalid`, `newer syntax`: in the words of all formats.
std::string_view word_for(ProblemKind kind);

}  // namespace schemaudit
