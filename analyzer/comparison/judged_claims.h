// What became of each thing that the left of a comparison states, one by one, for those who show
// a document with a mark beside every claim.
//
//   std::vector<JudgedClaim> claims;
//   Comparison comparison = compare(documents, live, options, claims);
//   for (const JudgedClaim& claim : claims) ...   claim.origin, claim.stated, claim.outcome
//
// `claims_held` and `claims` of the Comparison count these, without the ones that only name an
// object whose facts are judged by themselves (`counted` is false).
#pragma once

#include <string>
#include <vector>

#include "analyzer/comparison/comparison.h"

namespace schemaudit {

enum class ClaimOutcome {
  holds,
  differs,
  /// Both sides speak, and nobody can tell whether they mean the same.
  undecided,
  /// The right says nothing of it.
  unknown,
  /// What it stands on (a column, the table it points at) is absent, which is said there.
  folded,
};

struct JudgedClaim {
  Aspect aspect = Aspect::other_object;
  ClaimOutcome outcome = ClaimOutcome::holds;
  ObjectRef object;
  /// What the left says: `character varying(20)`, `NOT NULL`.
  std::string stated;
  /// What the right says where it differs; empty where it lacks the object.
  std::string actual;
  Origin origin;
  bool name_only = false;
  bool counted = true;
};

/// compare() that also writes down every claim of the left, in the order in which it judged.
Comparison compare(const Schema& left, const Schema& right, const CompareOptions& options,
                   std::vector<JudgedClaim>& claims);

}  // namespace schemaudit
