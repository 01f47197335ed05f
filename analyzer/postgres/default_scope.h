// What an audit of a live database leaves out unless it is asked for: see docs/sources.md.
//
//   is_platform_schema("_timescaledb_internal")   true
//   is_bookkeeping_table("schema_migrations")     true, whatever schema it is in
#pragma once

#include <string>

namespace schemaudit {

/// Schemas that a hosting platform or an extension's daemon keeps for itself.
bool is_platform_schema(const std::string& name);
/// Tables in which migration tools note what they have run.
bool is_bookkeeping_table(const std::string& name);

}  // namespace schemaudit
