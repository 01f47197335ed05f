#include "analyzer/sql/newer_trees.h"

namespace schemaudit {

#if PG_VERSION_NUM >= 170000

bool sets_expression(const PgQuery__AlterTableCmd& command) {
  return command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetExpression;
}

#else

bool sets_expression(const PgQuery__AlterTableCmd&) {
  return false;
}

#endif

#if PG_VERSION_NUM >= 180000

bool take_enforcement(const PgQuery__Constraint& attribute, PgQuery__Constraint* constraint) {
  const bool enforced = attribute.contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_ENFORCED;
  if (!enforced && attribute.contype != PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_ENFORCED)
    return false;
  if (constraint) constraint->is_enforced = enforced;
  return true;
}

std::optional<AlteredConstraint> altered_constraint(const PgQuery__AlterTableCmd& command) {
  if (!command.def || command.def->node_case != PG_QUERY__NODE__NODE_ATALTER_CONSTRAINT)
    return std::nullopt;
  const PgQuery__ATAlterConstraint& wanted = *command.def->atalter_constraint;
  AlteredConstraint altered;
  altered.name = wanted.conname;
  if (wanted.alter_deferrability) {
    altered.deferrable = wanted.deferrable != 0;
    altered.initially_deferred = wanted.initdeferred != 0;
  }
  if (wanted.alter_enforceability) altered.enforced = wanted.is_enforced != 0;
  if (wanted.alter_inheritability) altered.no_inherit = wanted.noinherit != 0;
  return altered;
}

#else

bool take_enforcement(const PgQuery__Constraint&, PgQuery__Constraint*) {
  return false;
}

std::optional<AlteredConstraint> altered_constraint(const PgQuery__AlterTableCmd& command) {
  if (!command.def || command.def->node_case != PG_QUERY__NODE__NODE_CONSTRAINT)
    return std::nullopt;
  const PgQuery__Constraint& wanted = *command.def->constraint;
  AlteredConstraint altered;
  altered.name = wanted.conname;
  altered.deferrable = wanted.deferrable != 0;
  altered.initially_deferred = wanted.initdeferred != 0;
  return altered;
}

#endif

}  // namespace schemaudit
