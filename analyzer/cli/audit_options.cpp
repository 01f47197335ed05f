#include "analyzer/cli/audit_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include "analyzer/cli/output_places.h"
#include "analyzer/model/names.h"
#include "rules/rule.h"
#include "rules/sql/sql_rules.h"

namespace schemaudit {

namespace {

std::vector<std::string> split_commas(const std::vector<std::string>& typed) {
  std::vector<std::string> parts;
  for (const std::string& text : typed) {
    std::size_t at = 0;
    while (at <= text.size()) {
      std::size_t end = std::min(text.find(',', at), text.size());
      if (end > at) parts.push_back(text.substr(at, end - at));
      at = end + 1;
    }
  }
  return parts;
}

/// What --rule may name, and with the categories what --select and --ignore may.
struct KnownNames {
  std::vector<std::string> rules;
  std::vector<std::string> rules_and_categories;
};

KnownNames known_names(const std::vector<const Rule*>& rules, const Config& config) {
  std::set<std::string> ids, categories;
  for (const Rule* rule : rules) {
    ids.emplace(rule->info.id);
    categories.emplace(rule->info.category);
  }
  for (const SqlRule& rule : config.sql_rules) {
    ids.emplace(rule.id);
    categories.emplace(kSqlRuleCategory);
  }
  KnownNames known{{ids.begin(), ids.end()}, {}};
  ids.merge(categories);
  known.rules_and_categories.assign(ids.begin(), ids.end());
  return known;
}

bool is_among(const std::vector<std::string>& known, const std::string& name) {
  return std::find(known.begin(), known.end(), name) != known.end();
}

std::string unknown(const std::string& what, const std::string& typed,
                    const std::vector<std::string>& known) {
  std::string text = what + " '" + typed + "' is not known";
  std::string nearest = nearest_name(typed, known);
  if (!nearest.empty()) return text + "; did you mean " + nearest + "?";
  return text + "; see: schemaudit rules";
}

}  // namespace

void add_scratch_options(CLI::App& command, ScratchOption& option) {
  command.add_flag("--scratch", option.own_server,
                   "Run SQL sources on a throw-away PostgreSQL instead of replaying them");
  command
      .add_option("--scratch-url", option.url,
                  "The same on this server, where the role may create databases")
      ->type_name("URL");
}

CLI::Option* add_documents(CLI::App& command, std::vector<std::string>& docs) {
  const bool takes_sql = command.get_name() != "verify";
  return command.add_option("DOCS", docs, "Markdown files, folders or globs")
      ->check(CLI::Validator(
          [takes_sql](const std::string& path) {
            std::error_code ignored;
            if (!fold_case(path).ends_with(".sql") || std::filesystem::is_directory(path, ignored))
              return std::string();
            return path + " is SQL, and documents are named here" +
                   (takes_sql ? ": write --sql " + path : std::string());
          },
          ""));
}

void add_source_options(CLI::App& command, AuditOptions& options) {
  auto repeatable = [](CLI::Option* option, const char* type) {
    option->type_name(type)->allow_extra_args(false)->take_all();
  };
  // CLI11 2.4 refuses a positional named as an option is; names differ by case.
  add_documents(command, options.docs);
  repeatable(command.add_option("--docs", options.more_docs, "The same, as an option"), "PATH");
  repeatable(
      command.add_option("--sql", options.sql,
                         "SQL files, folders, globs or @LISTs that build the declared schema; "
                         "repeatable"),
      "PATH");
  command
      .add_option("--migrations", options.migrations,
                  "The folder of migrations that build the declared schema")
      ->type_name("DIR");
  repeatable(command.add_option(
                 "--models", options.models,
                 "SQLAlchemy or Prisma models: files, folders, globs, or command:...; repeatable"),
             "PATH");
  command
      .add_option("--db", options.databases,
                  "libpq URL or conninfo, env:NAME or snapshot:FILE; empty takes DATABASE_URL")
      ->type_name("URL")
      ->expected(0, 1);
  command
      .add_option("--before", options.before,
                  "An earlier state to compare with: snapshot:FILE, sql:PATH, db:URL")
      ->type_name("SOURCE");
  add_scratch_options(command, options.scratch);
  command.add_option("--config", options.config, "Default: schemaudit.toml, found upward")
      ->type_name("FILE");
}

void add_rule_options(CLI::App& command, AuditOptions& options) {
  auto repeatable = [](CLI::Option* option, const char* type) {
    option->type_name(type)->allow_extra_args(false)->take_all();
  };
  repeatable(command.add_option("--select", options.select, "Only these rules or categories"),
             "ID,...");
  repeatable(command.add_option("--ignore", options.ignore, "Not these rules or categories"),
             "ID,...");
  repeatable(command.add_option("--rule", options.rules, "Another severity for a rule, or off"),
             "ID=LEVEL");
  command.add_option("--profile", options.profile, "recommended, strict or all")
      ->check(CLI::IsMember({"recommended", "strict", "all"}));
  repeatable(
      command.add_option("--plugin", options.plugins, "A shared library with rules; repeatable"),
      "FILE");
}

void settle_source_options(const CLI::App& command, AuditOptions& options) {
  options.docs.insert(options.docs.end(), options.more_docs.begin(), options.more_docs.end());
  // `--db` alone means DATABASE_URL or the libpq environment.
  if (command.count("--db") > 0 && options.databases.empty()) options.databases = {""};
}

std::vector<std::string> typed_arguments(const CLI::App& command) {
  std::vector<std::string> arguments;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& result : option->results())
      arguments.push_back(option->get_name() + " " + result);
  return arguments;
}

std::string apply_options(const AuditOptions& options, const std::vector<const Rule*>& rules,
                          Config& config) {
  const KnownNames known = known_names(rules, config);
  for (auto [typed, into] : {std::pair{&options.select, &config.select},
                             std::pair{&options.ignore, &config.ignore_rules}}) {
    std::vector<std::string> names = split_commas(*typed);
    for (const std::string& name : names)
      if (!is_among(known.rules_and_categories, name))
        return unknown("the rule or category", name, known.rules_and_categories);
    if (!names.empty()) *into = names;
  }
  for (const std::string& setting : split_commas(options.rules)) {
    std::size_t equals = setting.find('=');
    if (equals == std::string::npos)
      return "--rule takes ID=LEVEL or ID=off, not '" + setting + "'";
    std::string id = setting.substr(0, equals), level = setting.substr(equals + 1);
    if (!is_among(known.rules, id)) return unknown("the rule", id, known.rules);
    RuleSetting& rule = config.rules[id];
    rule.off = level == "off";
    if (rule.off) continue;
    rule.severity = parse_severity(level);
    if (!rule.severity)
      return "'" + level + "' is no level for " + id +
             ": it is critical, high, medium, low, info or off";
  }
  if (options.fail_on == "never")
    config.fail_on.reset();
  else if (!options.fail_on.empty())
    config.fail_on = parse_severity(options.fail_on);
  if (options.gate == "release") {
    config.is_release = true;
    if (config.release.fail_on) config.fail_on = config.release.fail_on;
    if (!config.fail_on)
      return "a release that no finding can fail is judged by nothing: give it a fail_on in "
             "[gate.release]";
    for (const auto& [id, threshold] : config.release.metric_thresholds)
      config.metric_thresholds[id] = threshold;
    if (!options.changed_since.empty())
      return "a release is judged by all its findings: leave out --changed-since or --gate release";
  }
  if (options.profile == "recommended") config.profile = Profile::recommended;
  if (options.profile == "strict") config.profile = Profile::strict;
  if (options.profile == "all") config.profile = Profile::all;
  return {};
}

std::vector<OutputFormat> output_formats(const std::vector<std::string>& typed,
                                         const std::vector<std::string>& known,
                                         const std::string& fallback, std::string& error) {
  std::vector<OutputFormat> formats;
  for (const std::string& text : typed) {
    std::size_t equals = text.find('=');
    OutputFormat format{text.substr(0, equals),
                        equals == std::string::npos ? "-" : text.substr(equals + 1)};
    if (std::find(known.begin(), known.end(), format.format) == known.end()) {
      error = "the format '" + format.format + "' is not known; known are";
      for (const std::string& name : known) error += " " + name;
      return {};
    }
    if (format.path.empty()) {
      error = "--format " + text + " names no file";
      return {};
    }
    for (const OutputFormat& other : formats) {
      if (other.path != format.path && !is_one_place(other.path, format.path)) continue;
      error = "two formats, " + other.format + " and " + format.format + ", would both go to " +
              (format.path == "-" || other.path == "-"
                   ? std::string("standard output; give one a file: --format ") + format.format +
                         "=PATH"
                   : format.path);
      return {};
    }
    formats.push_back(std::move(format));
  }
  if (formats.empty()) formats.push_back({fallback, "-"});
  return formats;
}

std::vector<std::string> paths_of(const std::vector<OutputFormat>& formats) {
  std::vector<std::string> paths;
  for (const OutputFormat& format : formats) paths.push_back(format.path);
  return paths;
}

}  // namespace schemaudit
