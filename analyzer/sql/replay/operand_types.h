// Whether the parts of an expression have types that what stands around them takes: operands,
// what is cast, and conditions. Private to analyzer/sql.
//
//   require_types(run, *check.raw_expr, column_types(run.catalog, table));
//   // of CHECK (code >= 1) with a text: operator does not exist: text >= integer
#pragma once

#include "analyzer/sql/normal_form.h"
#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// Refuses only what the server certainly refuses: nothing is said of a part whose type is not
/// told, nor of what is inside of a query.
void require_types(Run& run, PgQuery__Node& node, const ColumnTypes& types);
/// Of a whole condition (CHECK, WHERE), as `what` calls it.
void require_boolean(Run& run, const PgQuery__Node& node, const ColumnTypes& types,
                     const char* what);

/// Writes into the expression what the server writes down when it stores one: the type that each
/// literal took from the other operand or from the function's argument, and the casts that
/// operators brought. So it may be read again once `types` have changed.
void write_types(Run& run, StoredExpression& expression, const ColumnTypes& types);

}  // namespace schemaudit::replay
