// Whether a column has the type that a policy asks for.
//
//   is_of_type(schema, "timestamp(3) with time zone", "timestamp with time zone")   true
//   is_of_type(schema, "character varying(20)", "character varying(50)")            false
#pragma once

#include <string>

#include "analyzer/model/policy.h"
#include "analyzer/model/schema.h"

namespace schemaudit {

/// Length and precision count only where the policy states them; a domain is of its base type,
/// too; `serial` types are the integers they stand for.
bool is_of_type(const Schema& schema, const std::string& type, const std::string& wanted);

/// What [policy.types.columns] asks of the column: the last entry that matches; nullptr where none
/// does.
const TypesPolicy::Wanted* wanted_for(const TypesPolicy& policy, const Relation& relation,
                                      const Column& column);

}  // namespace schemaudit
