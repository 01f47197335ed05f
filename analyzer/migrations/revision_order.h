// The order in which linked revisions run, and what is wrong with their links. Private to
// analyzer/migrations.
//
//   RevisionOrder order = order_revisions(revisions);
#pragma once

#include <string>
#include <vector>

#include "analyzer/migrations/alembic_revisions.h"
#include "analyzer/model/migration_chain.h"

namespace schemaudit {

struct RevisionOrder {
  /// Parents before children; what stands on a cycle is left out.
  std::vector<const Revision*> revisions;
  std::vector<std::string> heads;
  std::vector<ChainFault> faults;
};

RevisionOrder order_revisions(const std::vector<Revision>& revisions);

}  // namespace schemaudit
