// Reading a condition's normal form: its logic, and what it calls.
//
//   parts_of("and((b > 3), isnull(deleted_at))", "and")   {"(b > 3)", "isnull(deleted_at)"}
//   calls_something("(me() = tenant_id)")                 true
//
// A normal form is text that the rules may compare and, with this, take apart; what is written in
// quotes is never taken for a name. See analyzer/sql/normal_form.h, and rules/facts/predicates.h
// for what a condition says of single columns.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace schemaudit {

/// The arguments of `name(a, b)`; none where the form is anything else.
std::vector<std::string_view> parts_of(std::string_view normal, std::string_view name);

/// `(left op right)`.
struct ComparisonText {
  std::string_view left, op, right;
};
/// Set where the whole form is one comparison.
std::optional<ComparisonText> comparison_of(std::string_view normal);

/// Whether anything but the row's own columns may decide it: a function, a query, the session's
/// user, or a form that this file cannot read.
bool calls_something(std::string_view normal);

}  // namespace schemaudit
