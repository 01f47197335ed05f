#include "analyzer/model/expectation.h"

namespace schemaudit {

std::string_view to_string(ComparisonSign comparison) {
  switch (comparison) {
    case ComparisonSign::equal:
      return "=";
    case ComparisonSign::not_equal:
      return "<>";
    case ComparisonSign::less:
      return "<";
    case ComparisonSign::at_most:
      return "<=";
    case ComparisonSign::more:
      return ">";
    case ComparisonSign::at_least:
      return ">=";
  }
  return "=";
}

}  // namespace schemaudit
