#include <nlohmann/json.hpp>

#include "analyzer/engine/config_file.h"
#include "analyzer/engine/config_policies.h"
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
       {"migrations", text("the folder of migrations, or a plan in markdown")},
       {"models", text_or_list("SQLAlchemy or Prisma models: files, folders, globs; command:...")},
       {"applied",
        text("the last version that every database has had, or none: what comes after is pending")},
       {"database", text_or_list("env:NAME, or a libpq conninfo without a password")},
       {"before", text("an earlier state to compare with: snapshot:FILE, sql:PATH, db:...")}});
}

Json texts_by_name(const char* description) {
  return {{"type", "object"},
          {"description", description},
          {"additionalProperties", {{"type", "string"}}}};
}

Json required_rows() {
  Json value = {{"type", Json::array({"string", "integer", "boolean"})}};
  Json row = {{"type", "object"}, {"additionalProperties", value}};
  return {{"type", "array"},
          {"items", closed({{"table", text("with or without its schema")}, {"row", row}},
                           {"table", "row"})}};
}

Json naming() {
  Json properties = Json::object();
  for (const std::string& kind : named_kinds())
    properties[kind] = text("snake_case, camelCase, PascalCase or a regular expression");
  properties["table_number"] = one_of({"singular", "plural"}, "of table names");
  return closed(properties);
}

Json policy() {
  Json isolation = closed(
      {{"tables", text_or_list("a glob in which _ is literal, or a list")},
       {"foreign_keys", one_of({"forbid", "inside", "allow"}, "inside: only among these tables")},
       {"dependencies", one_of({"forbid", "allow"},
                               "views, functions, policies, triggers, "
                               "sequences shared across the border")},
       {"freeze_others", Json{{"type", "boolean"}}},
       {"rollback", one_of({"drop-only"}, "how the tables may be taken away again")},
       {"documents", text_or_list("documents and SQL files all of whose tables belong inside")},
       {"required_rows", required_rows()}},
      {"tables"});
  Json soft_delete = closed({{"column", text("deleted_at where it is not given")},
                             {"tables", text_or_list("a glob, or a list")}},
                            {"tables"});
  Json tenancy = closed({{"column", text("whose row it is")},
                         {"tables", text_or_list("a glob, or a list; !name takes one out")},
                         {"through", one_of({"foreign-key"}, "a table may be owned by its parent")},
                         {"row_security", one_of({"required"}, "row security has to be on")}},
                        {"column", "tables"});
  Json standard = closed({{"tables", text_or_list("all where it is not given")},
                          {"columns", texts_by_name("type, and `not null`; empty: any type")}},
                         {"columns"});
  Json types = closed({{"forbid", text_or_list("types that no column may have")},
                       {"columns", texts_by_name("table.column -> the type it must have")}});
  Json actions = {{"type", "object"},
                  {"description", "glob of table.column -> what may happen ON DELETE"},
                  {"additionalProperties", text_or_list("restrict, no action, cascade, ...")}};
  Json described = one_of({"comment", "docs", "either"}, "where it has to be described");
  Json documentation = closed({{"scope", text_or_list("all where it is not given")},
                               {"tables", described},
                               {"columns", described},
                               {"enums", described},
                               {"functions", described},
                               {"views", described}});
  Json append_only = closed({{"tables", text_or_list("a glob, or a list")}}, {"tables"});
  Json sensitive = closed({{"columns", text_or_list("table.column")},
                           {"marked_by", text("what their comments have to hold")}},
                          {"columns", "marked_by"});
  Json domains = {{"type", "object"},
                  {"description", "glob of table.column"},
                  {"additionalProperties", {{"enum", Json::array({"check-or-enum", "range"})}}}};
  return closed({{"isolation", {{"type", "object"}, {"additionalProperties", isolation}}},
                 {"soft_delete", soft_delete},
                 {"domains", domains},
                 {"tenancy", tenancy},
                 {"standard_columns", standard},
                 {"naming", naming()},
                 {"types", types},
                 {"delete_actions", actions},
                 {"unique", text_or_list("table.column or table(column, column)")},
                 {"indexed", text_or_list("table.column or table(column, column)")},
                 {"append_only", append_only},
                 {"documentation", documentation},
                 {"sensitive", sensitive}});
}

Json rules() {
  Json properties = Json::object();
  for (const Rule* rule : all_rules()) {
    Json setting = {{"ask", Json{{"type", "boolean"},
                                 {"description", "false: its guesses are not asked about"}}},
                    {"severity", one_of({"critical", "high", "medium", "low", "info", "off"},
                                        "in place of the rule's own")}};
    for (const OptionInfo& option : rule->info.options)
      setting[std::string(option.name)] = {{"description", option.summary}};
    Json entry = closed(setting);
    entry["description"] = rule->info.summary;
    properties[std::string(rule->info.id)] = entry;
  }
  Json settings = closed(properties);
  // Rules of the config itself and of plug-ins.
  settings["additionalProperties"] = {{"type", "object"}};
  return settings;
}

Json gate() {
  Json thresholds = Json::object();
  for (const std::string& id : metric_ids())
    thresholds[id] = {{"type", "number"}, {"minimum", 0}, {"maximum", 1}};
  return closed(
      {{"fail_on", one_of({"critical", "high", "medium", "low", "info", "never"},
                          "findings from this severity on fail the audit")},
       {"metrics", closed(thresholds)},
       {"baseline", text("the file of findings that are known and do not fail it")},
       {"release", closed({{"fail_on", one_of({"critical", "high", "medium", "low", "info"},
                                              "in place of the gate's own")},
                           {"metrics", closed(thresholds)}})}});
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

Json severity() {
  return one_of({"critical", "high", "medium", "low", "info"}, "of its findings");
}

Json timeout() {
  return {{"type", "integer"}, {"minimum", 1}, {"maximum", 3600}, {"description", "seconds"}};
}

Json checks() {
  Json check = closed(
      {{"name", text("what it makes sure of; shown with its finding")},
       {"query", text("one SELECT, run read-only on the live database")},
       {"expect", {{"description", "the rows it must give: a value, a list, a list of lists"}}},
       {"rows", {{"type", "integer"}, {"minimum", 0}, {"description", "how many, instead"}}},
       {"severity", severity()},
       {"timeout", timeout()}},
      {"name", "query"});
  return {{"type", "array"}, {"items", check}};
}

Json sql_rules() {
  Json rule = closed({{"id", {{"type", "string"}, {"pattern", "^[a-z0-9]+(-[a-z0-9]+)*$"}}},
                      {"summary", text("one line, for lists of rules")},
                      {"query", text("a SELECT over the schemas; each row is a finding")},
                      {"file", text("the file that holds the query, instead")},
                      {"needs", text_or_list("roles without which it does not run")},
                      {"severity", severity()},
                      {"timeout", timeout()}},
                     {"id"});
  return {{"type", "array"}, {"items", rule}};
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
              {"check", checks()},
              {"sql_rule", sql_rules()},
              {"plugins", text_or_list("shared libraries with rules")},
              {"gate", gate()},
              {"criteria", {{"type", "array"}, {"items", criterion}}},
              {"waiver", waivers()}}));
  return schema.dump(2) + "\n";
}

}  // namespace schemaudit
