// What alembic_reader prints of a folder of Alembic revisions, as values. Private to
// analyzer/migrations.
//
//   RevisionsReading reading = read_revisions(json);
//   if (!reading.error.empty()) ...
#pragma once

#include <string>
#include <vector>

namespace schemaudit {

/// An object that a revision asks the catalog for.
struct CatalogQuestion {
  /// `table`, `column`, `type`, `index`, `constraint`, `schema`, `sequence`, ...
  std::string kind, schema, table, name;
  /// Whether the answer yes means that it is there, or that it is not.
  bool exists = true;
  /// In place of an object: all, or any, of these.
  std::vector<CatalogQuestion> all, any;
};

struct RevisionOperation {
  enum class Kind { sql, rows, unanalysed, condition } kind = Kind::unanalysed;
  int line = 0, column = 0;
  std::string sql;
  /// Line on which `sql` stands as it is; 0 where it was made from the operation.
  int text_line = 0;
  bool autocommit = false;
  /// Skipped where this type is there, or, with `made_by_create_table`, where an earlier
  /// create_table made it.
  std::vector<CatalogQuestion> unless;
  bool unless_made = false;
  std::string reason;
  std::vector<std::string> may_touch;
  CatalogQuestion condition;
  std::vector<RevisionOperation> then, otherwise;
};

struct Revision {
  std::string file, id, message;
  int line = 1;
  std::vector<std::string> parents, depends_on;
  std::vector<RevisionOperation> upgrade, downgrade;
  /// 0 where the file has no such function.
  int upgrade_line = 0, downgrade_line = 0;
  struct Fault {
    int line = 0;
    std::string message;
  };
  std::vector<Fault> faults;
};

struct RevisionsReading {
  std::vector<Revision> revisions;
  /// Files that could not be read: file in `id`'s place.
  std::vector<Revision> unread;
  std::string error;
};

RevisionsReading read_revisions(const std::string& json);

}  // namespace schemaudit
