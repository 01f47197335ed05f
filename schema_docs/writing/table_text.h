// A table as a section of a document, in a team's style.
//
//   TableText writer(schema, style);
//   writer.section(users, {})
//     "## users Table", "", "Who may log in.", "", "| Column | Type | Notes |", ...
//
// What the style has no place for (a key of several columns, an index) stands below in a list and
// in SQL. Each text is read back before it is taken; where the style's own form is read as
// something else, the table is told in SQL, which can say everything.
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/schema.h"
#include "schema_docs/writing/document_style.h"

namespace schemaudit {

struct SectionOptions {
  /// `3.2 ` before a heading that has a number.
  std::string number;
  /// Enums and domains that are stated with this table.
  std::vector<const EnumType*> enums;
  std::vector<const Domain*> domains;
  /// A section that has the table's name already and says nothing of its columns: what is written
  /// stands below it. Its heading, and what stands there.
  std::vector<std::string> under;
  /// Read in one document with other tables: no file's name helps.
  std::string uri = "document.md";
};

struct WrittenSection {
  std::vector<std::string> lines;
  DocumentForm form = DocumentForm::column_table;
  /// What could not be said so that it is read as it is; empty where all was.
  std::vector<std::string> wrong;
};

class TableText {
 public:
  TableText(const Schema& schema, const DocumentStyle& style);

  WrittenSection section(const Relation& relation, const SectionOptions& options) const;
  std::string heading(const Relation& relation, const std::string& number) const;
  /// The table as SQL, for a fence that holds others.
  std::vector<std::string> statements(const Relation& relation,
                                      const SectionOptions& options) const;

 private:
  enum class Comments { in_place, as_statements, none };

  std::vector<std::string> write(const Relation& relation, const SectionOptions& options,
                                 DocumentForm form, Comments comments) const;
  void column_table(const Relation& relation, bool comments, std::vector<std::string>& lines) const;
  void list(const Relation& relation, bool comments, std::vector<std::string>& lines) const;
  void definitions(const Relation& relation, std::vector<std::string>& lines) const;
  /// Constraints that neither cells nor bullets of columns can say.
  std::vector<std::string> further_constraints(const Relation& relation, DocumentForm form) const;
  std::vector<std::string> types(const SectionOptions& options) const;
  std::string name_of(const Relation& relation) const;

  const Schema& schema_;
  DocumentStyle style_;
};

}  // namespace schemaudit
