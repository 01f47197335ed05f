#include "analyzer/sql/replay/comments.h"

#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/object_names.h"

namespace schemaudit::replay {

void comment_on(Run& run, const PgQuery__CommentStmt& comment) {
  if (!comment.object) return;
  ObjectId object = object_named(run, comment.objtype, *comment.object);
  if (!object) return;
  // The comment of a table's row type is not the table's, and no part of a Schema.
  const Kind kind = run.catalog.at(object).kind;
  if (comment.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE && (is_table(kind) || is_view(kind)))
    return;
  // An empty comment is none.
  std::optional<std::string> text;
  if (comment.comment && *comment.comment) text = comment.comment;
  if (comment.objtype != PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN) {
    run.catalog.edit(object).comment = std::move(text);
    run.changed(ChangeKind::comment, object);
    return;
  }
  const PgQuery__List& names = *comment.object->list;
  std::string_view column = string_of(names.items[names.n_items - 1]);
  const Object& relation = run.catalog.at(object);
  if (!has_columns(relation.kind))
    refuse(quoted(relation.name) +
           " is not a table, view, materialized view, composite type, or foreign table");
  int number = column_named(run, object, column);
  run.catalog.edit_relation(object).attributes[static_cast<std::size_t>(number - 1)].comment =
      std::move(text);
  run.column_changed(ChangeKind::comment, object, column);
}

}  // namespace schemaudit::replay
