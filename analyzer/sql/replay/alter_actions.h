// Every action of ALTER TABLE that the grammars of PostgreSQL 15 to 18 have, and what the replay
// does with it: what alter_table() does not carry out has to stand here, and the documentation's
// table is made of it. Private to analyzer/sql.
//
//   const AlterAction* action = alter_action(PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage);
//   // action->name == "ALTER COLUMN SET STORAGE", action->treatment == Treatment::no_effect
#pragma once

#include <string_view>
#include <vector>

#include "analyzer/sql/replay/statement_kinds.h"

namespace schemaudit::replay {

struct AlterAction {
  /// The enumerator's name in the grammar: `AT_AddColumn`. Names, because not every grammar has
  /// all.
  std::string_view subtype;
  /// `ADD COLUMN`; empty for what no statement says: the server makes it of others on its way.
  std::string_view name;
  Treatment treatment;
  std::string_view note;
};

const std::vector<AlterAction>& alter_actions();
/// nullptr for one that is newer than this table.
const AlterAction* alter_action(PgQuery__AlterTableType subtype);

}  // namespace schemaudit::replay
