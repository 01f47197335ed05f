#include "analyzer/model/live_answers.h"

#include <algorithm>

namespace schemaudit {

std::size_t LiveAnswers::unanswered() const {
  auto is_error = [](const LiveAnswer& answer) { return !answer.error.empty(); };
  return static_cast<std::size_t>(
      std::count_if(checks.begin(), checks.end(), is_error) +
      std::count_if(required_rows.begin(), required_rows.end(), is_error));
}

}  // namespace schemaudit
