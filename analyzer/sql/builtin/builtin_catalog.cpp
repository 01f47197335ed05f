#include "analyzer/sql/builtin/builtin_catalog.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <unordered_map>

#include "analyzer/sql/builtin/catalog_rows.h"

namespace schemaudit {

namespace {

#include "analyzer/sql/builtin/builtin_catalog_data.inc"

/// The rows of one name in a table that is sorted by name.
template <typename Row>
std::span<const Row> rows_named(std::span<const Row> rows, std::string_view name) {
  struct ByName {
    bool operator()(const Row& row, std::string_view wanted) const { return row.name < wanted; }
    bool operator()(std::string_view wanted, const Row& row) const { return wanted < row.name; }
  };
  auto [first, last] = std::equal_range(rows.begin(), rows.end(), name, ByName{});
  return {first, last};
}

const CastRow* find_cast(TypeId from, TypeId to) {
  auto before = [](const CastRow& row, const std::pair<TypeId, TypeId>& wanted) {
    return row.source != wanted.first ? row.source < wanted.first : row.target < wanted.second;
  };
  const CastRow* at =
      std::lower_bound(std::begin(kCasts), std::end(kCasts), std::pair{from, to}, before);
  return at != std::end(kCasts) && at->source == from && at->target == to ? at : nullptr;
}

/// `timestamp(3) with time zone` -> `timestamp with time zone`; false where there are none.
bool without_modifiers(std::string_view normal, std::string& bare) {
  std::size_t open = normal.find('(');
  if (open == std::string_view::npos) {
    // `interval day to second` has its modifier in words.
    if (!normal.starts_with("interval ")) return false;
    bare = normal.ends_with("[]") ? "interval[]" : "interval";
    return true;
  }
  std::size_t close = normal.find(')', open);
  if (close == std::string_view::npos) return false;
  if (normal.starts_with("interval")) {
    bare = "interval";
    if (normal.ends_with("[]")) bare += "[]";
    return true;
  }
  bare = normal.substr(0, open);
  bare += normal.substr(close + 1);
  return true;
}

TypeId exact_type(std::string_view name) {
  static const auto kByName = [] {
    std::unordered_map<std::string_view, TypeId> ids;
    for (const TypeRow& row : kTypes) ids.emplace(row.name, row.id);
    return ids;
  }();
  auto found = kByName.find(name);
  return found == kByName.end() ? kNoType : found->second;
}

}  // namespace

const TypeRow* find_type(TypeId type) {
  auto before = [](const TypeRow& row, TypeId wanted) { return row.id < wanted; };
  const TypeRow* at = std::lower_bound(std::begin(kTypes), std::end(kTypes), type, before);
  return at != std::end(kTypes) && at->id == type ? at : nullptr;
}

std::span<const FunctionRow> functions_named(std::string_view name) {
  return rows_named<FunctionRow>(kFunctions, name);
}

std::span<const TypeId> arguments_of(const FunctionRow& function) {
  return {kArguments + function.first, function.arguments};
}

std::span<const OperatorRow> operators_named(std::string_view name) {
  return rows_named<OperatorRow>(kOperators, name == "!=" ? "<>" : name);
}

std::span<const RangeRow> range_types() {
  return kRanges;
}

TypeId builtin_type(std::string_view normal) {
  if (normal.empty()) return kNoType;
  if (TypeId type = exact_type(normal)) return type;
  // `"bit"` is bit without a length: the bare word has one.
  if (normal == "\"bit\"") return exact_type("bit");
  // Of a column without a length.
  if (normal == "bpchar") return kBpchar;
  if (normal == "bpchar[]") return array_of(kBpchar);
  std::string bare;
  return without_modifiers(normal, bare) ? exact_type(bare) : kNoType;
}

std::string_view builtin_type_name(TypeId type) {
  const TypeRow* row = find_type(type);
  return row ? row->name : std::string_view();
}

char type_category(TypeId type) {
  const TypeRow* row = find_type(type);
  return row ? row->category : '\0';
}

bool is_preferred_type(TypeId type) {
  const TypeRow* row = find_type(type);
  return row && row->preferred;
}

TypeId array_of(TypeId element) {
  const TypeRow* row = find_type(element);
  return row ? row->array : kNoType;
}

TypeId element_of(TypeId array) {
  const TypeRow* row = find_type(array);
  return row ? row->element : kNoType;
}

TypeId range_subtype(TypeId range) {
  for (const RangeRow& row : kRanges)
    if (row.range == range || row.multirange == range) return row.subtype;
  return kNoType;
}

bool is_string_type(TypeId type) {
  return type == kText || type == kVarchar || type == kBpchar || type == kName;
}

bool is_numeric_type(TypeId type) {
  return type == kInteger || type == kBigint || type == kNumeric || type == kSmallint ||
         type == kDouble || type == kReal;
}

char cast_context(TypeId from, TypeId to) {
  if (from == kNoType || to == kNoType) return '\0';
  if (from == to) return 'i';
  if (const CastRow* row = find_cast(from, to)) return row->context;
  // An array casts as its elements do (find_coercion_pathway()).
  constexpr TypeId kInt2Vector = 22, kOidVector = 30;
  TypeId from_element = element_of(from), to_element = element_of(to);
  if (to != kInt2Vector && to != kOidVector && from_element && to_element &&
      type_category(from) == 'A' && type_category(to) == 'A')
    return cast_context(from_element, to_element);
  return '\0';
}

bool is_binary_cast(TypeId from, TypeId to) {
  if (from == to) return true;
  const CastRow* row = find_cast(from, to);
  return row && row->method == 'b';
}

bool is_builtin_type(std::string_view normal) {
  return builtin_type(normal) != kNoType;
}

bool is_builtin_function(std::string_view name) {
  return !functions_named(name).empty();
}

bool is_builtin_operator_class(std::string_view name) {
  return std::any_of(std::begin(kOperatorClasses), std::end(kOperatorClasses),
                     [&](const OperatorClassRow& row) { return row.name == name; });
}

bool is_default_operator_class(std::string_view method, std::string_view name) {
  return std::any_of(std::begin(kOperatorClasses), std::end(kOperatorClasses),
                     [&](const OperatorClassRow& row) {
                       return row.is_default && row.method == method && row.name == name;
                     });
}

namespace {

/// Whether the class takes the type as it is, or by a cast that needs no function.
bool takes(const OperatorClassRow& row, TypeId type) {
  constexpr TypeId kAnyArray = 2277, kAnyEnum = 3500, kAnyRange = 3831, kAnyMultirange = 4537;
  if (row.type == type) return true;
  if (is_binary_cast(type, row.type) && cast_context(type, row.type) == 'i') return true;
  const char category = type_category(type);
  if ((row.type == kAnyArray && category == 'A') || (row.type == kAnyEnum && category == 'E'))
    return true;
  const TypeRow* kind = find_type(type);
  return kind && ((row.type == kAnyRange && kind->kind == 'r') ||
                  (row.type == kAnyMultirange && kind->kind == 'm'));
}

}  // namespace

std::string_view default_operator_class(std::string_view method, TypeId type) {
  const OperatorClassRow* coercible = nullptr;
  for (const OperatorClassRow& row : kOperatorClasses) {
    if (row.method != method || !row.is_default || !takes(row, type)) continue;
    if (row.type == type) return row.name;
    // GetDefaultOpClass(): of several to which this one casts the preferred.
    if (!coercible || is_preferred_type(row.type)) coercible = &row;
  }
  return coercible ? coercible->name : std::string_view();
}

bool operator_class_takes(std::string_view method, std::string_view name, TypeId type) {
  return std::any_of(std::begin(kOperatorClasses), std::end(kOperatorClasses),
                     [&](const OperatorClassRow& row) {
                       return row.method == method && row.name == name && takes(row, type);
                     });
}

int builtin_catalog_version() {
  return kCatalogVersion;
}

BuiltinCounts builtin_counts() {
  return {std::size(kTypes), std::size(kFunctions), std::size(kOperators), std::size(kCasts),
          std::size(kOperatorClasses)};
}

}  // namespace schemaudit
