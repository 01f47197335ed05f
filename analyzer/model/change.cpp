#include "analyzer/model/change.h"

namespace schemaudit {

std::string_view to_string(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::create:
      return "create";
    case ChangeKind::drop:
      return "drop";
    case ChangeKind::rename:
      return "rename";
    case ChangeKind::move:
      return "move";
    case ChangeKind::replace:
      return "replace";
    case ChangeKind::add_column:
      return "add column";
    case ChangeKind::drop_column:
      return "drop column";
    case ChangeKind::rename_column:
      return "rename column";
    case ChangeKind::column_type:
      return "column type";
    case ChangeKind::set_not_null:
      return "set not null";
    case ChangeKind::drop_not_null:
      return "drop not null";
    case ChangeKind::set_default:
      return "set default";
    case ChangeKind::drop_default:
      return "drop default";
    case ChangeKind::column_property:
      return "column property";
    case ChangeKind::add_constraint:
      return "add constraint";
    case ChangeKind::drop_constraint:
      return "drop constraint";
    case ChangeKind::validate_constraint:
      return "validate constraint";
    case ChangeKind::attach_partition:
      return "attach partition";
    case ChangeKind::detach_partition:
      return "detach partition";
    case ChangeKind::inherit:
      return "inherit";
    case ChangeKind::add_enum_value:
      return "add enum value";
    case ChangeKind::rename_enum_value:
      return "rename enum value";
    case ChangeKind::property:
      return "property";
    case ChangeKind::owner:
      return "owner";
    case ChangeKind::comment:
      return "comment";
    case ChangeKind::grant:
      return "grant";
    case ChangeKind::revoke:
      return "revoke";
    case ChangeKind::rows:
      return "rows";
    case ChangeKind::truncate:
      return "truncate";
    case ChangeKind::unanalysed:
      return "unanalysed";
  }
  return "";
}

}  // namespace schemaudit
