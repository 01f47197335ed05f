#include "analyzer/comparison/ledger.h"

#include <algorithm>

namespace schemaudit {

std::string RelationPair::right_column(const std::string& column) const {
  auto found = columns.find(column);
  if (found != columns.end()) return found->second;
  // A key of a column that the left does not list (prose, a fragment) still names it.
  if (!left->find_column(column) && right->find_column(column)) return column;
  return {};
}

std::vector<std::string> RelationPair::right_columns(const std::vector<std::string>& names) const {
  std::vector<std::string> found;
  for (const std::string& name : names) {
    found.push_back(right_column(name));
    if (found.back().empty()) return {};
  }
  return found;
}

bool RelationPair::left_knows(const std::vector<std::string>& names) const {
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    return std::any_of(columns.begin(), columns.end(),
                       [&](const auto& matched) { return matched.second == name; });
  });
}

namespace {

/// Cuts a normal form into words (names and numbers) and what stands between them; literals are
/// in between. `use` is called with each part and whether it is a word.
template <typename Use>
void for_each_part(const std::string& normal, const Use& use) {
  auto is_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  for (std::size_t i = 0; i < normal.size();) {
    std::size_t end = i + 1;
    bool word = is_part(normal[i]);
    if (word) {
      while (end < normal.size() && is_part(normal[end])) ++end;
    } else if (normal[i] == '\'' || normal[i] == '"') {
      char quote = normal[i];
      while (end < normal.size() &&
             (normal[end] != quote || (end + 1 < normal.size() && normal[end + 1] == quote)))
        end += normal[end] == quote ? 2 : 1;
      end = std::min(end + 1, normal.size());
    }
    use(normal.substr(i, end - i), word);
    i = end;
  }
}

}  // namespace

std::string RelationPair::in_right_names(const std::string& normal) const {
  bool renamed = std::any_of(columns.begin(), columns.end(),
                             [](const auto& matched) { return matched.first != matched.second; });
  if (!renamed) return normal;
  std::string result;
  for_each_part(normal, [&](const std::string& part, bool word) {
    auto found = word ? columns.find(part) : columns.end();
    result += found == columns.end() ? part : found->second;
  });
  return result;
}

bool RelationPair::reads_absent_column(const std::string& left_normal) const {
  bool absent = false;
  for_each_part(left_normal, [&](const std::string& part, bool word) {
    absent = absent || (word && left->find_column(part) && right_column(part).empty());
  });
  return absent;
}

bool RelationPair::reads_unstated_column(const std::string& right_normal) const {
  bool unstated = false;
  for_each_part(right_normal, [&](const std::string& part, bool word) {
    unstated = unstated || (word && right->find_column(part) && !left_knows({part}));
  });
  return unstated;
}

namespace {

JudgedClaim claim_of(Aspect aspect, ClaimOutcome outcome, Stated stated) {
  JudgedClaim claim;
  claim.aspect = aspect;
  claim.outcome = outcome;
  claim.object = std::move(stated.object);
  claim.stated = std::move(stated.text);
  claim.origin = std::move(stated.origin);
  return claim;
}

}  // namespace

void Ledger::holds(Aspect aspect, Stated stated) {
  ++comparison_.compared[aspect];
  ++comparison_.claims;
  ++comparison_.claims_held;
  claims_.push_back(claim_of(aspect, ClaimOutcome::holds, std::move(stated)));
}

void Ledger::undecided(Aspect aspect, Stated stated) {
  undecided();
  claims_.push_back(claim_of(aspect, ClaimOutcome::undecided, std::move(stated)));
}

void Ledger::undecided() {
  ++comparison_.undecided;
}

void Ledger::unknown(Aspect aspect, Stated stated) {
  unknown();
  claims_.push_back(claim_of(aspect, ClaimOutcome::unknown, std::move(stated)));
}

void Ledger::unknown() {
  ++comparison_.unknown;
}

void Ledger::note(Aspect aspect, ClaimOutcome outcome, Stated stated) {
  claims_.push_back(claim_of(aspect, outcome, std::move(stated)));
  claims_.back().counted = false;
}

void Ledger::differs(Disagreement disagreement) {
  ++comparison_.compared[disagreement.aspect];
  if (disagreement.left) {
    ++comparison_.claims;
    if (disagreement.name_only) ++comparison_.claims_held;
    JudgedClaim claim =
        claim_of(disagreement.aspect, ClaimOutcome::differs,
                 {disagreement.object, *disagreement.left, disagreement.left_origin});
    claim.actual = disagreement.right.value_or("");
    claim.name_only = disagreement.name_only;
    claims_.push_back(std::move(claim));
  }
  comparison_.disagreements.push_back(std::move(disagreement));
}

ObjectRef object_in(const RelationPair& pair, std::string kind, std::string name) {
  return {std::move(kind), pair.right->name.schema, pair.right->name.name, std::move(name)};
}

}  // namespace schemaudit
