#include "rules/facts/isolation_border.h"

#include <algorithm>

#include "analyzer/model/config_text.h"

namespace schemaudit {

namespace {

std::vector<const IsolationPolicy*> policies_against(const Config& config,
                                                     const QualifiedName& from,
                                                     const QualifiedName& to) {
  std::vector<const IsolationPolicy*> broken;
  for (const IsolationPolicy& policy : config.policy.isolation) {
    if (policy.foreign_keys == ForeignKeyStance::allow) continue;
    bool from_inside = policy.tables.matches(from);
    bool to_inside = policy.tables.matches(to);
    bool forbidden = policy.foreign_keys == ForeignKeyStance::forbid ? from_inside || to_inside
                                                                     : from_inside != to_inside;
    if (forbidden) broken.push_back(&policy);
  }
  return broken;
}

}  // namespace

std::vector<const IsolationPolicy*> broken_policies(const Config& config, const Relation& relation,
                                                    const ForeignKey& foreign_key) {
  if (foreign_key.inherited) return {};
  return policies_against(config, relation.name, foreign_key.target);
}

bool is_to_be_dropped(const Config& config, const Relation& relation,
                      const ForeignKey& foreign_key) {
  return !broken_policies(config, relation, foreign_key).empty() &&
         forbidden_foreign_keys_are_reported(config);
}

bool may_not_reference(const Config& config, const QualifiedName& from, const QualifiedName& to) {
  return !policies_against(config, from, to).empty();
}

bool forbidden_foreign_keys_are_reported(const Config& config) {
  auto names_it = [](const std::vector<std::string>& list) {
    return std::any_of(list.begin(), list.end(), [](const std::string& entry) {
      return entry == "forbidden-foreign-key" || entry == "isolation";
    });
  };
  auto setting = config.rules.find("forbidden-foreign-key");
  if (setting != config.rules.end() && setting->second.off) return false;
  if (names_it(config.ignore_rules)) return false;
  return config.select.empty() || names_it(config.select);
}

bool is_file_of(const IsolationPolicy& policy, const std::string& uri) {
  return std::any_of(policy.documents.begin(), policy.documents.end(),
                     [&](const std::string& glob) { return matches_glob(glob, uri); });
}

void ask_of_unmatched(const RuleInfo& rule, const IsolationPolicy& policy, RuleOutcome& outcome) {
  Question question;
  question.rule = std::string(rule.id);
  question.text = policy_name(policy) +
                  " matches no table, so it forbids nothing. Is its glob spelt as the tables are?";
  question.count = 1;
  question.examples = policy.tables.globs;
  question.config = "[" + policy_name(policy) + "]\ntables = \"...\"";
  outcome.questions.push_back(std::move(question));
}

std::size_t tables_inside(const Schema& schema, const IsolationPolicy& policy) {
  return static_cast<std::size_t>(std::count_if(
      schema.relations.begin(), schema.relations.end(),
      [&](const Relation& r) { return !r.is_view() && policy.tables.matches(r.name); }));
}

std::string policy_name(const IsolationPolicy& policy) {
  return "policy.isolation." + toml_key(policy.name);
}

}  // namespace schemaudit
