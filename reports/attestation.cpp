#include "reports/attestation.h"

#include <nlohmann/json.hpp>

namespace schemaudit {
namespace {

using Json = nlohmann::ordered_json;

Json file_json(const AttestedFile& file) {
  return {{"name", file.name}, {"digest", {{"sha256", file.digest}}}};
}

/// The predicate knows no incomplete: what could not be seen is no pass.
const char* result_of(const Report& report) {
  if (report.verdict == Verdict::pass) return "PASSED";
  return report.verdict == Verdict::fail ? "FAILED" : "WARNED";
}

}  // namespace

std::string render_attestation(const Report& report, const std::vector<AttestedFile>& subjects,
                               const std::vector<AttestedFile>& configuration,
                               const std::string& commit) {
  Json subject = Json::array(), inputs = Json::array();
  for (const AttestedFile& file : subjects) subject.push_back(file_json(file));
  for (const AttestedFile& file : configuration) inputs.push_back(file_json(file));
  // A live database has no file: its digest is of the schema that was read.
  for (const SourceReport& source : report.sources)
    if (source.files.empty())
      inputs.push_back({{"name", std::string(to_string(source.role)) + ": " + source.name},
                        {"digest", {{"sha256", source.digest}}}});
  if (!commit.empty()) inputs.push_back({{"name", "commit"}, {"digest", {{"gitCommit", commit}}}});
  Json passed = Json::array(), warned = Json::array(), failed = Json::array();
  for (const RuleReport& rule : report.rules) {
    if (rule.status == RuleStatus::passed) passed.push_back(rule.id);
    if (rule.status == RuleStatus::crashed) warned.push_back(rule.id);
    if (rule.status == RuleStatus::failed) failed.push_back(rule.id);
  }
  const Json statement = {{"_type", "https://in-toto.io/Statement/v1"},
                          {"subject", std::move(subject)},
                          {"predicateType", "https://in-toto.io/attestation/test-result/v0.1"},
                          {"predicate",
                           {{"result", result_of(report)},
                            {"configuration", std::move(inputs)},
                            {"passedTests", std::move(passed)},
                            {"warnedTests", std::move(warned)},
                            {"failedTests", std::move(failed)}}}};
  return statement.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace schemaudit
