// Columns: made from their definitions, added, given and deprived of defaults. Private to
// analyzer/sql.
//
//   std::string sequence = serial_name(run, schema, "users", "id");            // users_id_seq
//   int column = add_attribute(run, users, attribute_from(run, definition));   // id serial
//   make_serial(run, users, column, sequence, "integer");   // the sequence, and nextval() of it
#pragma once

#include <string>
#include <vector>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// A column as its definition states it, constraints and defaults left aside. `serial` types are
/// resolved to what they stand for, and not null.
Attribute attribute_from(Run& run, const PgQuery__ColumnDef& definition);
/// `serial`, `bigserial` or `smallserial`: the integer type; empty for any other.
std::string serial_base(const PgQuery__ColumnDef& definition);
/// What COLLATE of a definition names; unset for the type's own.
std::optional<QualifiedName> collation_of(const PgQuery__ColumnDef& definition);

/// The column with this number, which is there.
const Attribute& attribute_at(const Run& run, ObjectId table, int column);
/// `column "email" of relation "users"`
std::string column_in_message(const Run& run, ObjectId table, const std::string& column);

/// Appends it; returns its number.
int add_attribute(Run& run, ObjectId table, Attribute attribute);

/// DEFAULT NULL, which is none at all.
bool is_no_default(const Run& run, ObjectId table, int column, const PgQuery__Node& value);
/// Makes the default, or with `generated` the generation expression, of a column without one.
void put_default(Run& run, ObjectId table, int column, StoredExpression expression,
                 std::vector<Need> needs, bool generated);
/// What DEFAULT or, with `generated`, GENERATED ... AS of a definition says of a column that is
/// there; false for DEFAULT NULL, which gives it none.
bool state_default(Run& run, ObjectId table, int column, const PgQuery__Constraint& value,
                   bool generated);
/// Refuses a default or generation expression that the column's type cannot take.
void require_assignable(Run& run, ObjectId table, int column, const PgQuery__Node& value,
                        bool generated);
void remove_default(Run& run, ObjectId table, int column);
/// A copy of another column's default, for a child or LIKE.
void copy_default(Run& run, ObjectId from, int from_column, ObjectId to, int to_column);

/// What a serial column brings: its sequence and its default. Call it when the column is there;
/// the name has to be chosen before the table is made.
std::string serial_name(Run& run, ObjectId schema, const std::string& table,
                        const std::string& column);
void make_serial(Run& run, ObjectId table, int column, const std::string& sequence,
                 const std::string& type);
void make_identity(Run& run, ObjectId table, int column, const std::string& sequence,
                   const PgQuery__Constraint& identity);

/// The type's spelling; empty where it is not known.
std::string column_type(const Catalog& catalog, ObjectId table, int column);
std::vector<std::string> column_names(const Catalog& catalog, ObjectId table,
                                      const std::vector<int>& columns);

}  // namespace schemaudit::replay
