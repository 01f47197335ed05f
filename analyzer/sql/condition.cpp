#include "analyzer/sql/condition.h"

#include <algorithm>
#include <functional>
#include <map>

namespace schemaudit {

namespace {

std::string flipped(std::string_view op) {
  if (op == "<") return ">";
  if (op == ">") return "<";
  if (op == "<=") return ">=";
  if (op == ">=") return "<=";
  return std::string(op);
}

std::string negated(std::string_view op) {
  if (op == "=") return "<>";
  if (op == "<>") return "=";
  if (op == "<") return ">=";
  if (op == ">=") return "<";
  if (op == ">") return "<=";
  if (op == "<=") return ">";
  if (op == "~~") return "!~~";
  if (op == "!~~") return "~~";
  if (op == "~~*") return "!~~*";
  if (op == "!~~*") return "~~*";
  if (op == "~") return "!~";
  if (op == "!~") return "~";
  if (op == "~*") return "!~*";
  if (op == "!~*") return "~*";
  if (op == "distinct") return "notdistinct";
  if (op == "notdistinct") return "distinct";
  return {};
}

/// `x = 'a' OR x = 'b'` is x IN ('a', 'b'); `x <> 'a' AND x <> 'b'` is x NOT IN ('a', 'b').
void merge_memberships(bool conjunction, std::vector<Condition>& parts) {
  const std::string single = conjunction ? "<>" : "=";
  const std::string many = conjunction ? "notin" : "in";
  auto values_of = [&](const Condition& part) -> const std::vector<std::string>* {
    bool fits = (part.kind == Condition::Kind::comparison && part.op == single &&
                 is_constant_text(part.values[0])) ||
                (part.kind == Condition::Kind::membership && part.op == many);
    return fits ? &part.values : nullptr;
  };
  // In one pass: a condition may have thousands of parts.
  std::map<std::string, std::size_t, std::less<>> first_of;
  std::map<std::size_t, std::vector<std::string>> gathered;
  std::vector<Condition> kept;
  for (Condition& part : parts) {
    const std::vector<std::string>* values = values_of(part);
    const auto [known, fresh] =
        values ? first_of.try_emplace(part.left, kept.size()) : std::pair(first_of.end(), true);
    if (fresh) {
      kept.push_back(std::move(part));
      continue;
    }
    std::vector<std::string>& all = gathered[known->second];
    if (all.empty()) all = kept[known->second].values;
    all.insert(all.end(), values->begin(), values->end());
  }
  for (auto& [first, values] : gathered)
    kept[first] = membership(kept[first].left, !conjunction, std::move(values));
  parts = std::move(kept);
}

}  // namespace

bool is_constant_text(std::string_view normal) {
  if (normal.starts_with("cast(")) normal.remove_prefix(5);
  return !normal.empty() &&
         (normal.front() == '\'' || (normal.front() >= '0' && normal.front() <= '9') ||
          (normal.front() == '-' && normal.size() > 1 && normal[1] >= '0' && normal[1] <= '9') ||
          normal == "true" || normal == "false" || normal == "null");
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string joined;
  for (const std::string& part : parts) {
    if (!joined.empty()) joined += separator;
    joined += part;
  }
  return joined;
}

Condition combine(bool conjunction, std::vector<Condition> parts) {
  Condition::Kind kind = conjunction ? Condition::Kind::conjunction : Condition::Kind::disjunction;
  std::vector<Condition> flat;
  for (Condition& part : parts) {
    if (part.kind == kind)
      for (Condition& inner : part.parts) flat.push_back(std::move(inner));
    else
      flat.push_back(std::move(part));
  }
  merge_memberships(conjunction, flat);
  if (flat.size() == 1) return flat.front();
  return {kind, {}, {}, {}, std::move(flat)};
}

Condition membership(std::string left, bool in, std::vector<std::string> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  if (values.size() == 1)
    return {Condition::Kind::comparison, std::move(left), in ? "=" : "<>", std::move(values), {}};
  return {Condition::Kind::membership, std::move(left), in ? "in" : "notin", std::move(values), {}};
}

Condition comparison(std::string op, std::string a, std::string b) {
  bool flip = is_constant_text(a) != is_constant_text(b)
                  ? is_constant_text(a)
                  : (op == "=" || op == "<>" ? b < a : (op == ">" || op == ">="));
  if (is_constant_text(a) == is_constant_text(b) && is_constant_text(a)) flip = false;
  if (flip) {
    std::swap(a, b);
    op = flipped(op);
  }
  return {Condition::Kind::comparison, std::move(a), std::move(op), {std::move(b)}, {}};
}

Condition negate(Condition condition) {
  switch (condition.kind) {
    case Condition::Kind::comparison:
      if (condition.op == "isnull" || condition.op == "notnull") {
        condition.op = condition.op == "isnull" ? "notnull" : "isnull";
        return condition;
      }
      if (std::string op = negated(condition.op); !op.empty()) {
        if (op == ">" || op == ">=")
          return comparison(std::move(op), std::move(condition.left),
                            std::move(condition.values[0]));
        condition.op = std::move(op);
        return condition;
      }
      break;
    case Condition::Kind::membership:
      condition.op = condition.op == "in" ? "notin" : "in";
      return condition;
    case Condition::Kind::conjunction:
    case Condition::Kind::disjunction: {
      bool conjunction = condition.kind == Condition::Kind::conjunction;
      for (Condition& part : condition.parts) part = negate(std::move(part));
      return combine(!conjunction, std::move(condition.parts));
    }
    case Condition::Kind::other:
      if (condition.left == "true" || condition.left == "false") {
        condition.left = condition.left == "true" ? "false" : "true";
        return condition;
      }
      if (condition.left.starts_with("not(")) {
        condition.left = condition.left.substr(4, condition.left.size() - 5);
        return condition;
      }
      break;
  }
  return {Condition::Kind::other, "not(" + print(condition) + ")", {}, {}, {}};
}

std::string print(const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::other:
      return condition.left;
    case Condition::Kind::comparison:
      if (condition.op == "isnull" || condition.op == "notnull")
        return condition.op + "(" + condition.left + ")";
      return "(" + condition.left + " " + condition.op + " " + condition.values[0] + ")";
    case Condition::Kind::membership:
      return condition.op + "(" + condition.left + ", [" + join(condition.values) + "])";
    case Condition::Kind::conjunction:
    case Condition::Kind::disjunction: {
      std::vector<std::string> parts;
      for (const Condition& part : condition.parts) parts.push_back(print(part));
      std::sort(parts.begin(), parts.end());
      parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
      if (parts.size() == 1) return parts.front();
      return (condition.kind == Condition::Kind::conjunction ? "and(" : "or(") + join(parts) + ")";
    }
  }
  return {};
}

}  // namespace schemaudit
