#include "analyzer/sql/replay/not_null_constraints.h"

#include "analyzer/sql/claims.h"
#include "analyzer/sql/replay/chosen_names.h"
#include "analyzer/sql/replay/constraints.h"
#include "analyzer/sql/replay/names.h"

namespace schemaudit::replay {

namespace {

constexpr int kFirstWithNames = 180000;

int column_of(const Run& run, ObjectId table, const PgQuery__Constraint& constraint) {
  const std::vector<std::string> keys = strings_of(constraint.n_keys, constraint.keys);
  const std::string name = keys.empty() ? std::string() : keys.front();
  const int column = find_attribute(run.catalog.relation(table), name);
  if (!column)
    refuse("column " + quoted(name) + " of relation " + quoted(run.catalog.at(table).name) +
               " does not exist",
           constraint.location);
  return column;
}

/// A column has one NOT NULL, and that one name.
void name_it(Run& run, ObjectId table, int column, const PgQuery__Constraint& constraint) {
  if (!constraint.conname || !*constraint.conname) return;
  Attribute& attribute = run.catalog.edit_relation(table).attributes[column - 1];
  if (attribute.not_null && !attribute.not_null_name.empty() &&
      attribute.not_null_name != constraint.conname)
    refuse("cannot create not-null constraint " + quoted(constraint.conname) + " on column " +
               quoted(attribute.name) + " of table " + quoted(run.catalog.at(table).name) +
               ": it has one that is named " + quoted(attribute.not_null_name),
           constraint.location);
  attribute.not_null_name = constraint.conname;
}

}  // namespace

int column_with_not_null(const Run& run, ObjectId table, const std::string& name) {
  if (grammar_version() < kFirstWithNames || !has_columns(run.catalog.at(table).kind)) return 0;
  const std::vector<Attribute>& attributes = run.catalog.relation(table).attributes;
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    const Attribute& attribute = attributes[i];
    if (attribute.dropped || !attribute.not_null) continue;
    // The name that the server chose is the one it would choose today, unless the table or the
    // column was renamed since.
    const std::string known =
        attribute.not_null_name.empty()
            ? make_object_name(run.catalog.at(table).name, attribute.name, "not_null")
            : attribute.not_null_name;
    if (known == name) return static_cast<int>(i) + 1;
  }
  return 0;
}

void state_not_null(Run& run, ObjectId table, const PgQuery__Constraint& constraint) {
  const int column = column_of(run, table, constraint);
  name_it(run, table, column, constraint);
  Attribute& attribute = run.catalog.edit_relation(table).attributes[column - 1];
  attribute.not_null = attribute.not_null_local = true;
}

void add_not_null(Run& run, const AlterPlace& place, const PgQuery__Constraint& constraint) {
  const int column = column_of(run, place.table, constraint);
  name_it(run, place.table, column, constraint);
  const bool recurse = place.recurse && !constraint.is_no_inherit;
  set_not_null(run, place.table, column, recurse);
  Change& change =
      run.column_changed(ChangeKind::set_not_null, place.table,
                         run.catalog.relation(place.table).attributes[column - 1].name);
  change.not_valid = constraint.skip_validation;
}

void rename_not_null(Run& run, ObjectId table, int column, const std::string& name) {
  require_free_constraint_name(run, table, name);
  run.catalog.edit_relation(table).attributes[column - 1].not_null_name = name;
}

}  // namespace schemaudit::replay
