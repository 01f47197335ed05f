// Folders of migrations, as each tool lays them out, and what a tool would trip over.
#include <gtest/gtest.h>

#include <algorithm>

#include "analyzer/migrations/migrations.h"

namespace schemaudit {

namespace {

MigrationFiles folder(const std::vector<std::pair<std::string, std::string>>& texts,
                      std::vector<std::string> parents = {"db", "migrations"}) {
  MigrationFiles files;
  files.folder = "db/migrations";
  files.parents = std::move(parents);
  for (const auto& [path, text] : texts)
    files.files.push_back({path, "db/migrations/" + path, text});
  return files;
}

/// `1 up 1-2 down 5`: versions with the lines where each direction begins.
std::string told(const MigrationReading& reading) {
  std::string text;
  for (const Migration& migration : reading.migrations) {
    const MigrationStep& step = migration.step;
    text += step.version + " up " + std::to_string(step.up.origin.line) +
            (step.up.in_transaction ? "" : " alone") + (step.up.empty ? " empty" : "");
    if (step.down) text += " down " + std::to_string(step.down->origin.line);
    text += "\n";
  }
  for (const ChainFault& fault : reading.faults)
    text += to_string(fault.origin) + " " + fault.message + "\n";
  return text;
}

TEST(MigrationLayouts, GooseCutsAFileAtItsDirectivesAlone) {
  MigrationReading reading = read_migrations(folder({
      {"00001_users.sql",
       "-- +goose Up\nCREATE TABLE users (id int);\n-- a Down payment\n"
       "-- +goose Down\nDROP TABLE users;\n"},
      {"00002_index.sql",
       "-- +goose NO TRANSACTION\n-- +goose Up\n-- +goose StatementBegin\n"
       "CREATE INDEX CONCURRENTLY i ON users (id);\n-- +goose StatementEnd\n"},
  }));
  EXPECT_EQ(reading.tool, MigrationTool::goose);
  EXPECT_EQ(told(reading), "00001 up 2 down 5\n00002 up 3 alone\n");
  EXPECT_EQ(reading.migrations[0].up[0].text,
            "            \nCREATE TABLE users (id int);\n-- a Down payment\n              \n"
            "                 \n");
}

TEST(MigrationLayouts, DbmateReadsItsOptionsAndRepeatedPairs) {
  MigrationReading reading = read_migrations(folder({
      {"20240101_users.sql",
       "-- migrate:up transaction:false\nCREATE TABLE users (id int);\n"
       "-- migrate:down\nDROP TABLE users;\n-- migrate:up\n"
       "CREATE TABLE bills (id int);\n-- migrate:down\nDROP TABLE bills;\n"},
      {"20240102_more.sql", "-- migrate:up transactional\nSELECT 1;\n-- migrate:down\n"},
  }));
  EXPECT_EQ(reading.tool, MigrationTool::dbmate);
  EXPECT_EQ(told(reading),
            "20240101 up 2 alone down 4\n"
            "db/migrations/20240102_more.sql:1:1 dbmate knows no directive "
            "`-- migrate:up transactional`.\n"
            "db/migrations/20240102_more.sql:1:1 20240102_more.sql has no line `-- migrate:up`: "
            "dbmate refuses it.\n");
  EXPECT_EQ(reading.migrations[0].up.size(), 2u);
}

TEST(MigrationLayouts, GolangMigratePairsFilesByVersion) {
  MigrationReading reading = read_migrations(folder({
      {"10_bills.up.sql", "CREATE TABLE bills (id int);"},
      {"2_users.up.sql", "CREATE TABLE users (id int);"},
      {"2_users.down.sql", "DROP TABLE users;"},
      {"3_gone.down.sql", "DROP TABLE gone;"},
      {"notes.sql", "SELECT 1;"},
  }));
  EXPECT_EQ(reading.tool, MigrationTool::golang_migrate);
  EXPECT_EQ(told(reading),
            "2 up 1 down 1\n10 up 1\n"
            "db/migrations/notes.sql:1:1 notes.sql is named neither VERSION_name.up.sql nor "
            "VERSION_name.down.sql: golang-migrate passes over it.\n"
            "db/migrations/3_gone.down.sql:1:1 There is a way back from 3, and no way up to it: "
            "its .up.sql is missing.\n");
}

TEST(MigrationLayouts, FlywayOrdersVersionsByNumberAndRepeatablesLast) {
  MigrationReading reading = read_migrations(folder({
      {"R__views.sql", "CREATE VIEW v AS SELECT 1;"},
      {"V1_10__b.sql", "SELECT 1;"},
      {"V1_9__a.sql", "SELECT 1;"},
      {"V2__c.sql", "CREATE INDEX CONCURRENTLY i ON t (id);"},
      {"V2__c.sql.conf", "executeInTransaction=false"},
      {"U2__c.sql", "DROP INDEX i;"},
      {"V3_typo.sql", "SELECT 1;"},
  }));
  EXPECT_EQ(reading.tool, MigrationTool::flyway);
  EXPECT_EQ(told(reading),
            "1.9 up 1\n1.10 up 1\n2 up 1 alone down 1\nR views up 1\n"
            "db/migrations/V3_typo.sql:1:1 V3_typo.sql is named neither V1__name.sql nor "
            "R__name.sql: Flyway passes over it without a word.\n");
}

TEST(MigrationLayouts, PrismaAndSupabaseAreKnownByTheirFolders) {
  MigrationReading prisma = read_migrations(folder({
      {"20240102_b/migration.sql", "CREATE TABLE b (id int);"},
      {"20240101_a/migration.sql", "CREATE TABLE a (id int);"},
      {"migration_lock.toml", "provider = \"postgresql\""},
  }));
  EXPECT_EQ(prisma.tool, MigrationTool::prisma);
  EXPECT_EQ(told(prisma), "20240101_a up 1\n20240102_b up 1\n");
  MigrationReading supabase =
      read_migrations(folder({{"20240101120000_a.sql", "SELECT 1;"}}, {"supabase", "migrations"}));
  EXPECT_EQ(supabase.tool, MigrationTool::supabase);
}

TEST(MigrationLayouts, PlainFilesRunInNaturalOrderAndMayNameTheirWayBack) {
  MigrationReading reading = read_migrations(folder({
      {"9_users.sql", "CREATE TABLE users (id int);"},
      {"9_users_rollback.sql", "DROP TABLE users;"},
      {"10_empty.sql", "-- later\n"},
      {"11_bills.sql", "CREATE TABLE bills (id int);"},
  }));
  EXPECT_EQ(reading.tool, MigrationTool::plain);
  EXPECT_EQ(told(reading), "9 up 1 down 1\n10 up 1 empty\n11 up 1\n");
}

TEST(MigrationLayouts, AWayBackInDotDownMakesNoGolangMigrateOfPlainFiles) {
  MigrationReading reading = read_migrations(folder({
      {"001_users.down.sql", "DROP TABLE users;"},
      {"001_users.sql", "CREATE TABLE users (id int);"},
      {"002_bills.sql", "CREATE TABLE bills (id int);"},
      {"003_gone.down.sql", "DROP TABLE gone;"},
  }));
  EXPECT_EQ(reading.tool, MigrationTool::plain);
  EXPECT_EQ(told(reading),
            "001 up 1 down 1\n002 up 1\n"
            "db/migrations/003_gone.down.sql:1:1 003_gone.down.sql leads back from 003_gone, and "
            "there is no file that leads there.\n");
  // golang-migrate passes over the second: it has no way up there.
  EXPECT_EQ(
      read_migrations(folder({{"1_users.up.sql", "SELECT 1;"}, {"2_bills.sql", "SELECT 1;"}})).tool,
      MigrationTool::golang_migrate);
  EXPECT_EQ(read_migrations(folder({{"1_users.down.sql", "SELECT 1;"}})).tool,
            MigrationTool::golang_migrate);
}

TEST(MigrationLayouts, AMissingOrDoubleNumberIsTold) {
  MigrationReading reading = read_migrations(folder({
      {"001_a.sql", "SELECT 1;"},
      {"002_b.sql", "SELECT 1;"},
      {"002_c.sql", "SELECT 1;"},
      {"004_d.sql", "SELECT 1;"},
  }));
  ASSERT_EQ(reading.faults.size(), 2u);
  EXPECT_EQ(reading.faults[0].kind, ChainFaultKind::duplicate_version);
  EXPECT_EQ(to_string(reading.faults[0].origin), "db/migrations/002_c.sql:1:1");
  EXPECT_EQ(reading.faults[1].kind, ChainFaultKind::gap);
  EXPECT_EQ(reading.faults[1].version, "004");
}

TEST(MigrationLayouts, StepsOfTenAndDatesHaveNoGaps) {
  for (const std::vector<std::string>& names :
       {std::vector<std::string>{"010_a.sql", "020_b.sql", "030_c.sql", "040_d.sql"},
        std::vector<std::string>{"20240101_a.sql", "20240201_b.sql", "20240301_c.sql"}}) {
    std::vector<std::pair<std::string, std::string>> texts;
    for (const std::string& name : names) texts.emplace_back(name, "SELECT 1;");
    EXPECT_TRUE(read_migrations(folder(texts)).faults.empty()) << names.front();
  }
}

TEST(MigrationLayouts, WhatIsNotReadIsNamed) {
  const auto refused = [](const std::string& path, const std::string& text) {
    return read_migrations(folder({{path, text}})).refused;
  };
  EXPECT_NE(refused("sqitch.plan", "%project=a").find("sqitch"), std::string::npos);
  EXPECT_NE(refused("1.sql", "--liquibase formatted sql\n").find("Liquibase"), std::string::npos);
  EXPECT_NE(refused("1.sql", "-- +migrate Up\n").find("sql-migrate"), std::string::npos);
  EXPECT_NE(refused("README.txt", "").find("holds no migrations"), std::string::npos);
  EXPECT_NE(
      read_migrations(folder({{"1_a.up.sql", "SELECT 1;"}, {"2_b.sql", "-- +goose Up\nSELECT 1;"}}))
          .refused.find("name the folder of one of them"),
      std::string::npos);
}

TEST(MigrationLayouts, APlanInMarkdownIsCutAtItsPhases) {
  MigrationReading reading = read_migrations(folder({
      {"plan.md",
       "# Plan to split users\n\n## Before\n### Validation\n```sql\nSELECT count(*) FROM users;\n"
       "```\n## Phase 1\n### Step 1.1\n```sql\nCREATE TABLE people (id int);\n```\n"
       "### Step 1.2\n```sql\nCREATE INDEX i ON people (id);\n```\n### Rollback\n```sql\n"
       "DROP TABLE people;\n```\n## Phase 2\n```sql\nDROP TABLE users;\n```\n```python\nprint()\n"
       "```\n### Verification\n```sql\nSELECT 1;\n```\n"},
  }));
  EXPECT_EQ(reading.tool, MigrationTool::markdown_plan);
  EXPECT_EQ(told(reading), "1 up 11 alone down 19\n2 up 23 alone\n");
  EXPECT_EQ(reading.migrations[0].up.size(), 2u);
  EXPECT_EQ(reading.migrations[0].step.name, "Phase 1");
  EXPECT_FALSE(reading.way_back_script);
}

TEST(MigrationLayouts, ARollbackBesideThePhasesLeadsBackFromAllOfThem) {
  MigrationReading reading = read_migrations(folder({
      {"plan.md",
       "# Plan\n## 1. Tables\n```sql\nCREATE TABLE a (id int);\n```\n## 2. Indexes\n```sql\n"
       "CREATE INDEX i ON a (id);\n```\n## 3. Rollback\n```sql\nDROP TABLE a;\n```\n"},
  }));
  EXPECT_EQ(told(reading), "1 up 4 alone\n2 up 8 alone\n");
  ASSERT_TRUE(reading.way_back_script);
  EXPECT_EQ(reading.way_back_script->origin.line, 12);
  EXPECT_EQ(replay_migrations(reading, "plan.md").chain->way_back, reading.way_back_script);
}

TEST(MigrationLayouts, ADocumentWithoutSqlIsNoPlan) {
  EXPECT_NE(read_migrations(folder({{"plan.md", "# Plan\n\nWe shall see.\n"}})).refused, "");
}

}  // namespace

}  // namespace schemaudit
