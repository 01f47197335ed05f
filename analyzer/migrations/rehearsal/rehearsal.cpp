#include "analyzer/migrations/rehearsal/rehearsal.h"

#include <algorithm>

namespace schemaudit {

std::string_view to_string(FaultKind kind) {
  switch (kind) {
    case FaultKind::step_failed:
      return "step_failed";
    case FaultKind::step_failed_on_rows:
      return "step_failed_on_rows";
    case FaultKind::way_back_failed:
      return "way_back_failed";
    case FaultKind::way_back_failed_on_rows:
      return "way_back_failed_on_rows";
    case FaultKind::way_back_failed_on_new_rows:
      return "way_back_failed_on_new_rows";
    case FaultKind::no_way_back:
      return "no_way_back";
    case FaultKind::not_repeatable:
      return "not_repeatable";
    case FaultKind::object_left:
      return "object_left";
    case FaultKind::object_lost:
      return "object_lost";
    case FaultKind::object_altered:
      return "object_altered";
    case FaultKind::untouched_rows_altered:
      return "untouched_rows_altered";
    case FaultKind::rows_not_restored:
      return "rows_not_restored";
    case FaultKind::beyond_own_tables:
      return "beyond_own_tables";
    case FaultKind::order_matters:
      return "order_matters";
    case FaultKind::differs_from_replay:
      return "differs_from_replay";
  }
  return "";
}

bool Rehearsal::failed() const {
  return std::any_of(faults.begin(), faults.end(),
                     [](const RehearsalFault& fault) { return fault.gates; });
}

void Rehearsal::incomplete(const std::string& why) {
  if (std::find(incomplete_because.begin(), incomplete_because.end(), why) ==
      incomplete_because.end())
    incomplete_because.push_back(why);
}

}  // namespace schemaudit
