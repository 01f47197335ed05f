// Lists whose bullets are columns or constraints of a table.
//
//   - `id`: bigint, primary key
//   - owner_user_id NOT NULL (B2C model)
//   - sections, current_schema (JSONB)
//   - UNIQUE (job_id, kind, version)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema_docs/markdown.h"
#include "schema_docs/table_claim.h"

namespace schemaudit {

/// What one bullet states.
struct BulletFacts {
  /// One or more columns that share what follows their names.
  std::vector<ColumnClaim> columns;
  std::optional<KeyConstraint> primary_key;
  std::vector<KeyConstraint> unique_constraints;
  std::vector<ForeignKey> foreign_keys;
  std::vector<CheckConstraint> checks;
  std::vector<ExclusionConstraint> exclusions;
  /// More than a name and a remark: a type, a key, nullability, a constraint.
  bool states_facts = false;
  /// The names stand in code or have a `_`.
  bool looks_like_column = false;

  bool empty() const;
};

struct BulletOptions {
  /// The table the list is about, for `users.email`.
  std::string table;
  Origin origin;
  /// Known to be a list of columns: bare words with a remark are columns, too.
  bool column_list = false;
  /// A list of constraints: a column's name at the front only says what the constraint is on.
  bool constraint_list = false;
};

BulletFacts read_bullet(const Inlines& bullet, const BulletOptions& options);

/// Adds what a bullet states to a table.
void add_bullet(BulletFacts&& bullet, TableClaim& claim);

/// Text with code in backticks, as it was written.
std::string with_code_marks(const Inlines& inlines);

}  // namespace schemaudit
