// What is read of tests/models/prisma, against what Prisma's own engine made of the same files.
#include "analyzer/models/prisma_schema.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "analyzer/comparison/schema_differences.h"
#include "analyzer/sql/replay.h"

namespace schemaudit {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = SCHEMAUDIT_SOURCE_DIR "/tests/models/prisma";

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<PrismaFile> files_of(const std::string& folder) {
  std::vector<PrismaFile> files;
  for (const auto& entry : fs::recursive_directory_iterator(kFolder / folder))
    if (entry.path().extension() == ".prisma")
      files.push_back({entry.path().filename().string(), read_file(entry.path())});
  std::sort(files.begin(), files.end(),
            [](const PrismaFile& a, const PrismaFile& b) { return a.uri < b.uri; });
  return files;
}

std::vector<std::string> folders(bool refused) {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_directory() && name.starts_with("refused_") == refused) found.push_back(name);
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  return info.param;
}

SourceResult run(const std::string& sql, const std::vector<std::string>& schemas) {
  Replay replay;
  std::string before = "CREATE EXTENSION citext;\n";
  for (const std::string& schema : schemas)
    before += "CREATE SCHEMA IF NOT EXISTS \"" + schema + "\";\n";
  replay.run({before, ""});
  replay.run({sql, "schema.sql"});
  return replay.finish();
}

std::vector<std::string> told(const SchemaDifferences& found) {
  std::vector<std::string> lines;
  // Versions of extensions are left to the database; so is the one that the tests make.
  for (const Difference& difference : found.differences)
    if (difference.object.kind != "extension") lines.push_back(difference.message);
  return lines;
}

std::vector<std::string> messages(const std::vector<Problem>& problems) {
  std::vector<std::string> lines;
  for (const Problem& problem : problems)
    lines.push_back(to_string(problem.origin) + ": " + problem.message);
  return lines;
}

class PrismaSchema : public testing::TestWithParam<std::string> {};

TEST_P(PrismaSchema, IsWhatPrismaMakesOfIt) {
  const ModelStatements models = read_prisma_schema(files_of(GetParam()));
  EXPECT_EQ(messages(models.problems), std::vector<std::string>());
  std::string sql;
  for (const ModelStatement& statement : models.statements) {
    EXPECT_EQ(statement.places.size(), 1U + static_cast<std::size_t>(std::count(
                                                statement.sql.begin(), statement.sql.end(), '\n')));
    sql += statement.sql + "\n";
  }
  const SourceResult ours = run(sql, models.schemas);
  EXPECT_EQ(messages(ours.problems), std::vector<std::string>());
  // Prisma does not double the quotes in names: its script is no SQL there, and ours is.
  if (GetParam() == "quotes_in_names") return;
  const SourceResult theirs = run(read_file(kFolder / GetParam() / "expected.sql"), models.schemas);
  ASSERT_EQ(messages(theirs.problems), std::vector<std::string>());
  EXPECT_EQ(told(compare_whole(ours.schema, theirs.schema, {"ours", "Prisma's"})),
            std::vector<std::string>());
}

INSTANTIATE_TEST_SUITE_P(Accepted, PrismaSchema, testing::ValuesIn(folders(false)), test_name);

class RefusedPrismaSchema : public testing::TestWithParam<std::string> {};

TEST_P(RefusedPrismaSchema, IsToldAndReadAsFarAsItGoes) {
  const ModelStatements models = read_prisma_schema(files_of(GetParam()));
  // A file by itself may be one of a folder, and of two relations that Prisma wants named apart the
  // tables are clear.
  if (GetParam() == "refused_no_datasource" || GetParam() == "refused_relations") {
    EXPECT_FALSE(replay_models(models).schema.relations.empty());
    return;
  }
  EXPECT_FALSE(replay_models(models).problems.empty())
      << read_file(kFolder / GetParam() / "expected_error.txt");
}

INSTANTIATE_TEST_SUITE_P(Refused, RefusedPrismaSchema, testing::ValuesIn(folders(true)), test_name);

TEST(PrismaSchemaPlaces, EveryColumnPointsAtItsField) {
  const SourceResult read =
      replay_models(read_prisma_schema({{"prisma/schema.prisma",
                                         "model User {\n  id Int @id\n  mail String? @unique\n\n"
                                         "  @@index([mail, id])\n  @@map(\"users\")\n}\n"}}));
  const Relation* users = read.schema.find_relation({"public", "users"});
  ASSERT_TRUE(users);
  EXPECT_EQ(to_string(users->origin), "prisma/schema.prisma:1:1");
  EXPECT_EQ(to_string(users->find_column("mail")->origin), "prisma/schema.prisma:3:3");
  EXPECT_EQ(read.role, Role::modelled);
  EXPECT_TRUE(users->coverage.indexes);
  EXPECT_FALSE(users->coverage.triggers);
}

}  // namespace
}  // namespace schemaudit
