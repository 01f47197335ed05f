// Follows DO blocks whose statements stand in them as they are, behind questions to the catalog
// that the replay can answer. Private to analyzer/sql.
//
//   DO $$ BEGIN
//     IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN
//       CREATE TYPE mood AS ENUM ('sad', 'ok');
//     END IF;
//   EXCEPTION WHEN duplicate_object THEN NULL;
//   END $$;
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// False where it holds anything else; nothing is done then. Gives up where a question turns out
/// to have no answer, and refuses where one of the statements does and nothing catches it.
bool follow_do_block(Run& run, const PgQuery__DoStmt& block);

}  // namespace schemaudit::replay
