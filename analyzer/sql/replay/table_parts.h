// Adds columns, constraints and indexes to tables, with the names, dependencies and copies on
// children that the server makes: what CREATE TABLE, ALTER TABLE and CREATE INDEX share. Private
// to analyzer/sql.
#pragma once

#include <string>
#include <vector>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// A column as a ColumnDef states it, without its constraints; `serial` is resolved by the
/// caller.
Attribute attribute_from(Run& run, const PgQuery__ColumnDef& definition, std::vector<Need>& needs,
                         int number);

/// `needs` go to the table as needs of the column.
int add_attribute(Run& run, ObjectId table, Attribute attribute, std::vector<Need> needs);

/// Replaces the column's default, or its generation expression.
void set_default(Run& run, ObjectId table, int column, StoredExpression expression,
                 std::vector<Need> needs, bool generated);
void drop_default(Run& run, ObjectId table, int column);

}  // namespace schemaudit::replay
