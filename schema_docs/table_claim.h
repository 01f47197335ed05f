// What one part of a document (a column table, a list, psql output, a tbls page, a diagram)
// states of one table, before it is merged with what other parts and other documents state.
//
//   TableClaim claim;
//   claim.name = {"", "users"};
//   claim.form = "column table";
//   claim.columns.push_back(...);
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/schema.h"

namespace schemaudit {

/// What happens to a row when the one it points at goes or changes.
struct ReferenceActions {
  std::optional<ReferentialAction> on_delete, on_update;
};

struct ColumnClaim {
  Column column;
  /// A word that is a type only if the documents define one of that name: `mood`, `mood[]`.
  std::string named_type;
  /// See ColumnFacts::obligation.
  std::optional<bool> obligation;
  bool primary_key = false;
  bool unique = false;
  std::optional<ForeignKey> foreign_key;
  /// The same words name another reference, or this one with another action.
  std::optional<ForeignKey> other_reference;
  /// Stated before the reference that they belong to.
  ReferenceActions actions;
  std::vector<CheckConstraint> checks;
};

struct TableClaim {
  /// As written in the document.
  QualifiedName name;
  Origin origin;
  /// See TableReading::form.
  std::string form;
  RelationKind kind = RelationKind::table;
  /// Whether it claims to name all columns.
  bool complete = false;
  /// It explains columns that SQL above it states (`**Fields:**`): it adds to them, and what it
  /// names beyond them contradicts the SQL.
  bool annotation = false;
  /// A list of tables names it, and nothing more: it exists.
  bool inventory = false;
  std::vector<ColumnClaim> columns;
  std::optional<KeyConstraint> primary_key;
  std::vector<KeyConstraint> unique_constraints;
  std::vector<ForeignKey> foreign_keys;
  std::vector<CheckConstraint> checks;
  std::vector<ExclusionConstraint> exclusions;
  std::vector<Index> indexes;
  std::vector<Trigger> triggers;
  std::optional<Expression> partition_key;
  /// Lists that are stated in full although they may be empty (tbls pages, psql output).
  Coverage stated_whole;
  Fact<std::string> comment;
};

/// A table that a diagram only draws, related to one that it describes.
struct DrawnTable {
  QualifiedName name, related;
  Origin origin;
};

/// Columns that an inventory states a table to have (tbls: `| Name | Columns | ...`).
struct StatedColumnCount {
  QualifiedName table;
  std::size_t columns = 0;
  Origin origin;
};

}  // namespace schemaudit
