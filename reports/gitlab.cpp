// GitLab's Code Quality report: one JSON array. Waived findings are left out; known ones are in it,
// for the widget compares with the report of the target branch.
#include <nlohmann/json.hpp>

#include "reports/file_place.h"
#include "reports/renderer.h"
#include "reports/runner_commands.h"
#include "reports/visible_text.h"

namespace schemaudit {
namespace {

using Json = nlohmann::ordered_json;

const char* severity_of(Severity severity) {
  switch (severity) {
    case Severity::critical:
      return "blocker";
    case Severity::high:
      return "critical";
    case Severity::medium:
      return "major";
    case Severity::low:
      return "minor";
    case Severity::info:
      return "info";
  }
  return "info";
}

}  // namespace

std::string render_gitlab(const Report& report) {
  Json issues = Json::array();
  for (const Finding& finding : report.findings) {
    if (finding.state == FindingState::waived) continue;
    const FilePlace place = file_place(report, finding);
    // The widget does not show check_name.
    issues.push_back({{"description", finding.rule + ": " + visible_line(finding.message)},
                      {"check_name", finding.rule},
                      {"fingerprint", finding.fingerprint},
                      {"severity", severity_of(finding.severity)},
                      {"location", {{"path", place.path}, {"lines", {{"begin", place.line}}}}}});
  }
  return json_without_runner_commands(issues.dump(2, ' ', false, Json::error_handler_t::replace) +
                                      "\n");
}

}  // namespace schemaudit
