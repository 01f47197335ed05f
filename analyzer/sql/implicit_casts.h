// Which casts PostgreSQL adds by itself when it stores an expression: those say nothing that the
// author did not. Private to analyzer/sql.
//
//   status character varying(20);   (status)::text = 'open'   is   status = 'open'
#pragma once

#include <string>
#include <string_view>

#include "analyzer/sql/normal_form.h"
#include "analyzer/sql/pg_tree.h"

namespace schemaudit {

/// The type of an expression as far as it is needed to tell implicit casts; empty: unknown.
std::string type_of(const PgQuery__Node* node, const ColumnTypes& types);

/// Whether a cast of `argument` from one type to another is one that the server makes by itself
/// (pg_cast, castcontext 'i', and the string types among themselves).
bool cast_is_implicit(std::string_view from, std::string_view to, const PgQuery__Node& argument,
                      const ColumnTypes& types);

/// Whether a number's normal form has the same value in this type without a cast.
bool is_number_of_type(std::string_view constant, std::string_view type);

}  // namespace schemaudit
