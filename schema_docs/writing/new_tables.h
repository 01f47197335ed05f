// Where a table that no document describes is to be described, and in which order several are.
//
//   file_of(users, style)     docs/tables/users.md
//   in_order(tables)          targets of foreign keys before the tables that point at them
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analyzer/model/schema.h"
#include "schema_docs/writing/document_style.h"
#include "schema_docs/writing/table_text.h"

namespace schemaudit {

/// `with_schema` where the plain name is taken.
std::string file_of(const Relation& relation, const DocumentStyle& style, bool with_schema = false);

std::vector<const Relation*> in_order(std::vector<const Relation*> tables);

/// Gives each enum and domain that `stated` lacks to the first table that has a column of it.
std::map<const Relation*, SectionOptions> types_to_state(const std::vector<const Relation*>& tables,
                                                         const Schema& built, const Schema& stated);

}  // namespace schemaudit
