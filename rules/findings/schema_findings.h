// The start of a finding that a SchemaCheck makes: named, and pointing where a reader should look.
//
//   Finding finding = start_finding(context, rule.info, object_of(relation), relation.origin);
//   finding.message = "Table " + to_string(relation.name) + " has no primary key.";
//   finding.evidence.of(context.role) = "no primary key";
//
// It points at the statement or model that makes the object, then at the docs entry that speaks
// of it, then at the policy it follows from; at the config file alone only where nothing else
// speaks of the object.
#pragma once

#include "rules/facts/object_refs.h"
#include "rules/rule.h"

namespace schemaudit {

/// `origin` is the element's own; `policy` that of the config's lines that ask for it. Behind is
/// whoever makes the schema at hand.
Finding start_finding(const SchemaContext& context, const RuleInfo& rule, ObjectRef object,
                      const Origin& origin, const Origin& policy = {});

/// Who has to catch up where the schema of `role` breaks a policy or has a defect.
Behind behind_of(Role role);

}  // namespace schemaudit
