#include "analyzer/engine/config_file.h"

#include <toml++/toml.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <utility>

#include "analyzer/engine/metrics.h"
#include "analyzer/model/digest.h"
#include "analyzer/model/redact.h"
#include "rules/rule.h"

namespace schemaudit {

namespace {

using Names = std::initializer_list<std::string_view>;

std::string join(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : ", ") + word;
  return joined;
}

bool is_iso_date(const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9})
    if (text[i] < '0' || text[i] > '9') return false;
  return true;
}

/// Typed access to TOML, keeping the first fault by line: a misspelt key is told before what
/// follows from it.
class TomlReader {
 public:
  explicit TomlReader(std::string uri) : uri_(std::move(uri)) {}

  Origin origin(const toml::node& node) const { return at(node.source()); }

  void fail(const toml::source_region& region, const std::string& message) {
    Origin where = at(region);
    where.column = 0;
    if (!error_.empty() && !(where < error_at_)) return;
    error_at_ = where;
    error_ = to_string(where) + ": " + redact(message);
  }
  void fail(const toml::node& node, const std::string& message) { fail(node.source(), message); }
  const std::string& error() const { return error_; }

  /// `later` are keys that a later version will know: an error of their own, since to ignore a
  /// policy would be to pass it.
  void check_keys(const toml::table& table, const std::string& path, Names known,
                  Names later = {}) {
    std::vector<std::string> all(known.begin(), known.end());
    for (auto&& [key, node] : table) {
      std::string name(key.str());
      std::string full = path.empty() ? name : path + "." + name;
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      if (std::find(later.begin(), later.end(), name) != later.end()) {
        fail(key.source(), full + " is not supported yet by this version; take it out");
        continue;
      }
      fail(key.source(), unknown("key", full, nearest_name(name, all), path));
    }
  }

  static std::string unknown(const std::string& what, const std::string& name,
                             const std::string& nearest, const std::string& prefix = {}) {
    std::string message = "unknown " + what + " " + name;
    if (nearest.empty()) return message;
    return message + ", did you mean " + (prefix.empty() ? "" : prefix + ".") + nearest + "?";
  }

  /// nullptr where the key is absent; absent and wrong kind is a fault.
  const toml::table* table(const toml::table& parent, const std::string& key,
                           const std::string& path) {
    const toml::node* node = parent.get(key);
    if (!node) return nullptr;
    const toml::table* found = node->as_table();
    if (!found) fail(*node, path + " must be a table: [" + path + "]");
    return found;
  }

  std::optional<std::string> text(const toml::table& parent, const std::string& key,
                                  const std::string& path) {
    const toml::node* node = parent.get(key);
    if (!node) return std::nullopt;
    std::optional<std::string> value = node->value<std::string>();
    if (!value || !node->is_string()) {
      fail(*node, path + "." + key + " must be a string");
      return std::nullopt;
    }
    return value;
  }

  /// One string, or a list of strings.
  std::vector<std::string> texts(const toml::table& parent, const std::string& key,
                                 const std::string& path) {
    std::vector<std::string> values;
    const toml::node* node = parent.get(key);
    if (!node) return values;
    if (node->is_string()) {
      values.push_back(*node->value<std::string>());
    } else if (const toml::array* list = node->as_array()) {
      for (const toml::node& element : *list) {
        if (element.is_string())
          values.push_back(*element.value<std::string>());
        else
          fail(element, path + "." + key + " must hold strings only");
      }
    } else {
      fail(*node, path + "." + key + " must be a string or a list of strings");
    }
    return values;
  }

  /// One of `known`; what stands for absent is the caller's.
  std::optional<bool> flag(const toml::table& parent, std::string_view key,
                           const std::string& path) {
    const toml::node* node = parent.get(key);
    if (!node) return std::nullopt;
    std::optional<bool> value = node->value<bool>();
    if (!value) fail(*node, path + "." + std::string(key) + " must be true or false");
    return value;
  }

  std::optional<std::string> choice(const toml::table& parent, const std::string& key,
                                    const std::string& path,
                                    const std::vector<std::string>& known) {
    std::optional<std::string> value = text(parent, key, path);
    if (!value) return std::nullopt;
    if (std::find(known.begin(), known.end(), *value) != known.end()) return value;
    fail(*parent.get(key), path + "." + key + " is \"" + *value + "\"; it can be " + join(known));
    return std::nullopt;
  }

 private:
  Origin at(const toml::source_region& region) const {
    return {uri_, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
  }

  std::string uri_;
  std::string error_;
  Origin error_at_;
};

const std::vector<std::string>& severity_words() {
  static const std::vector<std::string> words = {"critical", "high", "medium", "low", "info"};
  return words;
}

std::vector<std::string> with(std::vector<std::string> words, const std::string& more) {
  words.push_back(more);
  return words;
}

/// One section of the file after the other.
class ConfigReader {
 public:
  ConfigReader(std::string uri, const std::vector<std::string>& rule_ids)
      : toml_(std::move(uri)), rule_ids_(rule_ids) {}

  ConfigReading read(const toml::table& root) {
    toml_.check_keys(root, "",
                     {"sources", "scope", "policy", "rules", "gate", "criteria", "waiver"},
                     {"baseline"});
    if (auto* sources = toml_.table(root, "sources", "sources")) read_sources(*sources);
    if (auto* scope = toml_.table(root, "scope", "scope")) {
      toml_.check_keys(*scope, "scope", {"schemas", "ignore"});
      config_.schemas = toml_.texts(*scope, "schemas", "scope");
      config_.ignore = toml_.texts(*scope, "ignore", "scope");
    }
    if (auto* policy = toml_.table(root, "policy", "policy")) read_policies(*policy);
    if (auto* rules = toml_.table(root, "rules", "rules")) read_rules(*rules);
    if (auto* gate = toml_.table(root, "gate", "gate")) read_gate(*gate);
    for_each_table(root, "criteria", [this](const toml::table& table) { read_criterion(table); });
    for_each_table(root, "waiver", [this](const toml::table& table) { read_waiver(table); });
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
    toml_.check_keys(sources, "sources", {"docs", "sql", "database"},
                     {"migrations", "models", "before"});
    config_.sql = toml_.texts(sources, "sql", "sources");
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

  TableSelector read_tables(const toml::table& table, const std::string& path) {
    TableSelector selector{toml_.texts(table, "tables", path)};
    if (!table.get("tables"))
      toml_.fail(table, path + " lacks its tables: a glob such as \"p3_*\", or a list");
    else if (selector.globs.empty() && toml_.error().empty())
      toml_.fail(*table.get("tables"), path + ".tables is empty");
    return selector;
  }

  void read_policies(const toml::table& policy) {
    toml_.check_keys(policy, "policy", {"isolation", "soft_delete", "domains"},
                     {"tenancy", "standard_columns", "naming", "types", "delete_actions", "unique",
                      "append_only", "documentation"});
    if (auto* isolation = toml_.table(policy, "isolation", "policy.isolation"))
      for (auto&& [key, node] : *isolation) {
        std::string path = "policy.isolation." + std::string(key.str());
        if (const toml::table* table = node.as_table())
          read_isolation(*table, std::string(key.str()), path);
        else
          toml_.fail(node, "policy.isolation holds named tables, as in [policy.isolation.phase3]");
      }
    if (auto* table = toml_.table(policy, "soft_delete", "policy.soft_delete")) {
      const std::string path = "policy.soft_delete";
      toml_.check_keys(*table, path, {"column", "tables"});
      SoftDeletePolicy soft_delete;
      if (auto column = toml_.text(*table, "column", path)) soft_delete.column = *column;
      soft_delete.tables = read_tables(*table, path);
      soft_delete.origin = toml_.origin(*table);
      config_.policy.soft_delete = std::move(soft_delete);
    }
    if (auto* domains = toml_.table(policy, "domains", "policy.domains"))
      for (auto&& [key, node] : *domains) {
        std::string glob(key.str());
        if (toml_.choice(*domains, glob, "policy.domains", {"check-or-enum"}))
          config_.policy.domains[glob] = "check-or-enum";
      }
  }

  void read_isolation(const toml::table& table, const std::string& name, const std::string& path) {
    toml_.check_keys(
        table, path, {"tables", "foreign_keys", "dependencies", "freeze_others", "rollback"}, {});
    IsolationPolicy policy;
    policy.name = name;
    policy.tables = read_tables(table, path);
    // What a policy does not mention it does not ask for.
    policy.foreign_keys = ForeignKeyStance::allow;
    if (auto stance = toml_.choice(table, "foreign_keys", path, {"forbid", "inside", "allow"})) {
      if (*stance == "forbid") policy.foreign_keys = ForeignKeyStance::forbid;
      if (*stance == "inside") policy.foreign_keys = ForeignKeyStance::inside;
    }
    if (auto stance = toml_.choice(table, "dependencies", path, {"forbid", "allow"}))
      policy.forbid_dependencies = *stance == "forbid";
    if (auto frozen = toml_.flag(table, "freeze_others", path)) policy.freeze_others = *frozen;
    if (auto way_back = toml_.choice(table, "rollback", path, {"drop-only"}))
      policy.rollback = *way_back;
    policy.origin = toml_.origin(table);
    config_.policy.isolation.push_back(std::move(policy));
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
    std::vector<std::string> known = {"severity"};
    const Rule* rule = find_rule(id);
    if (rule)
      for (const OptionInfo& option : rule->info.options) known.emplace_back(option.name);
    for (auto&& [key, node] : table) {
      std::string name(key.str());
      if (name == "severity") continue;
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
    toml_.check_keys(gate, "gate", {"fail_on", "metrics", "release"}, {});
    if (auto level = toml_.choice(gate, "fail_on", "gate", with(severity_words(), "never")))
      config_.fail_on = parse_severity(*level);
    auto* metrics = toml_.table(gate, "metrics", "gate.metrics");
    if (!metrics) return;
    for (auto&& [key, node] : *metrics) {
      std::string id(key.str());
      if (std::find(metric_ids().begin(), metric_ids().end(), id) == metric_ids().end()) {
        toml_.fail(key.source(), TomlReader::unknown("metric", id, nearest_name(id, metric_ids())));
        continue;
      }
      std::optional<double> threshold = node.value<double>();
      if (!node.is_number() || !threshold || *threshold < 0 || *threshold > 1)
        toml_.fail(node, "gate.metrics." + id + " must be a number from 0 to 1");
      else
        config_.metric_thresholds[id] = *threshold;
    }
  }

  void read_criterion(const toml::table& table) {
    toml_.check_keys(table, "criteria", {"text", "decided_by"});
    Criterion criterion;
    criterion.text = mandatory(table, "text", "criteria");
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

  void read_waiver(const toml::table& table) {
    toml_.check_keys(table, "waiver",
                     {"rule", "object", "owner", "reason", "expires", "ticket", "approved_by"});
    Waiver waiver;
    waiver.rule = mandatory(table, "rule", "waiver");
    waiver.object = mandatory(table, "object", "waiver");
    waiver.owner = mandatory(table, "owner", "waiver");
    waiver.reason = mandatory(table, "reason", "waiver");
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

  std::string mandatory(const toml::table& table, const std::string& key, const std::string& path) {
    if (!table.get(key)) {
      toml_.fail(table, "a " + path + " lacks its " + key);
      return {};
    }
    std::optional<std::string> value = toml_.text(table, key, path);
    if (value && value->empty()) toml_.fail(*table.get(key), path + "." + key + " is empty");
    return value.value_or("");
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
  const std::vector<std::string>& rule_ids_;
  Config config_;
};

}  // namespace

ConfigReading read_config(std::string_view text, const std::string& uri,
                          const std::vector<std::string>& rule_ids) {
  ConfigReading reading;
  try {
    toml::table root = toml::parse(text, uri);
    reading = ConfigReader(uri, rule_ids).read(root);
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
