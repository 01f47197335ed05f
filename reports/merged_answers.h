// The answers to all questions of a report as one piece of TOML that can be pasted into a config: a
// table that several of them name stands once, and lists of the same key are joined.
//
//   json["answers"] = merged_answers(report.questions);
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/report.h"

namespace schemaudit {

/// Empty where nothing was asked. Where two answers give one key different values, the first stands
/// and the other follows it as a comment.
std::string merged_answers(const std::vector<Question>& questions);

}  // namespace schemaudit
