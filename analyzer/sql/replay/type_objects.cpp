#include "analyzer/sql/replay/type_objects.h"

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/replay/names.h"

namespace schemaudit::replay {

namespace {

/// `table.column` of a table whose rows hold the type: as a column's own where `direct`, else in
/// arrays, rows and ranges only (find_composite_type_dependencies()). Empty where there is none.
std::string column_holding(const Run& run, ObjectId type, bool direct) {
  for (ObjectId user : run.catalog.users(type)) {
    const Object& object = run.catalog.at(user);
    std::string found;
    auto look = [&](const TypeRef& held, bool inside) {
      if (held.type == type && found.empty())
        found = column_holding(run, user, inside || held.is_array);
    };
    if (const auto* domain = std::get_if<DomainDetail>(&object.detail)) look(domain->base, direct);
    if (const auto* range = std::get_if<RangeDetail>(&object.detail)) look(range->subtype, true);
    if (has_columns(object.kind))
      for (const Attribute& attribute : run.catalog.relation(user).attributes) {
        if (attribute.dropped || !attribute.type || attribute.type->type != type) continue;
        const bool stored = (is_table(object.kind) && object.kind != Kind::foreign_table) ||
                            object.kind == Kind::materialized_view;
        if (stored && (direct || attribute.type->is_array))
          return object.name + "." + attribute.name;
        // The row may be held in its turn.
        look(*attribute.type, true);
      }
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace

Object new_object(const Run& run, Kind kind, ObjectId schema, std::string name) {
  Object object;
  object.kind = kind;
  object.schema = schema;
  object.name = std::move(name);
  object.origin = run.origin;
  return object;
}

void require_free_type_name(const Run& run, ObjectId schema, const std::string& name) {
  if (run.catalog.find_type(schema, name)) refuse("type " + quoted(name) + " already exists");
}

ObjectId type_of_kind(Run& run, const QualifiedName& name, Kind kind, std::string_view what) {
  ObjectId type = find_type(run, name);
  if (!type) {
    if (name.schema.empty() ? is_builtin_type(name.name) : is_system_schema(name.schema))
      refuse(to_string(name) + " is not " + std::string(what));
    not_found(run, "type " + quoted(to_string(name)) + " does not exist");
  }
  if (run.catalog.at(type).kind != kind) refuse(quoted(name.name) + " is not " + std::string(what));
  return type;
}

void require_unused(const Run& run, ObjectId type, bool direct) {
  if (std::string column = column_holding(run, type, direct); !column.empty())
    refuse("cannot alter type " + quoted(run.catalog.at(type).name) + " because column " +
           quoted(column) + " uses it");
}

}  // namespace schemaudit::replay
