// What trees of PostgreSQL 18's grammar say and older ones cannot: the one place in which the
// versions of libpg_query differ. Private to analyzer/sql.
//
//   detail.enforced = is_enforced(constraint);    // true of every tree before PostgreSQL 18
#pragma once

#include <optional>
#include <string>

#include "analyzer/model/schema.h"
#include "analyzer/sql/pg_tree.h"

namespace schemaudit {

/// Of a CHECK or a foreign key: NOT ENFORCED is what holds for no row.
template <typename Constraint>
bool is_enforced(const Constraint& constraint) {
  if constexpr (requires { constraint.is_enforced; })
    return constraint.is_enforced != 0 ||
           (constraint.contype != PG_QUERY__CONSTR_TYPE__CONSTR_CHECK &&
            constraint.contype != PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN);
  else
    return true;
}

/// PRIMARY KEY or UNIQUE (..., range WITHOUT OVERLAPS).
template <typename Constraint>
bool is_without_overlaps(const Constraint& constraint) {
  if constexpr (requires { constraint.without_overlaps; })
    return constraint.without_overlaps != 0;
  else
    return false;
}

/// FOREIGN KEY (..., PERIOD range) REFERENCES table (..., PERIOD range).
template <typename Constraint>
bool has_period(const Constraint& constraint) {
  if constexpr (requires { constraint.fk_with_period; })
    return constraint.fk_with_period != 0;
  else
    return false;
}

/// Before PostgreSQL 18 STORED was the only kind.
template <typename Constraint>
GeneratedKind generated_kind(const Constraint& constraint) {
  if constexpr (requires { constraint.generated_kind; })
    return constraint.generated_kind && *constraint.generated_kind == 'v' ? GeneratedKind::virtual_
                                                                          : GeneratedKind::stored;
  else
    return GeneratedKind::stored;
}

/// What INSERT, UPDATE or DELETE gives back: its targets, in a clause of their own since PostgreSQL
/// 18. Calls `use(count, targets)` where there are any.
template <typename Statement, typename Use>
void for_returned(Statement& statement, const Use& use) {
  if constexpr (requires { statement.returning_list; }) {
    if (statement.n_returning_list > 0) use(statement.n_returning_list, statement.returning_list);
  } else {
    if (statement.returning_clause)
      use(statement.returning_clause->n_exprs, statement.returning_clause->exprs);
  }
}

/// [NOT] ENFORCED behind a column's constraint, which older grammars do not know; false where it
/// is something else.
bool take_enforcement(const PgQuery__Constraint& attribute, PgQuery__Constraint* constraint);

/// ALTER COLUMN ... SET EXPRESSION (PostgreSQL 17).
bool sets_expression(const PgQuery__AlterTableCmd& command);

/// What ALTER TABLE ... ALTER CONSTRAINT asks for; unset is left as it is.
struct AlteredConstraint {
  std::string name;
  std::optional<bool> deferrable, initially_deferred, enforced, no_inherit;
};
/// Unset where the command is none.
std::optional<AlteredConstraint> altered_constraint(const PgQuery__AlterTableCmd& command);

}  // namespace schemaudit
