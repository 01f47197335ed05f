// Folders of migrations of real projects are recognised, ordered and replayed: what comes out is
// what the same files, cut and ordered by the test itself, build in PostgreSQL (see
// replay_corpora_test.cpp). They lie beside the project; where they are not there the test skips.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/sql_corpora.h"
#include "tests/support/program.h"

namespace schemaudit {
namespace {

TEST(MigrationCorpora, BuildWhatTheirFilesBuild) {
  if (shared_folder().empty()) GTEST_SKIP() << "there is no ../shared beside this checkout";
  std::vector<SqlCorpus> corpora = sql_corpora();
  for (const MigrationCorpus& migrations : migration_corpora()) {
    SCOPED_TRACE(migrations.name);
    TemporaryFolder folder;
    std::string list;
    for (const SqlCorpus& corpus : corpora)
      if (corpus.name == migrations.name)
        for (const SqlText& file : corpus.files) {
          folder.write(file.uri, file.text);
          list += file.uri + "\n";
        }
    ASSERT_FALSE(list.empty());
    folder.write("files.txt", list);
    const std::string source = "migrations:" + shared_folder() + "/corpora/" + migrations.folder;
    ProgramRun run = run_program({"diff", source, "sql:@files.txt"}, {.folder = folder.path()});
    EXPECT_EQ(run.exit_code, 0) << run.output.substr(0, 2000) << run.errors;
  }
}

TEST(MigrationCorpora, AreKnownByTheirTools) {
  if (shared_folder().empty()) GTEST_SKIP() << "there is no ../shared beside this checkout";
  for (const MigrationCorpus& migrations : migration_corpora()) {
    ProgramRun run =
        run_program({"audit", "--migrations", shared_folder() + "/corpora/" + migrations.folder,
                     "--format", "json", "--fail-on", "never"});
    const auto report = nlohmann::json::parse(run.output, nullptr, false);
    EXPECT_EQ(report["chain"]["tool"], migrations.tool) << migrations.name;
    EXPECT_EQ(report["chain"]["heads"].size(), 1u) << migrations.name;
  }
}

}  // namespace
}  // namespace schemaudit
