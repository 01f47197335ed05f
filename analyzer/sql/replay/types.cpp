#include "analyzer/sql/replay/types.h"

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/replay/names.h"

namespace schemaudit::replay {

TypeRef builtin_type(std::string spelling) {
  TypeRef type;
  type.spelling = std::move(spelling);
  return type;
}

TypeRef resolve_type(Run& run, const PgQuery__TypeName& type) {
  QualifiedName name = name_of(type.n_names, type.names);
  if (type.pct_type) {
    // table.column%TYPE: the names are those of a column.
    QualifiedName table;
    if (type.n_names >= 2) table.name = string_of(type.names[type.n_names - 2]);
    if (type.n_names >= 3) table.schema = string_of(type.names[type.n_names - 3]);
    ObjectId relation = relation_named(run, table, type.location);
    if (!relation || !has_columns(run.catalog.at(relation).kind))
      give_up("the type of " + quoted(table.name) + " cannot be told", type.location);
    int column = column_named(run, relation, name.name, type.location);
    const Attribute& attribute = run.catalog.relation(relation).attributes[column - 1];
    if (!attribute.type) give_up("the type of " + quoted(name.name) + " is not known");
    return *attribute.type;
  }
  if (name.schema.empty() || is_system_schema(name.schema)) {
    std::string spelled = type_normal(type);
    std::string_view bare = spelled;
    if (bare.starts_with("SETOF ")) bare.remove_prefix(6);
    // Of a type with fields in its name (interval day to second) the first word is enough.
    if (is_builtin_type(bare) || bare.starts_with("interval"))
      return builtin_type(std::move(spelled));
    if (!name.schema.empty())
      not_found(run, "type " + quoted(to_string(name)) + " does not exist", type.location);
  }
  bool array_name = false;
  ObjectId found = find_type(run, name);
  if (!found && name.name.starts_with("_")) {
    // The array type's own name.
    found = find_type(run, {name.schema, name.name.substr(1)});
    array_name = found != kNoObject;
  }
  if (!found) not_found(run, "type " + quoted(to_string(name)) + " does not exist", type.location);
  TypeRef resolved;
  resolved.type = found;
  resolved.is_array = type.n_array_bounds > 0 || array_name;
  if (type.n_typmods > 0) {
    // Only types of extensions take modifiers of their own: vector(3), geometry(Point,4326).
    std::string spelled = type_normal(type);
    std::size_t open = spelled.find('('), close = spelled.rfind(')');
    if (open != std::string::npos && close != std::string::npos)
      resolved.modifiers = spelled.substr(open, close - open + 1);
  }
  return resolved;
}

std::string type_text(const Catalog& catalog, const TypeRef& type) {
  if (!type.type) return type.spelling;
  if (!catalog.find(type.type)) return type.spelling;
  return to_string(catalog.name(type.type)) + type.modifiers + (type.is_array ? "[]" : "");
}

TypeRef base_of(const Catalog& catalog, TypeRef type) {
  while (type.type && !type.is_array && catalog.find(type.type)) {
    const auto* domain = std::get_if<DomainDetail>(&catalog.at(type.type).detail);
    if (!domain) break;
    type = domain->base;
  }
  return type;
}

void need_type(std::vector<Need>& needs, const TypeRef& type, int own_column, NeedKind kind) {
  if (type.type) needs.push_back({type.type, 0, kind, own_column});
}

}  // namespace schemaudit::replay
