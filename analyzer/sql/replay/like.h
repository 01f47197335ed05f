// CREATE TABLE ... (LIKE source INCLUDING ...). Private to analyzer/sql.
//
//   CREATE TABLE archive (LIKE orders INCLUDING DEFAULTS INCLUDING INDEXES);
//   like_attributes(run, like)                // NOT NULL is kept, comments are not
//   copy_like_defaults(run, archive, like);
//   copy_like_parts(run, archive, like);      // orders_pkey as archive_pkey, but no CHECKs
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
