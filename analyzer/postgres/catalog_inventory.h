// What a database holds beyond the Schema: objects of rarer kinds, and the properties of tables,
// columns and functions that the model leaves out. For two states of one server to be compared
// whole.
//
//   Inventory before = read_inventory(conninfo);
//   before.entries[{"rule", "log_updates on public.users"}]   its definition
#pragma once

#include <map>
#include <string>
#include <utility>

namespace schemaudit {

struct Inventory {
  /// By kind and identity, as pg_identify_object() gives it; the value is its definition.
  std::map<std::pair<std::string, std::string>, std::string> entries;
  /// Why it could not be read; empty where it was.
  std::string error;
};

/// What extensions brought is theirs, and left out.
Inventory read_inventory(const std::string& conninfo);

}  // namespace schemaudit
