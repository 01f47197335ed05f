// Policies that a schema already keeps, nearly: proposals for a first config.
//
//   for (const ProposedPolicy& each : propose_policies(schema)) print(each.why, each.toml);
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/schema.h"

namespace schemaudit {

struct ProposedPolicy {
  /// What was seen: `11 of 13 tables have created_at and updated_at.`
  std::string why;
  /// Lines of TOML.
  std::string toml;
};

/// Of what documents state, or of what is built. Nothing where fewer than four tables are known.
std::vector<ProposedPolicy> propose_policies(const Schema& schema);

}  // namespace schemaudit
