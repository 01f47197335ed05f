// Who leans on a key of a table, and on whose keys its columns lean.
//
//   if (!may_be_referenced(schema, relation, index)) ...   it may be dropped
//   if (is_in_a_foreign_key(relation, "user_id")) ...        its type is that of its target
#pragma once

#include <string>

#include "analyzer/model/schema.h"

namespace schemaudit {

/// Whether a foreign key may lean on this very index, so that it cannot go.
bool may_be_referenced(const Schema& schema, const Relation& relation, const Index& index);

/// Whether the column references another, by itself or with others.
bool is_in_a_foreign_key(const Relation& relation, const std::string& column);

}  // namespace schemaudit
