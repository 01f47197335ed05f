// The rollback of an isolation policy that says `rollback = "drop-only"`: it drops the policy's own
// tables and does nothing else, and its drops may run in any order. Private to analyzer/migrations.
//
//   DropOrders orders = try_drop_orders(conninfo, back);
//   orders.tried == 24 for four drops, orders.refused empty where all went through
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analyzer/migrations/rehearsal/rehearsal.h"
#include "analyzer/model/policy.h"
#include "analyzer/sql/text.h"

namespace schemaudit {

/// The ways back of the steps that make tables of the policy, the last step's first.
std::vector<SqlText> rollback_of(const IsolationPolicy& policy, const MigrationReading& migrations);

/// What `back` does beyond dropping tables of the policy, once `ups` have run.
std::vector<RehearsalFault> beyond_drops(const IsolationPolicy& policy,
                                         const std::vector<SqlText>& ups,
                                         const std::vector<SqlText>& back);

struct DropOrders {
  std::size_t tried = 0;
  /// For each drop that fails somewhere, what the server said and after which others.
  std::vector<RehearsalFault> refused;
  /// Why they could not be tried to the end; empty where they were.
  std::string error;
};

/// Runs the drops of a rollback in every order, each time undone. More than five run each alone,
/// which proves as much: a drop that nothing blocks while all else is there is blocked by nothing
/// later.
DropOrders try_drop_orders(const std::string& conninfo, const std::vector<SqlText>& back);

}  // namespace schemaudit
