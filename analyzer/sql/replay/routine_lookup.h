// Finds the function that a call, or a statement about a function, means (PostgreSQL 15,
// src/backend/parser/parse_func.c). Private to analyzer/sql.
//
//   if (ObjectId routine = resolve_call(run, call)) ...   one of the catalog's own
#pragma once

#include <string>
#include <vector>

#include "analyzer/sql/normal_form.h"
#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// The catalog's function that a call means; kNoObject for one of pg_catalog's. Refuses where
/// there is none that fits. `types` are those of the columns that its arguments may read.
ObjectId resolve_call(Run& run, const PgQuery__FuncCall& call, const ColumnTypes& types = {});

/// The function that `f(integer, text)` or `f` alone means in DROP, ALTER and COMMENT; refuses
/// where there is none or, of a bare name, several.
ObjectId routine_named(Run& run, const PgQuery__ObjectWithArgs& name, bool missing_ok);

/// The function without arguments, or the only one of that name, that a trigger or an aggregate
/// names; kNoObject for one of pg_catalog's.
ObjectId routine_by_name(Run& run, const QualifiedName& name, std::size_t argument_count,
                         int location = 0);

/// A type as functions have it: without modifiers and SETOF.
TypeRef argument_type(Run& run, const PgQuery__TypeName& type);

/// `f(integer, text)`: as the server's messages name it.
std::string signature(const Catalog& catalog, std::string_view name,
                      const std::vector<TypeRef>& arguments);

}  // namespace schemaudit::replay
