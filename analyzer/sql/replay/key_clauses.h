// What an index or a partition key is made of: a column or an expression, with the collation and
// the operator class by which its values are told apart. Private to analyzer/sql.
//
//   NamedKey key = key_from(run, table, "btree", clause_of(element), needs);
//   key.detail.collation     empty where it is the column's own
#pragma once

#include <string>
#include <vector>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// One key as a statement has it.
struct KeyClause {
  /// Of the column; empty for an expression.
  std::string column;
  PgQuery__Node* expression = nullptr;
  /// The name by which an index calls its expression; empty: it is figured.
  std::string expression_name;
  /// Empty where none is named.
  QualifiedName collation;
  QualifiedName operator_class;
  bool descending = false;
  /// As in IndexKey: only where nulls stand elsewhere than the order has them.
  bool nulls_first = false;
  /// What is said of an expression whose value may change.
  std::string changing;
};

KeyClause clause_of(const PgQuery__IndexElem& element);
KeyClause clause_of(const PgQuery__PartitionElem& element);

struct NamedKey {
  IndexKeyDetail detail;
  std::string name;
};

/// Refuses what the access method cannot order or hash.
NamedKey key_from(Run& run, ObjectId table, const std::string& method, const KeyClause& clause,
                  std::vector<Need>& needs);

}  // namespace schemaudit::replay
