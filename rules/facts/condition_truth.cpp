#include "rules/facts/condition_truth.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <vector>

#include "rules/facts/column_types.h"
#include "rules/facts/condition_text.h"

namespace schemaudit {

namespace {

std::optional<double> number(std::string_view text) {
  const std::size_t first = !text.empty() && text[0] == '-' ? 1 : 0;
  if (first >= text.size() || text[first] < '0' || text[first] > '9') return std::nullopt;
  const std::string copy(text);
  char* end = nullptr;
  double value = std::strtod(copy.c_str(), &end);
  // Beyond this a double no longer tells neighbours apart.
  constexpr double kExact = 9e15;
  if (*end != '\0' || value > kExact || value < -kExact) return std::nullopt;
  return value;
}

bool is_literal(std::string_view text) {
  return text.size() >= 2 && text.front() == '\'' && text.back() == '\'';
}

bool holds_between(double left, std::string_view op, double right) {
  if (op == "=") return left == right;
  if (op == "<>") return left != right;
  if (op == "<") return left < right;
  if (op == ">") return left > right;
  if (op == "<=") return left <= right;
  if (op == ">=") return left >= right;
  return false;
}

/// `(1 = 1)`, `(1 < 2)`.
bool is_true_of_constants(std::string_view normal) {
  std::optional<ComparisonText> comparison = comparison_of(normal);
  if (!comparison) return false;
  std::optional<double> left = number(comparison->left), right = number(comparison->right);
  return left && right && holds_between(*left, comparison->op, *right);
}

std::string opposite(std::string_view op) {
  if (op == "=") return "<>";
  if (op == "<>") return "=";
  if (op == "<") return ">=";
  if (op == ">=") return "<";
  if (op == ">") return "<=";
  if (op == "<=") return ">";
  return {};
}

/// Whether one of the two is true wherever the other is false.
bool complement(std::string_view a, std::string_view b, const TypeOfColumn& type_of) {
  // random() > 0.5 OR random() <= 0.5 can be false.
  if (calls_something(a)) return false;
  auto wraps = [](std::string_view outer, std::string_view name, std::string_view inner) {
    std::vector<std::string_view> parts = parts_of(outer, name);
    return parts.size() == 1 && parts[0] == inner;
  };
  if (wraps(a, "not", b) || wraps(b, "not", a)) return true;
  if (std::optional<ComparisonText> left = comparison_of(a), right = comparison_of(b);
      left && right)
    return left->left == right->left && left->right == right->right &&
           opposite(left->op) == right->op && !type_of(left->left).empty();
  std::vector<std::string_view> in = parts_of(a, "in"), notin = parts_of(b, "notin");
  return !in.empty() && in == notin;
}

bool is_null_and_not_null(std::string_view a, std::string_view b) {
  std::vector<std::string_view> null = parts_of(a, "isnull"), not_null = parts_of(b, "notnull");
  return null.size() == 1 && null == not_null;
}

/// `a <> 1 OR a <> 2`, `a >= 1 OR a <= 5`: whatever a is, one of the two holds.
bool cover_all_values(std::string_view a, std::string_view b, const TypeOfColumn& type_of) {
  std::optional<ComparisonText> left = comparison_of(a), right = comparison_of(b);
  if (!left || !right || left->left != right->left) return false;
  const std::string type = type_of(left->left);
  std::optional<double> x = number(left->right), y = number(right->right);
  const bool unlike = left->op == "<>" && right->op == "<>";
  if (is_number(type) && type != "money" && x && y) {
    if (unlike) return *x != *y;
    const bool strict = left->op == ">" && right->op == "<";
    const bool from_above =
        (left->op == ">" || left->op == ">=") && (right->op == "<" || right->op == "<=");
    return from_above && (*x < *y || (*x == *y && !strict));
  }
  return unlike && (type == "text" || type == "character varying") && is_literal(left->right) &&
         is_literal(right->right) && left->right != right->right;
}

bool equals_itself(std::string_view normal, const TypeOfColumn& type_of) {
  std::optional<ComparisonText> comparison = comparison_of(normal);
  return comparison && comparison->left == comparison->right &&
         (comparison->op == "=" || comparison->op == "<=" || comparison->op == ">=") &&
         !type_of(comparison->left).empty();
}

template <typename Test>
bool any_pair(const std::vector<std::string_view>& parts, const Test& test) {
  for (std::size_t i = 0; i < parts.size(); ++i)
    for (std::size_t j = 0; j < parts.size(); ++j)
      if (i != j && test(parts[i], parts[j])) return true;
  return false;
}

}  // namespace

bool never_false(std::string_view normal, const TypeOfColumn& type_of) {
  if (normal == "null" || always_true(normal) || equals_itself(normal, type_of)) return true;
  auto again = [&](std::string_view part) { return never_false(part, type_of); };
  std::vector<std::string_view> parts = parts_of(normal, "and");
  if (!parts.empty()) return std::all_of(parts.begin(), parts.end(), again);
  parts = parts_of(normal, "or");
  return std::any_of(parts.begin(), parts.end(), again) ||
         any_pair(parts, [&](std::string_view a, std::string_view b) {
           return complement(a, b, type_of) || cover_all_values(a, b, type_of);
         });
}

bool always_true(std::string_view normal) {
  if (normal == "true" || is_true_of_constants(normal)) return true;
  std::vector<std::string_view> parts = parts_of(normal, "and");
  if (!parts.empty()) return std::all_of(parts.begin(), parts.end(), always_true);
  parts = parts_of(normal, "or");
  return std::any_of(parts.begin(), parts.end(), always_true) ||
         any_pair(parts, is_null_and_not_null);
}

}  // namespace schemaudit
