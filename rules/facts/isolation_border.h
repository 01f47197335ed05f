// The border that a [policy.isolation.*] draws around its tables.
//
//   for (const IsolationPolicy* policy : broken_policies(config, relation, foreign_key)) ...
#pragma once

#include <string>
#include <vector>

#include "rules/rule.h"

namespace schemaudit {

/// The policies that a live foreign key of `relation` breaks; none for a partition's clone,
/// since its root is told.
std::vector<const IsolationPolicy*> broken_policies(const Config& config, const Relation& relation,
                                                    const ForeignKey& foreign_key);

/// Whether the config lets forbidden-foreign-key speak, so that other rules may leave it to it.
bool forbidden_foreign_keys_are_reported(const Config& config);

/// Whether forbidden-foreign-key tells that the key has to go, so that other rules need not say
/// what is wrong with it.
bool is_to_be_dropped(const Config& config, const Relation& relation,
                      const ForeignKey& foreign_key);

/// Whether a policy forbids a foreign key from the one table to the other.
bool may_not_reference(const Config& config, const QualifiedName& from, const QualifiedName& to);

/// Whether the policy calls this file, a document or SQL, its own.
bool is_file_of(const IsolationPolicy& policy, const std::string& uri);

/// A question about a policy that no table matches: a misspelt glob forbids nothing.
void ask_of_unmatched(const RuleInfo& rule, const IsolationPolicy& policy, RuleOutcome& outcome);

/// How many tables a policy matches; views do not count.
std::size_t tables_inside(const Schema& schema, const IsolationPolicy& policy);

/// `policy.isolation.phase3`.
std::string policy_name(const IsolationPolicy& policy);

}  // namespace schemaudit
