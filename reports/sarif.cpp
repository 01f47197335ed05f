// SARIF 2.1.0 as GitHub code scanning accepts it: a physical location for every result, own
// fingerprints, help texts. Waived findings are left out, for an upload takes no notice of
// suppressions and would open alerts for them; what could not be checked is a notification.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "analyzer/model/utf8.h"
#include "reports/alert_level.h"
#include "reports/file_place.h"
#include "reports/finding_groups.h"
#include "reports/markdown_text.h"
#include "reports/renderer.h"
#include "reports/report_words.h"
#include "reports/runner_commands.h"
#include "reports/visible_text.h"

namespace schemaudit {
namespace {

using Json = nlohmann::ordered_json;

/// GitHub's bounds; see its page on SARIF support.
constexpr std::size_t kLongestText = 1024;
constexpr std::size_t kMostRelated = 99;
constexpr std::size_t kMostResults = 25'000;

const char* level_of(Severity severity) {
  return alert_word(severity, "note");
}

/// A score makes a rule one of security, so that others have none.
const char* security_score(Severity severity) {
  switch (severity) {
    case Severity::critical:
      return "9.5";
    case Severity::high:
      return "8.0";
    case Severity::medium:
      return "5.5";
    default:
      return "2.0";
  }
}

bool is_about_security(const RuleReport& rule) {
  return rule.category == "security" || rule.category == "tenancy" ||
         rule.id == "credential-in-docs";
}

std::string cut(std::string text) {
  if (text.size() <= kLongestText) return text;
  return std::string(cut_at_character(text, kLongestText - 3)) + "...";
}

/// Brackets make links in messages.
std::string message_text(const std::string& text) {
  std::string escaped;
  for (const char c : visible_line(text)) {
    // Written out characters begin with a backslash, which would undo the escape.
    if (c == '[' || c == ']' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

/// `missing-primary-key` -> `MissingPrimaryKey`.
std::string pascal_case(std::string_view id) {
  std::string name;
  bool upper = true;
  for (const char c : id) {
    if (c == '-') {
      upper = true;
      continue;
    }
    name += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = false;
  }
  return name;
}

Json rule_json(const RuleReport& rule) {
  const std::string what = markdown_section(rule.docs, "What it does");
  const std::string summary = rule.summary.empty() ? rule.id : rule.summary;
  Json properties = {{"tags", Json::array({"database-schema", rule.category})},
                     {"precision", "very-high"},
                     {"problem.severity", alert_word(rule.severity, "recommendation")}};
  if (is_about_security(rule)) properties["security-severity"] = security_score(rule.severity);
  return {{"id", rule.id},
          {"name", pascal_case(rule.id)},
          {"shortDescription", {{"text", cut(summary)}}},
          {"fullDescription", {{"text", cut(what.empty() ? summary : what)}}},
          {"help",
           {{"text", rule.docs.empty() ? summary : rule.docs},
            {"markdown", rule.docs.empty() ? summary : rule.docs}}},
          {"defaultConfiguration", {{"level", level_of(rule.severity)}}},
          {"properties", std::move(properties)}};
}

Json physical(const std::string& path, int line, int column) {
  return {{"artifactLocation", {{"uri", uri_of(path)}, {"uriBaseId", "%SRCROOT%"}}},
          {"region", {{"startLine", std::max(line, 1)}, {"startColumn", std::max(column, 1)}}}};
}

/// SARIF has no kinds of its own for databases, and allows others.
Json logical(const ObjectRef& object) {
  return {{"name", visible_line(object.name)},
          {"fullyQualifiedName", visible_line(to_string(object))},
          {"kind", object.kind}};
}

Json result_json(const Report& report, const Finding& finding,
                 const std::map<std::string, std::size_t>& indexes) {
  const FilePlace place = file_place(report, finding);
  std::string text = message_text(finding.message);
  if (finding.behind) text += " (" + std::string(behind_sentence(*finding.behind)) + ")";
  Json related = Json::array();
  const Location* first = first_place(finding);
  for (const Location& location : finding.locations) {
    if (&location == first || !location.origin.from_file() || related.size() >= kMostRelated)
      continue;
    const Origin& at = location.origin;
    const std::size_t id = related.size() + 1;
    Json entry = {
        {"id", id},
        {"physicalLocation", physical(path_in_repository(report, at.uri), at.line, at.column)},
        {"message", {{"text", message_text(location.source)}}}};
    text += " [" + message_text(place_of(at)) + "](" + std::to_string(id) + ")";
    related.push_back(std::move(entry));
  }
  Json location = {{"physicalLocation", physical(place.path, place.line, place.column)}};
  if (!finding.object.name.empty())
    location["logicalLocations"] = Json::array({logical(finding.object)});
  Json result = {{"ruleId", finding.rule},
                 {"ruleIndex", indexes.at(finding.rule)},
                 {"level", level_of(finding.severity)},
                 {"message", {{"text", text}}},
                 {"locations", Json::array({std::move(location)})}};
  if (!related.empty()) result["relatedLocations"] = std::move(related);
  // Many objects may share one line: GitHub's own hash of it would make them one alert.
  result["partialFingerprints"] = {{"primaryLocationLineHash", finding.fingerprint + ":1"},
                                   {"schemaObject/v1", finding.fingerprint}};
  result["baselineState"] = finding.state == FindingState::baseline ? "unchanged" : "new";
  result["properties"] = {{"severity", to_string(finding.severity)}};
  return result;
}

Json notification(const std::string& text) {
  return {{"level", "error"}, {"message", {{"text", message_text(text)}}}};
}

}  // namespace

std::string render_sarif(const Report& report) {
  Json rules = Json::array(), results = Json::array(), notifications = Json::array();
  std::map<std::string, std::size_t> indexes;
  std::size_t left_out = 0;
  for (const Finding& finding : report.findings) {
    if (finding.state == FindingState::waived) continue;
    if (results.size() >= kMostResults) {
      ++left_out;
      continue;
    }
    if (indexes.emplace(finding.rule, rules.size()).second) {
      const RuleReport* rule = find_rule_report(report, finding.rule);
      rules.push_back(rule_json(rule ? *rule : RuleReport{.id = finding.rule}));
    }
    results.push_back(result_json(report, finding, indexes));
  }
  for (const std::string& reason : report.incomplete_because)
    notifications.push_back(notification("Incomplete evidence: " + reason));
  if (left_out > 0)
    notifications.push_back(notification(counted(left_out, "finding") +
                                         " more than a SARIF file may hold: see the JSON report"));
  Json invocation = {{"executionSuccessful", report.incomplete_because.empty()}};
  if (!notifications.empty()) invocation["toolExecutionNotifications"] = std::move(notifications);
  const Json driver = {{"name", "schemaudit"},
                       {"version", report.tool_version},
                       {"semanticVersion", report.tool_version},
                       {"rules", std::move(rules)}};
  const Json run = {{"tool", {{"driver", driver}}},
                    {"automationDetails", {{"id", "schemaudit/"}}},
                    {"columnKind", "unicodeCodePoints"},
                    {"invocations", Json::array({std::move(invocation)})},
                    {"results", std::move(results)}};
  const Json sarif = {{"$schema",
                       "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                       "sarif-schema-2.1.0.json"},
                      {"version", "2.1.0"},
                      {"runs", Json::array({run})}};
  return json_without_runner_commands(sarif.dump(2, ' ', false, Json::error_handler_t::replace) +
                                      "\n");
}

}  // namespace schemaudit
