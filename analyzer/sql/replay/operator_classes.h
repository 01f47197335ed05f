// The operator classes and operators that indexes use for their columns. Private to analyzer/sql.
//
//   require_default_class(run, "btree", table, column);     refuses one of type xml
#pragma once

#include <string>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// As introspection has it: empty for a class that is its type's default, with its schema for
/// one of an extension.
std::string operator_class_of(const Run& run, const std::string& method, const QualifiedName& name);
/// Refuses a type whose values the method cannot order or hash.
void require_default_class(const Run& run, const std::string& method, ObjectId table, int column);
/// Refuses a class that is named and is none for the column's type.
void require_class_takes(const Run& run, const std::string& method, const std::string& name,
                         ObjectId table, int column);
/// Refuses an operator that does not compare two values of the column.
void require_operator(const Run& run, ObjectId table, int column, const std::string& name);
/// Refuses an operator that no exclusion constraint by this method can have, whatever it compares:
/// of the operators in the families of btree and hash `=` alone is commutative.
void require_exclusive_operator(const Run& run, const std::string& method,
                                const QualifiedName& name);

}  // namespace schemaudit::replay
