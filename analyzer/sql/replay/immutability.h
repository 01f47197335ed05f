// Expressions that have to give the same value for ever: those of indexes, their predicates and
// generated columns. Private to analyzer/sql.
//
//   require_immutable(run, table, *element.expr, "functions in index expression must be marked "
//                                                "IMMUTABLE");
#pragma once

#include <string>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// Refuses with `message` what is certainly not immutable: now(), random(), and what depends on
/// the session's time zone. What is not known to be either passes.
void require_immutable(const Run& run, ObjectId table, PgQuery__Node& expression,
                       const std::string& message);

/// Whether it calls a function that is known to give each row another value: random(), but not
/// now(), which is one value for the whole statement.
bool calls_volatile(PgQuery__Node& expression);

/// Whether a subquery stands in it.
bool holds_query(PgQuery__Node& expression);

}  // namespace schemaudit::replay
