#include <nlohmann/json.hpp>

#include "analyzer/engine/config_file.h"
#include "analyzer/engine/metrics.h"
#include "rules/rule.h"

namespace schemaudit {

namespace {

using Json = nlohmann::ordered_json;

Json text(const char* description) {
  return {{"type", "string"}, {"description", description}};
}

Json one_of(const std::vector<std::string>& values, const char* description) {
  return {{"enum", values}, {"description", description}};
}

Json text_or_list(const char* description) {
  return {{"description", description},
          {"anyOf", Json::array({Json{{"type", "string"}},
                                 Json{{"type", "array"}, {"items", {{"type", "string"}}}}})}};
}

Json closed(Json properties, const std::vector<std::string>& required = {}) {
  Json object = {{"type", "object"}, {"additionalProperties", false}};
  if (!required.empty()) object["required"] = required;
  object["properties"] = std::move(properties);
  return object;
}

Json sources() {
  Json state = one_of({"current", "planned", "retired", "not-schema"},
                      "planned: what is not live yet is no finding");
  Json path = {{"anyOf", Json::array({text("a path or glob"),
                                      closed({{"path", text("a path or glob")}, {"state", state}},
                                             {"path"})})}};
  return closed(
      {{"docs", {{"anyOf", Json::array({path, Json{{"type", "array"}, {"items", path}}})}}},
       {"sql", text_or_list("SQL files, folders, globs or @LISTs that build the declared schema")},
       {"database", text_or_list("env:NAME, or a libpq conninfo without a password")}});
}

Json policy() {
  Json isolation = closed(
      {{"tables", text_or_list("a glob in which _ is literal, or a list")},
       {"foreign_keys", one_of({"forbid", "inside", "allow"}, "inside: only among these tables")},
       {"dependencies", one_of({"forbid", "allow"},
                               "views, functions, policies, triggers, "
                               "sequences shared across the border")},
       {"freeze_others", Json{{"type", "boolean"}}},
       {"rollback", one_of({"drop-only"}, "how the tables may be taken away again")}},
      {"tables"});
  Json soft_delete = closed({{"column", text("deleted_at where it is not given")},
                             {"tables", text_or_list("a glob, or a list")}},
                            {"tables"});
  Json domains = {{"type", "object"},
                  {"description", "glob of table.column"},
                  {"additionalProperties", {{"enum", Json::array({"check-or-enum"})}}}};
  return closed({{"isolation", {{"type", "object"}, {"additionalProperties", isolation}}},
                 {"soft_delete", soft_delete},
                 {"domains", domains}});
}

Json rules() {
  Json properties = Json::object();
  for (const Rule* rule : all_rules()) {
    Json setting = {{"severity", one_of({"critical", "high", "medium", "low", "info", "off"},
                                        "in place of the rule's own")}};
    for (const OptionInfo& option : rule->info.options)
      setting[std::string(option.name)] = {{"description", option.summary}};
    Json entry = closed(setting);
    entry["description"] = rule->info.summary;
    properties[std::string(rule->info.id)] = entry;
  }
  return closed(properties);
}

Json gate() {
  Json thresholds = Json::object();
  for (const std::string& id : metric_ids())
    thresholds[id] = {{"type", "number"}, {"minimum", 0}, {"maximum", 1}};
  return closed({{"fail_on", one_of({"critical", "high", "medium", "low", "info", "never"},
                                    "findings from this severity on fail the audit")},
                 {"metrics", closed(thresholds)},
                 {"release", Json{{"type", "object"}}}});
}

Json waivers() {
  Json date = {{"description", "a TOML date; the waiver holds through this day"}};
  Json waiver = closed({{"rule", text("the rule's id")},
                        {"object", text("a glob of schema.table.name")},
                        {"owner", text("who answers for it")},
                        {"reason", text("why it may stand")},
                        {"expires", date},
                        {"ticket", text("where it is followed up")},
                        {"approved_by", text("who agreed")}},
                       {"rule", "object", "owner", "reason", "expires"});
  return {{"type", "array"}, {"items", waiver}};
}

}  // namespace

std::string config_json_schema() {
  Json criterion = closed({{"text", text("what has to hold")},
                           {"decided_by", text_or_list("rules, metrics, verify, rehearse")}},
                          {"text"});
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"title", "schemaudit.toml"}};
  schema.update(
      closed({{"sources", sources()},
              {"scope", closed({{"schemas", text_or_list("only these schemas")},
                                {"ignore", text_or_list("globs of tables to leave out")}})},
              {"policy", policy()},
              {"rules", rules()},
              {"gate", gate()},
              {"criteria", {{"type", "array"}, {"items", criterion}}},
              {"waiver", waivers()}}));
  return schema.dump(2) + "\n";
}

}  // namespace schemaudit
