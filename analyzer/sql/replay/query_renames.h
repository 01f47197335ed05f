// A table or its column renamed below queries that read it: views, policies with subqueries.
// Private to analyzer/sql.
//
//   CREATE VIEW v AS SELECT t.a FROM t;  ALTER TABLE t RENAME a TO b;
//   the view's query is now              SELECT t.b AS a FROM t
#pragma once

#include <string>

#include "analyzer/model/names.h"
#include "analyzer/sql/pg_tree.h"

namespace schemaudit::replay {

enum class QueryRename {
  /// The query does not read the column.
  untouched,
  renamed,
  /// It cannot be told which references mean this column; the tree is half changed.
  undecided,
};

/// `table` as the tree's RangeVars have it, in full.
QueryRename rename_column_in_query(ProtobufCMessage& tree, TreeArena& arena,
                                   const QualifiedName& table, const std::string& from,
                                   const std::string& to);

/// A relation gets another name, which references to its columns have before the dot where the
/// query gives it no alias. To be called before the RangeVars are changed.
QueryRename rename_table_in_query(ProtobufCMessage& tree, TreeArena& arena,
                                  const QualifiedName& from, const QualifiedName& to);

}  // namespace schemaudit::replay
