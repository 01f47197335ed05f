// JUnit XML, as GitLab, Jenkins and others read it: a test case for each finding, and one for each
// rule that found nothing. What is below the gate passes and says so in its output; what is waived
// or known is skipped; what could not be checked is an error.
#include <map>
#include <string>
#include <vector>

#include "reports/file_place.h"
#include "reports/renderer.h"
#include "reports/report_words.h"
#include "reports/xml_text.h"

namespace schemaudit {
namespace {

struct Suite {
  std::string cases;
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;

  void add(const std::string& attributes, const std::string& content) {
    ++tests;
    cases += "    <testcase " + attributes +
             (content.empty() ? "/>\n" : ">" + content + "</testcase>\n");
  }
};

std::string attribute(const char* name, const std::string& value) {
  return std::string(name) + "=\"" + escape_xml(value) + "\"";
}

/// Readers tell cases apart by suite, class and name: `named` counts those that were given.
std::string name_of(const Finding& finding, std::map<std::string, int>& named) {
  const std::string object = to_string(finding.object);
  const std::string name = object.empty() ? place_of(finding) : finding.object.kind + " " + object;
  if (++named[finding.rule + "\n" + name] == 1) return name;
  return name + " [" + finding.fingerprint.substr(0, 8) + "]";
}

bool fails(const Report& report, const Finding& finding) {
  return report.fail_on && finding.severity >= *report.fail_on;
}

std::string told(const Finding& finding) {
  std::string text = finding.message + "\n" + place_of(finding);
  for (Role role : {Role::documented, Role::declared, Role::modelled, Role::live, Role::before})
    if (const std::optional<std::string>& said = finding.evidence.of(role))
      text += "\n" + std::string(side_name(role)) + ": " + *said;
  return text;
}

void add_finding(const Report& report, const Finding& finding, Suite& suite,
                 std::map<std::string, int>& named) {
  const FilePlace place = file_place(report, finding);
  const std::string attributes = attribute("classname", finding.rule) + " " +
                                 attribute("name", name_of(finding, named)) + " " +
                                 attribute("file", place.path) + " " +
                                 attribute("line", std::to_string(place.line)) + " time=\"0\"";
  if (finding.state != FindingState::new_) {
    ++suite.skipped;
    const bool waived = finding.state == FindingState::waived;
    suite.add(attributes,
              "<skipped " +
                  attribute("message", (waived ? "waived: " : "known: ") + finding.message) + "/>");
  } else if (fails(report, finding)) {
    ++suite.failures;
    suite.add(attributes, "<failure " +
                              attribute("type", std::string(to_string(finding.severity))) + " " +
                              attribute("message", finding.message) + ">" +
                              escape_xml(told(finding)) + "</failure>");
  } else {
    suite.add(attributes, "<system-out>" +
                              escape_xml(std::string(to_string(finding.severity)) +
                                         ", below the gate: " + told(finding)) +
                              "</system-out>");
  }
}

void add_rule(const RuleReport& rule, Suite& suite) {
  // The same in every run, so that a test has a history.
  const std::string attributes =
      attribute("classname", rule.id) + " " + attribute("name", "nothing found") + " time=\"0\"";
  if (rule.status == RuleStatus::crashed) {
    ++suite.errors;
    suite.add(attributes, "<error " + attribute("message", "crashed: " + rule.reason) + "/>");
  } else if (rule.status == RuleStatus::not_run) {
    ++suite.skipped;
    suite.add(attributes, "<skipped " + attribute("message", rule.reason) + "/>");
  } else {
    suite.add(attributes, "<system-out>" + escape_xml("checked " + std::to_string(rule.checked)) +
                              "</system-out>");
  }
}

}  // namespace

std::string render_junit(const Report& report) {
  std::map<std::string, Suite> suites;
  std::map<std::string, std::string> categories;
  std::map<std::string, int> named;
  for (const RuleReport& rule : report.rules) {
    categories[rule.id] = rule.category.empty() ? "rules" : rule.category;
    if (rule.findings == 0) add_rule(rule, suites[categories[rule.id]]);
  }
  for (const Finding& finding : report.findings) {
    const auto category = categories.find(finding.rule);
    add_finding(report, finding, suites[category == categories.end() ? "rules" : category->second],
                named);
  }
  for (const std::string& reason : report.incomplete_because) {
    Suite& evidence = suites["evidence"];
    ++evidence.errors;
    evidence.add(
        attribute("classname", "evidence") + " " + attribute("name", reason) + " time=\"0\"",
        "<error " + attribute("message", "incomplete evidence: " + reason) + "/>");
  }
  std::string body;
  Suite all;
  for (const auto& [name, suite] : suites) {
    body += "  <testsuite " + attribute("name", name) + " tests=\"" + std::to_string(suite.tests) +
            "\" failures=\"" + std::to_string(suite.failures) + "\" errors=\"" +
            std::to_string(suite.errors) + "\" skipped=\"" + std::to_string(suite.skipped) +
            "\" time=\"0\">\n" + suite.cases + "  </testsuite>\n";
    all.tests += suite.tests;
    all.failures += suite.failures;
    all.errors += suite.errors;
    all.skipped += suite.skipped;
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"schemaudit\" tests=\"" +
         std::to_string(all.tests) + "\" failures=\"" + std::to_string(all.failures) +
         "\" errors=\"" + std::to_string(all.errors) + "\" skipped=\"" +
         std::to_string(all.skipped) + "\" time=\"0\">\n" + body + "</testsuites>\n";
}

}  // namespace schemaudit
