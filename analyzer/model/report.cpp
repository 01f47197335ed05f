#include "analyzer/model/report.h"

namespace schemaudit {

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "pass";
    case Verdict::fail:
      return "fail";
    case Verdict::incomplete:
      return "incomplete";
  }
  return "";
}

std::string_view to_string(RuleStatus status) {
  switch (status) {
    case RuleStatus::passed:
      return "passed";
    case RuleStatus::failed:
      return "failed";
    case RuleStatus::not_run:
      return "not_run";
    case RuleStatus::crashed:
      return "crashed";
  }
  return "";
}

std::string_view to_string(CriterionState state) {
  switch (state) {
    case CriterionState::met:
      return "met";
    case CriterionState::not_met:
      return "not_met";
    case CriterionState::not_evaluated:
      return "not_evaluated";
  }
  return "";
}

std::string_view to_string(ClaimState state) {
  switch (state) {
    case ClaimState::holds:
      return "holds";
    case ClaimState::refuted:
      return "refuted";
    case ClaimState::unchecked:
      return "unchecked";
    case ClaimState::noted:
      return "noted";
  }
  return "";
}

std::string_view to_string(EdgeState state) {
  switch (state) {
    case EdgeState::agreed:
      return "agreed";
    case EdgeState::missing:
      return "missing";
    case EdgeState::forbidden:
      return "forbidden";
    case EdgeState::undocumented:
      return "undocumented";
    case EdgeState::flagged:
      return "flagged";
  }
  return "";
}

}  // namespace schemaudit
