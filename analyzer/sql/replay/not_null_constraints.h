// NOT NULL as a constraint with a name, which PostgreSQL 18 gives each: found, added, renamed and
// dropped by it. Before, none has a name. Private to analyzer/sql.
//
//   CREATE TABLE users (email text NOT NULL);
//   column_with_not_null(run, users, "users_email_not_null")   column 1; 0 before PostgreSQL 18
#pragma once

#include <string>

#include "analyzer/sql/replay/alter_column.h"

namespace schemaudit::replay {

/// The column whose NOT NULL has this name; 0 where none does.
int column_with_not_null(const Run& run, ObjectId table, const std::string& name);

/// `CONSTRAINT name NOT NULL column` of CREATE TABLE.
void state_not_null(Run& run, ObjectId table, const PgQuery__Constraint& constraint);
/// The same behind ALTER TABLE ... ADD, NOT VALID too: the server calls the column NOT NULL then.
void add_not_null(Run& run, const AlterPlace& place, const PgQuery__Constraint& constraint);

void rename_not_null(Run& run, ObjectId table, int column, const std::string& name);

}  // namespace schemaudit::replay
