#include "analyzer/engine/rule_runner.h"

#include <algorithm>
#include <exception>
#include <functional>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "analyzer/engine/merged_outcomes.h"
#include "analyzer/model/config_text.h"
#include "rules/findings/drift_findings.h"

namespace schemaudit {

namespace {

bool names(const std::vector<std::string>& list, std::string_view entry) {
  return std::find(list.begin(), list.end(), entry) != list.end();
}

/// A rule of either kind, as the runner needs it.
struct Runnable {
  RuleInfo info;
  bool needs_built = false;
  std::function<RuleOutcome(const RuleSetting&)> run;
};

/// Why the user's choice leaves this rule out; empty where it runs.
std::string reason_left_out(const RuleInfo& info, const Config& config,
                            const RuleSetting& setting) {
  if (setting.off) return "switched off in the config or by --rule";
  if (names(config.ignore_rules, info.id) || names(config.ignore_rules, info.category))
    return "left out by --ignore";
  if (!config.select.empty()) {
    bool selected = names(config.select, info.id) || names(config.select, info.category);
    return selected ? "" : "not among those of --select";
  }
  if (info.profile > config.profile && !setting.severity)
    return "not in the profile; name it in --select to run it";
  return {};
}

std::string_view describe(Role role) {
  switch (role) {
    case Role::documented:
      return "schema documents";
    case Role::declared:
      return "SQL files or migrations";
    case Role::modelled:
      return "models";
    case Role::live:
      return "a live database";
    case Role::before:
      return "an earlier state to compare with";
  }
  return "";
}

/// Why a rule cannot run with these sources; empty where it can.
std::string reason_without_sources(const Runnable& rule, const AuditInput& input) {
  std::string missing;
  for (Role role : rule.info.needs)
    if (!input.source(role))
      missing += (missing.empty() ? "" : " and ") + std::string(describe(role));
  if (rule.info.needs_claims && !input.source(Role::documented) && !input.source(Role::modelled))
    missing += (missing.empty() ? "" : " and ") + std::string("schema documents or models");
  bool any_built =
      input.source(Role::live) || input.source(Role::declared) || input.source(Role::modelled);
  if (rule.needs_built && !any_built)
    missing += (missing.empty() ? "" : " and ") +
               std::string("a live database, SQL files, migrations or models");
  return missing.empty() ? "" : "needs " + missing + ", which this run was not given";
}

/// Rules that --select or a criterion names: these have to run, or the evidence is incomplete.
std::set<std::string> rules_asked_for(const Config& config) {
  std::set<std::string> asked(config.select.begin(), config.select.end());
  for (const Criterion& criterion : config.criteria)
    asked.insert(criterion.decided_by.begin(), criterion.decided_by.end());
  return asked;
}

RuleContext audit_context(const AuditInput& input, const Comparisons& comparisons,
                          const RuleSetting& setting) {
  const std::optional<DocumentComparison>& documents = comparisons.documents;
  const std::optional<ModelComparison>& models = comparisons.models;
  return {input,
          documents ? &documents->comparison : nullptr,
          documents ? documents->built : Role::live,
          comparisons.drift ? &*comparisons.drift : nullptr,
          models ? &models->comparison : nullptr,
          models ? models->against : Role::declared,
          setting};
}

RuleOutcome outcome_of(const Rule& rule, const AuditInput& input, const Comparisons& comparisons,
                       const RuleSetting& setting) {
  if (const AuditCheck* check = std::get_if<AuditCheck>(&rule.check))
    return (*check)(audit_context(input, comparisons, setting));
  const std::optional<DocumentComparison>& documents = comparisons.documents;
  std::vector<RuleOutcome> outcomes;
  // Models are claims about what the others build: alone they stand for it.
  const bool models_alone = !input.source(Role::declared) && !input.source(Role::live);
  for (Role role : {Role::declared, Role::modelled, Role::live}) {
    const Schema* schema = input.schema(role);
    if (!schema || (role == Role::modelled && !models_alone)) continue;
    const Comparison* told =
        documents && documents->built == role ? &documents->comparison : nullptr;
    outcomes.push_back(std::get<SchemaCheck>(rule.check)({input, role, *schema, told, setting}));
  }
  return merge_outcomes(std::move(outcomes));
}

std::vector<Runnable> runnables(const std::vector<const Rule*>& rules,
                                const std::vector<OwnedRule>& owned, const AuditInput& input,
                                const Comparisons& comparisons) {
  std::vector<Runnable> list;
  for (const Rule* rule : rules)
    if (!std::holds_alternative<FindingsCheck>(rule->check))
      list.push_back({rule->info, rule->info.needs_built || rule->is_about_one_schema(),
                      [rule, &input, &comparisons](const RuleSetting& setting) {
                        return outcome_of(*rule, input, comparisons, setting);
                      }});
  for (const OwnedRule& rule : owned)
    list.push_back({rule.info(), false, [&rule, &input, &comparisons](const RuleSetting& setting) {
                      return rule.check(audit_context(input, comparisons, setting));
                    }});
  return list;
}

constexpr std::size_t kExamples = 3;

/// `"users.email", "*.note"` for `{columns}` and `"users"` for `{tables}` in an answer: what was
/// found, so that the lines can be taken as they are.
std::string with_names_found(std::string answer, const std::vector<Suspicion>& suspicions,
                             const AuditInput& input) {
  if (answer.find("{tables}") == std::string::npos && answer.find("{columns}") == std::string::npos)
    return answer;
  TableGlobs globs;
  for (const SourceResult& source : input.sources) globs.add(source.schema);
  std::set<std::string> tables, columns;
  for (const Suspicion& suspicion : suspicions) {
    const ObjectRef& object = suspicion.finding.object;
    if (object.table.empty()) continue;
    const std::string table = globs.of({object.schema, object.table});
    tables.insert(toml_string(table));
    if (object.kind == "column")
      columns.insert(toml_string(table + "." + glob_of_name(object.name)));
  }
  auto fill = [&](std::string_view mark, const std::set<std::string>& names) {
    const std::size_t at = answer.find(mark);
    if (at == std::string::npos) return;
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
    answer.replace(at, mark.size(), list);
  };
  fill("{tables}", tables);
  fill("{columns}", columns);
  return answer;
}

Question question_of(const RuleInfo& rule, const RuleOutcome& outcome, const AuditInput& input) {
  Question question;
  question.rule = std::string(rule.id);
  question.count = outcome.suspicions.size();
  question.text = std::to_string(question.count) + " " +
                  std::string(question.count == 1 ? rule.question.one : rule.question.many);
  for (std::size_t i = 0; i < question.count && i < kExamples; ++i) {
    const Suspicion& suspicion = outcome.suspicions[i];
    question.examples.push_back(suspicion.example.empty() ? to_string(suspicion.finding.object)
                                                          : suspicion.example);
  }
  question.config =
      with_names_found(outcome.answer.empty() ? std::string(rule.question.answer) : outcome.answer,
                       outcome.suspicions, input);
  return question;
}

/// A rule asks one question, whatever it has to ask.
void join(Question more, std::optional<Question>& question) {
  if (!question) {
    question = std::move(more);
    return;
  }
  question->text += " " + more.text;
  question->count += more.count;
  question->examples.insert(question->examples.end(), more.examples.begin(), more.examples.end());
  question->config += "\n" + more.config;
}

/// Adds what a rule said, with the severity that the config gives it.
void take(RuleOutcome outcome, const RuleInfo& rule, Severity severity, bool questions_as_findings,
          bool ask, const AuditInput& input, RuleRun& ran) {
  std::optional<Question> question;
  if (ask && !questions_as_findings && !outcome.suspicions.empty())
    question = question_of(rule, outcome, input);
  if (ask)
    for (Question& more : outcome.questions) join(std::move(more), question);
  if (question) ran.questions.push_back(std::move(*question));
  if (questions_as_findings)
    for (Suspicion& suspicion : outcome.suspicions)
      outcome.findings.push_back(std::move(suspicion.finding));
  for (Finding& finding : outcome.findings) {
    // A severity that the rule itself departed from (a name alone is info) stays.
    if (finding.severity == rule.severity) finding.severity = severity;
    ran.findings.push_back(std::move(finding));
  }
}

RuleSetting setting_of(const RuleInfo& rule, const Config& config) {
  const auto configured = config.rules.find(std::string(rule.id));
  return configured == config.rules.end() ? RuleSetting{} : configured->second;
}

/// Runs one rule and adds what became of it.
void run_one(const Runnable& rule, const AuditInput& input, RuleRun& ran) {
  const Config& config = input.config;
  const std::string id(rule.info.id);
  const RuleSetting setting = setting_of(rule.info, config);

  RuleReport report;
  report.id = id;
  report.severity = setting.severity.value_or(rule.info.severity);
  report.category = std::string(rule.info.category);
  report.summary = std::string(rule.info.summary);
  report.docs = std::string(rule.info.docs);

  report.reason = reason_left_out(rule.info, config, setting);
  if (report.reason.empty()) report.reason = reason_without_sources(rule, input);
  bool is_unproven = false;
  if (report.reason.empty()) {
    bool questions_as_findings = config.profile != Profile::recommended ||
                                 names(config.select, id) || setting.severity.has_value();
    try {
      RuleOutcome outcome = rule.run(setting);
      report.checked = outcome.checked;
      report.reason = outcome.not_run;
      is_unproven = !outcome.unproven.empty();
      if (is_unproven) report.reason = outcome.unproven.front();
      report.status = report.reason.empty() ? RuleStatus::passed : RuleStatus::not_run;
      // Several rules may miss the same thing.
      for (std::string& reason : outcome.unproven)
        if (std::find(ran.incomplete_because.begin(), ran.incomplete_because.end(), reason) ==
            ran.incomplete_because.end())
          ran.incomplete_because.push_back(std::move(reason));
      take(std::move(outcome), rule.info, report.severity, questions_as_findings, setting.ask,
           input, ran);
    } catch (const std::exception& failure) {
      report.status = RuleStatus::crashed;
      report.reason = failure.what();
    } catch (...) {
      report.status = RuleStatus::crashed;
      report.reason = "unknown failure";
    }
  }
  if (report.status == RuleStatus::crashed)
    ran.incomplete_because.push_back("rule " + id + " crashed: " + report.reason);
  else if (report.status == RuleStatus::not_run && !is_unproven &&
           rules_asked_for(config).count(id))
    ran.incomplete_because.push_back("rule " + id +
                                     " was asked for and did not run: " + report.reason);
  ran.rules.push_back(std::move(report));
}

}  // namespace

void drop_what_nobody_tells(const std::vector<const Rule*>& rules, const Config& config,
                            Comparisons& comparisons) {
  std::set<std::string_view> left_out;
  for (const Rule* rule : rules)
    if (!reason_left_out(rule->info, config, setting_of(rule->info, config)).empty())
      left_out.insert(rule->info.id);
  if (comparisons.drift)
    std::erase_if(comparisons.drift->differences, [&](const Difference& difference) {
      return left_out.count(rule_for(difference)) > 0;
    });
  // What the models state and nothing builds: documents that state it, too, leave it to that rule.
  if (comparisons.models && left_out.count("model-without-migration") > 0)
    std::erase_if(comparisons.models->comparison.disagreements,
                  [](const Disagreement& disagreement) {
                    return disagreement.aspect == Aspect::table_absent ||
                           disagreement.aspect == Aspect::column_absent;
                  });
}

RuleRun run_rules(const std::vector<const Rule*>& rules, const std::vector<OwnedRule>& owned,
                  const AuditInput& input, const Comparisons& comparisons) {
  RuleRun ran;
  for (const Runnable& rule : runnables(rules, owned, input, comparisons))
    run_one(rule, input, ran);
  return ran;
}

void run_rules_about_findings(const std::vector<const Rule*>& rules, const AuditInput& input,
                              const std::string& today, RuleRun& ran) {
  RuleRun last;
  for (const Rule* rule : rules)
    if (const FindingsCheck* check = std::get_if<FindingsCheck>(&rule->check))
      run_one({rule->info, false,
               [&](const RuleSetting&) {
                 return (*check)({input, ran.findings, ran.rules, today});
               }},
              input, last);
  auto append = [](auto& to, auto& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  append(ran.findings, last.findings);
  append(ran.rules, last.rules);
  append(ran.incomplete_because, last.incomplete_because);
  std::sort(ran.rules.begin(), ran.rules.end(),
            [](const RuleReport& a, const RuleReport& b) { return a.id < b.id; });
}

}  // namespace schemaudit
