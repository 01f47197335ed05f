// CREATE TABLE ... (LIKE source INCLUDING ...). Private to analyzer/sql.
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// The source's columns as the new table gets them, in place of the clause.
std::vector<Attribute> like_attributes(Run& run, const PgQuery__TableLikeClause& like);
/// Defaults and identity, once the columns are there.
void copy_like_defaults(Run& run, ObjectId table, const PgQuery__TableLikeClause& like);
/// Checks, indexes and comments, once the table has its own indexes.
void copy_like_parts(Run& run, ObjectId table, const PgQuery__TableLikeClause& like);

}  // namespace schemaudit::replay
