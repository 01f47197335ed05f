// How PostgreSQL chooses among functions and operators of one name (src/backend/parser/
// parse_func.c, parse_oper.c, parse_coerce.c), on the builtin tables.

#include <algorithm>
#include <vector>

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/builtin/catalog_rows.h"

namespace schemaudit {

namespace {

constexpr TypeId kAnyElement = 2283, kAnyArray = 2277, kAnyNonArray = 2776, kAnyEnum = 3500,
                 kAnyRange = 3831, kAnyMultirange = 4537, kAnyCompatible = 5077,
                 kAnyCompatibleArray = 5078, kAnyCompatibleNonArray = 5079,
                 kAnyCompatibleRange = 5080, kAnyCompatibleMultirange = 4538;

/// One function or operator under consideration, its arguments spread over a call's.
struct Candidate {
  std::array<TypeId, kMostArguments> arguments{};
  TypeId result = kNoType;
  bool returns_set = false;
  bool aggregate = false;
  bool spread = false;
};

bool is_polymorphic(TypeId type) {
  switch (type) {
    case kAnyElement:
    case kAnyArray:
    case kAnyNonArray:
    case kAnyEnum:
    case kAnyRange:
    case kAnyMultirange:
    case kAnyCompatible:
    case kAnyCompatibleArray:
    case kAnyCompatibleNonArray:
    case kAnyCompatibleRange:
    case kAnyCompatibleMultirange:
      return true;
    default:
      return false;
  }
}

char kind_of(TypeId type) {
  const TypeRow* row = find_type(type);
  return row ? row->kind : '\0';
}

/// Whether an actual type may stand where a polymorphic one is declared, by itself.
bool fits_polymorphic(TypeId actual, TypeId declared) {
  if (actual == kUnknownLiteral) return true;
  switch (declared) {
    case kAnyArray:
    case kAnyCompatibleArray:
      return type_category(actual) == 'A';
    case kAnyNonArray:
    case kAnyCompatibleNonArray:
      return type_category(actual) != 'A';
    case kAnyEnum:
      return type_category(actual) == 'E';
    case kAnyRange:
    case kAnyCompatibleRange:
      return kind_of(actual) == 'r';
    case kAnyMultirange:
    case kAnyCompatibleMultirange:
      return kind_of(actual) == 'm';
    default:
      return true;
  }
}

bool can_coerce(TypeId from, TypeId to) {
  if (from == to || to == kAny || from == kUnknownLiteral) return true;
  if (is_polymorphic(to)) return fits_polymorphic(from, to);
  if (to == kNoType || kind_of(to) == 'p') return false;
  return cast_context(from, to) == 'i';
}

/// What anyelement and its relatives stand for in one call.
struct Polymorphism {
  TypeId element = kNoType, array = kNoType, range = kNoType, multirange = kNoType;
};

/// check_generic_type_consistency(): false where the actual types do not agree.
bool bind(std::span<const TypeId> actual, const Candidate& candidate, Polymorphism& exact,
          Polymorphism& compatible) {
  std::vector<TypeId> alike;
  auto same = [](TypeId& slot, TypeId type) {
    if (slot != kNoType && slot != type) return false;
    slot = type;
    return true;
  };
  bool used_exact = false, used_compatible = false, non_array = false;
  for (std::size_t i = 0; i < actual.size(); ++i) {
    TypeId declared = candidate.arguments[i], type = actual[i];
    if (!is_polymorphic(declared)) continue;
    (declared >= kAnyCompatible || declared == kAnyCompatibleMultirange ? used_compatible
                                                                        : used_exact) = true;
    if (declared == kAnyNonArray) non_array = true;
    if (type == kUnknownLiteral) continue;
    switch (declared) {
      case kAnyElement:
      case kAnyNonArray:
      case kAnyEnum:
        if (!same(exact.element, type)) return false;
        break;
      case kAnyArray:
        if (!same(exact.array, type)) return false;
        break;
      case kAnyRange:
        if (!same(exact.range, type)) return false;
        break;
      case kAnyMultirange:
        if (!same(exact.multirange, type)) return false;
        break;
      case kAnyCompatible:
      case kAnyCompatibleNonArray:
        alike.push_back(type);
        break;
      case kAnyCompatibleArray:
        alike.push_back(element_of(type));
        break;
      case kAnyCompatibleRange:
        if (!same(compatible.range, type)) return false;
        alike.push_back(range_subtype(type));
        break;
      default:
        if (!same(compatible.multirange, type)) return false;
        alike.push_back(range_subtype(type));
        break;
    }
  }
  if (used_exact) {
    if (exact.array && !same(exact.element, element_of(exact.array))) return false;
    for (const RangeRow& row : range_types()) {
      if (row.range == exact.range && !same(exact.multirange, row.multirange)) return false;
      if (row.multirange == exact.multirange && !same(exact.range, row.range)) return false;
    }
    if (exact.range && !same(exact.element, range_subtype(exact.range))) return false;
    if (non_array && type_category(exact.element) == 'A') return false;
    if (exact.element && !exact.array) exact.array = array_of(exact.element);
  }
  if (used_compatible && !alike.empty()) {
    compatible.element = common_type(alike);
    if (compatible.element == kNoType) return false;
    compatible.array = array_of(compatible.element);
  } else if (used_compatible) {
    compatible.element = kText;
    compatible.array = array_of(kText);
  }
  return true;
}

TypeId bound(TypeId declared, const Polymorphism& exact, const Polymorphism& compatible) {
  switch (declared) {
    case kAnyElement:
    case kAnyNonArray:
    case kAnyEnum:
      return exact.element;
    case kAnyArray:
      return exact.array;
    case kAnyRange:
      return exact.range;
    case kAnyMultirange:
      return exact.multirange;
    case kAnyCompatible:
    case kAnyCompatibleNonArray:
      return compatible.element;
    case kAnyCompatibleArray:
      return compatible.array;
    case kAnyCompatibleRange:
      return compatible.range;
    case kAnyCompatibleMultirange:
      return compatible.multirange;
    default:
      return declared;
  }
}

bool all_coercible(std::span<const TypeId> actual, const Candidate& candidate) {
  bool generic = false;
  for (std::size_t i = 0; i < actual.size(); ++i) {
    if (!can_coerce(actual[i], candidate.arguments[i])) return false;
    generic = generic || is_polymorphic(candidate.arguments[i]);
  }
  Polymorphism exact, compatible;
  return !generic || bind(actual, candidate, exact, compatible);
}

/// Keeps the candidates with the highest score.
template <typename Score>
void keep_best(std::vector<const Candidate*>& candidates, const Score& score) {
  int best = 0;
  std::vector<const Candidate*> kept;
  for (const Candidate* candidate : candidates) {
    int points = score(*candidate);
    if (points > best) kept.clear();
    if (points < best) continue;
    best = points;
    kept.push_back(candidate);
  }
  candidates = std::move(kept);
}

/// func_select_candidate().
const Candidate* select(std::span<const TypeId> actual, std::vector<const Candidate*> candidates) {
  std::size_t unknowns = 0;
  for (TypeId type : actual) unknowns += type == kUnknownLiteral;
  keep_best(candidates, [&](const Candidate& candidate) {
    int points = 0;
    for (std::size_t i = 0; i < actual.size(); ++i)
      points += actual[i] != kUnknownLiteral && candidate.arguments[i] == actual[i];
    return points;
  });
  if (candidates.size() == 1) return candidates.front();
  keep_best(candidates, [&](const Candidate& candidate) {
    int points = 0;
    for (std::size_t i = 0; i < actual.size(); ++i) {
      if (actual[i] == kUnknownLiteral) continue;
      TypeId declared = candidate.arguments[i];
      points += declared == actual[i] || (type_category(declared) == type_category(actual[i]) &&
                                          is_preferred_type(declared));
    }
    return points;
  });
  if (candidates.size() == 1) return candidates.front();
  if (unknowns == 0) return nullptr;

  std::array<char, kMostArguments> category{};
  std::array<bool, kMostArguments> preferred{};
  bool resolved = true;
  for (std::size_t i = 0; i < actual.size() && resolved; ++i) {
    if (actual[i] != kUnknownLiteral) continue;
    bool conflict = false;
    for (const Candidate* candidate : candidates) {
      char current = type_category(candidate->arguments[i]);
      bool is_preferred = is_preferred_type(candidate->arguments[i]);
      if (category[i] == '\0') {
        category[i] = current;
        preferred[i] = is_preferred;
      } else if (current == category[i]) {
        preferred[i] = preferred[i] || is_preferred;
      } else if (current == 'S') {
        category[i] = current;
        preferred[i] = is_preferred;
      } else {
        conflict = true;
      }
    }
    if (conflict && category[i] != 'S') resolved = false;
  }
  if (resolved) {
    std::vector<const Candidate*> kept;
    for (const Candidate* candidate : candidates) {
      bool keep = true;
      for (std::size_t i = 0; i < actual.size() && keep; ++i) {
        if (actual[i] != kUnknownLiteral) continue;
        TypeId declared = candidate->arguments[i];
        keep = type_category(declared) == category[i] &&
               (!preferred[i] || is_preferred_type(declared));
      }
      if (keep) kept.push_back(candidate);
    }
    if (!kept.empty()) candidates = std::move(kept);
    if (candidates.size() == 1) return candidates.front();
  }

  if (unknowns == actual.size()) return nullptr;
  TypeId known = kUnknownLiteral;
  for (TypeId type : actual) {
    if (type == kUnknownLiteral) continue;
    if (known != kUnknownLiteral && known != type) return nullptr;
    known = type;
  }
  std::array<TypeId, kMostArguments> assumed{};
  assumed.fill(known);
  const Candidate* only = nullptr;
  for (const Candidate* candidate : candidates) {
    if (!all_coercible({assumed.data(), actual.size()}, *candidate)) continue;
    if (only) return nullptr;
    only = candidate;
  }
  return only;
}

std::optional<ResolvedCall> finished(std::span<const TypeId> actual, const Candidate& candidate) {
  ResolvedCall call;
  call.returns_set = candidate.returns_set;
  call.aggregate = candidate.aggregate;
  call.result = candidate.result;
  bool generic = is_polymorphic(candidate.result);
  for (std::size_t i = 0; i < actual.size(); ++i) {
    call.arguments[i] = candidate.arguments[i] == kAny ? actual[i] : candidate.arguments[i];
    generic = generic || is_polymorphic(candidate.arguments[i]);
  }
  if (!generic) return call;
  Polymorphism exact, compatible;
  if (!bind(actual, candidate, exact, compatible)) return std::nullopt;
  for (std::size_t i = 0; i < actual.size(); ++i)
    call.arguments[i] = bound(call.arguments[i], exact, compatible);
  call.result = bound(call.result, exact, compatible);
  return call;
}

std::optional<ResolvedCall> choose(std::span<const TypeId> actual,
                                   const std::vector<Candidate>& candidates) {
  std::vector<const Candidate*> fitting;
  for (const Candidate& candidate : candidates)
    if (all_coercible(actual, candidate)) fitting.push_back(&candidate);
  if (fitting.empty()) return std::nullopt;
  const Candidate* chosen =
      fitting.size() == 1 ? fitting.front() : select(actual, std::move(fitting));
  return chosen ? finished(actual, *chosen) : std::nullopt;
}

const OperatorRow* exact_operator(std::span<const OperatorRow> rows, TypeId left, TypeId right) {
  for (const OperatorRow& row : rows)
    if (row.left == left && row.right == right) return &row;
  return nullptr;
}

/// Spreads a function's arguments over `count` of a call; unset where they do not fit in number.
std::optional<Candidate> spread(const FunctionRow& row, std::size_t count) {
  Candidate candidate;
  candidate.result = row.result;
  candidate.returns_set = row.returns_set;
  candidate.aggregate = row.kind == 'a';
  std::span<const TypeId> declared = arguments_of(row);
  std::size_t fixed = row.arguments;
  if (row.variadic && count >= row.arguments) {
    candidate.spread = true;
    --fixed;
    for (std::size_t i = fixed; i < count; ++i) candidate.arguments[i] = row.variadic;
  } else if (count > row.arguments ||
             count + row.defaults < static_cast<std::size_t>(row.arguments)) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < std::min(fixed, count); ++i) candidate.arguments[i] = declared[i];
  return candidate;
}

}  // namespace

std::optional<ResolvedCall> resolve_operator(std::string_view name, TypeId left, TypeId right) {
  if (left == kNoType || right == kNoType) return std::nullopt;
  // No operator is declared for varchar: those of text, the preferred string type, take it.
  auto as_text = [](TypeId type) { return type == kVarchar ? kText : type; };
  std::span<const OperatorRow> rows = operators_named(name);
  TypeId a = left, b = right;
  if (a == kUnknownLiteral) a = right;
  if (b == kUnknownLiteral) b = left;
  const OperatorRow* exact = exact_operator(rows, a, b);
  if (!exact && (a == kVarchar || b == kVarchar) && is_string_type(a) && is_string_type(b))
    exact = exact_operator(rows, as_text(a), as_text(b));
  // What the long way comes to for the commonest pairs: a whole number beside a numeric or a
  // double, and a numeric beside a double.
  auto whole = [](TypeId type) { return type == kInteger || type == kBigint || type == kSmallint; };
  for (TypeId wide : {kNumeric, kDouble}) {
    auto narrower = [&](TypeId type) {
      return whole(type) || (wide == kDouble && type == kNumeric);
    };
    if (!exact && ((a == wide && narrower(b)) || (b == wide && narrower(a))))
      exact = exact_operator(rows, wide, wide);
  }
  if (exact && !is_polymorphic(exact->left) && !is_polymorphic(exact->right)) {
    ResolvedCall call;
    call.arguments[0] = exact->left;
    call.arguments[1] = exact->right;
    call.result = exact->result;
    return call;
  }
  std::vector<Candidate> candidates;
  candidates.reserve(rows.size());
  for (const OperatorRow& row : rows) {
    if (row.left == kNoType) continue;
    Candidate candidate;
    candidate.arguments[0] = row.left;
    candidate.arguments[1] = row.right;
    candidate.result = row.result;
    candidates.push_back(candidate);
  }
  const TypeId actual[] = {left, right};
  return choose(actual, candidates);
}

std::optional<ResolvedCall> resolve_prefix_operator(std::string_view name, TypeId operand) {
  if (operand == kNoType) return std::nullopt;
  std::vector<Candidate> candidates;
  for (const OperatorRow& row : operators_named(name)) {
    if (row.left != kNoType) continue;
    Candidate candidate;
    candidate.arguments[0] = row.right;
    candidate.result = row.result;
    if (row.right == operand) return finished({&operand, 1}, candidate);
    candidates.push_back(candidate);
  }
  return choose({&operand, 1}, candidates);
}

bool may_take_arguments(std::string_view function, std::span<const TypeId> arguments) {
  const std::size_t count = arguments.size();
  for (const FunctionRow& row : functions_named(function)) {
    if (row.variadic != kNoType && count + 1 >= row.arguments) return true;
    if (count > row.arguments || count + row.defaults < row.arguments) continue;
    std::span<const TypeId> declared = arguments_of(row);
    bool fits = true;
    for (std::size_t i = 0; i < count; ++i)
      fits = fits && (arguments[i] == kNoType || can_coerce(arguments[i], declared[i]));
    if (fits) return true;
  }
  return false;
}

bool may_take_operands(std::string_view name, TypeId left, TypeId right) {
  auto any = [](TypeId type) { return type == kNoType ? kUnknownLiteral : type; };
  const TypeId actual[] = {any(left), any(right)};
  for (const OperatorRow& row : operators_named(name)) {
    if (row.left == kNoType) continue;
    Candidate candidate;
    candidate.arguments[0] = row.left;
    candidate.arguments[1] = row.right;
    if (all_coercible(actual, candidate)) return true;
  }
  return false;
}

std::optional<ResolvedCall> resolve_function(std::string_view name,
                                             std::span<const TypeId> arguments) {
  if (arguments.size() > kMostArguments) return std::nullopt;
  if (std::find(arguments.begin(), arguments.end(), kNoType) != arguments.end())
    return std::nullopt;
  std::vector<Candidate> candidates;
  for (const FunctionRow& row : functions_named(name))
    if (std::optional<Candidate> candidate = spread(row, arguments.size()))
      candidates.push_back(*candidate);
  // A function that takes just these goes before any that takes them by casts, and one that
  // names its arguments before a variadic one.
  for (bool variadic : {false, true})
    for (const Candidate& candidate : candidates)
      if (candidate.spread == variadic &&
          std::equal(arguments.begin(), arguments.end(), candidate.arguments.begin()))
        return finished(arguments, candidate);
  return choose(arguments, candidates);
}

TypeId result_of_every(std::string_view function) {
  TypeId result = kNoType;
  for (const FunctionRow& row : functions_named(function)) {
    if (row.returns_set || (result != kNoType && result != row.result)) return kNoType;
    result = row.result;
  }
  return is_polymorphic(result) ? kNoType : result;
}

TypeId common_type(std::span<const TypeId> types) {
  if (types.empty()) return kNoType;
  TypeId common = types[0];
  for (TypeId type : types) {
    if (type == kNoType) return kNoType;
    if (type == kUnknownLiteral || type == common) continue;
    if (common == kUnknownLiteral) {
      common = type;
    } else if (type_category(type) != type_category(common)) {
      return kNoType;
    } else if (!is_preferred_type(common) && can_coerce(common, type) &&
               !can_coerce(type, common)) {
      common = type;
    }
  }
  if (common == kUnknownLiteral) return kText;
  for (TypeId type : types)
    if (!can_coerce(type, common)) return kNoType;
  return common;
}

}  // namespace schemaudit
