// Finds what a statement names, by the session's search_path, as the server does (PostgreSQL 15,
// src/backend/catalog/namespace.c). Private to analyzer/sql.
//
//   ObjectId table = relation_named(run, *statement.relation);   // or refuses
#pragma once

#include <string>
#include <vector>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// The schemas that are searched, in order; the temporary one first where there is one.
std::vector<ObjectId> search_schemas(const Session& session);

/// `pg_catalog` and `information_schema`: always there, and not replayed.
bool is_system_schema(std::string_view schema);

/// kNoObject where there is none; a schema that is named and does not exist counts as that.
ObjectId find_relation(const Run& run, const QualifiedName& name);
/// A relation of any kind. Refuses where there is none; kNoObject for one of the system's.
ObjectId relation_named(const Run& run, const QualifiedName& name, int location = 0);
ObjectId relation_named(const Run& run, const PgQuery__RangeVar& name);
/// A table of any kind: refuses views and the like as the server does.
ObjectId table_named(const Run& run, const PgQuery__RangeVar& name);
ObjectId find_type(const Run& run, const QualifiedName& name);
/// All functions of that name that the search path finds first.
std::vector<ObjectId> find_routines(const Run& run, const QualifiedName& name);

/// The schema in which an object of this name is made. Refuses where it does not exist.
ObjectId creation_schema(Run& run, const std::string& schema, bool temporary = false);
ObjectId schema_named(const Run& run, const std::string& name);

/// Refuses where the name is taken in pg_class or (for what has a row type) in pg_type.
void require_free_relation_name(const Run& run, ObjectId schema, const std::string& name,
                                bool has_row_type);

/// Of what is not found: refuses, unless something unknown could have made it.
[[noreturn]] void not_found(const Run& run, std::string message, int location = 0);

/// The attribute's number. Refuses where there is none.
int column_named(const Run& run, ObjectId table, std::string_view column, int location = 0);

/// `"name"`: as the server's messages quote.
std::string quoted(std::string_view name);

}  // namespace schemaudit::replay
