// One rule: what it is called, what it says to people, and the function that looks.
//
//   const Rule undocumented_table{
//       {.id = "undocumented-table", .severity = Severity::high, ...}, check};
//
// A rule sees the audit's input and its comparison, never a parser or a connection. It lives in
// a file named after its id, with its tests in `<id>.test.md` beside it, and stands in the list
// of rules/CMakeLists.txt. See CONTRIBUTING.md, "Add a rule".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/comparison/comparison.h"
#include "analyzer/model/audit_input.h"
#include "analyzer/model/report.h"

namespace schemaudit {

struct OptionInfo {
  std::string_view name;
  /// `bool`, `int`, `string`, `list`.
  std::string_view type;
  std::string_view default_value;
  std::string_view summary;
};

struct RuleInfo {
  /// Kebab-case, naming the problem.
  std::string_view id;
  Severity severity = Severity::medium;
  /// `documentation`, `isolation`, `soft-delete`, `checks`, ...: the folder it stands in.
  std::string_view category;
  /// The smallest profile it is in.
  Profile profile = Profile::recommended;
  /// It runs when all of these are given.
  std::vector<Role> needs;
  std::string_view summary;
  /// Markdown with the headings What it does, Why it matters, Example, Use instead, Limits.
  std::string_view docs;
  std::vector<OptionInfo> options = {};
};

/// What a rule sees.
struct RuleContext {
  const AuditInput& input;
  /// Documents against the live database; nullptr where either is not given.
  const Comparison* docs_live = nullptr;
  /// This rule's own setting of the config, or an empty one.
  const RuleSetting& setting;
  /// strict profile, --select or a severity in the config: a heuristic's questions become
  /// findings.
  bool questions_as_findings = false;
};

/// What a rule says.
struct RuleOutcome {
  std::vector<Finding> findings;
  std::vector<Question> questions;
  /// How many objects it looked at.
  std::size_t checked = 0;
  /// Set where the rule finds that it cannot run although its sources are there (no policy).
  std::string not_run;
};

struct Rule {
  RuleInfo info;
  RuleOutcome (*check)(const RuleContext& context);
};

/// Every rule, sorted by id. Made by CMake from the list in rules/CMakeLists.txt.
const std::vector<const Rule*>& all_rules();
const Rule* find_rule(std::string_view id);

}  // namespace schemaudit
