// The subcommands of ALTER TABLE that are about one column; column_not_null.h and
// column_identity.h have those about its NOT NULL and its identity. Private to analyzer/sql.
//
//   drop_column(run, {users, true}, "email", false, false);   // ALTER TABLE users DROP email
#pragma once

#include <string>
#include <vector>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// Where a subcommand is to take effect.
struct AlterPlace {
  ObjectId table = kNoObject;
  /// False with ONLY.
  bool recurse = true;
};

/// Returns the new column's number, 0 where IF NOT EXISTS found it there; its constraints are the
/// caller's business.
int add_column(Run& run, const AlterPlace& place, const PgQuery__ColumnDef& definition,
               bool if_not_exists);
void drop_column(Run& run, const AlterPlace& place, const std::string& column, bool cascade,
                 bool missing_ok);
/// A column of a table.
struct ColumnPlace {
  ObjectId table = kNoObject;
  int column = 0;
  /// What it was before the statement gave it another type.
  std::string type_before;
};
/// Returns all columns that got the type: the children's, too.
std::vector<ColumnPlace> alter_column_type(Run& run, const AlterPlace& place,
                                           const PgQuery__AlterTableCmd& command);
/// Keys, indexes and checks on columns with new types are made anew once all of a statement's
/// types are changed: refuses what does not fit them.
void remake_on_new_types(Run& run, const std::vector<ColumnPlace>& places);
void set_column_default(Run& run, const AlterPlace& place, const PgQuery__AlterTableCmd& command);
void set_column_expression(Run& run, const AlterPlace& place,
                           const PgQuery__AlterTableCmd& command);
void drop_column_expression(Run& run, const AlterPlace& place,
                            const PgQuery__AlterTableCmd& command);

}  // namespace schemaudit::replay
