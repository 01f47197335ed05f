#include "analyzer/model/config.h"

#include "analyzer/model/audit_input.h"

namespace schemaudit {

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
