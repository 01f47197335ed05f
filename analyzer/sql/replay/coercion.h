// Whether a value of one type may stand where another type is wanted (PostgreSQL 15,
// src/backend/parser/parse_coerce.c). Private to analyzer/sql.
//
//   std::string from = settled_type(*command.def, {});           int4range, of int4range(1, 5)
//   if (!may_be_assigned(run, from, column_type)) refuse(...);
#pragma once

#include <string>

#include "analyzer/sql/normal_form.h"
#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// The type an expression has wherever it stands, as type_text() spells it; empty where it cannot
/// be told, and of a literal, which takes the type of its place.
std::string settled_type(const PgQuery__Node& node, const ColumnTypes& types);

/// The same as a type, what a domain is of in its place.
TypeRef base_type(Run& run, const std::string& spelling);

/// Refuses a literal that is no value of the type, as far as fault_of_literal() tells, and of
/// enums.
void require_value(Run& run, const PgQuery__Node& node, const TypeRef& type, int location = 0);

/// As a column's default or a partition's bound is; false only where the server certainly refuses.
bool may_be_assigned(Run& run, const std::string& from, const TypeRef& to);
/// As a function's argument is.
bool may_be_passed(Run& run, const std::string& from, const TypeRef& to);
/// Whether it is that very type, a domain taken for what it is of.
bool is_the_type(Run& run, const std::string& from, const TypeRef& to);

/// Of a table's columns, as they are when it is asked.
ColumnTypes column_types(const Catalog& catalog, ObjectId table);

}  // namespace schemaudit::replay
