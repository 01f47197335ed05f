// Who leans on a key of a table.
//
//   if (!may_be_referenced(schema, relation, index)) ...   it may be dropped
#pragma once

#include "analyzer/model/schema.h"

namespace schemaudit {

/// Whether a foreign key may lean on this very index, so that it cannot go.
bool may_be_referenced(const Schema& schema, const Relation& relation, const Index& index);

}  // namespace schemaudit
