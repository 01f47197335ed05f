#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "analyzer/cli/audit_options.h"
#include "analyzer/cli/command.h"
#include "analyzer/cli/diff_report.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/message.h"
#include "analyzer/cli/rehearsal_report.h"
#include "analyzer/cli/verify_report.h"
#include "analyzer/engine/config_file.h"
#include "analyzer/model/evidence.h"
#include "analyzer/model/snapshot.h"
#include "reports/renderer.h"
#include "rules/plugins/plugin_loader.h"
#include "rules/rule_pages.h"

namespace schemaudit {

namespace {

using Rules = std::vector<const Rule*>;

std::string rules_json(const Rules& rules) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Rule* rule : rules) {
    nlohmann::ordered_json entry;
    entry["id"] = rule->info.id;
    entry["severity"] = to_string(rule->info.severity);
    entry["category"] = rule->info.category;
    entry["profile"] = to_string(rule->info.profile);
    entry["needs"] = needs_of(*rule);
    entry["summary"] = rule->info.summary;
    entry["options"] = nlohmann::ordered_json::array();
    for (const OptionInfo& option : rule->info.options)
      entry["options"].push_back({{"name", option.name},
                                  {"type", option.type},
                                  {"default", option.default_value},
                                  {"summary", option.summary}});
    list.push_back(std::move(entry));
  }
  return list.dump(2) + "\n";
}

std::string rules_text(const Rules& rules) {
  std::string text;
  for (const Rule* rule : rules) {
    std::string id(rule->info.id), severity(to_string(rule->info.severity));
    id.resize(std::max<std::size_t>(id.size(), 30), ' ');
    severity.resize(9, ' ');
    text += id + " " + severity + " " + std::string(rule->info.summary) + "\n";
  }
  return text;
}

int write_or_complain(const std::string& path, const std::string& content) {
  std::string error = write_result(path, content);
  if (error.empty()) return kPass;
  complain(error);
  return kIncomplete;
}

struct RulesOptions {
  std::vector<std::string> formats;
  std::string docs_folder;
  std::vector<std::string> plugins;
};

void add_plugin_option(CLI::App& command, std::vector<std::string>& plugins) {
  command.add_option("--plugin", plugins, "A shared library with rules; repeatable")
      ->type_name("FILE")
      ->allow_extra_args(false)
      ->take_all();
}

LoadedPlugins load_typed(const std::vector<std::string>& typed) {
  std::vector<std::string> paths;
  std::error_code ignored;
  for (const std::string& path : typed)
    paths.push_back(std::filesystem::absolute(path, ignored).string());
  return load_plugins(paths);
}

int run_rules(const RulesOptions& options) {
  const LoadedPlugins plugins = load_typed(options.plugins);
  if (!plugins.error.empty()) {
    complain(plugins.error);
    return kUsage;
  }
  const Rules& rules = plugins.rules;
  if (!options.docs_folder.empty()) {
    std::error_code error;
    std::filesystem::create_directories(options.docs_folder, error);
    int code = write_or_complain(options.docs_folder + "/README.md", rules_index(rules));
    for (const Rule* rule : rules)
      if (code == kPass)
        code = write_or_complain(options.docs_folder + "/" + std::string(rule->info.id) + ".md",
                                 rule_page(*rule));
    return code;
  }
  std::string error;
  for (const OutputFormat& format :
       output_formats(options.formats, {"text", "json"}, "text", error)) {
    int code = write_or_complain(format.path,
                                 format.format == "json" ? rules_json(rules) : rules_text(rules));
    if (code != kPass) return code;
  }
  if (error.empty()) return kPass;
  complain(error);
  return kUsage;
}

int run_explain(const std::string& id, const std::vector<std::string>& typed_plugins) {
  const LoadedPlugins plugins = load_typed(typed_plugins);
  if (!plugins.error.empty()) {
    complain(plugins.error);
    return kUsage;
  }
  std::vector<std::string> ids;
  for (const Rule* rule : plugins.rules) {
    if (rule->info.id == id) return write_or_complain("-", rule_page(*rule));
    ids.emplace_back(rule->info.id);
  }
  std::string nearest = nearest_name(id, ids);
  complain("there is no rule '" + id + "'" +
           (nearest.empty() ? "; see: schemaudit rules" : "; did you mean " + nearest + "?"));
  return kUsage;
}

}  // namespace

void add_rules_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("rules", "List the rules");
  auto options = std::make_shared<RulesOptions>();
  command->add_option("--format", options->formats, "text (default) or json, with =PATH")
      ->type_name("FMT[=PATH]")
      ->allow_extra_args(false)
      ->take_all();
  command->add_option("--write-docs", options->docs_folder, "Write a page for each into DIR")
      ->type_name("DIR");
  add_plugin_option(*command, options->plugins);
  command->callback([options, &exit_code] { exit_code = run_rules(*options); });
}

void add_explain_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("explain", "What a rule looks for, and why");
  auto id = std::make_shared<std::string>();
  command->add_option("rule", *id, "Its id")->required();
  auto plugins = std::make_shared<std::vector<std::string>>();
  add_plugin_option(*command, *plugins);
  command->callback([id, plugins, &exit_code] { exit_code = run_explain(*id, *plugins); });
}

void add_json_schema_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "json-schema", "The JSON Schema of a format that this program writes or reads");
  auto what = std::make_shared<std::string>();
  static const std::map<std::string, std::string (*)()> kSchemas = {
      {"report", report_json_schema},       {"diff", diff_json_schema},
      {"rehearsal", rehearsal_json_schema}, {"config", config_json_schema},
      {"snapshot", snapshot_json_schema},   {"verify", verify_json_schema},
      {"evidence", evidence_json_schema}};
  command->add_option("what", *what, "What to describe")
      ->required()
      ->check(CLI::IsMember(
          {"config", "diff", "evidence", "rehearsal", "report", "snapshot", "verify"}));
  command->callback(
      [what, &exit_code] { exit_code = write_or_complain("-", kSchemas.at(*what)()); });
}

}  // namespace schemaudit
