#include "rules/facts/unmatched_tables.h"

#include <algorithm>

#include "analyzer/model/config_text.h"
#include "rules/facts/tables.h"

namespace schemaudit {

namespace {

bool fits_any(const Schema& schema, const std::string& glob) {
  return std::any_of(
      schema.relations.begin(), schema.relations.end(), [&](const Relation& relation) {
        return stands_for_itself(relation) && TableSelector{{glob}}.matches(relation.name);
      });
}

}  // namespace

void ask_of_unmatched(const RuleInfo& rule, const Schema& schema, const TableSelector& tables,
                      const std::string& policy, RuleOutcome& outcome) {
  std::vector<std::string> unmatched;
  std::string list;
  for (const std::string& glob : tables.globs) {
    if (glob.empty() || glob[0] == '!' || glob == "*" || fits_any(schema, glob)) continue;
    unmatched.push_back(glob);
    list += (list.empty() ? "" : ", ") + glob;
  }
  if (unmatched.empty()) return;
  std::vector<std::string> known;
  for (const Relation& relation : schema.relations)
    if (stands_for_itself(relation)) known.push_back(relation.name.name);
  const std::string nearest = nearest_name(unmatched.front(), known);
  Question question;
  question.rule = std::string(rule.id);
  question.text = policy + " names " + list + ", and no table is called so. " +
                  (nearest.empty() ? "Is it misspelt?" : "Is " + nearest + " meant?");
  question.count = unmatched.size();
  question.examples = std::move(unmatched);
  question.config = "[" + policy + "]\ntables = [" +
                    toml_string(nearest.empty() ? "..." : glob_of_name(nearest)) + "]";
  outcome.questions.push_back(std::move(question));
  outcome.not_run = policy + " names " + list + ", and no table is called so";
}

}  // namespace schemaudit
