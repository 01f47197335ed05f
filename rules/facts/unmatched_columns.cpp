#include "rules/facts/unmatched_columns.h"

#include <algorithm>
#include <utility>

#include "analyzer/model/config_text.h"
#include "rules/facts/tables.h"

namespace schemaudit {

bool fits_any_column(const Schema& schema, const ColumnSelector& entry) {
  return std::any_of(
      schema.relations.begin(), schema.relations.end(), [&](const Relation& relation) {
        return stands_for_itself(relation) &&
               std::all_of(entry.columns.begin(), entry.columns.end(),
                           [&](const std::string& glob) {
                             ColumnSelector one = entry;
                             one.columns = {glob};
                             return std::any_of(relation.columns.begin(), relation.columns.end(),
                                                [&](const Column& column) {
                                                  return one.matches(relation.name, column.name);
                                                });
                           });
      });
}

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
