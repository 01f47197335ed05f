// COMMENT ON. Private to analyzer/sql.
//
//   COMMENT ON COLUMN users.email IS 'Where we write to';
//   comment_on(run, *node.comment_stmt);   // Attribute::comment of email; IS NULL takes it away
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void comment_on(Run& run, const PgQuery__CommentStmt& comment);

}  // namespace schemaudit::replay
