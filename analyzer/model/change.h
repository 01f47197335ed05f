// What one statement of a SQL source does to one object: what hazard rules look at, so that they
// need no parser.
//
//   for (const Change& change : source.changes)
//     if (change.kind == ChangeKind::drop_column && !change.object_is_new) ...
//
// A statement gives as many changes as it has effects: `ALTER TABLE t ADD a int, DROP b` gives
// two, `DROP TABLE t CASCADE` one for each object that goes with it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "analyzer/model/expression.h"
#include "analyzer/model/finding.h"
#include "analyzer/model/names.h"
#include "analyzer/model/origin.h"

namespace schemaudit {

enum class ChangeKind {
  create,
  drop,
  /// The object's name; `new_name` has the new one.
  rename,
  /// To another schema; `new_name` has its name.
  move,
  /// CREATE OR REPLACE of what was there.
  replace,
  add_column,
  drop_column,
  rename_column,
  column_type,
  set_not_null,
  drop_not_null,
  set_default,
  drop_default,
  /// Identity and generation, storage, statistics, collation: what is left of a column.
  column_property,
  add_constraint,
  drop_constraint,
  validate_constraint,
  attach_partition,
  detach_partition,
  inherit,
  add_enum_value,
  rename_enum_value,
  /// Row security, triggers on or off, persistence, options: what is left of ALTER.
  property,
  owner,
  comment,
  grant,
  revoke,
  /// INSERT, UPDATE, DELETE, MERGE, COPY FROM.
  rows,
  truncate,
  /// A statement whose effect on the schema could not be followed.
  unanalysed,
};

/// What a constraint of add_constraint, drop_constraint and validate_constraint is.
enum class ConstraintType { primary_key, unique, foreign_key, check, exclusion };

struct Change {
  ChangeKind kind = ChangeKind::property;
  ObjectRef object;
  Origin origin;
  /// Ordinal of the statement in its source, from 0.
  std::size_t statement = 0;
  /// Ordinal of the explicit transaction block it stands in, from 1; 0 outside of any.
  std::size_t transaction = 0;
  std::string new_name;
  /// A foreign key's target, a partition's or child's parent.
  std::optional<QualifiedName> target;
  std::optional<Type> type_before, type_after;
  /// Whether a statement of the same source made the table, or the object where it has none.
  bool object_is_new = false;
  bool cascade = false;
  /// IF EXISTS or IF NOT EXISTS.
  bool conditional = false;
  bool concurrently = false;
  /// NOT VALID.
  bool not_valid = false;
  /// ALTER COLUMN ... TYPE ... USING.
  bool has_using = false;
  /// ADD COLUMN with a default; `default_is_constant` where it is the same for every row.
  bool has_default = false;
  bool default_is_constant = false;
  /// ADD COLUMN: its value is computed for each row that is there (a sequence, a stored
  /// generation, random()).
  bool computed_per_row = false;
  bool not_null = false;
  /// SET NOT NULL: a valid CHECK of the table says so already.
  bool proved_by_check = false;
  std::optional<ConstraintType> constraint;
  /// ADD CONSTRAINT ... USING INDEX.
  bool uses_index = false;
  /// Of a CHECK that says no more than `column IS NOT NULL`, its column.
  std::string not_null_column;
  /// The table that it is about is a partitioned one.
  bool on_partitioned = false;
  /// Rows that are there change their values: UPDATE, MERGE, INSERT ... ON CONFLICT DO UPDATE.
  bool updates_rows = false;
  bool operator==(const Change&) const = default;
};

std::string_view to_string(ChangeKind kind);

}  // namespace schemaudit
