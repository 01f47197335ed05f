#include <algorithm>
#include <array>
#include <string_view>

#include "analyzer/model/names.h"
#include "analyzer/postgres/catalog_reader.h"

namespace schemaudit {

namespace {

/// The table in which a tool notes what it has run, and what its rows say: version, checksum,
/// whether the step went through.
struct NotedBy {
  MigrationTool tool;
  std::string_view table;
  /// A column that only this tool's table of that name has; empty: none of the others' columns.
  std::string_view column;
  bool only_last;
  std::string_view query;
};

// As the tools' sources write them: golang-migrate's postgres driver, dbmate's, goose's dialects,
// Flyway 10, Prisma's schema engine, Alembic's version table.
constexpr std::array<NotedBy, 6> kNotes = {{
    {MigrationTool::alembic, "alembic_version", "version_num", true,
     "select version_num, '', true from "},
    {MigrationTool::golang_migrate, "schema_migrations", "dirty", true,
     "select version::text, '', not dirty from "},
    {MigrationTool::dbmate, "schema_migrations", "version", false,
     "select version::text, '', true from "},
    {MigrationTool::goose, "goose_db_version", "version_id", false,
     "select version_id::text, '', true from (select distinct on (version_id) * from @ where "
     "version_id > 0 order by version_id, id desc) t where is_applied"},
    {MigrationTool::flyway, "flyway_schema_history", "installed_rank", false,
     "select version, coalesce(checksum::text, ''), success from (select distinct on (version) * "
     "from @ where version is not null order by version, installed_rank desc) t where type <> "
     "'UNDO_SQL'"},
    {MigrationTool::prisma, "_prisma_migrations", "migration_name", false,
     "select migration_name, checksum, finished_at is not null from @ where rolled_back_at is "
     "null"},
}};

}  // namespace

void CatalogReader::read_applied_migrations() {
  for (const CatalogRow& table : session_.rows_beside_locks(
           "select n.nspname, c.relname, has_schema_privilege(n.oid, 'USAGE') and "
           "has_table_privilege(c.oid, 'SELECT'), (select json_agg(attname) from pg_attribute "
           "where attrelid = c.oid and attnum > 0 and not attisdropped), c.oid in "
           "(select oid from busy) from pg_class c join pg_namespace n on n.oid = c.relnamespace "
           "where c.relkind = 'r' and c.relname in "
           "('alembic_version', 'schema_migrations', 'goose_db_version', 'flyway_schema_history', "
           "'_prisma_migrations') order by 1, 2")) {
    const std::vector<std::string> columns = table.texts(3);
    auto has = [&](std::string_view column) {
      return std::find(columns.begin(), columns.end(), column) != columns.end();
    };
    for (const NotedBy& note : kNotes) {
      if (note.table != table.text(1) || !has(note.column)) continue;
      const QualifiedName name{table.text(0), table.text(1)};
      AppliedMigrations applied;
      applied.tool = name.schema == "supabase_migrations" ? MigrationTool::supabase : note.tool;
      applied.table = to_string(name);
      applied.only_last = note.only_last;
      if (!table.flag(2)) {
        applied.error = "the role may not read " + applied.table +
                        ": which migrations have been applied is not known; grant it SELECT";
        source_.applied.push_back(std::move(applied));
        break;
      }
      if (table.flag(4)) {
        applied.error = "another session holds a lock on " + applied.table +
                        ": which migrations have been applied is not known; try again";
        source_.applied.push_back(std::move(applied));
        break;
      }
      const std::string from = quote_identifier(name.schema) + "." + quote_identifier(name.name);
      std::string query(note.query);
      if (const std::size_t at = query.find('@'); at != std::string::npos)
        query.replace(at, 1, from);
      else
        query += from;
      for (const CatalogRow& row : session_.rows(query))
        applied.migrations.push_back({row.text(0), row.text(1), row.flag(2)});
      source_.applied.push_back(std::move(applied));
      break;
    }
  }
}

}  // namespace schemaudit
