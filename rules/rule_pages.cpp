#include "rules/rule_pages.h"

#include <algorithm>
#include <map>

namespace schemaudit {

namespace {

std::string join(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : ", ") + word;
  return joined;
}

/// What somebody claims, declares or runs, held against something else.
bool compares(const Rule& rule) {
  const std::vector<Role>& needs = rule.info.needs;
  auto needs_role = [&](Role role) {
    return std::find(needs.begin(), needs.end(), role) != needs.end();
  };
  return rule.info.needs_claims || needs.size() > 1 || needs_role(Role::documented) ||
         needs_role(Role::modelled) || needs_role(Role::live);
}

struct Share {
  std::string_view what;
  std::size_t count = 0;
};

/// The rules of the recommended profile by what they need to speak.
std::vector<Share> shares_of_recommended(const std::vector<const Rule*>& rules) {
  std::vector<Share> shares = {{"speak only where the config has a policy for them"},
                               {"compare docs, models, migrations and the live database"},
                               {"read a folder of migrations"},
                               {"look at the config's waivers and the baseline"},
                               {"ask one question each, or report what is certain"},
                               {"report plain defects of any schema"}};
  for (const Rule* rule : rules) {
    const RuleInfo& info = rule->info;
    if (info.profile != Profile::recommended) continue;
    std::size_t share = 5;
    if (info.needs_policy)
      share = 0;
    else if (std::holds_alternative<FindingsCheck>(rule->check))
      share = 3;
    else if (compares(*rule))
      share = 1;
    else if (!info.needs.empty())
      share = 2;
    else if (!info.question.one.empty())
      share = 4;
    ++shares[share].count;
  }
  return shares;
}

std::string summary_of_recommended(const std::vector<const Rule*>& rules) {
  std::string list;
  std::size_t all = 0;
  for (const Share& share : shares_of_recommended(rules)) {
    list += "| " + std::to_string(share.count) + " | " + std::string(share.what) + " |\n";
    all += share.count;
  }
  return "\nThe profile `recommended` holds " + std::to_string(all) + " of the " +
         std::to_string(rules.size()) + " rules:\n\n| Rules | |\n|---|---|\n" + list +
         "\nSo a schema alone, without docs, migrations and policies, is looked at by the last two "
         "kinds.\n`strict` adds what is a matter of care, and turns questions into findings; `all` "
         "adds style.\n";
}

}  // namespace

std::string rule_page(const Rule& of) {
  const RuleInfo& rule = of.info;
  std::string page = "# " + std::string(rule.id) + "\n\n" + std::string(rule.summary) + "\n\n";
  page += "| Severity | Category | Profile | Needs |\n|---|---|---|---|\n| " +
          std::string(to_string(rule.severity)) + " | " + std::string(rule.category) + " | " +
          std::string(to_string(rule.profile)) + " | " + join(needs_of(of)) + " |\n\n";
  page += std::string(rule.docs);
  if (!rule.options.empty()) {
    page += "\n## Options\n\n| Option | Type | Default | What it does |\n|---|---|---|---|\n";
    for (const OptionInfo& option : rule.options)
      page += "| `" + std::string(option.name) + "` | " + std::string(option.type) + " | `" +
              std::string(option.default_value) + "` | " + std::string(option.summary) + " |\n";
  }
  return page;
}

std::string rules_index(const std::vector<const Rule*>& rules) {
  std::map<std::string_view, std::vector<const Rule*>> categories;
  for (const Rule* rule : rules) categories[rule->info.category].push_back(rule);
  std::string page =
      "# Rules\n\nWritten by `schemaudit rules --write-docs docs/rules`; `schemaudit explain RULE` "
      "shows a page\nat the terminal. A category stands for its rules in `--select` and "
      "`--ignore`.\n";
  page += summary_of_recommended(rules);
  for (const auto& [category, members] : categories) {
    page += "\n## " + std::string(category) + "\n\n| Rule | Severity | |\n|---|---|---|\n";
    for (const Rule* rule : members) {
      std::string id(rule->info.id);
      page += "| [" + id + "](" + id + ".md) | " + std::string(to_string(rule->info.severity)) +
              " | " + std::string(rule->info.summary) + " |\n";
    }
  }
  return page;
}

}  // namespace schemaudit
