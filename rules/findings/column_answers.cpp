#include "rules/findings/column_answers.h"

#include <set>

namespace schemaudit {

std::string domain_answer(const std::vector<Suspicion>& suspicions, std::string_view demand,
                          std::string_view rule) {
  std::set<std::string> columns;
  for (const Suspicion& suspicion : suspicions) columns.insert(suspicion.finding.object.name);
  if (columns.empty()) return {};
  std::string answer = "# yes: each of these columns needs one\n[policy.domains]\n";
  for (const std::string& column : columns)
    answer += "\"*." + column + "\" = \"" + std::string(demand) + "\"\n";
  return answer + "# no: do not ask again\n# [rules." + std::string(rule) + "]\n# ask = false";
}

}  // namespace schemaudit
