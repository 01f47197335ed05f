// `schemaudit doc` on the schemas of real projects, each built in PostgreSQL: the docs it writes
// say what the database has, in every style, and stay as they are when nothing changes. The
// corpora lie beside the project; where they do not, each of these tests skips, by name.

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/cli/sql_corpora.h"
#include "tests/support/program.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::map<std::string, std::string> documents_in(const std::string& folder) {
  std::map<std::string, std::string> documents;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      documents[fs::relative(entry.path(), folder).generic_string()] =
          read_whole(entry.path().string());
  return documents;
}

bool is_docs_rule(const std::string& rule) {
  if (rule == "foreign-key-type-mismatch") return false;
  return rule.ends_with("-mismatch") || rule.ends_with("-docs") || rule.ends_with("-doc") ||
         rule.find("documented") != std::string::npos || rule.starts_with("likely-renamed") ||
         rule == "garbled-text" || rule == "undeclared-document-state";
}

/// Rule and message of every finding about the docs, a line each.
std::string docs_findings(const std::string& folder, const std::string& db) {
  ProgramRun run =
      run_program({"audit", "docs", "--db", db, "--format", "json"}, {.folder = folder});
  Json report = Json::parse(run.output, nullptr, false);
  if (report.is_discarded()) return "no report: " + run.errors;
  std::string found;
  for (const Json& finding : report["findings"])
    if (is_docs_rule(finding["rule"]))
      found +=
          finding["rule"].get<std::string>() + ": " + finding["message"].get<std::string>() + "\n";
  for (const Json& question : report["questions"])
    if (is_docs_rule(question["rule"])) found += question["rule"].get<std::string>() + "?\n";
  return found;
}

class DocsOfCorpora : public LiveTest {
 protected:
  void SetUp() override {
    if (shared_folder().empty()) GTEST_SKIP() << "there is no ../shared beside this checkout";
    LiveTest::SetUp();
  }

  static std::vector<SqlCorpus> corpora() {
    std::vector<SqlCorpus> all = sql_corpora();
    for (SqlCorpus& corpus : corpora_of_blocks()) all.push_back(std::move(corpus));
    for (SqlCorpus& corpus : corpora_beyond_this_server()) all.push_back(std::move(corpus));
    return all;
  }

  void write_and_audit(const std::string& style) {
    for (const SqlCorpus& corpus : corpora()) {
      SCOPED_TRACE(corpus.name);
      std::string db = fresh_database();
      ASSERT_EQ(build_with_psql(without_rows(corpus), db), 0);
      TemporaryFolder folder;
      name_schemas(corpus, folder);
      ProgramRun run = run_program({"doc", "db:" + db, "--docs", "docs", "--style", style},
                                   {.folder = prepared(folder)});
      EXPECT_EQ(run.exit_code, 0) << run.output << run.errors;
      auto written = documents_in(folder.path());
      EXPECT_GT(written.size(), 0u);
      EXPECT_EQ(docs_findings(folder.path(), db), "");
      ProgramRun again =
          run_program({"doc", "db:" + db, "--docs", "docs"}, {.folder = folder.path()});
      EXPECT_EQ(again.output, "The docs say what is built.\n");
      EXPECT_EQ(documents_in(folder.path()), written);
    }
  }

  /// A schema that a platform usually has is left out unless it is asked for.
  static void name_schemas(const SqlCorpus& corpus, const TemporaryFolder& folder) {
    if (corpus.name == "supabase-storage tenant")
      folder.write("schemaudit.toml", "[scope]\nschemas = [\"storage\"]\n");
  }

  static std::string prepared(const TemporaryFolder& folder) {
    fs::create_directories(folder.path() + "/docs");
    return folder.path();
  }
};

TEST_F(DocsOfCorpora, SayWhatTheDatabaseHasInTables) {
  write_and_audit("table");
}

TEST_F(DocsOfCorpora, SayWhatTheDatabaseHasInBullets) {
  write_and_audit("bullets");
}

TEST_F(DocsOfCorpora, SayWhatTheDatabaseHasInSql) {
  write_and_audit("sql");
}

TEST_F(DocsOfCorpora, KeepWhatHandsWroteWhenTheDatabaseChanges) {
  for (const SqlCorpus& corpus : corpora()) {
    SCOPED_TRACE(corpus.name);
    std::string db = fresh_database();
    ASSERT_EQ(build_with_psql(without_rows(corpus), db), 0);
    TemporaryFolder folder;
    name_schemas(corpus, folder);
    ASSERT_EQ(
        run_program({"doc", "db:" + db, "--docs", "docs"}, {.folder = prepared(folder)}).exit_code,
        0);
    // A sentence of a person under each heading, and two spaces at a line's end.
    for (const auto& [name, text] : documents_in(folder.path())) {
      if (!name.ends_with(".md")) continue;
      std::size_t end = text.find('\n');
      folder.write(name, text.substr(0, end) + "\n\nWhat *we* know of this: ask Ann.  \nOr Bo." +
                             text.substr(end));
    }
    auto edited = documents_in(folder.path());
    test_server().run(db,
                      "DO $$ DECLARE r record; BEGIN FOR r IN SELECT c.oid::regclass AS t FROM "
                      "pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN "
                      "('r', 'p') AND NOT c.relispartition AND n.nspname NOT LIKE 'pg_%' AND "
                      "n.nspname <> 'information_schema' LOOP EXECUTE format('ALTER TABLE %s ADD "
                      "COLUMN IF NOT EXISTS added_since varchar(30) NOT NULL DEFAULT ''x''', r.t); "
                      "END LOOP; END $$");
    ProgramRun run = run_program({"doc", "db:" + db, "--docs", "docs"}, {.folder = folder.path()});
    EXPECT_EQ(run.exit_code, 0) << run.output << run.errors;
    EXPECT_EQ(docs_findings(folder.path(), db), "");
    std::size_t added = 0;
    for (const auto& [name, text] : documents_in(folder.path())) {
      if (!name.ends_with(".md")) continue;
      std::string before = edited[name], after;
      // Without the lines that name the new column the document is as the hands left it, but for
      // a comma in SQL.
      std::size_t at = 0;
      while (at < text.size()) {
        std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
        std::string line = text.substr(at, end - at);
        if (line.find("added_since") == std::string::npos)
          after += line;
        else
          ++added;
        at = end;
      }
      if (before.find("CREATE TABLE") == std::string::npos) {
        EXPECT_EQ(after, before) << name;
      }
      EXPECT_NE(text.find("What *we* know of this: ask Ann.  \nOr Bo."), std::string::npos) << name;
    }
    EXPECT_GT(added, 0u);
  }
}

}  // namespace
}  // namespace schemaudit
