// Which indexes of a table do what another one does already.
//
//   if (const Index* kept = copied_index(relation, index)) ...    index may go, kept stays
//
// Of several that say the same, one is kept and the others are copies of it: a constraint's index
// before a plain one, a partition's child of its root's index before one of its own, then the
// first by name.
#pragma once

#include "analyzer/model/schema.h"

namespace schemaudit {

/// The index that `index` repeats in every respect, and that is kept; nullptr where there is
/// none. Undecided expressions and predicates are never equal; invalid indexes are left out.
const Index* copied_index(const Relation& relation, const Index& index);

/// The index that finds and orders all that the plain, non-unique btree `index` does, and more:
/// its keys begin with the same ones, and it holds all columns of INCLUDE. nullptr where there is
/// none, and for one that copied_index() tells.
const Index* wider_index(const Relation& relation, const Index& index);

}  // namespace schemaudit
