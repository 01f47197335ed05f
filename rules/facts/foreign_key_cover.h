// Which indexes let a foreign key find its rows without reading the whole table: what a DELETE
// or UPDATE of a referenced row has to do.
//
//   if (cover_of(schema, relation, foreign_key.columns) == Cover::none) ...
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/schema.h"

namespace schemaudit {

enum class Cover {
  covered,
  none,
  /// An index whose predicate is not known might.
  unknown,
};

/// Whether `index` finds the rows with given values of `columns`: a valid btree that begins with
/// them in any order, or a hash index on the only one. A partial index counts where its predicate
/// says no more than that the columns are not null; so does a unique index on some of them, which
/// leaves one row to look at. INCLUDE columns and keys of another collation find nothing.
Cover cover_by(const Index& index, const std::vector<std::string>& columns);

/// By any index of the table; a partitioned table is covered where all its partitions are.
Cover cover_of(const Schema& schema, const Relation& relation,
               const std::vector<std::string>& columns);

/// Whether deleting referenced rows, or changing their key, makes the server look for rows of
/// this table in order to change them. ON UPDATE counts where the referenced key can change:
/// not for one that the database generates.
bool is_walked_by_a_cascade(const Schema& schema, const ForeignKey& foreign_key);

/// The columns that a foreign key points at, the target's primary key where it names none; empty
/// where they are not known.
std::vector<std::string> target_columns(const Schema& schema, const ForeignKey& foreign_key);

}  // namespace schemaudit
