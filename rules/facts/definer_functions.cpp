#include "rules/facts/definer_functions.h"

#include "rules/facts/sql_names.h"

namespace schemaudit {

namespace {

/// Whether the names in its body are looked up when it runs: not in C, whose code has none, and
/// not in a standard SQL body (BEGIN ATOMIC, RETURN), which was resolved when it was made.
bool looks_names_up(const Function& function) {
  if (function.language == "c" || function.language == "internal") return false;
  if (fold_case(function.language) != "sql") return true;
  if (!function.body.has_value()) return false;
  const std::string body = fold_case(function.body.value());
  return body.rfind("begin atomic", 0) != 0 && body.rfind("return ", 0) != 0;
}

}  // namespace

bool takes_callers_path(const Function& function) {
  return function.search_path.is_none() && looks_names_up(function);
}

std::string call_signature(const Function& function) {
  std::string text = sql_name(function.name) + "(";
  for (std::size_t i = 0; i < function.arguments.size(); ++i)
    text += (i > 0 ? ", " : "") + function.arguments[i].normal;
  return text + ")";
}

}  // namespace schemaudit
