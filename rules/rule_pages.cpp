#include "rules/rule_pages.h"

#include <map>

namespace schemaudit {

namespace {

std::string_view describe(Profile profile) {
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

std::string join(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : ", ") + word;
  return joined;
}

}  // namespace

std::string rule_page(const Rule& of) {
  const RuleInfo& rule = of.info;
  std::string page = "# " + std::string(rule.id) + "\n\n" + std::string(rule.summary) + "\n\n";
  page += "| Severity | Category | Profile | Needs |\n|---|---|---|---|\n| " +
          std::string(to_string(rule.severity)) + " | " + std::string(rule.category) + " | " +
          std::string(describe(rule.profile)) + " | " + join(needs_of(of)) + " |\n\n";
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
