// Whether a database is what it was: its whole catalog against an earlier one. Private to
// analyzer/migrations.
//
//   CatalogState before = read_state(conninfo);
//   ...
//   for (RehearsalFault& fault : not_restored(before, read_state(conninfo)))
//   faults.push_back(fault);
#pragma once

#include <string>
#include <vector>

#include "analyzer/migrations/rehearsal/rehearsal.h"
#include "analyzer/model/schema.h"
#include "analyzer/postgres/catalog_inventory.h"

namespace schemaudit {

struct CatalogState {
  Schema schema;
  Inventory inventory;
  std::string server_version;
  /// Why it could not be read; empty where it was.
  std::string error;
};

CatalogState read_state(const std::string& conninfo);

/// What is left, lost and altered. The order of columns does not count: one that comes back
/// stands last.
std::vector<RehearsalFault> not_restored(const CatalogState& before, const CatalogState& after);

}  // namespace schemaudit
