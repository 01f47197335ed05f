// What an audit of a live database leaves out unless it is asked for: see docs/sources.md.
#pragma once

#include <string>

namespace schemaudit {

/// Schemas that a hosting platform or an extension's daemon keeps for itself.
bool is_platform_schema(const std::string& name);
/// Tables in which migration tools note what they have run.
bool is_bookkeeping_table(const std::string& name);

}  // namespace schemaudit
