#include "analyzer/sql/replay/names.h"

#include <algorithm>

namespace schemaudit::replay {

std::string quoted(std::string_view name) {
  return "\"" + std::string(name) + "\"";
}

bool is_system_schema(std::string_view schema) {
  return schema == "pg_catalog" || schema == "information_schema" || schema == "pg_toast";
}

std::vector<ObjectId> search_schemas(const Session& session) {
  std::vector<ObjectId> schemas;
  if (session.temporary_schema) schemas.push_back(session.temporary_schema);
  for (const std::string& name : session.search_path) {
    const std::string& actual = name == "$user" ? session.role : name;
    if (actual.empty()) continue;
    ObjectId schema = session.catalog.find_schema(actual);
    if (schema && std::find(schemas.begin(), schemas.end(), schema) == schemas.end())
      schemas.push_back(schema);
  }
  return schemas;
}

namespace {

bool is_temporary_schema_name(std::string_view schema) {
  return schema == "pg_temp" || schema.starts_with("pg_temp_");
}

/// The first of the searched schemas in which `find` finds something.
template <typename Find>
ObjectId search(const Run& run, const QualifiedName& name, const Find& find) {
  if (is_temporary_schema_name(name.schema))
    return run.session.temporary_schema ? find(run.session.temporary_schema) : kNoObject;
  if (!name.schema.empty()) {
    ObjectId schema = run.catalog.find_schema(name.schema);
    return schema ? find(schema) : kNoObject;
  }
  for (ObjectId schema : search_schemas(run.session))
    if (ObjectId found = find(schema)) return found;
  return kNoObject;
}

}  // namespace

ObjectId find_relation(const Run& run, const QualifiedName& name) {
  return search(run, name,
                [&](ObjectId schema) { return run.catalog.find_relation(schema, name.name); });
}

ObjectId find_type(const Run& run, const QualifiedName& name) {
  return search(run, name,
                [&](ObjectId schema) { return run.catalog.find_type(schema, name.name); });
}

std::vector<ObjectId> find_routines(const Run& run, const QualifiedName& name) {
  std::vector<ObjectId> routines;
  auto take = [&](ObjectId schema) {
    for (ObjectId routine : run.catalog.find_routines(schema, name.name))
      routines.push_back(routine);
  };
  if (!name.schema.empty()) {
    if (ObjectId schema = run.catalog.find_schema(name.schema)) take(schema);
    return routines;
  }
  for (ObjectId schema : search_schemas(run.session)) take(schema);
  return routines;
}

void not_found(const Run& run, std::string message, int location) {
  if (run.session.has_unknown_objects)
    give_up(message + ", unless something made it that could not be followed", location);
  refuse(std::move(message), location);
}

ObjectId relation_named(const Run& run, const QualifiedName& name, int location) {
  if (ObjectId found = find_relation(run, name)) return found;
  if (is_system_schema(name.schema) || (name.schema.empty() && name.name.starts_with("pg_")))
    return kNoObject;
  if (!name.schema.empty() && !is_temporary_schema_name(name.schema) &&
      !run.catalog.find_schema(name.schema))
    not_found(run, "schema " + quoted(name.schema) + " does not exist", location);
  not_found(run, "relation " + quoted(to_string(name)) + " does not exist", location);
}

ObjectId relation_named(const Run& run, const PgQuery__RangeVar& name) {
  return relation_named(run, name_of(name), name.location);
}

ObjectId table_named(const Run& run, const PgQuery__RangeVar& name) {
  ObjectId found = relation_named(run, name);
  if (!found) refuse("permission denied: " + quoted(name.relname) + " is a system catalog");
  if (!is_table(run.catalog.at(found).kind))
    refuse(quoted(name.relname) + " is not a table", name.location);
  return found;
}

ObjectId schema_named(const Run& run, const std::string& name) {
  if (ObjectId schema = run.catalog.find_schema(name)) return schema;
  not_found(run, "schema " + quoted(name) + " does not exist");
}

ObjectId creation_schema(Run& run, const std::string& schema, bool temporary) {
  if (temporary || is_temporary_schema_name(schema)) {
    if (!run.session.temporary_schema) {
      Object object;
      object.kind = Kind::schema;
      object.name = "pg_temp";
      object.detail = NamespaceDetail{"", true, std::nullopt};
      run.session.temporary_schema = run.catalog.add(std::move(object));
    }
    return run.session.temporary_schema;
  }
  if (is_system_schema(schema)) refuse("permission denied to create in schema " + quoted(schema));
  if (!schema.empty()) return schema_named(run, schema);
  for (ObjectId found : search_schemas(run.session))
    if (found != run.session.temporary_schema) return found;
  refuse("no schema has been selected to create in: search_path names none that exists");
}

void require_free_relation_name(const Run& run, ObjectId schema, const std::string& name,
                                bool has_row_type) {
  if (run.catalog.find_relation(schema, name))
    refuse("relation " + quoted(name) + " already exists");
  if (has_row_type && run.catalog.find_type(schema, name))
    refuse("type " + quoted(name) +
           " already exists, and a relation has an associated type of the same name");
}

int column_named(const Run& run, ObjectId table, std::string_view column, int location) {
  const RelationDetail& relation = run.catalog.relation(table);
  if (int number = find_attribute(relation, column)) return number;
  std::string message = "column " + quoted(column) + " of relation " +
                        quoted(run.catalog.at(table).name) + " does not exist";
  if (!relation.columns_known) give_up(message + ", as far as its columns are known", location);
  refuse(std::move(message), location);
}

}  // namespace schemaudit::replay
