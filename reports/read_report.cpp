#include "reports/read_report.h"

#include <nlohmann/json.hpp>

namespace schemaudit {
namespace {

using Json = nlohmann::json;

std::string text(const Json& json, const char* key) {
  auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::string> text_or_none(const Json& json, const char* key) {
  auto found = json.find(key);
  if (found == json.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

std::size_t count(const Json& json, const char* key) {
  auto found = json.find(key);
  return found != json.end() && found->is_number_unsigned() ? found->get<std::size_t>() : 0;
}

int number(const Json& json, const char* key) {
  auto found = json.find(key);
  return found != json.end() && found->is_number_integer() ? found->get<int>() : 0;
}

bool flag(const Json& json, const char* key) {
  auto found = json.find(key);
  return found != json.end() && found->is_boolean() && found->get<bool>();
}

std::vector<std::string> strings(const Json& json, const char* key) {
  std::vector<std::string> list;
  if (auto found = json.find(key); found != json.end() && found->is_array())
    for (const Json& entry : *found)
      if (entry.is_string()) list.push_back(entry.get<std::string>());
  return list;
}

template <typename T, typename Read>
std::vector<T> array_of(const Json& json, const char* key, const Read& read) {
  std::vector<T> list;
  if (auto found = json.find(key); found != json.end() && found->is_array())
    for (const Json& entry : *found) list.push_back(read(entry));
  return list;
}

/// The one of `values` that is written so; the first where none is.
template <typename T>
T word(const std::string& written, std::initializer_list<T> values) {
  for (T value : values)
    if (to_string(value) == written) return value;
  return *values.begin();
}

constexpr std::initializer_list<Role> kRoles = {Role::documented, Role::declared, Role::modelled,
                                                Role::live, Role::before};

Origin origin(const Json& json) {
  return {text(json, "uri"), number(json, "line"), number(json, "column")};
}

Severity severity(const Json& json) {
  return parse_severity(text(json, "severity")).value_or(Severity::medium);
}

SchemaCounts counts(const Json& json) {
  return {count(json, "tables"),   count(json, "columns"), count(json, "constraints"),
          count(json, "indexes"),  count(json, "enums"),   count(json, "views"),
          count(json, "functions")};
}

Visibility visibility(const Json& json) {
  Visibility read;
  read.complete = flag(json, "complete");
  read.hidden = array_of<HiddenFact>(json, "hidden", [](const Json& entry) {
    return HiddenFact{text(entry, "view"), count(entry, "expected"), count(entry, "shown"),
                      strings(entry, "relations"), flag(entry, "known_otherwise")};
  });
  return read;
}

SourceReport source(const Json& json) {
  SourceReport read;
  read.role = word(text(json, "role"), kRoles);
  read.kind = text(json, "kind");
  read.name = text(json, "name");
  read.digest = text(json, "digest");
  read.files = array_of<InputFile>(json, "files", [](const Json& entry) {
    return InputFile{text(entry, "uri"), text(entry, "digest")};
  });
  read.objects = counts(json.value("objects", Json::object()));
  read.visibility = visibility(json.value("visibility", Json::object()));
  read.unanalysed = array_of<Problem>(json, "unanalysed", [](const Json& entry) {
    Problem problem;
    problem.origin = origin(entry);
    problem.message = text(entry, "message");
    return problem;
  });
  read.left_out = array_of<LeftOut>(json, "left_out", [](const Json& entry) {
    return LeftOut{text(entry, "what"), text(entry, "why"), count(entry, "count")};
  });
  if (auto server = json.find("server"); server != json.end() && server->is_object())
    read.server =
        ServerFacts{text(*server, "version"), number(*server, "version_number"),
                    text(*server, "database"), text(*server, "role"), text(*server, "encoding")};
  if (auto checks = json.find("checks"); checks != json.end()) {
    read.questions = count(*checks, "run");
    read.unanswered = count(*checks, "unanswered");
  }
  return read;
}

RuleReport rule(const Json& json) {
  RuleReport read;
  read.id = text(json, "id");
  read.severity = severity(json);
  read.status = word(text(json, "status"), {RuleStatus::not_run, RuleStatus::passed,
                                            RuleStatus::failed, RuleStatus::crashed});
  read.reason = text(json, "reason");
  read.checked = count(json, "checked");
  read.findings = count(json, "findings");
  return read;
}

std::optional<Fix> fix(const Json& json) {
  auto found = json.find("fix");
  if (found == json.end() || !found->is_object()) return std::nullopt;
  const std::string kind = text(*found, "kind");
  return Fix{kind == "markdown" ? FixKind::markdown
             : kind == "config" ? FixKind::config
                                : FixKind::sql,
             text(*found, "text")};
}

Finding finding(const Json& json) {
  Finding read;
  read.rule = text(json, "rule");
  read.severity = severity(json);
  read.message = text(json, "message");
  if (const std::string behind = text(json, "behind"); !behind.empty())
    read.behind = word(behind, {Behind::docs, Behind::migrations, Behind::models, Behind::live});
  const Json object = json.value("object", Json::object());
  read.object = {text(object, "kind"), text(object, "schema"), text(object, "table"),
                 text(object, "name")};
  read.locations = array_of<Location>(json, "locations", [](const Json& entry) {
    return Location{text(entry, "source"), origin(entry)};
  });
  const Json evidence = json.value("evidence", Json::object());
  for (Role role : kRoles)
    read.evidence.of(role) = text_or_none(evidence, std::string(to_string(role)).c_str());
  read.fix = fix(json);
  read.fingerprint = text(json, "fingerprint");
  const std::string state = text(json, "state");
  read.state = state == "waived"     ? FindingState::waived
               : state == "baseline" ? FindingState::baseline
                                     : FindingState::new_;
  return read;
}

Report report_of(const Json& json) {
  Report read;
  read.tool_version = text(json.value("tool", Json::object()), "version");
  const Json run = json.value("run", Json::object());
  read.run.started_at = text(run, "started_at");
  read.run.finished_at = text(run, "finished_at");
  read.run.seconds = run.value("seconds", 0.0);
  read.run.arguments = strings(run, "arguments");
  read.verdict = word(text(json, "verdict"), {Verdict::incomplete, Verdict::pass, Verdict::fail});
  read.fail_on = parse_severity(text(json, "fail_on"));
  read.incomplete_because = strings(json, "incomplete_because");
  read.sources = array_of<SourceReport>(json, "sources", source);
  read.metrics = array_of<Metric>(json, "metrics", [](const Json& entry) {
    return Metric{text(entry, "id"), count(entry, "numerator"), count(entry, "denominator"),
                  strings(entry, "members")};
  });
  read.rules = array_of<RuleReport>(json, "rules", rule);
  read.findings = array_of<Finding>(json, "findings", finding);
  read.questions = array_of<Question>(json, "questions", [](const Json& entry) {
    return Question{text(entry, "rule"), text(entry, "text"), count(entry, "count"),
                    strings(entry, "examples"), text(entry, "config")};
  });
  read.criteria = array_of<CriterionReport>(json, "criteria", [](const Json& entry) {
    return CriterionReport{
        text(entry, "text"),
        word(text(entry, "state"),
             {CriterionState::not_evaluated, CriterionState::met, CriterionState::not_met}),
        strings(entry, "decided_by"), text(entry, "reason")};
  });
  if (auto baseline = json.find("baseline"); baseline != json.end() && baseline->is_object())
    read.baseline = BaselineFacts{text(*baseline, "file"),     text(*baseline, "digest"),
                                  count(*baseline, "entries"), text(*baseline, "since"),
                                  count(*baseline, "known"),   count(*baseline, "stale")};
  return read;
}

/// What a verdict of `pass` leaves out of account; empty where nothing does.
std::string contradiction_in(const Report& report) {
  if (report.verdict != Verdict::pass) return {};
  if (!report.incomplete_because.empty())
    return "its evidence is incomplete (" + report.incomplete_because.front() + ")";
  for (const RuleReport& each : report.rules)
    if (each.status == RuleStatus::crashed) return "the rule " + each.id + " crashed";
  // Parts that were merged may have had gates of their own; they have no arguments.
  if (report.run.arguments.empty() || !report.fail_on) return {};
  for (const Finding& each : report.findings)
    if (each.state == FindingState::new_ && each.severity >= *report.fail_on)
      return "it has a finding of " + each.rule + " that fails it";
  return {};
}

}  // namespace

std::optional<Report> read_report(const std::string& written, std::string& error) {
  const Json json = Json::parse(written, nullptr, false);
  if (json.is_discarded() || !json.is_object() || !json.contains("findings") ||
      !json.contains("verdict")) {
    error = "it is no JSON report: `schemaudit audit --format json=FILE` writes one";
    return std::nullopt;
  }
  if (!text(json, "format_version").starts_with("1.")) {
    error =
        "its format_version is " + text(json, "format_version") + ", and this program reads 1.x";
    return std::nullopt;
  }
  try {
    Report report = report_of(json);
    const std::string contradiction = contradiction_in(report);
    if (contradiction.empty()) return report;
    error = "its verdict is pass, but " + contradiction +
            ": it was changed after it was written. Write it again with `schemaudit audit`";
    return std::nullopt;
  } catch (const Json::exception& fault) {
    error = std::string("it is no JSON report: ") + fault.what();
    return std::nullopt;
  }
}

}  // namespace schemaudit
