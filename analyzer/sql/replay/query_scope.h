// The names that a query's expressions may use, level by level. Private to analyzer/sql.
//
//   Scope from;
//   from.items.push_back(relation_item(run, users, nullptr));                 // FROM users
//   FoundColumn found = find_column({&from}, {"users", "email"}, location);   // users.email
//   // found.column->sources: the table's number and that of its column
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

struct ScopeColumn {
  std::string name;
  std::optional<TypeRef> type;
  /// The columns of relations that it is: none of a subquery's, two where USING merges them.
  std::vector<std::pair<ObjectId, int>> sources;
  /// A literal that takes its type from where it stands.
  bool is_literal = false;
  /// A column's own, where it differs from its type's.
  std::optional<QualifiedName> collation = std::nullopt;
};

/// An entry of FROM, or what a join makes of two.
struct ScopeItem {
  std::string alias;
  /// Of a relation without an alias: `schema.table.column` names it, too.
  std::string schema;
  ObjectId relation = kNoObject;
  std::vector<ScopeColumn> columns;
  /// False where there may be columns besides these.
  bool known = true;
  /// Whether `alias.column` and whether `column` alone reaches it.
  bool by_alias = true;
  bool by_column = true;
};

struct Scope {
  std::vector<ScopeItem> items;
};

struct FoundColumn {
  enum class Kind {
    column,
    /// A whole row, or a system column.
    row,
    /// It may be one of columns that are not known.
    unknown,
  };
  Kind kind = Kind::unknown;
  const ScopeColumn* column = nullptr;
  const ScopeItem* item = nullptr;
};

/// Innermost scope last. Refuses what is certainly not there, or there twice.
FoundColumn find_column(const std::vector<const Scope*>& scopes,
                        const std::vector<std::string>& names, int location);

/// The entry that `alias.*` means; refuses where there is none.
const ScopeItem& find_item(const std::vector<const Scope*>& scopes, const std::string& schema,
                           const std::string& alias, const Run& run, int location);

/// The columns of a relation, named anew by an alias's list.
ScopeItem relation_item(const Run& run, ObjectId relation, const PgQuery__Alias* alias);
void rename_columns(ScopeItem& item, const PgQuery__Alias* alias);

}  // namespace schemaudit::replay
