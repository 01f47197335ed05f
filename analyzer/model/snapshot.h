// A Schema as JSON, and back: what `schemaudit snapshot` writes and `snapshot:FILE` reads.
//
//   std::string text = write_snapshot(source);
//   SnapshotReading back = read_snapshot(text);
//   // back.source->schema == source.schema
//
// Unknown facts are left out of the JSON, facts known to be absent are null.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "analyzer/model/source.h"

namespace schemaudit {

/// Pretty-printed, keys in a fixed order: the same source gives the same bytes.
std::string write_snapshot(const SourceResult& source);

struct SnapshotReading {
  /// Unset where the text is no snapshot this version can read.
  std::optional<SourceResult> source;
  /// Why not: one sentence with the place in the text.
  std::string error;
};

SnapshotReading read_snapshot(std::string_view text);

/// The JSON Schema (2020-12) of a snapshot.
std::string snapshot_json_schema();

}  // namespace schemaudit
