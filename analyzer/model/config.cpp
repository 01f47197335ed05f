#include "analyzer/model/config.h"

#include "analyzer/model/audit_input.h"

namespace schemaudit {

std::string_view to_string(Profile profile) {
  switch (profile) {
    case Profile::recommended:
      return "recommended";
    case Profile::strict:
      return "strict";
    case Profile::all:
      return "all";
  }
  return "";
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
