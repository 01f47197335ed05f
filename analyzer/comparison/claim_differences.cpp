#include "analyzer/comparison/claim_differences.h"

#include <algorithm>
#include <tuple>

namespace schemaudit {

namespace {

const char* aspect_word(Aspect aspect) {
  switch (aspect) {
    case Aspect::table_renamed:
    case Aspect::column_renamed:
      return "name";
    case Aspect::column_type:
      return "type";
    case Aspect::column_nullability:
      return "nullability";
    case Aspect::column_default:
      return "default";
    case Aspect::column_collation:
      return "collation";
    case Aspect::enum_labels:
      return "labels";
    default:
      return "definition";
  }
}

const char* aspect_word(const Disagreement& disagreement) {
  const bool one_side = !disagreement.left || !disagreement.right;
  switch (disagreement.aspect) {
    case Aspect::table_renamed:
    case Aspect::column_renamed:
    case Aspect::column_type:
    case Aspect::column_nullability:
    case Aspect::column_default:
    case Aspect::column_collation:
      return aspect_word(disagreement.aspect);
    default:
      break;
  }
  if (one_side) return "presence";
  return disagreement.name_only ? "name" : aspect_word(disagreement.aspect);
}

std::optional<OpenFact> open_fact(const JudgedClaim& claim, bool claims_are_from) {
  const bool undecided = claim.outcome == ClaimOutcome::undecided;
  if (!claim.counted || (!undecided && claim.outcome != ClaimOutcome::unknown)) return std::nullopt;
  OpenFact fact;
  fact.why = undecided ? OpenFact::Why::undecided : OpenFact::Why::unknown;
  fact.aspect = aspect_word(claim.aspect);
  fact.object = claim.object;
  (claims_are_from ? fact.from : fact.to) = claim.stated;
  if (!claim.actual.empty()) (claims_are_from ? fact.to : fact.from) = claim.actual;
  (claims_are_from ? fact.from_origin : fact.to_origin) = claim.origin;
  return fact;
}

}  // namespace

SchemaDifferences differences_of(const Comparison& comparison,
                                 const std::vector<JudgedClaim>& claims, bool claims_are_from) {
  SchemaDifferences result;
  for (const Disagreement& disagreement : comparison.disagreements) {
    Difference difference;
    difference.aspect = aspect_word(disagreement);
    difference.object = disagreement.object;
    difference.from = disagreement.left;
    difference.to = disagreement.right;
    difference.from_origin = disagreement.left_origin;
    difference.to_origin = disagreement.right_origin;
    difference.name_only = disagreement.name_only;
    difference.message = disagreement.message;
    if (!claims_are_from) {
      std::swap(difference.from, difference.to);
      std::swap(difference.from_origin, difference.to_origin);
    }
    result.differences.push_back(std::move(difference));
  }
  for (const JudgedClaim& claim : claims)
    if (std::optional<OpenFact> fact = open_fact(claim, claims_are_from))
      result.open_facts.push_back(std::move(*fact));
  const auto by_table = [](const auto& a, const auto& b) {
    return std::tie(a.object.schema, a.object.table) < std::tie(b.object.schema, b.object.table);
  };
  std::stable_sort(result.differences.begin(), result.differences.end(), by_table);
  std::stable_sort(result.open_facts.begin(), result.open_facts.end(), by_table);
  for (const auto& [aspect, count] : comparison.compared) result.compared += count;
  result.unknown = comparison.unknown;
  result.undecided = comparison.undecided + comparison.ambiguous.size();
  if (result.unknown > 0)
    result.not_compared["facts that one side does not state"] = result.unknown;
  if (result.undecided > 0) result.not_compared["expressions"] = result.undecided;
  return result;
}

}  // namespace schemaudit
