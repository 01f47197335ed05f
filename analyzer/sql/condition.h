// Conditions in a shape that can be negated, merged and printed in one way: the part of the normal
// form that is logic. Private to analyzer/sql.
//
//   Condition a = comparison("=", "state", "'open'"), b = comparison("=", "state", "'done'");
//   print(combine(false, {a, b}))   in(state, ['done', 'open'])
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace schemaudit {

/// A condition in a shape that can be negated, merged and printed.
struct Condition {
  enum class Kind { other, comparison, membership, conjunction, disjunction };
  Kind kind = Kind::other;
  /// `other`: the text. comparison, membership: the left side.
  std::string left;
  /// comparison: the operator; membership: `in` or `notin`.
  std::string op;
  /// comparison: one; membership: the values; conjunction, disjunction: unused.
  std::vector<std::string> values;
  std::vector<Condition> parts;

  /// What is no condition: a value, a function call.
  static Condition plain(std::string text) { return {Kind::other, std::move(text), {}, {}, {}}; }
};

/// AND (`conjunction`) or OR: flattened, in one order, without repetition; `x = 'a' OR x = 'b'`
/// becomes membership, `x <> 'a' AND x <> 'b'` its negation.
Condition combine(bool conjunction, std::vector<Condition> parts);
/// `left IN (values)`, or NOT IN.
Condition membership(std::string left, bool in, std::vector<std::string> values);
/// With a constant on the right, and of `<` and `>` always `<` where there is none.
Condition comparison(std::string op, std::string left, std::string right);
/// NOT, pushed inwards as far as three-valued logic allows.
Condition negate(Condition condition);
std::string print(const Condition& condition);

/// Whether a normal form is a literal.
bool is_constant_text(std::string_view normal);
/// `a, b, c`
std::string join(const std::vector<std::string>& parts, std::string_view separator = ", ");

}  // namespace schemaudit
