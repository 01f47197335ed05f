// What statements about types and domains have in common: new objects, types by their names, and
// who uses them. Private to analyzer/sql.
//
//   require_free_type_name(run, schema, "mood");
//   Object object = new_object(run, Kind::enum_type, schema, "mood");
#pragma once

#include <string>
#include <string_view>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// Made by the statement that runs; without details.
Object new_object(const Run& run, Kind kind, ObjectId schema, std::string name);

void require_free_type_name(const Run& run, ObjectId schema, const std::string& name);

/// A type that an ALTER names; refuses where it is of another kind.
ObjectId type_of_kind(Run& run, const QualifiedName& name, Kind kind, std::string_view what);

/// Tables with a column of the type keep it from being changed below them: as the column's own
/// where `direct`, else in arrays, rows and ranges only.
void require_unused(const Run& run, ObjectId type, bool direct = true);

}  // namespace schemaudit::replay
