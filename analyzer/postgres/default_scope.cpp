#include "analyzer/postgres/default_scope.h"

#include <algorithm>
#include <iterator>

#include "analyzer/model/names.h"

namespace schemaudit {

bool is_platform_schema(const std::string& name) {
  static constexpr const char* kGlobs[] = {"auth",
                                           "storage",
                                           "realtime",
                                           "_realtime",
                                           "vault",
                                           "extensions",
                                           "graphql",
                                           "graphql_public",
                                           "pgsodium",
                                           "pgsodium_masks",
                                           "pgbouncer",
                                           "supabase_functions",
                                           "supabase_migrations",
                                           "net",
                                           "cron",
                                           "_timescaledb_*",
                                           "timescaledb_*",
                                           "tiger",
                                           "tiger_data",
                                           "topology",
                                           "hdb_catalog"};
  return std::any_of(std::begin(kGlobs), std::end(kGlobs),
                     [&](const char* glob) { return matches_glob(glob, name); });
}

bool is_bookkeeping_table(const std::string& name) {
  static constexpr const char* kNames[] = {"alembic_version",       "_prisma_migrations",
                                           "schema_migrations",     "goose_db_version",
                                           "flyway_schema_history", "django_migrations",
                                           "knex_migrations",       "knex_migrations_lock",
                                           "_sqlx_migrations",      "databasechangelog",
                                           "databasechangeloglock", "ar_internal_metadata",
                                           "__drizzle_migrations",  "atlas_schema_revisions",
                                           "SequelizeMeta",         "sequelizemeta",
                                           "gorp_migrations",       "pgmigrations",
                                           "__EFMigrationsHistory", "__diesel_schema_migrations",
                                           "seaql_migrations",      "kysely_migration",
                                           "kysely_migration_lock", "typeorm_metadata"};
  return std::any_of(std::begin(kNames), std::end(kNames),
                     [&](const char* known) { return name == known; });
}

}  // namespace schemaudit
