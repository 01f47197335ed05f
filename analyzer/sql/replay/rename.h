// ALTER ... RENAME, and what a new name changes. Private to analyzer/sql.
//
//   ALTER TABLE users RENAME email TO mail;
//   rename_column(run, users, column, "mail");   // CHECK (email <> '') is CHECK (mail <> '') now
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void rename_statement(Run& run, const PgQuery__RenameStmt& rename);

/// A table's column, in its children and in all expressions that read it.
void rename_column(Run& run, ObjectId table, int column, const std::string& name);

/// Gives an object its new name and schema, and with it every expression that speaks of it.
void rename_object(Run& run, ObjectId id, ObjectId schema, const std::string& name);

/// Refuses where the statement names another kind of relation than it is. ALTER TABLE and ALTER
/// INDEX take any, the others their own kind only (RangeVarCallbackForAlterRelation()).
void require_kind(const Object& object, PgQuery__ObjectType stated);

/// Calls `use(StoredExpression&)` for each expression that an object holds.
template <typename Use>
void for_each_expression(Object& object, const Use& use) {
  auto maybe = [&](std::optional<StoredExpression>& expression) {
    if (expression) use(*expression);
  };
  if (auto* relation = std::get_if<RelationDetail>(&object.detail)) {
    maybe(relation->definition);
    if (relation->partition_key)
      for (StoredPartitionKey::Part& part : relation->partition_key->parts) maybe(part.expression);
  } else if (auto* index = std::get_if<IndexDetail>(&object.detail)) {
    for (IndexKeyDetail& key : index->keys) maybe(key.expression);
    maybe(index->predicate);
  } else if (auto* constraint = std::get_if<ConstraintDetail>(&object.detail)) {
    maybe(constraint->check);
  } else if (auto* value = std::get_if<DefaultDetail>(&object.detail)) {
    use(value->expression);
  } else if (auto* trigger = std::get_if<TriggerDetail>(&object.detail)) {
    maybe(trigger->when);
  } else if (auto* policy = std::get_if<PolicyDetail>(&object.detail)) {
    maybe(policy->using_expression);
    maybe(policy->check_expression);
  } else if (auto* domain = std::get_if<DomainDetail>(&object.detail)) {
    maybe(domain->default_value);
  }
}

}  // namespace schemaudit::replay
