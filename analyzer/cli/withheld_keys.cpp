#include "analyzer/cli/withheld_keys.h"

#include <algorithm>

#include "analyzer/engine/documents_against_built.h"
#include "analyzer/model/names.h"
#include "rules/facts/isolation_border.h"

namespace schemaudit {

namespace {

bool states(const Relation& stated, const ForeignKey& key) {
  return std::any_of(stated.foreign_keys.begin(), stated.foreign_keys.end(),
                     [&](const ForeignKey& other) {
                       return other.columns == key.columns && other.target.name == key.target.name;
                     });
}

}  // namespace

std::vector<WithheldKey> withhold_forbidden_keys(AuditInput& input) {
  std::vector<WithheldKey> withheld;
  if (input.config.policy.isolation.empty()) return withheld;
  const std::optional<DocumentComparison> compared = compare_documents(input);
  for (Relation& relation : input.sources[1].schema.relations) {
    const Relation* stated = compared ? compared->comparison.left_of(relation.name) : nullptr;
    std::erase_if(relation.foreign_keys, [&](const ForeignKey& key) {
      if (stated && states(*stated, key)) return false;
      std::string policies;
      for (const IsolationPolicy* policy : broken_policies(input.config, relation, key))
        policies += (policies.empty() ? "" : " and ") + policy_name(*policy);
      if (policies.empty()) return false;
      withheld.push_back({relation.name, key, std::move(policies)});
      return true;
    });
  }
  return withheld;
}

std::vector<Finding> findings_of_withheld(const std::vector<WithheldKey>& withheld,
                                          const AuditInput& input) {
  std::vector<Finding> findings;
  if (withheld.empty()) return findings;
  const std::optional<DocumentComparison> compared = compare_documents(input);
  if (!compared) return findings;
  for (const WithheldKey& one : withheld) {
    const Relation* stated = compared->comparison.left_of(one.relation);
    if (!stated) continue;
    Finding finding;
    finding.rule = "foreign-key-mismatch";
    finding.severity = Severity::high;
    finding.object = {"constraint", one.relation.schema, one.relation.name, one.key.name};
    finding.message = "The foreign key (" + join_identifiers(one.key.columns) + ") of " +
                      to_string(one.relation) + " to " + to_string(one.key.target) +
                      " was not written: it is built, and " + one.policies +
                      " forbids it. Drop it, or change the policy.";
    const Column* column =
        one.key.columns.empty() ? nullptr : stated->find_column(one.key.columns.front());
    const Origin& at = column ? column->origin : stated->origin;
    if (at.from_file()) finding.locations.push_back({std::string(to_string(Role::documented)), at});
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace schemaudit
