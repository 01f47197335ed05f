// Whether evidence of verify or rehearse counts in an audit, and what it decides.
//
//   Judgement judgement = decide_by_evidence("verify", input);
//   judgement.state    not_evaluated where no file counts; judgement.reason says why
//
// Evidence counts where it was made from what is audited: at least one of its inputs is a source
// of the audit, and each that is has the same digest.
#pragma once

#include <string>

#include "analyzer/model/audit_input.h"
#include "analyzer/model/report.h"

namespace schemaudit {

/// Whether it was made from what is audited.
bool is_about(const Evidence& evidence, const AuditInput& input);

struct Judgement {
  CriterionState state = CriterionState::not_evaluated;
  /// One line.
  std::string reason;
};

/// `maker` is `verify` or `rehearse`. Of several files that count the worst one decides.
Judgement decide_by_evidence(const std::string& maker, const AuditInput& input);

/// The same for the items alone that speak of `subject` (`policy.isolation.phase3`).
Judgement decide_by_evidence(const std::string& maker, const std::string& subject,
                             const AuditInput& input);

}  // namespace schemaudit
