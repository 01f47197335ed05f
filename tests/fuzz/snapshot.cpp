// Snapshots, evidence and baselines of any bytes; a snapshot that is read is audited and compared.
#include "analyzer/model/snapshot.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "analyzer/comparison/schema_differences.h"
#include "analyzer/engine/audit.h"
#include "analyzer/model/baseline.h"
#include "analyzer/model/evidence.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::string error;
  schemaudit::read_evidence(text, error);
  schemaudit::read_baseline(text, error);
  schemaudit::SnapshotReading reading = schemaudit::read_snapshot(text);
  if (!reading.source) return 0;
  schemaudit::compare_whole(reading.source->schema, reading.source->schema, {});
  schemaudit::AuditInput input;
  reading.source->role = schemaudit::Role::live;
  input.sources.push_back(std::move(*reading.source));
  input.config.profile = schemaudit::Profile::all;
  schemaudit::run_audit(input, {});
  return 0;
}
