// COMMENT ON. Private to analyzer/sql.
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void comment_on(Run& run, const PgQuery__CommentStmt& comment);

}  // namespace schemaudit::replay
