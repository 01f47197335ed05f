// The facts of one column as phrases in a team's words, and in which cell of a column table each
// belongs.
//
//   ColumnWording wording(schema, style);
//   wording.reference(key)                  FK -> jobs.id ON DELETE CASCADE
//   wording.cells(relation, column, true)   {"job_id", "uuid", "no", "", "FK -> jobs.id", "The
//   job."}
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/schema.h"
#include "schema_docs/writing/document_style.h"
#include "schema_docs/writing/sql_text.h"

namespace schemaudit {

/// What stands on one column alone and can be said beside it.
struct ColumnMarks {
  bool primary_key = false;
  bool unique = false;
  const ForeignKey* foreign_key = nullptr;
  std::vector<const CheckConstraint*> checks;
};

ColumnMarks marks_of(const Relation& relation, const std::string& column);

class ColumnWording {
 public:
  ColumnWording(const Schema& schema, const DocumentStyle& style);

  std::string type(const Column& column) const;
  /// What a default's cell holds; empty where the style leaves it empty.
  std::string default_cell(const Column& column) const;
  /// `generated always as identity`, or what the style writes before a default, and the default.
  std::string filling(const Column& column) const;
  std::string nullability(bool nullable) const;
  std::string reference(const ForeignKey& key) const;
  /// The target alone, as a cell of references holds it.
  std::string target(const ForeignKey& key) const;
  std::string check(const CheckConstraint& check, const Relation& relation) const;

  /// The cells of a new row. `with_comment` puts the column's comment where descriptions stand.
  std::vector<std::string> cells(const Relation& relation, const Column& column,
                                 bool with_comment) const;
  /// A bullet, without what leads it.
  std::string bullet(const Relation& relation, const Column& column, bool with_comment) const;

  /// The index of the cell in which facts of this kind stand; unset where no cell has room.
  std::optional<std::size_t> cell_of(PhraseKind kind) const;
  /// A fact that needs a cell of its own role, or has one.
  std::optional<std::size_t> cell_of(CellRole role) const;

  const SqlWriter& sql() const { return sql_; }
  const Schema& schema() const { return schema_; }

 private:
  std::string action_words(const ForeignKey& key) const;
  std::string cell_name(const std::string& name) const;

  const Schema& schema_;
  const DocumentStyle& style_;
  SqlWriter sql_;
};

}  // namespace schemaudit
