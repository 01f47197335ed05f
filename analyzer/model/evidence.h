// What `verify` and `rehearse` have tried, with what came of it: the file that one run writes and
// an audit takes into its criteria.
//
//   Evidence evidence{"verify", "0.1.0", "2026-11-26T21:50:05Z", inputs, {}, items};
//   evidence.state = state_of(items);
//   std::string text = evidence_json(evidence);
//   std::optional<Evidence> back = read_evidence(text, error);
//
// Nothing tried is nothing proved: without an item, evidence is incomplete.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/origin.h"

namespace schemaudit {

enum class EvidenceState {
  passed,
  failed,
  /// Something could not be proved.
  incomplete,
};

std::string_view to_string(EvidenceState state);

/// A source that the evidence was made from. An audit counts the evidence only where its own
/// source of that role and kind has the same digest.
struct EvidenceInput {
  /// `documented`, `declared`, `live`, as Role.
  std::string role;
  /// As SourceResult::kind.
  std::string kind;
  /// As it is shown, without secrets.
  std::string name;
  /// As SourceResult::digest; empty for a database, which goes on living.
  std::string digest;
  bool operator==(const EvidenceInput&) const = default;
};

struct EvidenceItem {
  /// What was tried: the query's heading path, the step and its direction.
  std::string text;
  EvidenceState state = EvidenceState::incomplete;
  /// What was seen; without secrets.
  std::string detail;
  /// The first is the place.
  std::vector<Origin> locations;
  bool operator==(const EvidenceItem&) const = default;
};

struct Evidence {
  /// `verify` or `rehearse`.
  std::string made_by;
  std::string tool_version;
  /// This, and nothing else, changes between two runs that see the same.
  std::string made_at;
  std::vector<EvidenceInput> inputs;
  EvidenceState state = EvidenceState::incomplete;
  std::vector<EvidenceItem> items;
  bool operator==(const Evidence&) const = default;
};

/// Failed where one item failed, else incomplete where one is or there is none.
EvidenceState state_of(const std::vector<EvidenceItem>& items);

/// Pretty-printed, keys in a fixed order: the same evidence gives the same bytes.
std::string evidence_json(const Evidence& evidence);

/// Unset where `text` is no evidence that this version can read, or says that it passed though
/// its items say otherwise; `error` is one sentence.
std::optional<Evidence> read_evidence(const std::string& text, std::string& error);

/// The JSON Schema (2020-12) of an evidence file.
std::string evidence_json_schema();

}  // namespace schemaudit
