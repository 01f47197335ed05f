// Prisma's scalar types and defaults as PostgreSQL's. Private to analyzer/models.
//
//   prisma_column_type(field)    TIMESTAMP(3), of `createdAt DateTime`
#pragma once

#include <optional>
#include <string>

#include "analyzer/models/prisma_tree.h"

namespace schemaudit {

/// Of a field with a scalar type, without the brackets of a list: `@db.VarChar(20)` wins over the
/// scalar type's own. Unset for a type that is no scalar.
std::optional<std::string> prisma_column_type(const PrismaField& field);

/// `SERIAL` for INTEGER and so on; empty for a type that nothing counts up.
std::string prisma_serial_type(const std::string& type);

/// `'it''s'`.
std::string sql_text(const std::string& text);
/// `"name"`.
std::string sql_name(const std::string& name);

/// What follows DEFAULT for a literal of this scalar type; unset where nobody can tell.
std::optional<std::string> prisma_literal(const PrismaValue& value, const std::string& scalar);

}  // namespace schemaudit
