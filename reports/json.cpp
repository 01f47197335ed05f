// The JSON report: keys and their order are the contract that docs/report.md states. Changing one
// is a change of `format_version`.
#include <nlohmann/json.hpp>

#include "reports/merged_answers.h"
#include "reports/renderer.h"
#include "reports/runner_commands.h"

namespace schemaudit {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kFormatVersion = "1.0";

Json or_null(const std::optional<std::string>& text) {
  return text ? Json(*text) : Json(nullptr);
}

template <typename T>
Json name_or_null(const std::optional<T>& value) {
  return value ? Json(to_string(*value)) : Json(nullptr);
}

template <typename T, typename Convert>
Json array_of(const std::vector<T>& values, const Convert& convert) {
  Json array = Json::array();
  for (const T& value : values) array.push_back(convert(value));
  return array;
}

Json strings(const std::vector<std::string>& values) {
  return array_of(values, [](const std::string& value) { return Json(value); });
}

// A catalog has no uri, and a line or column that is not known is left out.
void add_place(Json& json, const Origin& origin) {
  if (!origin.from_file()) return;
  json["uri"] = origin.uri;
  if (origin.line > 0) json["line"] = origin.line;
  if (origin.line > 0 && origin.column > 0) json["column"] = origin.column;
}

Json run_json(const RunFacts& run) {
  return {{"started_at", run.started_at},
          {"finished_at", run.finished_at},
          {"seconds", run.seconds},
          {"arguments", strings(run.arguments)}};
}

Json counts_json(const SchemaCounts& counts) {
  return {{"tables", counts.tables},
          {"columns", counts.columns},
          {"constraints", counts.constraints},
          {"indexes", counts.indexes},
          {"enums", counts.enums},
          {"views", counts.views},
          {"functions", counts.functions}};
}

/// Of the relations with hidden facts, how many are listed.
constexpr std::size_t kListedRelations = 20;

Json hidden_json(const HiddenFact& hidden) {
  std::vector<std::string> listed = hidden.relations;
  listed.resize(std::min(listed.size(), kListedRelations));
  return {{"view", hidden.view},
          {"expected", hidden.expected},
          {"shown", hidden.shown},
          {"relations", strings(listed)},
          {"known_otherwise", hidden.known_otherwise}};
}

Json unanalysed_json(const Problem& problem) {
  Json json = Json::object();
  if (problem.origin.from_file()) json["uri"] = problem.origin.uri;
  if (problem.origin.from_file() && problem.origin.line > 0) json["line"] = problem.origin.line;
  json["message"] = problem.message;
  return json;
}

Json table_json(const TableReading& table) {
  Json json = Json::object();
  json["name"] = to_string(table.table);
  if (table.origin.line > 0) json["line"] = table.origin.line;
  json["form"] = table.form;
  json["columns"] = table.columns;
  json["constraints"] = table.constraints;
  json["indexes"] = table.indexes;
  json["complete"] = table.complete;
  return json;
}

Json document_json(const DocumentReading& document) {
  return {{"uri", document.uri},
          {"state", to_string(document.state)},
          {"proposed_state", name_or_null(document.proposed_state)},
          {"self_description", or_null(document.self_description)},
          {"tables", array_of(document.tables, table_json)},
          {"queries", document.queries.size()}};
}

Json left_out_json(const LeftOut& left_out) {
  return {{"what", left_out.what}, {"why", left_out.why}, {"count", left_out.count}};
}

Json server_json(const std::optional<ServerFacts>& server) {
  if (!server) return nullptr;
  return {{"version", server->version},
          {"version_number", server->version_number},
          {"database", server->database},
          {"role", server->role},
          {"encoding", server->encoding}};
}

Json file_json(const InputFile& file) {
  return {{"uri", file.uri}, {"digest", file.digest}};
}

Json baseline_json(const std::optional<BaselineFacts>& baseline) {
  if (!baseline) return nullptr;
  auto text_or_null = [](const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
  };
  return {{"file", text_or_null(baseline->file)},
          {"digest", text_or_null(baseline->digest)},
          {"entries", baseline->entries},
          {"since", text_or_null(baseline->since)},
          {"known", baseline->known},
          {"stale", baseline->stale}};
}

Json source_json(const SourceReport& source) {
  Json json = {{"role", to_string(source.role)},
               {"kind", source.kind},
               {"name", source.name},
               {"digest", source.digest},
               {"files", array_of(source.files, file_json)},
               {"objects", counts_json(source.objects)},
               {"visibility",
                {{"complete", source.visibility.complete},
                 {"hidden", array_of(source.visibility.hidden, hidden_json)}}},
               {"unanalysed", array_of(source.unanalysed, unanalysed_json)},
               {"documents", array_of(source.documents, document_json)},
               {"left_out", array_of(source.left_out, left_out_json)},
               {"server", server_json(source.server)}};
  if (source.questions > 0)
    json["checks"] = {{"run", source.questions}, {"unanswered", source.unanswered}};
  return json;
}

Json metric_json(const Metric& metric) {
  return {{"id", metric.id},
          {"numerator", metric.numerator},
          {"denominator", metric.denominator},
          {"members", strings(metric.members)}};
}

Json rule_json(const RuleReport& rule) {
  return {{"id", rule.id},
          {"severity", to_string(rule.severity)},
          {"status", to_string(rule.status)},
          {"reason", rule.reason.empty() ? Json(nullptr) : Json(rule.reason)},
          {"checked", rule.checked},
          {"findings", rule.findings}};
}

std::string_view fix_kind(FixKind kind) {
  switch (kind) {
    case FixKind::sql:
      return "sql";
    case FixKind::markdown:
      return "markdown";
    case FixKind::config:
      return "config";
  }
  return "";
}

std::string_view state_name(FindingState state) {
  switch (state) {
    case FindingState::new_:
      return "new";
    case FindingState::baseline:
      return "baseline";
    case FindingState::waived:
      return "waived";
  }
  return "";
}

Json locations_json(const std::vector<Location>& locations) {
  Json array = Json::array();
  for (const Location& location : locations) {
    // Nothing can be opened at a catalog; `object` names what it is about.
    if (!location.origin.from_file()) continue;
    Json json = Json::object();
    json["source"] = location.source;
    add_place(json, location.origin);
    array.push_back(std::move(json));
  }
  return array;
}

Json finding_json(const Finding& finding) {
  const FindingEvidence& evidence = finding.evidence;
  return {
      {"rule", finding.rule},
      {"severity", to_string(finding.severity)},
      {"message", finding.message},
      {"behind", name_or_null(finding.behind)},
      {"object",
       {{"kind", finding.object.kind},
        {"schema", finding.object.schema},
        {"table", finding.object.table},
        {"name", finding.object.name}}},
      {"locations", locations_json(finding.locations)},
      {"evidence",
       {{"documented", or_null(evidence.documented)},
        {"declared", or_null(evidence.declared)},
        {"modelled", or_null(evidence.modelled)},
        {"live", or_null(evidence.live)},
        {"before", or_null(evidence.before)}}},
      {"fix", finding.fix ? Json{{"kind", fix_kind(finding.fix->kind)}, {"text", finding.fix->text}}
                          : Json(nullptr)},
      {"fingerprint", finding.fingerprint},
      {"state", state_name(finding.state)}};
}

Json question_json(const Question& question) {
  return {{"rule", question.rule},
          {"text", question.text},
          {"count", question.count},
          {"examples", strings(question.examples)},
          {"config", question.config}};
}

Json action_json(const Action& action) {
  return {{"severity", to_string(action.severity)},
          {"text", action.text},
          {"findings", strings(action.findings)}};
}

Json criterion_json(const CriterionReport& criterion) {
  return {{"text", criterion.text},
          {"state", to_string(criterion.state)},
          {"decided_by", strings(criterion.decided_by)},
          {"reason", criterion.reason.empty() ? Json(nullptr) : Json(criterion.reason)}};
}

Json script_json(const MigrationScript& script) {
  return {{"uri", script.origin.uri},
          {"line", script.origin.line},
          {"empty", script.empty},
          {"in_transaction", script.in_transaction}};
}

Json step_json(const MigrationStep& step) {
  Json json = {{"version", step.version}, {"name", step.name}};
  json["parents"] = strings(step.parents);
  json["up"] = script_json(step.up);
  json["down"] = step.down ? script_json(*step.down) : Json(nullptr);
  json["digest"] = step.digest;
  json["applied"] = step.applied ? Json(*step.applied) : Json(nullptr);
  return json;
}

Json chain_json(const MigrationChain& chain) {
  Json json = {{"tool", to_string(chain.tool)}, {"folder", chain.folder}};
  json["heads"] = strings(chain.heads);
  json["steps"] = array_of(chain.steps, step_json);
  if (chain.way_back) json["way_back"] = script_json(*chain.way_back);
  return json;
}

}  // namespace

std::string render_json(const Report& report) {
  Json json = Json::object();
  json["format_version"] = kFormatVersion;
  json["tool"] = {{"name", "schemaudit"}, {"version", report.tool_version}};
  json["run"] = run_json(report.run);
  json["verdict"] = to_string(report.verdict);
  json["fail_on"] = report.fail_on ? Json(to_string(*report.fail_on)) : Json("never");
  json["incomplete_because"] = strings(report.incomplete_because);
  json["sources"] = array_of(report.sources, source_json);
  json["metrics"] = array_of(report.metrics, metric_json);
  json["rules"] = array_of(report.rules, rule_json);
  json["findings"] = array_of(report.findings, finding_json);
  json["questions"] = array_of(report.questions, question_json);
  json["answers"] = merged_answers(report.questions);
  json["actions"] = array_of(report.actions, action_json);
  json["chain"] = report.chain ? chain_json(*report.chain) : Json(nullptr);
  json["criteria"] = array_of(report.criteria, criterion_json);
  json["baseline"] = baseline_json(report.baseline);
  // Names may come from a database that is not UTF-8: they are replaced, never thrown over.
  return json_without_runner_commands(json.dump(2, ' ', false, Json::error_handler_t::replace) +
                                      "\n");
}

}  // namespace schemaudit
