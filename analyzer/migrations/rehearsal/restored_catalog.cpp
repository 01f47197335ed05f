#include "analyzer/migrations/rehearsal/restored_catalog.h"

#include <utility>

#include "analyzer/comparison/schema_differences.h"
#include "analyzer/postgres/introspect.h"

namespace schemaudit {

namespace {

std::string described(const ObjectRef& object) {
  const std::string table =
      object.table.empty() ? "" : (object.schema.empty() ? "" : object.schema + ".") + object.table;
  if (object.name.empty() || object.name == object.table) return object.kind + " " + table;
  if (table.empty())
    return object.kind + " " + (object.schema.empty() ? "" : object.schema + ".") + object.name;
  return object.kind + " " + object.name + " of " + table;
}

RehearsalFault fault_of(const Difference& difference) {
  RehearsalFault fault;
  fault.object = difference.object;
  const std::string what = described(difference.object);
  if (difference.aspect == "presence") {
    fault.kind = difference.from ? FaultKind::object_lost : FaultKind::object_left;
    fault.message = difference.from ? "the way back does not restore " + what
                                    : "the way back leaves " + what + " behind";
    return fault;
  }
  fault.kind = FaultKind::object_altered;
  fault.message = "the way back leaves " + what + " altered: its " + difference.aspect + " was " +
                  difference.from.value_or("nothing") + " and is " +
                  difference.to.value_or("nothing");
  return fault;
}

RehearsalFault fault_of_entry(FaultKind kind, const std::string& of_kind,
                              const std::string& identity, const std::string& message) {
  RehearsalFault fault;
  fault.kind = kind;
  fault.object = {of_kind, "", "", identity};
  fault.message = message;
  return fault;
}

/// Properties of an object that is itself left or lost say nothing more.
bool is_object_of_its_own(const std::string& kind) {
  return !kind.ends_with(" of") && !kind.ends_with(" on") && !kind.ends_with("of column");
}

void compare_inventories(const Inventory& before, const Inventory& after,
                         std::vector<RehearsalFault>& faults) {
  for (const auto& [key, definition] : before.entries) {
    const auto& [kind, identity] = key;
    auto now = after.entries.find(key);
    if (now == after.entries.end()) {
      if (is_object_of_its_own(kind))
        faults.push_back(fault_of_entry(FaultKind::object_lost, kind, identity,
                                        "the way back does not restore " + kind + " " + identity));
    } else if (now->second != definition) {
      faults.push_back(
          fault_of_entry(FaultKind::object_altered, kind, identity,
                         "the way back leaves " + identity + " altered: " + kind + " it was " +
                             (definition.empty() ? "nothing" : definition) + " and is " +
                             (now->second.empty() ? "nothing" : now->second)));
    }
  }
  for (const auto& [key, definition] : after.entries)
    if (before.entries.count(key) == 0 && is_object_of_its_own(key.first))
      faults.push_back(
          fault_of_entry(FaultKind::object_left, key.first, key.second,
                         "the way back leaves " + key.first + " " + key.second + " behind"));
}

}  // namespace

CatalogState read_state(const std::string& conninfo) {
  CatalogState state;
  LiveOptions options;
  options.conninfo = conninfo;
  options.schemas = {"*"};
  LiveReading reading = introspect(options);
  if (!reading.source) {
    state.error = reading.error;
    return state;
  }
  state.schema = std::move(reading.source->schema);
  if (reading.source->server) state.server_version = reading.source->server->version;
  state.inventory = read_inventory(conninfo);
  state.error = state.inventory.error;
  return state;
}

std::vector<RehearsalFault> not_restored(const CatalogState& before, const CatalogState& after) {
  std::vector<RehearsalFault> faults;
  const SchemaDifferences found =
      compare_whole(before.schema, after.schema, {"before", "after the way back"});
  for (const Difference& difference : found.differences) faults.push_back(fault_of(difference));
  compare_inventories(before.inventory, after.inventory, faults);
  return faults;
}

}  // namespace schemaudit
