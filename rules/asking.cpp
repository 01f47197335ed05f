#include "rules/asking.h"

#include <utility>

namespace schemaudit {

namespace {

constexpr std::size_t kExamples = 3;

}  // namespace

void ask_or_find(const RuleContext& context, const RuleInfo& rule,
                 std::vector<Suspicion> suspicions, const std::string& text,
                 const std::string& config, RuleOutcome& outcome) {
  if (suspicions.empty()) return;
  if (context.questions_as_findings) {
    for (Suspicion& suspicion : suspicions)
      outcome.findings.push_back(std::move(suspicion.finding));
    return;
  }
  Question question;
  question.rule = std::string(rule.id);
  question.text = text;
  question.count = suspicions.size();
  for (std::size_t i = 0; i < suspicions.size() && i < kExamples; ++i)
    question.examples.push_back(suspicions[i].example);
  question.config = config;
  outcome.questions.push_back(std::move(question));
}

}  // namespace schemaudit
