#include "analyzer/sql/replay/operator_classes.h"

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/builtin/known_extensions.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

namespace {

bool has_unknown_extension(const Catalog& catalog) {
  bool found = false;
  catalog.for_each([&](const Object& object) {
    if (object.kind == Kind::extension && object.name != "plpgsql" &&
        !find_known_extension(object.name))
      found = true;
  });
  return found;
}

/// Whether an extension is there whose classes may be defaults for builtin types (btree_gist).
bool may_bring_operator_classes(const Catalog& catalog) {
  bool found = false;
  catalog.for_each([&](const Object& object) {
    if (object.kind != Kind::extension) return;
    const KnownExtension* extension = find_known_extension(object.name);
    if (object.name != "plpgsql" && (!extension || !extension->operator_classes.empty()))
      found = true;
  });
  return found;
}

bool is_builtin_method(std::string_view method) {
  return method == "btree" || method == "hash" || method == "gin" || method == "gist" ||
         method == "spgist" || method == "brin";
}

}  // namespace

std::string operator_class_of(const Run& run, const std::string& method,
                              const QualifiedName& name) {
  if (name.schema.empty() || is_system_schema(name.schema)) {
    if (is_default_operator_class(method, name.name)) return {};
    if (is_builtin_operator_class(name.name)) return name.name;
  }
  std::string found;
  run.catalog.for_each([&](const Object& object) {
    if (object.kind != Kind::extension || !found.empty()) return;
    const KnownExtension* extension = find_known_extension(object.name);
    if (!extension || !extension->has_operator_class(name.name)) return;
    found = is_default_in_extension(name.name)
                ? " "
                : to_string(QualifiedName{run.catalog.schema_name(object.schema), name.name});
  });
  if (found == " ") return {};
  if (!found.empty()) return found;
  if (!run.session.has_unknown_objects && !has_unknown_extension(run.catalog))
    refuse("operator class " + quoted(name.name) + " does not exist for access method " +
           quoted(method));
  return to_string(name);
}

void require_default_class(const Run& run, const std::string& method, ObjectId table, int column) {
  const Attribute& attribute = run.catalog.relation(table).attributes[column - 1];
  if (!attribute.type) return;
  TypeRef base = base_of(run.catalog, *attribute.type);
  TypeId type = base.type ? kNoType : schemaudit::builtin_type(base.spelling);
  if (type == kNoType || !is_builtin_method(method)) return;
  if (default_operator_class(method, type).empty() && !may_bring_operator_classes(run.catalog))
    refuse("data type " + base.spelling + " has no default operator class for access method " +
           quoted(method));
}

void require_class_takes(const Run& run, const std::string& method, const std::string& name,
                         ObjectId table, int column) {
  const Attribute& attribute = run.catalog.relation(table).attributes[column - 1];
  if (!attribute.type || !is_builtin_operator_class(name)) return;
  TypeRef base = base_of(run.catalog, *attribute.type);
  TypeId type = base.type ? kNoType : schemaudit::builtin_type(base.spelling);
  if (type != kNoType && !operator_class_takes(method, name, type))
    refuse("operator class " + quoted(name) + " does not accept data type " +
           type_text(run.catalog, *attribute.type));
}

/// The operators of enums are declared for anyenum, which a domain over one is not.
void require_operator(const Run& run, ObjectId table, int column, const std::string& name) {
  const Attribute& attribute = run.catalog.relation(table).attributes[column - 1];
  if (!attribute.type || attribute.type->is_array || !run.catalog.find(attribute.type->type) ||
      run.catalog.at(attribute.type->type).kind != Kind::domain)
    return;
  TypeRef base = base_of(run.catalog, *attribute.type);
  const std::string own = type_text(run.catalog, *attribute.type);
  if (base.type && !base.is_array && run.catalog.at(base.type).kind == Kind::enum_type)
    refuse("operator does not exist: " + own + " " + name + " " + own);
}

void require_exclusive_operator(const Run& run, const std::string& method,
                                const QualifiedName& name) {
  if ((method != "btree" && method != "hash") || name.name == "=" ||
      run.session.has_unknown_objects || !(name.schema.empty() || is_system_schema(name.schema)))
    return;
  const bool is_order =
      name.name == "<" || name.name == "<=" || name.name == ">" || name.name == ">=";
  refuse("operator " + name.name +
         (is_order
              ? " is not commutative"
              : " is not a member of the operator family of a " + method + " index that excludes"));
}

}  // namespace schemaudit::replay
