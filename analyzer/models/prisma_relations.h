// Foreign keys and tables between two models, as Prisma's relations ask for them. Private to
// analyzer/models.
//
//   for (const ModelStatement& key : prisma_foreign_keys(index, problems)) ...
#pragma once

#include <vector>

#include "analyzer/models/model_statements.h"
#include "analyzer/models/prisma_index.h"

namespace schemaudit {

/// A relation of many to many that no model of its own carries.
struct PrismaJoinTable {
  /// Models A and B by their names, or a model twice.
  const PrismaBlock* a = nullptr;
  const PrismaBlock* b = nullptr;
  /// `PostToTag`, or what the schema calls it.
  std::string relation;
  Origin origin;
};

std::vector<PrismaJoinTable> prisma_join_tables(const PrismaIndex& index);

/// The statements that make them, with their indexes.
std::vector<ModelStatement> make_join_table(const PrismaIndex& index, const PrismaJoinTable& table);
/// ALTER TABLE ... ADD CONSTRAINT ... for every relation that has fields, and for join tables.
std::vector<ModelStatement> prisma_foreign_keys(const PrismaIndex& index,
                                                const std::vector<PrismaJoinTable>& joins);

}  // namespace schemaudit
