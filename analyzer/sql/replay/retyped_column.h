// What ALTER COLUMN TYPE leaves of the expressions that speak of the column: the server reads them
// anew with the literals typed as they were. Private to analyzer/sql.
//
//   d date DEFAULT '2020-01-01';  ALTER d TYPE timestamptz;   the default is '2020-01-01'::date
#pragma once

#include <string>

#include "analyzer/sql/normal_form.h"
#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// Call it once the column has its new type. Defaults of one literal get a cast to the old type;
/// other expressions with literals whose type may have been the column's become undecided.
void keep_literal_types(Run& run, ObjectId table, int column, const std::string& old_type,
                        const std::string& new_type);

/// Checks and the expressions of indexes on the column are read anew, with the types that literals
/// and operands had: refuses where no function or operator takes the new type.
void reread_expressions(Run& run, ObjectId table, int column, const ColumnTypes& types_before);

}  // namespace schemaudit::replay
