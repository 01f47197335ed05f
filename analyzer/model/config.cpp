#include "analyzer/model/config.h"

#include <algorithm>

#include "analyzer/model/audit_input.h"

namespace schemaudit {

bool TableSelector::matches(const QualifiedName& table) const {
  return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) {
    return matches_glob(glob, table.name) || matches_glob(glob, table.schema + "." + table.name);
  });
}

const SourceResult* AuditInput::source(Role role) const {
  for (const SourceResult& candidate : sources)
    if (candidate.role == role) return &candidate;
  return nullptr;
}

const Schema* AuditInput::schema(Role role) const {
  const SourceResult* found = source(role);
  return found ? &found->schema : nullptr;
}

}  // namespace schemaudit
