// Entries of a policy that name columns no table has: such an entry asks for nothing, and nobody
// would notice.
//
//   UnmatchedColumns unmatched("policy.unique");
//   for (...) if (!any) unmatched.add(selector);
//   unmatched.ask(outcome, rule.info);
#pragma once

#include <string>
#include <vector>

#include "rules/rule.h"

namespace schemaudit {

/// Whether a table that stands for itself has what the entry names.
bool fits_any_column(const Schema& schema, const ColumnSelector& entry);

class UnmatchedColumns {
 public:
  explicit UnmatchedColumns(std::string policy) : policy_(std::move(policy)) {}
  void add(const ColumnSelector& selector) { texts_.push_back(selector.text); }
  /// One question for all of them; nothing where there are none.
  void ask(RuleOutcome& outcome, const RuleInfo& rule) const;

 private:
  std::string policy_;
  std::vector<std::string> texts_;
};

}  // namespace schemaudit
