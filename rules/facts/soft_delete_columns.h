// The columns by which tables mark rows as deleted.
//
//   for (const SoftDeleteColumn& mark : soft_delete_columns(context, relation))
//     if (mark.by_policy) ...
//
// For a table of [policy.soft_delete] that is the policy's column. Elsewhere a nullable
// deleted_at, deleted_on or discarded_at, and a boolean is_deleted or deleted, in whatever way
// of writing names.
#pragma once

#include <string>
#include <vector>

#include "rules/rule.h"

namespace schemaudit {

struct SoftDeleteColumn {
  const Column* column = nullptr;
  /// A boolean; else NULL means that the row is not deleted.
  bool is_flag = false;
  bool by_policy = false;
};

/// Whether [policy.soft_delete] names the table.
bool soft_deletes_by_policy(const Policies& policies, const Relation& relation);

/// Those of the relation, the policy's first.
std::vector<SoftDeleteColumn> soft_delete_columns(const SchemaContext& context,
                                                  const Relation& relation);

/// Whether a name alone says that the column tells when, or whether, a row was deleted.
bool is_named_like_a_deletion_time(const Column& column);
bool is_named_like_a_deletion_flag(const Column& column);

/// `deleted_at IS NULL`, `NOT is_deleted`: of rows that are not deleted.
std::string live_rows_of(const SoftDeleteColumn& mark);

}  // namespace schemaudit
