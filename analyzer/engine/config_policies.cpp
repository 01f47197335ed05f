#include "analyzer/engine/config_policies.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace schemaudit {

namespace {

/// `timestamptz not null`: the type and whether NULL is excluded.
StandardColumn standard_column(std::string text) {
  StandardColumn column;
  std::string lower = fold_case(text);
  const std::string not_null = "not null";
  if (lower.size() >= not_null.size() &&
      lower.compare(lower.size() - not_null.size(), not_null.size(), not_null) == 0) {
    column.not_null = true;
    text.resize(text.size() - not_null.size());
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  column.type = std::move(text);
  return column;
}

std::optional<ReferentialAction> action_named(const std::string& text) {
  std::string plain = fold_case(text);
  std::replace(plain.begin(), plain.end(), '_', ' ');
  std::replace(plain.begin(), plain.end(), '-', ' ');
  for (ReferentialAction action :
       {ReferentialAction::no_action, ReferentialAction::restrict, ReferentialAction::cascade,
        ReferentialAction::set_null, ReferentialAction::set_default})
    if (fold_case(to_string(action)) == plain) return action;
  return std::nullopt;
}

class PolicyReader {
 public:
  PolicyReader(TomlReader& toml, const TypeNormaliser& normal_type)
      : toml_(toml), normal_type_(normal_type) {}

  Policies read(const toml::table& policy) {
    toml_.check_keys(
        policy, "policy",
        {"isolation", "soft_delete", "domains", "tenancy", "standard_columns", "naming", "types",
         "delete_actions", "unique", "indexed", "append_only", "documentation", "sensitive"});
    if (auto* isolation = toml_.table(policy, "isolation", "policy.isolation"))
      for (auto&& [key, node] : *isolation) {
        std::string name(key.str());
        if (const toml::table* table = node.as_table())
          read_isolation(*table, name, "policy.isolation." + name);
        else
          toml_.fail(node, "policy.isolation holds named tables, as in [policy.isolation.phase3]");
      }
    if (auto* table = section(policy, "soft_delete")) read_soft_delete(*table);
    if (auto* table = section(policy, "tenancy")) read_tenancy(*table);
    if (auto* table = section(policy, "domains")) read_domains(*table);
    if (auto* table = section(policy, "standard_columns")) read_standard_columns(*table);
    if (auto* table = section(policy, "naming")) read_naming(*table);
    if (auto* table = section(policy, "types")) read_types(*table);
    if (auto* table = section(policy, "delete_actions")) read_delete_actions(*table);
    policies_.unique = columns(policy, "unique", "policy");
    policies_.indexed = columns(policy, "indexed", "policy");
    if (auto* table = section(policy, "append_only")) {
      toml_.check_keys(*table, "policy.append_only", {"tables"});
      policies_.append_only =
          AppendOnlyPolicy{tables(*table, "policy.append_only"), toml_.origin(*table)};
    }
    if (auto* table = section(policy, "documentation")) read_documentation(*table);
    if (auto* table = section(policy, "sensitive")) {
      const std::string path = "policy.sensitive";
      toml_.check_keys(*table, path, {"columns", "marked_by"});
      policies_.sensitive =
          SensitivePolicy{columns(*table, "columns", path),
                          toml_.mandatory(*table, "marked_by", path), toml_.origin(*table)};
    }
    return std::move(policies_);
  }

 private:
  const toml::table* section(const toml::table& policy, const std::string& name) {
    return toml_.table(policy, name, "policy." + name);
  }

  TableSelector tables(const toml::table& table, const std::string& path) {
    TableSelector selector{toml_.texts(table, "tables", path)};
    if (!table.get("tables"))
      toml_.fail(table, path + " lacks its tables: a glob such as \"p3_*\", or a list");
    else if (selector.globs.empty() && toml_.error().empty())
      toml_.fail(*table.get("tables"), path + ".tables is empty");
    return selector;
  }

  std::optional<ColumnSelector> selector(const toml::node& node, const std::string& text,
                                         const std::string& path) {
    std::optional<ColumnSelector> parsed = parse_column_selector(text);
    if (parsed)
      parsed->origin = toml_.origin(node);
    else
      toml_.fail(node, path + " has \"" + text +
                           "\"; write table.column or table(column, column), with globs");
    return parsed;
  }

  std::vector<ColumnSelector> columns(const toml::table& table, const std::string& key,
                                      const std::string& path) {
    std::vector<ColumnSelector> selectors;
    const std::vector<std::string> texts = toml_.texts(table, key, path);
    const toml::node* node = table.get(key);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const toml::array* list = node->as_array();
      const toml::node& at = list && i < list->size() ? *list->get(i) : *node;
      if (auto parsed = selector(at, texts[i], path + "." + key))
        selectors.push_back(std::move(*parsed));
    }
    return selectors;
  }

  std::string type(const toml::node& at, const std::string& path, const std::string& text) {
    if (!normal_type_) return text;
    PolicyType type = normal_type_(text);
    if (!type.meant.empty())
      toml_.fail(at, path + " names the type \"" + text +
                         "\", which PostgreSQL does not have; did "
                         "you mean " +
                         type.meant +
                         "? (A type of your own of that name is "
                         "written with its schema.)");
    return std::move(type.normal);
  }

  void read_soft_delete(const toml::table& table) {
    const std::string path = "policy.soft_delete";
    toml_.check_keys(table, path, {"column", "tables"});
    SoftDeletePolicy policy;
    if (table.get("column")) policy.column = toml_.mandatory(table, "column", path);
    policy.tables = tables(table, path);
    policy.origin = toml_.origin(table);
    policies_.soft_delete = std::move(policy);
  }

  void read_tenancy(const toml::table& table) {
    const std::string path = "policy.tenancy";
    toml_.check_keys(table, path, {"column", "tables", "through", "row_security"});
    TenancyPolicy policy;
    policy.column = toml_.mandatory(table, "column", path);
    policy.tables = tables(table, path);
    policy.through_foreign_key = toml_.choice(table, "through", path, {"foreign-key"}).has_value();
    policy.row_security = toml_.choice(table, "row_security", path, {"required"}).has_value();
    policy.origin = toml_.origin(table);
    policies_.tenancy = std::move(policy);
  }

  void read_domains(const toml::table& table) {
    const std::string path = "policy.domains";
    for (auto&& [key, node] : table) {
      const std::string text(key.str());
      auto demand = toml_.choice(table, text, path, {"check-or-enum", "range"});
      auto columns = selector(node, text, path);
      if (demand && columns)
        policies_.domains.push_back({std::move(*columns), *demand == "range"
                                                              ? DomainDemand::range
                                                              : DomainDemand::check_or_enum});
    }
  }

  void read_standard_columns(const toml::table& table) {
    const std::string path = "policy.standard_columns";
    toml_.check_keys(table, path, {"tables", "columns"});
    StandardColumnsPolicy policy;
    policy.tables = table.get("tables") ? tables(table, path) : TableSelector{{"*"}};
    policy.origin = toml_.origin(table);
    if (auto* list = toml_.table(table, "columns", path + ".columns")) {
      for (auto&& [key, node] : *list) {
        const std::string name(key.str());
        StandardColumn column =
            standard_column(toml_.text(*list, name, path + ".columns").value_or(""));
        column.name = name;
        if (!column.type.empty()) column.type = type(node, path + ".columns." + name, column.type);
        column.origin = toml_.origin(node);
        policy.columns.push_back(std::move(column));
      }
    } else {
      toml_.fail(table,
                 path + " lacks its columns, as in columns = { created_at = \"timestamptz\" }");
    }
    policies_.standard_columns = std::move(policy);
  }

  void read_naming(const toml::table& table) {
    const std::string path = "policy.naming";
    std::vector<std::string> known = named_kinds();
    known.push_back("table_number");
    NamingPolicy policy;
    policy.origin = toml_.origin(table);
    for (auto&& [key, node] : table) {
      const std::string kind(key.str());
      if (kind == "table_number") {
        policy.table_number = toml_.choice(table, kind, path, {"singular", "plural"}).value_or("");
      } else if (std::find(known.begin(), known.end(), kind) == known.end()) {
        toml_.fail(key.source(),
                   TomlReader::unknown("key", path + "." + kind, nearest_name(kind, known), path));
      } else if (auto text = toml_.text(table, kind, path)) {
        check_pattern(node, path + "." + kind, *text);
        policy.patterns[kind] = {*text, toml_.origin(node)};
      }
    }
    policies_.naming = std::move(policy);
  }

  /// A word that is none of the known cases matches one name only: a slip.
  void check_pattern(const toml::node& node, const std::string& path, const std::string& text) {
    const std::vector<std::string> known = {"snake_case", "camelCase", "PascalCase"};
    const bool is_word = std::all_of(text.begin(), text.end(), [](unsigned char c) {
      return std::isalpha(c) || c == '_' || c == '-';
    });
    if (is_word && std::find(known.begin(), known.end(), text) == known.end())
      toml_.fail(node, path + " is \"" + text +
                           "\"; it can be snake_case, camelCase, PascalCase or a regular "
                           "expression over the whole name");
  }

  void read_types(const toml::table& table) {
    const std::string path = "policy.types";
    toml_.check_keys(table, path, {"forbid", "columns"});
    TypesPolicy policy;
    for (const std::string& text : toml_.texts(table, "forbid", path))
      policy.forbidden.push_back(
          {text == "serial" ? text : type(*table.get("forbid"), path + ".forbid", text), text,
           toml_.origin(*table.get("forbid"))});
    if (auto* wanted = toml_.table(table, "columns", path + ".columns"))
      for (auto&& [key, node] : *wanted) {
        const std::string glob(key.str());
        auto text = toml_.text(*wanted, glob, path + ".columns");
        auto columns = selector(node, glob, path + ".columns");
        if (text && columns)
          policy.wanted.push_back(
              {std::move(*columns), type(node, path + ".columns." + glob, *text), *text});
      }
    policies_.types = std::move(policy);
  }

  void read_delete_actions(const toml::table& table) {
    const std::string path = "policy.delete_actions";
    for (auto&& [key, node] : table) {
      const std::string glob(key.str());
      auto columns = selector(node, glob, path);
      DeleteActionPolicy policy;
      for (const std::string& text : toml_.texts(table, glob, path)) {
        if (auto action = action_named(text))
          policy.allowed.push_back(*action);
        else
          toml_.fail(node, path + " has \"" + text +
                               "\"; an action is no action, restrict, cascade, set null or set "
                               "default");
      }
      if (!columns) continue;
      policy.columns = std::move(*columns);
      policies_.delete_actions.push_back(std::move(policy));
    }
    // TOML tables forget their order; lines have kept it.
    std::sort(policies_.delete_actions.begin(), policies_.delete_actions.end(),
              [](const DeleteActionPolicy& a, const DeleteActionPolicy& b) {
                return a.columns.origin < b.columns.origin;
              });
  }

  void read_documentation(const toml::table& table) {
    const std::string path = "policy.documentation";
    toml_.check_keys(table, path, {"scope", "tables", "columns", "enums", "functions", "views"});
    DocumentationPolicy policy;
    policy.origin = toml_.origin(table);
    policy.scope.globs = toml_.texts(table, "scope", path);
    if (policy.scope.globs.empty()) policy.scope.globs = {"*"};
    auto demand = [&](const std::string& key) -> std::optional<DocumentationDemand> {
      auto word = toml_.choice(table, key, path, {"comment", "docs", "either"});
      if (!word) return std::nullopt;
      if (*word == "comment") return DocumentationDemand::comment;
      return *word == "docs" ? DocumentationDemand::docs : DocumentationDemand::either;
    };
    policy.tables = demand("tables");
    policy.columns = demand("columns");
    policy.enums = demand("enums");
    policy.functions = demand("functions");
    policy.views = demand("views");
    policies_.documentation = std::move(policy);
  }

  RequiredRow read_required_row(const toml::node& node, const std::string& path) {
    RequiredRow row;
    row.origin = toml_.origin(node);
    const toml::table* table = node.as_table();
    if (!table) {
      toml_.fail(node, path +
                           " holds entries such as { table = \"p3_switches\", row = { name = "
                           "\"all\", state = \"off\" } }");
      return row;
    }
    toml_.check_keys(*table, path, {"table", "row"});
    row.table = toml_.mandatory(*table, "table", path);
    const toml::table* values = toml_.table(*table, "row", path + ".row");
    if (!values || values->empty()) {
      toml_.fail(node, path + " has an entry that lacks its row, as in row = { name = \"all\" }");
      return row;
    }
    for (auto&& [key, value] : *values) {
      std::string text;
      if (value.is_string())
        text = *value.value<std::string>();
      else if (value.is_boolean())
        text = *value.value<bool>() ? "true" : "false";
      else if (value.is_integer())
        text = std::to_string(*value.value<std::int64_t>());
      else
        toml_.fail(value, path + ".row must hold strings, whole numbers, true or false");
      row.values.emplace_back(std::string(key.str()), std::move(text));
    }
    return row;
  }

  void read_isolation(const toml::table& table, const std::string& name, const std::string& path) {
    toml_.check_keys(table, path,
                     {"tables", "foreign_keys", "dependencies", "freeze_others", "rollback",
                      "documents", "required_rows"});
    IsolationPolicy policy;
    policy.name = name;
    policy.tables = tables(table, path);
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
    policy.documents = toml_.texts(table, "documents", path);
    if (const toml::node* rows = table.get("required_rows")) {
      const toml::array* list = rows->as_array();
      if (!list) toml_.fail(*rows, path + ".required_rows must be a list");
      if (list)
        for (const toml::node& row : *list)
          policy.required_rows.push_back(read_required_row(row, path + ".required_rows"));
    }
    policy.origin = toml_.origin(table);
    policies_.isolation.push_back(std::move(policy));
  }

  TomlReader& toml_;
  const TypeNormaliser& normal_type_;
  Policies policies_;
};

}  // namespace

const std::vector<std::string>& named_kinds() {
  static const std::vector<std::string> kinds = {
      "tables",  "columns",   "views", "primary_keys", "unique",   "foreign_keys", "checks",
      "indexes", "sequences", "enums", "functions",    "triggers", "policies",     "schemas"};
  return kinds;
}

Policies read_policies(TomlReader& toml, const toml::table& policy,
                       const TypeNormaliser& normal_type) {
  return PolicyReader(toml, normal_type).read(policy);
}

}  // namespace schemaudit
