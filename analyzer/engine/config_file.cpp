#include "analyzer/engine/config_file.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "analyzer/engine/config_policies.h"
#include "analyzer/engine/metrics.h"
#include "analyzer/engine/toml_reader.h"
#include "analyzer/model/digest.h"
#include "analyzer/model/redact.h"
#include "rules/rule.h"

namespace schemaudit {

namespace {

/// Letters, digits and single hyphens between them: `no-unused-table`.
bool is_kebab_case(const std::string& text) {
  char before = '-';
  for (char c : text) {
    bool is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!is_word && (c != '-' || before == '-')) return false;
    before = c;
  }
  return before != '-';
}

bool is_iso_date(const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9})
    if (text[i] < '0' || text[i] > '9') return false;
  return true;
}

/// One section of the file after the other.
class ConfigReader {
 public:
  ConfigReader(std::string uri, std::vector<std::string> rule_ids,
               const TypeNormaliser& normal_type, const std::vector<const Rule*>& plugin_rules)
      : toml_(std::move(uri)),
        rule_ids_(std::move(rule_ids)),
        normal_type_(normal_type),
        plugin_rules_(plugin_rules) {
    for (const Rule* rule : plugin_rules_) rule_ids_.emplace_back(rule->info.id);
  }

  ConfigReading read(const toml::table& root) {
    toml_.check_keys(root, "",
                     {"sources", "scope", "policy", "rules", "gate", "criteria", "waiver", "check",
                      "sql_rule", "plugins"});
    if (auto* sources = toml_.table(root, "sources", "sources")) read_sources(*sources);
    if (auto* scope = toml_.table(root, "scope", "scope")) {
      toml_.check_keys(*scope, "scope", {"schemas", "ignore"});
      config_.schemas = toml_.texts(*scope, "schemas", "scope");
      config_.ignore = toml_.texts(*scope, "ignore", "scope");
    }
    if (auto* policy = toml_.table(root, "policy", "policy"))
      config_.policy = read_policies(toml_, *policy, normal_type_);
    // What follows may speak of these rules, too.
    for_each_table(root, "sql_rule", [this](const toml::table& table) { read_sql_rule(table); });
    if (auto* rules = toml_.table(root, "rules", "rules")) read_rules(*rules);
    if (auto* gate = toml_.table(root, "gate", "gate")) read_gate(*gate);
    for_each_table(root, "criteria", [this](const toml::table& table) { read_criterion(table); });
    for_each_table(root, "waiver", [this](const toml::table& table) { read_waiver(table); });
    for_each_table(root, "check", [this](const toml::table& table) { read_check(table); });
    config_.plugins = toml_.texts(root, "plugins", "");
    return {std::move(config_), toml_.error()};
  }

 private:
  template <typename Read>
  void for_each_table(const toml::table& root, const std::string& key, const Read& read) {
    const toml::node* node = root.get(key);
    if (!node) return;
    const toml::array* list = node->as_array();
    if (!list) {
      toml_.fail(*node, key + " must be a list of tables: [[" + key + "]]");
      return;
    }
    for (const toml::node& element : *list) {
      if (const toml::table* table = element.as_table())
        read(*table);
      else
        toml_.fail(element, key + " must be a list of tables: [[" + key + "]]");
    }
  }

  void read_sources(const toml::table& sources) {
    toml_.check_keys(sources, "sources",
                     {"docs", "sql", "migrations", "models", "applied", "database", "before"});
    config_.migrations = toml_.text(sources, "migrations", "sources").value_or("");
    config_.applied = toml_.text(sources, "applied", "sources").value_or("");
    config_.before = toml_.text(sources, "before", "sources").value_or("");
    config_.sql = toml_.texts(sources, "sql", "sources");
    config_.models = toml_.texts(sources, "models", "sources");
    for (const char* key : {"before", "sql", "migrations", "models"})
      for (const std::string& value : toml_.texts(sources, key, "sources"))
        if (!find_secrets(value).empty())
          toml_.fail(*sources.get(key), std::string("sources.") + key +
                                            " holds a password; keep it in the environment or in "
                                            "~/.pgpass");
    if (const toml::node* docs = sources.get("docs")) {
      if (const toml::array* list = docs->as_array())
        for (const toml::node& entry : *list) read_docs_path(entry);
      else
        read_docs_path(*docs);
    }
    for (const std::string& database : toml_.texts(sources, "database", "sources")) {
      // The message must not hold the value: it may be the password.
      if (!find_secrets(database).empty())
        toml_.fail(*sources.get("database"),
                   "sources.database holds a password; write \"env:DATABASE_URL\" and set that "
                   "variable, or keep the password in ~/.pgpass");
      else if (database == "env:")
        toml_.fail(*sources.get("database"),
                   "sources.database names no variable after env:, as in \"env:DATABASE_URL\"");
      else
        config_.databases.push_back(database);
    }
  }

  void read_docs_path(const toml::node& entry) {
    if (entry.is_string()) {
      config_.docs.push_back({*entry.value<std::string>(), DocumentState::current});
      return;
    }
    const toml::table* table = entry.as_table();
    if (!table) {
      toml_.fail(entry, "sources.docs must hold paths, or { path = \"...\", state = \"...\" }");
      return;
    }
    toml_.check_keys(*table, "sources.docs", {"path", "state"});
    DocsPath path;
    path.glob = toml_.text(*table, "path", "sources.docs").value_or("");
    if (!table->get("path")) toml_.fail(entry, "an entry of sources.docs lacks its path");
    std::optional<std::string> state = toml_.choice(
        *table, "state", "sources.docs", {"current", "planned", "retired", "not-schema"});
    for (DocumentState known : {DocumentState::current, DocumentState::planned,
                                DocumentState::retired, DocumentState::not_schema})
      if (state && to_string(known) == *state) path.state = known;
    config_.docs.push_back(std::move(path));
  }

  void read_rules(const toml::table& rules) {
    for (auto&& [key, node] : rules) {
      std::string id(key.str());
      std::string path = "rules." + id;
      if (std::find(rule_ids_.begin(), rule_ids_.end(), id) == rule_ids_.end()) {
        toml_.fail(key.source(), TomlReader::unknown("rule", id, nearest_name(id, rule_ids_)));
        continue;
      }
      const toml::table* table = node.as_table();
      if (!table) {
        toml_.fail(node, path + " must be a table: [" + path + "]");
        continue;
      }
      config_.rules[id] = read_rule_setting(*table, id, path);
    }
  }

  RuleSetting read_rule_setting(const toml::table& table, const std::string& id,
                                const std::string& path) {
    RuleSetting setting;
    setting.origin = toml_.origin(table);
    if (auto severity = toml_.choice(table, "severity", path, with(severity_words(), "off"))) {
      setting.off = *severity == "off";
      setting.severity = parse_severity(*severity);
    }
    setting.ask = toml_.flag(table, "ask", path).value_or(true);
    std::vector<std::string> known = {"severity", "ask"};
    const Rule* rule = find_rule(id);
    for (const Rule* plugged : plugin_rules_)
      if (plugged->info.id == id) rule = plugged;
    if (rule)
      for (const OptionInfo& option : rule->info.options) known.emplace_back(option.name);
    for (auto&& [key, node] : table) {
      std::string name(key.str());
      if (name == "severity" || name == "ask") continue;
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        toml_.fail(key.source(),
                   TomlReader::unknown("key", path + "." + name, nearest_name(name, known), path));
        continue;
      }
      if (auto value = option_value(table, node, name, path)) setting.options[name] = *value;
    }
    return setting;
  }

  std::optional<OptionValue> option_value(const toml::table& table, const toml::node& node,
                                          const std::string& name, const std::string& path) {
    if (node.is_boolean()) return OptionValue(*node.value<bool>());
    if (node.is_integer()) return OptionValue(*node.value<std::int64_t>());
    if (node.is_floating_point()) return OptionValue(*node.value<double>());
    if (node.is_string()) return OptionValue(*node.value<std::string>());
    if (node.is_array()) return OptionValue(toml_.texts(table, name, path));
    toml_.fail(node, path + "." + name + " has a value of a kind that no option takes");
    return std::nullopt;
  }

  void read_gate(const toml::table& gate) {
    toml_.check_keys(gate, "gate", {"fail_on", "metrics", "baseline", "release"});
    if (auto level = toml_.choice(gate, "fail_on", "gate", with(severity_words(), "never")))
      config_.fail_on = parse_severity(*level);
    config_.baseline = toml_.text(gate, "baseline", "gate").value_or("");
    read_thresholds(gate, "gate", config_.metric_thresholds);
    const toml::table* release = toml_.table(gate, "release", "gate.release");
    if (!release) return;
    toml_.check_keys(*release, "gate.release", {"fail_on", "metrics"});
    // A release that nothing can fail is none: `never` is not among the words.
    if (auto level = toml_.choice(*release, "fail_on", "gate.release", severity_words()))
      config_.release.fail_on = parse_severity(*level);
    read_thresholds(*release, "gate.release", config_.release.metric_thresholds);
  }

  void read_thresholds(const toml::table& gate, const std::string& path,
                       std::map<std::string, double>& thresholds) {
    auto* metrics = toml_.table(gate, "metrics", path + ".metrics");
    if (!metrics) return;
    for (auto&& [key, node] : *metrics) {
      std::string id(key.str());
      if (std::find(metric_ids().begin(), metric_ids().end(), id) == metric_ids().end()) {
        toml_.fail(key.source(), TomlReader::unknown("metric", id, nearest_name(id, metric_ids())));
        continue;
      }
      std::optional<double> threshold = node.value<double>();
      if (!node.is_number() || !threshold || !(*threshold >= 0 && *threshold <= 1))
        toml_.fail(node, path + ".metrics." + id + " must be a number from 0 to 1");
      else
        thresholds[id] = *threshold;
    }
  }

  void read_criterion(const toml::table& table) {
    toml_.check_keys(table, "criteria", {"text", "decided_by"});
    Criterion criterion;
    criterion.text = toml_.mandatory(table, "text", "criteria");
    criterion.decided_by = toml_.texts(table, "decided_by", "criteria");
    criterion.origin = toml_.origin(table);
    std::vector<std::string> known = rule_ids_;
    known.insert(known.end(), metric_ids().begin(), metric_ids().end());
    known.insert(known.end(), {"verify", "rehearse"});
    for (const std::string& decider : criterion.decided_by)
      if (std::find(known.begin(), known.end(), decider) == known.end())
        toml_.fail(*table.get("decided_by"), TomlReader::unknown("rule, metric or command", decider,
                                                                 nearest_name(decider, known)));
    config_.criteria.push_back(std::move(criterion));
  }

  static std::string cell(const toml::node& node) {
    if (node.is_string()) return *node.value<std::string>();
    if (node.is_boolean()) return *node.value<bool>() ? "t" : "f";
    if (node.is_integer()) return std::to_string(*node.value<std::int64_t>());
    return {};
  }

  std::optional<int> timeout_ms(const toml::table& table, const std::string& path) {
    const toml::node* timeout = table.get("timeout");
    if (!timeout) return std::nullopt;
    std::optional<std::int64_t> seconds = timeout->value<std::int64_t>();
    if (timeout->is_integer() && seconds && *seconds > 0 && *seconds <= 3600)
      return static_cast<int>(*seconds) * 1000;
    toml_.fail(*timeout, path + ".timeout must be whole seconds, from 1 to 3600");
    return std::nullopt;
  }

  void read_check(const toml::table& table) {
    toml_.check_keys(table, "check", {"name", "query", "expect", "rows", "severity", "timeout"});
    LiveCheck check;
    check.name = toml_.mandatory(table, "name", "check");
    check.query = toml_.mandatory(table, "query", "check");
    check.origin = toml_.origin(table);
    if (auto severity = toml_.severity(table, "severity", "check")) check.severity = *severity;
    if (auto limit = timeout_ms(table, "check")) check.timeout_ms = *limit;
    for (const LiveCheck& other : config_.checks)
      if (!check.name.empty() && other.name == check.name)
        toml_.fail(*table.get("name"), "two checks have the name " + check.name);
    if (const toml::node* rows = table.get("rows")) {
      check.expected_rows = rows->value<std::int64_t>();
      if (!rows->is_integer() || *check.expected_rows < 0)
        toml_.fail(*rows, "check.rows must be a number of rows");
    }
    if (const toml::node* expect = table.get("expect")) check.expected = expected_rows(*expect);
    if (check.expected.has_value() == check.expected_rows.has_value())
      toml_.fail(table,
                 "a check has either expect (the rows it must give, or one value) or rows "
                 "(how many)");
    config_.checks.push_back(std::move(check));
  }

  /// `"off"` is one row of one cell, `["a", "b"]` two of them, `[["a", 1], ["b", 2]]` has two
  /// cells in each.
  std::vector<std::vector<std::optional<std::string>>> expected_rows(const toml::node& expect) {
    std::vector<std::vector<std::optional<std::string>>> rows;
    const toml::array* list = expect.as_array();
    if (!list) return {{cell(expect)}};
    for (const toml::node& entry : *list) {
      std::vector<std::optional<std::string>> row;
      if (const toml::array* cells = entry.as_array())
        for (const toml::node& value : *cells) row.push_back(cell(value));
      else
        row.push_back(cell(entry));
      rows.push_back(std::move(row));
    }
    return rows;
  }

  void read_sql_rule(const toml::table& table) {
    const std::string path = "sql_rule";
    toml_.check_keys(table, path,
                     {"id", "severity", "summary", "query", "file", "needs", "timeout"});
    SqlRule rule;
    rule.id = toml_.mandatory(table, "id", path);
    rule.summary = toml_.text(table, "summary", path).value_or("");
    rule.query = toml_.text(table, "query", path).value_or("");
    rule.file = toml_.text(table, "file", path).value_or("");
    rule.origin = toml_.origin(table);
    if (auto severity = toml_.severity(table, "severity", path)) rule.severity = *severity;
    if (auto limit = timeout_ms(table, path)) rule.timeout_ms = *limit;
    if (rule.query.empty() == rule.file.empty())
      toml_.fail(table, "a sql_rule has either a query or the file that holds it");
    for (const std::string& word : toml_.texts(table, "needs", path)) {
      std::vector<std::string> known;
      for (Role role :
           {Role::documented, Role::declared, Role::modelled, Role::live, Role::before}) {
        known.emplace_back(to_string(role));
        if (known.back() == word) rule.needs.push_back(role);
      }
      if (std::find(known.begin(), known.end(), word) == known.end())
        toml_.fail(*table.get("needs"),
                   TomlReader::unknown("role", word, nearest_name(word, known)));
    }
    if (!rule.id.empty() && !is_kebab_case(rule.id))
      toml_.fail(*table.get("id"), "sql_rule.id " + rule.id +
                                       " is not in kebab-case: small letters, digits and hyphens, "
                                       "as in no-empty-table");
    if (!rule.id.empty() &&
        std::find(rule_ids_.begin(), rule_ids_.end(), rule.id) != rule_ids_.end())
      toml_.fail(*table.get("id"), "sql_rule.id " + rule.id + " is the id of another rule");
    rule_ids_.push_back(rule.id);
    config_.sql_rules.push_back(std::move(rule));
  }

  void read_waiver(const toml::table& table) {
    toml_.check_keys(table, "waiver",
                     {"rule", "object", "owner", "reason", "expires", "ticket", "approved_by"});
    Waiver waiver;
    waiver.rule = toml_.mandatory(table, "rule", "waiver");
    waiver.object = toml_.mandatory(table, "object", "waiver");
    waiver.owner = toml_.mandatory(table, "owner", "waiver");
    waiver.reason = toml_.mandatory(table, "reason", "waiver");
    waiver.expires = read_date(table);
    waiver.ticket = toml_.text(table, "ticket", "waiver").value_or("");
    waiver.approved_by = toml_.text(table, "approved_by", "waiver").value_or("");
    waiver.origin = toml_.origin(table);
    if (!waiver.rule.empty() &&
        std::find(rule_ids_.begin(), rule_ids_.end(), waiver.rule) == rule_ids_.end())
      toml_.fail(*table.get("rule"),
                 TomlReader::unknown("rule", waiver.rule, nearest_name(waiver.rule, rule_ids_)));
    config_.waivers.push_back(std::move(waiver));
  }

  std::string read_date(const toml::table& table) {
    const toml::node* node = table.get("expires");
    if (!node) {
      toml_.fail(table, "a waiver lacks its expires, as in expires = 2027-03-31");
      return {};
    }
    if (std::optional<toml::date> date = node->value<toml::date>()) {
      auto two = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
      std::string year = std::to_string(date->year);
      return std::string(4 - std::min<std::size_t>(4, year.size()), '0') + year + "-" +
             two(date->month) + "-" + two(date->day);
    }
    std::optional<std::string> text = node->value<std::string>();
    if (text && node->is_string() && is_iso_date(*text)) return *text;
    toml_.fail(*node, "waiver.expires must be a date, as in expires = 2027-03-31");
    return {};
  }

  TomlReader toml_;
  /// Built-in ones, those of plug-ins, and those that the config itself makes.
  std::vector<std::string> rule_ids_;
  const TypeNormaliser& normal_type_;
  const std::vector<const Rule*>& plugin_rules_;
  Config config_;
};

}  // namespace

std::vector<std::string> plugins_of_config(std::string_view text) {
  try {
    toml::table root = toml::parse(text);
    TomlReader toml("");
    return toml.texts(root, "plugins", "");
  } catch (const toml::parse_error&) {
    return {};
  }
}

ConfigReading read_config(std::string_view text, const std::string& uri,
                          const std::vector<std::string>& rule_ids,
                          const TypeNormaliser& normal_type,
                          const std::vector<const Rule*>& plugin_rules) {
  ConfigReading reading;
  try {
    toml::table root = toml::parse(text, uri);
    reading = ConfigReader(uri, rule_ids, normal_type, plugin_rules).read(root);
  } catch (const toml::parse_error& error) {
    Origin at{uri, static_cast<int>(error.source().begin.line),
              static_cast<int>(error.source().begin.column)};
    reading.error = to_string(at) + ": " + redact(error.description());
    return reading;
  }
  reading.config.path = uri;
  reading.config.digest = sha256_hex(text);
  return reading;
}

}  // namespace schemaudit
