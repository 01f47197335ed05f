// Sequences: CREATE, ALTER, and those that serial and identity columns bring. Private to
// analyzer/sql.
//
//   ObjectId sequence = make_sequence(run, schema, "users_id_seq", "integer", 0, nullptr);
//   own_sequence(run, sequence, users, 1, NeedKind::automatic);   // of users.id, which is a serial
//   // its SequenceDetail::options: by 1 from 1 to 2147483647
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// A sequence of its own with the server's defaults for its type (`smallint`, `integer`,
/// `bigint`) and these options (DefElem nodes). Its name must be free.
ObjectId make_sequence(Run& run, ObjectId schema, const std::string& name, const std::string& type,
                       std::size_t option_count, PgQuery__Node* const* options);

/// Makes it a part of the column: `automatic` for serial and OWNED BY, `internal` for identity.
void own_sequence(Run& run, ObjectId sequence, ObjectId table, int column, NeedKind kind);

/// The sequence of an identity column; kNoObject where it has none.
ObjectId identity_sequence(const Catalog& catalog, ObjectId table, int column);

/// Options of ALTER SEQUENCE, and of ALTER COLUMN ... SET for an identity column.
void change_sequence(Run& run, ObjectId sequence, std::size_t option_count,
                     PgQuery__Node* const* options);

void create_sequence(Run& run, const PgQuery__CreateSeqStmt& create);
void alter_sequence(Run& run, const PgQuery__AlterSeqStmt& alter);

}  // namespace schemaudit::replay
