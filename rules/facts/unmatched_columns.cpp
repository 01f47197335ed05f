#include "rules/facts/unmatched_columns.h"

#include <utility>

#include "analyzer/model/config_text.h"

namespace schemaudit {

void UnmatchedColumns::ask(RuleOutcome& outcome, const RuleInfo& rule) const {
  if (texts_.empty()) return;
  Question question;
  question.rule = std::string(rule.id);
  question.count = texts_.size();
  question.text = policy_ + (texts_.size() == 1
                                 ? " has an entry that fits nothing, so it asks for nothing. Is it "
                                   "spelt as the tables and columns are?"
                                 : " has " + std::to_string(texts_.size()) +
                                       " entries that fit nothing, so they ask for nothing. Are "
                                       "they spelt as the tables and columns are?");
  question.examples = texts_;
  question.config = "# " + policy_ + ": " + toml_string(texts_.front());
  outcome.questions.push_back(std::move(question));
  outcome.not_run = policy_ + " has an entry that fits nothing: " + texts_.front();
}

}  // namespace schemaudit
