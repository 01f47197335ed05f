// One rule: what it is called, what it says to people, and the function that looks.
//
//   const Rule missing_primary_key{
//       {.id = "missing-primary-key", .severity = Severity::medium, ...}, check};
//
// A rule sees the audit's input and its comparison, never a parser or a connection. It lives in
// a file named after its id, with its tests in `<id>.test.md` beside it, and stands in the list
// of rules/CMakeLists.txt. See CONTRIBUTING.md, "Add a rule".
//
// There are three kinds. A SchemaCheck looks at one *built* schema: what a database has (live), or
// what statements or models would give it (declared, modelled). It runs once for each of these
// that was given (for models where they stand alone), and findings of the same object and key are
// one finding in the report, with what each side says as evidence. An AuditCheck runs once and sees
// all sources. A FindingsCheck runs last and sees what the others found: it speaks of waivers.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "analyzer/comparison/comparison.h"
#include "analyzer/comparison/schema_differences.h"
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

/// What a heuristic asks: one question for all that it suspects.
struct QuestionInfo {
  /// Follows the number 1: `text column is named like a state. Should it have a CHECK?`
  std::string_view one;
  /// Follows any other number.
  std::string_view many;
  /// Lines of TOML that answer it: the policy for yes, and how not to be asked again.
  std::string_view answer;
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
  std::vector<Role> needs = {};
  /// It compares what somebody claims: documents or models have to be given.
  bool needs_claims = false;
  /// Besides `needs`, some built schema has to be given. Every SchemaCheck needs one, and need
  /// not say so.
  bool needs_built = false;
  /// It says nothing where the config has no policy (or check) for it.
  bool needs_policy = false;
  std::string_view summary;
  /// Markdown with the headings What it does, Why it matters, Example, Use instead, Limits.
  std::string_view docs;
  /// Set for rules whose outcome has suspicions.
  QuestionInfo question = {};
  std::vector<OptionInfo> options = {};
};

/// What a rule about the whole audit sees.
struct RuleContext {
  const AuditInput& input;
  /// Documents against the schema of the role `built`; nullptr where either is not given.
  const Comparison* docs = nullptr;
  /// live where it is given, else declared, else modelled.
  Role built = Role::live;
  /// What is declared (`from`) against what is live; nullptr where either is not given.
  const SchemaDifferences* drift = nullptr;
  /// Models against the schema of the role `models_against`; nullptr where either is not given.
  const Comparison* models = nullptr;
  /// declared where it is given, else live.
  Role models_against = Role::declared;
  /// This rule's own setting of the config, or an empty one.
  const RuleSetting& setting;
};

/// What a rule about one schema sees.
struct SchemaContext {
  const AuditInput& input;
  /// live, declared or modelled.
  Role role = Role::live;
  const Schema& schema;
  /// Documents against this very schema; nullptr where they were not compared with it.
  const Comparison* docs = nullptr;
  const RuleSetting& setting;

  const Config& config() const { return input.config; }
  const Policies& policy() const { return input.config.policy; }
};

/// What no policy backs: the finding it becomes where the user asks for findings.
struct Suspicion {
  Finding finding;
  /// How the question names it; empty: by its object.
  std::string example = {};
};

/// What a rule says.
struct RuleOutcome {
  std::vector<Finding> findings;
  /// One question for all of them (RuleInfo::question), or findings where the user asked for
  /// them (strict profile, --select, a severity in the config).
  std::vector<Suspicion> suspicions;
  /// In place of QuestionInfo::answer, where the answer names what was found.
  std::string answer;
  /// Questions that are not about suspicions.
  std::vector<Question> questions;
  /// How many objects it looked at.
  std::size_t checked = 0;
  /// Set where the rule finds that it cannot run although its sources are there (no policy).
  std::string not_run;
  /// What it should have decided and could not, with the reason (a query that timed out): the
  /// evidence is incomplete, and the rule has not passed.
  std::vector<std::string> unproven;
};

/// What a rule about findings sees.
struct FindingsContext {
  const AuditInput& input;
  /// Of all other rules, with their states.
  const std::vector<Finding>& findings;
  const std::vector<RuleReport>& rules;
  /// The day of the run, as an ISO date.
  const std::string& today;
};

using AuditCheck = RuleOutcome (*)(const RuleContext& context);
using SchemaCheck = RuleOutcome (*)(const SchemaContext& context);
using FindingsCheck = RuleOutcome (*)(const FindingsContext& context);

struct Rule {
  RuleInfo info;
  std::variant<AuditCheck, SchemaCheck, FindingsCheck> check;

  bool is_about_one_schema() const { return std::holds_alternative<SchemaCheck>(check); }
};

/// What the rule needs, in words that `rules --format json` and the pages show: a role each, and
/// `live|declared|modelled` for a built schema.
std::vector<std::string> needs_of(const Rule& rule);

/// Every rule, sorted by id. Made by CMake from the list in rules/CMakeLists.txt.
const std::vector<const Rule*>& all_rules();
const Rule* find_rule(std::string_view id);

}  // namespace schemaudit
