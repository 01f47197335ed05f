// What pg_catalog holds: types, functions, operators, casts and operator classes, and how
// PostgreSQL chooses among them. A table compiled in; nothing is read and no server is asked.
//
//   TypeId text = builtin_type("character varying(20)");
//   std::optional<ResolvedCall> call = resolve_operator("=", text, kUnknownLiteral);
//   // call->arguments == {text, text}, call->result is boolean: what the server would store
//
// Types of extensions and of users are not in it: they are kNoType, of which nothing follows.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace schemaudit {

/// A type's OID in pg_type, which is the same on every server for what PostgreSQL itself brings.
using TypeId = std::uint16_t;

constexpr TypeId kNoType = 0;
constexpr TypeId kBoolean = 16, kName = 19, kBigint = 20, kSmallint = 21, kInteger = 23, kText = 25,
                 kJson = 114, kReal = 700, kDouble = 701, kUnknownLiteral = 705, kBpchar = 1042,
                 kVarchar = 1043, kDate = 1082, kTimestamp = 1114, kTimestampTz = 1184,
                 kInterval = 1186, kNumeric = 1700, kRecord = 2249, kAny = 2276, kJsonb = 3802;

/// Of a type as format_type() spells it, its modifiers apart; kNoType where it is no builtin one.
TypeId builtin_type(std::string_view normal);
/// As format_type() spells it; empty for kNoType.
std::string_view builtin_type_name(TypeId type);
/// pg_type.typcategory; 0 for kNoType.
char type_category(TypeId type);
bool is_preferred_type(TypeId type);
/// kNoType where there is none.
TypeId array_of(TypeId element);
TypeId element_of(TypeId array);
/// Of a range or multirange type.
TypeId range_subtype(TypeId range);
bool is_string_type(TypeId type);
bool is_numeric_type(TypeId type);

/// pg_cast.castcontext: 'i' implicit, 'a' in assignments, 'e' explicit only; 0 where there is no
/// cast but perhaps one through text. A type casts to itself implicitly.
char cast_context(TypeId from, TypeId to);
/// Whether that cast leaves the value as it is, and only its type changes.
bool is_binary_cast(TypeId from, TypeId to);

bool is_builtin_type(std::string_view normal);
/// `name` as pg_proc has it (`btrim`, not TRIM).
bool is_builtin_function(std::string_view name);
/// `name` in any access method.
bool is_builtin_operator_class(std::string_view name);
/// Whether it is the class that indexes of this method use for its own type by themselves.
bool is_default_operator_class(std::string_view method, std::string_view name);
/// The class an index of this method uses for a type by itself; empty where there is none.
std::string_view default_operator_class(std::string_view method, TypeId type);
/// Whether a class named for it may be used for columns of the type.
bool operator_class_takes(std::string_view method, std::string_view name, TypeId type);

constexpr std::size_t kMostArguments = 12;

/// Which function or operator PostgreSQL takes, and to what it casts the arguments.
struct ResolvedCall {
  std::array<TypeId, kMostArguments> arguments{};
  /// kNoType where it depends on what is not known.
  TypeId result = kNoType;
  bool returns_set = false;
  bool aggregate = false;

  bool same_arguments(const ResolvedCall& other) const { return arguments == other.arguments; }
};

/// `left` is kNoType for a prefix operator. Unset where no operator fits, or where more than one
/// does, or where a type is not known.
std::optional<ResolvedCall> resolve_operator(std::string_view name, TypeId left, TypeId right);
std::optional<ResolvedCall> resolve_prefix_operator(std::string_view name, TypeId operand);
std::optional<ResolvedCall> resolve_function(std::string_view name,
                                             std::span<const TypeId> arguments);
/// Whether a function of that name may take such arguments; kNoType is any type.
bool may_take_arguments(std::string_view function, std::span<const TypeId> arguments);
/// Whether an operator of that name may stand between such operands; kNoType is any type.
bool may_take_operands(std::string_view name, TypeId left, TypeId right);
/// What all functions of that name return; kNoType where they differ or there are none.
TypeId result_of_every(std::string_view function);
/// The type to which CASE, COALESCE, ARRAY, VALUES and IN bring their branches; kNoType where
/// there is none.
TypeId common_type(std::span<const TypeId> types);

/// The PostgreSQL major version the tables were written from.
int builtin_catalog_version();
/// For the test that compares the tables with a server: types, functions, operators, casts and
/// operator classes.
struct BuiltinCounts {
  std::size_t types = 0, functions = 0, operators = 0, casts = 0, operator_classes = 0;
};
BuiltinCounts builtin_counts();

}  // namespace schemaudit
