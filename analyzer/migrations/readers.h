// One reader for each tool. Each takes the files of a folder that recognise() has found to be
// the tool's, and returns the steps in the tool's order. Private to analyzer/migrations.
//
//   MigrationReading reading = read_golang_migrate(files);
//   reading.migrations[0].step.version   "0001", of 0001_users.up.sql
//   reading.migrations[0].down           the text of 0001_users.down.sql
#pragma once

#include "analyzer/migrations/migrations.h"

namespace schemaudit {

MigrationReading read_golang_migrate(const MigrationFiles& files);
MigrationReading read_goose(const MigrationFiles& files);
MigrationReading read_dbmate(const MigrationFiles& files);
MigrationReading read_flyway(const MigrationFiles& files);
MigrationReading read_prisma(const MigrationFiles& files);
/// From `files.revisions`.
MigrationReading read_alembic(const MigrationFiles& files);
MigrationReading read_markdown_plan(const MigrationFiles& files);
/// Plain ordered SQL, and Supabase's.
MigrationReading read_plain(const MigrationFiles& files, MigrationTool tool);

}  // namespace schemaudit
