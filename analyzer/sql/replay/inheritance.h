// Children by INHERITS and partitions: what they take from their parents, and how they come to be
// and cease to be children. Private to analyzer/sql.
//
//   ALTER TABLE capitals INHERIT cities;
//   add_parent(run, capitals, cities);   // refused where it lacks a column or CHECK of cities
#pragma once

#include <string>
#include <vector>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// The columns that a new child takes from its parents, merged by name.
std::vector<Attribute> inherited_attributes(const Run& run, const std::vector<ObjectId>& parents);
/// Defaults and checks of the parents, once the child's own columns are there.
void inherit_defaults(Run& run, ObjectId child, const std::vector<ObjectId>& parents,
                      const std::vector<int>& without_default);
void inherit_checks(Run& run, ObjectId child, const std::vector<ObjectId>& parents);

/// ALTER TABLE ... [NO] INHERIT.
void add_parent(Run& run, ObjectId child, ObjectId parent);
void remove_parent(Run& run, ObjectId child, ObjectId parent);

/// An existing table becomes a child: its columns and checks have to fit its parent's.
void merge_into_child(Run& run, ObjectId child, ObjectId parent, bool partition);
/// Takes back what merge_into_child() and inheriting count.
void leave_parent(Run& run, ObjectId child, ObjectId parent);

/// `ancestor` itself or anything above `table`.
bool is_descendant(const Catalog& catalog, ObjectId table, ObjectId ancestor);

/// Since PostgreSQL 17 a column of a partition is an identity column where its table's is, by the
/// same sequence.
bool partitions_share_identity();
/// The sequence of an identity column: of the topmost table where partitions share it.
ObjectId shared_identity_sequence(const Catalog& catalog, ObjectId table, int column);
/// Of a partition that is attached, and of one that is detached.
void take_identity(Run& run, ObjectId partition, ObjectId parent);
void lose_identity(Run& run, ObjectId partition);
/// Makes the column below `table` what it is in `table` now; nothing where they do not share it.
void share_identity(Run& run, ObjectId table, int column);

/// The column in a child of the same name; 0 where it has none.
int column_in_child(const Catalog& catalog, ObjectId parent, int column, ObjectId child);

}  // namespace schemaudit::replay
