// Findings from the disagreements of models and what is built (migrations, SQL files or the live
// database), and who else leaves a disagreement to them.
//
//   RuleOutcome check(const RuleContext& context) {
//     return model_findings(context, model_without_migration.info, ModelGap::not_built);
//   }
#pragma once

#include "rules/rule.h"

namespace schemaudit {

enum class ModelGap {
  /// The models have a table or column, and what is built lacks it.
  not_built,
  /// The other way round.
  not_modelled,
};

/// One finding for each table and column of this kind.
RuleOutcome model_findings(const RuleContext& context, const RuleInfo& rule, ModelGap gap);

/// What models and what is built say differently of things that both have, for one rule: those
/// that the documents' disagreements do not tell already. Empty without models.
std::vector<Finding> model_mismatches(const RuleContext& context, const RuleInfo& rule,
                                      const std::vector<Aspect>& aspects);

/// Puts what the models say of the thing that documents dispute into the finding: with two sides
/// against one, the one is behind.
void add_what_models_say(const RuleContext& context, const Disagreement& documented,
                         Finding& finding);

/// Documents and models state a table or column that what is built lacks: then it is the model
/// rules' to tell.
bool is_told_by_models(const RuleContext& context, const Disagreement& documented);

}  // namespace schemaudit
