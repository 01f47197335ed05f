// Prisma's schema files, as the SQL that its migrations would send to PostgreSQL.
//
//   ModelStatements models = read_prisma_schema({{"prisma/schema.prisma", text}});
//
// The rules are those of Prisma 6 and 7 (`prisma migrate diff --from-empty`), tried against its own
// schema engine: tests/models/prisma.
#pragma once

#include <string>
#include <vector>

#include "analyzer/models/model_statements.h"

namespace schemaudit {

struct PrismaFile {
  std::string uri;
  std::string text;
};

/// All files are one schema, as in a folder of them. Never throws: what is not understood is a
/// problem, and what stands around it is read.
ModelStatements read_prisma_schema(const std::vector<PrismaFile>& files);

}  // namespace schemaudit
