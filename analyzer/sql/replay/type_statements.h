// CREATE and ALTER of types; domains.h has those of domains. Private to analyzer/sql.
//
//   CREATE TYPE mood AS ENUM ('sad', 'ok');
//   ALTER TYPE mood ADD VALUE 'fine' AFTER 'sad';   EnumDetail::labels is {"sad", "fine", "ok"}
//
// A shell type is a Kind::base_type whose OtherDetail::what is `shell`; a multirange type is one
// with an internal need of its range type. Neither is a part of the Schema.
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void create_enum(Run& run, const PgQuery__CreateEnumStmt& create);
void alter_enum(Run& run, const PgQuery__AlterEnumStmt& alter);
void create_composite(Run& run, const PgQuery__CompositeTypeStmt& create);
/// ALTER TYPE ... ADD, DROP, ALTER ATTRIBUTE.
void alter_composite(Run& run, const PgQuery__AlterTableStmt& alter);
void create_range(Run& run, const PgQuery__CreateRangeStmt& create);
/// CREATE TYPE x, alone or with the functions of a base type.
void create_base_type(Run& run, const PgQuery__DefineStmt& define);

}  // namespace schemaudit::replay
