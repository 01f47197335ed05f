#include "analyzer/sql/replay/column_not_null.h"

#include <algorithm>
#include <vector>

#include "analyzer/sql/claims.h"
#include "analyzer/sql/replay/columns.h"
#include "analyzer/sql/replay/constraints.h"
#include "analyzer/sql/replay/inheritance.h"
#include "analyzer/sql/replay/names.h"

namespace schemaudit::replay {

void require_not_null_parts(const Run& run, ObjectId table, int column) {
  if (run.catalog.at(table).kind != Kind::partitioned_table ||
      attribute_at(run, table, column).not_null)
    return;
  std::vector<ColumnPlace> places = {{table, column, {}}};
  for (std::size_t i = 0; i < places.size(); ++i) {
    const ColumnPlace above = places[i];
    for (ObjectId part : run.catalog.children(above.table)) {
      const int own = column_in_child(run.catalog, above.table, above.column, part);
      if (!own) continue;
      if (!attribute_at(run, part, own).not_null)
        refuse("constraint must be added to child tables too");
      places.push_back({part, own});
    }
  }
}

void set_column_not_null(Run& run, const AlterPlace& place, const std::string& column,
                         bool parts_have_it) {
  int number = column_named(run, place.table, column);
  if (!parts_have_it && !place.recurse) require_not_null_parts(run, place.table, number);
  set_not_null(run, place.table, number, place.recurse && !parts_have_it);
  run.column_changed(ChangeKind::set_not_null, place.table, column).proved_by_check =
      check_proves_not_null(run, place.table, column);
}

namespace {

/// Since PostgreSQL 18 NOT NULL is a constraint, which children inherit.
bool children_inherit_not_null() {
  return grammar_version() >= 180000;
}

bool parent_has_not_null(const Run& run, ObjectId child, const std::string& column) {
  const std::vector<ObjectId>& parents = run.catalog.relation(child).parents;
  return std::any_of(parents.begin(), parents.end(), [&](ObjectId parent) {
    const int above = find_attribute(run.catalog.relation(parent), column);
    return above && attribute_at(run, parent, above).not_null;
  });
}

}  // namespace

void drop_column_not_null(Run& run, const AlterPlace& place, const std::string& column) {
  int number = column_named(run, place.table, column);
  if (attribute_at(run, place.table, number).identity)
    refuse(column_in_message(run, place.table, column) + " is an identity column");
  for (ObjectId id : run.catalog.relation(place.table).indexes) {
    const IndexDetail& index = run.catalog.detail<IndexDetail>(id);
    if (!index.primary) continue;
    for (const IndexKeyDetail& key : index.keys)
      if (key.column == number) refuse("column " + quoted(column) + " is in a primary key");
  }
  if (ObjectId parent = run.catalog.relation(place.table).partition_of) {
    int above = find_attribute(run.catalog.relation(parent), column);
    if (above && attribute_at(run, parent, above).not_null)
      refuse("column " + quoted(column) + " is marked NOT NULL in parent table");
  }
  if (children_inherit_not_null() && parent_has_not_null(run, place.table, column))
    refuse("cannot drop the inherited NOT NULL of " + column_in_message(run, place.table, column));
  if (!place.recurse && !run.catalog.children(place.table).empty() &&
      run.catalog.at(place.table).kind == Kind::partitioned_table)
    refuse("cannot remove constraint from only the partitioned table when partitions exist");
  Attribute& changed = run.catalog.edit_relation(place.table).attributes[number - 1];
  changed.not_null = false;
  changed.not_null_local = true;
  changed.not_null_name.clear();
  run.column_changed(ChangeKind::drop_not_null, place.table, column);
  for (ObjectId child : run.catalog.children(place.table)) {
    const int own = find_attribute(run.catalog.relation(child), column);
    if (!own) continue;
    if (!children_inherit_not_null()) {
      // A primary key of its own may stand in the way.
      if (place.recurse) drop_column_not_null(run, {child, true}, column);
    } else if (!place.recurse) {
      run.catalog.edit_relation(child).attributes[own - 1].not_null_local = true;
    } else if (!attribute_at(run, child, own).not_null_local &&
               !parent_has_not_null(run, child, column)) {
      drop_column_not_null(run, {child, true}, column);
    }
  }
}

}  // namespace schemaudit::replay
