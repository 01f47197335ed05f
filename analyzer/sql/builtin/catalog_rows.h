// The rows of the builtin tables, for the files of this folder.
//
//   for (const OperatorRow& row : operators_named("=")) ...
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "analyzer/sql/builtin/builtin_catalog.h"

namespace schemaudit {

struct TypeRow {
  TypeId id;
  std::string_view name, internal;
  char category;
  bool preferred;
  /// pg_type.typtype.
  char kind;
  TypeId element, array;
};

struct FunctionRow {
  std::string_view name;
  TypeId result, variadic;
  std::uint8_t arguments, defaults;
  /// pg_proc.prokind.
  char kind;
  bool returns_set;
  /// Where its argument types begin.
  std::uint16_t first;
};

struct OperatorRow {
  std::string_view name;
  TypeId left, right, result;
};

struct CastRow {
  TypeId source, target;
  char context, method;
};

struct RangeRow {
  TypeId range, subtype, multirange;
};

struct OperatorClassRow {
  std::string_view method, name;
  TypeId type;
  bool is_default;
};

const TypeRow* find_type(TypeId type);
std::span<const FunctionRow> functions_named(std::string_view name);
std::span<const TypeId> arguments_of(const FunctionRow& function);
std::span<const OperatorRow> operators_named(std::string_view name);
std::span<const RangeRow> range_types();

}  // namespace schemaudit
