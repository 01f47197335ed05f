// Where a comparison in progress writes down what holds, what differs and what cannot be told.
// Private to analyzer/comparison.
//
//   Ledger ledger(comparison, options, claims);
//   ledger.holds(Aspect::column_type, {object_in(pair, "column", "id"), "bigint", column.origin});
//   comparison.claims_held   one more; claims.back() says which
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analyzer/comparison/judged_claims.h"

namespace schemaudit {

/// Two relations that are the same one, with their columns matched.
struct RelationPair {
  const Relation* left = nullptr;
  const Relation* right = nullptr;
  /// Left column -> right column, for those that were found (renamed ones included).
  std::map<std::string, std::string> columns;

  /// The right's name of a left column; empty where it has none.
  std::string right_column(const std::string& column) const;
  /// All of them, or nothing where one is not on the right.
  std::vector<std::string> right_columns(const std::vector<std::string>& columns) const;
  /// Whether every one of these right columns is known to the left.
  bool left_knows(const std::vector<std::string>& columns) const;
  /// A left expression's normal form in the right's column names.
  std::string in_right_names(const std::string& normal) const;
  /// Whether a left normal form reads a column that the right lacks.
  bool reads_absent_column(const std::string& left_normal) const;
  /// Whether a right normal form reads a column that the left does not state.
  bool reads_unstated_column(const std::string& right_normal) const;
};

/// Something that the left says, with the place where it does.
struct Stated {
  ObjectRef object;
  std::string text;
  Origin origin;
};

class Ledger {
 public:
  Ledger(Comparison& comparison, const CompareOptions& options, std::vector<JudgedClaim>& claims)
      : comparison_(comparison), options_(options), claims_(claims) {}

  const CompareOptions& options() const { return options_; }

  void holds(Aspect aspect, Stated stated);
  void undecided(Aspect aspect, Stated stated);
  /// Of what the right alone says.
  void undecided();
  void unknown(Aspect aspect, Stated stated);
  /// Of what the left does not say either.
  void unknown();
  /// Counts as a claim of the left that does not hold, unless the left says nothing.
  void differs(Disagreement disagreement);
  /// Writes down a claim that counts as none.
  void note(Aspect aspect, ClaimOutcome outcome, Stated stated);

  Comparison& comparison() { return comparison_; }

 private:
  Comparison& comparison_;
  const CompareOptions& options_;
  std::vector<JudgedClaim>& claims_;
};

ObjectRef object_in(const RelationPair& pair, std::string kind, std::string name);

}  // namespace schemaudit
