// All that rules may look at: the sources by role, and the configuration.
//
//   const Schema* live = input.schema(Role::live);   // nullptr where no database was given
//   if (live && !live->find_relation({"public", "users"})) ...
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/baseline.h"
#include "analyzer/model/config.h"
#include "analyzer/model/evidence.h"
#include "analyzer/model/live_answers.h"
#include "analyzer/model/source.h"

namespace schemaudit {

/// A documented query that a server refused to prepare.
struct BrokenQuery {
  DocumentedQuery query;
  /// The server's own words, first line.
  std::string error;
  std::string sqlstate;
  /// Where in the document the server points at.
  Origin at;
};

/// Evidence of verify or rehearse, with the file that it came from.
struct GivenEvidence {
  std::string file;
  Evidence evidence;
};

/// What was found in the files as they were at a revision.
struct EarlierFindings {
  std::string revision;
  /// Sorted.
  std::vector<std::string> fingerprints;
};

struct AuditInput {
  std::vector<SourceResult> sources;
  Config config;
  /// Filled where a live database could be asked; empty `asked` means nobody could tell.
  bool queries_prepared = false;
  std::vector<BrokenQuery> broken_queries;
  std::size_t prepared_queries = 0;
  /// Unset where the config asks nothing, or no live database could be asked.
  std::optional<LiveAnswers> live_answers;
  std::vector<GivenEvidence> evidence;
  /// Findings that are known and do not fail the audit.
  std::optional<Baseline> baseline;
  /// Set by --changed-since: what an audit of that state finds, which this change did not bring.
  std::optional<EarlierFindings> earlier;

  /// The first source of that role, or nullptr.
  const SourceResult* source(Role role) const;
  const Schema* schema(Role role) const;
};

}  // namespace schemaudit
