#include "rules/rule.h"

namespace schemaudit {

std::vector<std::string> needs_of(const Rule& rule) {
  std::vector<std::string> needs;
  for (Role role : rule.info.needs) needs.emplace_back(to_string(role));
  if (rule.info.needs_claims) needs.emplace_back("documented|modelled");
  if (rule.info.needs_built || rule.is_about_one_schema())
    needs.emplace_back("live|declared|modelled");
  return needs;
}

}  // namespace schemaudit
