// Every place where a schema states a type: the columns of tables, and the domains that columns
// may take theirs from. A rule about a type that looks here sees arrays and domains, too, and
// tells a domain once, not at each of its columns.
//
//   for (const StatedType& stated : stated_types(context.schema))
//     if (stated.element == "money") ...
#pragma once

#include <string>
#include <vector>

#include "rules/rule.h"

namespace schemaudit {

struct StatedType {
  /// Set for a column.
  const Relation* relation = nullptr;
  const Column* column = nullptr;
  /// Set for a domain.
  const Domain* domain = nullptr;
  /// As PostgreSQL spells it: `character varying(20)[]`.
  std::string normal = {};
  /// Without length and precision: `character varying[]`.
  std::string bare = {};
  /// What an array holds, without length and precision: `character varying`.
  std::string element = {};
};

/// Left out are columns that are inherited, and those of views, partitions and foreign tables.
std::vector<StatedType> stated_types(const Schema& schema);

/// `public.users.email`, or the domain's name.
std::string name_of(const StatedType& stated);

/// The entry of policy.types.forbid that this type breaks, `serial` apart; nullptr where none.
const TypesPolicy::Forbidden* forbidden_by(const SchemaContext& context, const StatedType& stated);

/// Whether forbidden-type speaks of it, so that other rules may leave it to it.
bool is_told_as_forbidden(const SchemaContext& context, const StatedType& stated);

}  // namespace schemaudit
