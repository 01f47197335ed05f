// What [policy.documentation] asks to be described, and whether it is.
//
//   if (lacks_description(context, *policy->tables, relation.comment, in_docs(context, relation)))
//     ...
//
// A comment that is blank or says "TODO" describes nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "rules/rule.h"

namespace schemaudit {

/// Blank, or nothing but a placeholder: `TODO`, `???`, `-`, `n/a`.
bool describes_nothing(std::string_view comment);

/// `tables`, `columns`, `enums`, `functions` or `views` of the policy; unset where it asks nothing.
std::optional<DocumentationDemand> documentation_demand(const Policies& policies,
                                                        std::string_view kind);

/// Why a rule that asks for descriptions of `kind` cannot run; empty where it can.
std::string reason_without_demand(const SchemaContext& context, std::string_view kind);

/// Certainly not described as the policy demands; false where that cannot be known.
bool lacks_description(const SchemaContext& context, DocumentationDemand demand,
                       const Fact<std::string>& comment, bool is_in_docs);

bool in_docs(const SchemaContext& context, const Relation& relation);
bool in_docs(const SchemaContext& context, const Relation& relation, const Column& column);
bool in_docs(const SchemaContext& context, const EnumType& type);
bool in_docs(const SchemaContext& context, const Function& function);

/// Whether the policy covers this table, view, type or function, or the columns of this table.
bool is_in_scope(const Policies& policies, const QualifiedName& name);

/// Follows the name of what lacks it: ` has no comment, which policy.documentation asks for.`
std::string description_lacking(DocumentationDemand demand, const Fact<std::string>& comment);

/// `no comment`, or the comment that describes nothing.
std::string description_evidence(const Fact<std::string>& comment);

}  // namespace schemaudit
