// What PostgreSQL refuses of the SQL of real projects because of the catalog, the replay refuses
// at the same line, and nothing else. It lies beside this checkout; where it is not there each of
// these tests skips, by name.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>

#include "analyzer/postgres/run_files.h"
#include "analyzer/sql/pieces.h"
#include "analyzer/sql/replay.h"
#include "tests/cli/sql_corpora.h"
#include "tests/support/program.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

/// Statements of one run by the ordinal of their file and the line on which they begin.
using Place = std::pair<std::size_t, int>;
using Refusals = std::map<Place, std::string>;

/// A refusal that has other reasons than the catalog.
struct Exception {
  const char* run;
  /// Part of what the server says.
  const char* message;
  const char* reason;
};

constexpr const char* kRows = "The rows that a file of the corpus refers to are not in it.";
constexpr const char* kNotInstalled = "The server of this test lacks the extension.";
constexpr const char* kTypesOfArguments =
    "A statement was left out or run twice, and a builtin function gets what it does not take: the "
    "replay does not refuse a call for the types of its arguments.";
constexpr const char* kMayBeMade =
    "A statement before it is unanalysed, is told as such, and may have made it.";

constexpr std::array<Exception, 15> kExceptions = {{
    {"adventureworks", "violates foreign key constraint \"FK_ProductReview_Product", kRows},
    {"htm", "extension \"pg_search\"", kNotInstalled},
    {"htm", "extension \"vector\"", kNotInstalled},
    {"htm", "type \"public.vector\" does not exist", kNotInstalled},
    {"htm", "relation \"public.nodes\" does not exist", kNotInstalled},
    {"pagila", "extension \"vector\"", kNotInstalled},
    {"pagila", "type \"public.vector\" does not exist", kNotInstalled},
    {"pagila", "relation \"public.film_embedding\" does not exist", kNotInstalled},
    {"concourse,", "function md5(jsonb) does not exist", kTypesOfArguments},
    {"concourse,", "function to_timestamp(timestamp with time zone) does not exist",
     kTypesOfArguments},
    {"concourse, twice", "index \"resource_caches_resource_config_id_version_params_hash_key\"",
     kTypesOfArguments},
    {"marquez, every", "relation \"jobs_view\" does not exist", kMayBeMade},
    {"pagila, every", "function public.last_updated() does not exist", kMayBeMade},
    {"pagila jsonb, every", "function public.last_updated() does not exist", kMayBeMade},
    {"supabase-storage tenant, every", "function storage.", kMayBeMade},
}};

class ReplayRefusals : public LiveTest {
 protected:
  void SetUp() override {
    if (shared_folder().empty()) GTEST_SKIP() << "there is no ../shared beside this checkout";
    LiveTest::SetUp();
  }

  static bool is_excepted(const std::string& run, const std::string& message) {
    return std::any_of(kExceptions.begin(), kExceptions.end(), [&](const Exception& exception) {
      return run.starts_with(exception.run) && message.find(exception.message) != std::string::npos;
    });
  }

  /// Rows are no business of a replay that knows none.
  static bool is_ddl(const SqlText& text, int line) {
    LineIndex lines(text);
    for (const Piece& piece : cut_pieces(text.text)) {
      if (piece.kind != Piece::Kind::sql || lines.origin(piece.begin).line != line) continue;
      const std::string word = first_word(piece.in(text.text));
      // What a block of PL/pgSQL runs depends on rows.
      constexpr std::array<std::string_view, 10> kOther = {"insert", "update", "delete", "select",
                                                           "with",   "copy",   "merge",  "truncate",
                                                           "values", "do"};
      return std::find(kOther.begin(), kOther.end(), word) == kOther.end();
    }
    return false;
  }

  void hold_against_server(SqlCorpus corpus) {
    SCOPED_TRACE(corpus.name);
    ASSERT_FALSE(corpus.files.empty());
    // A file may be run twice: its ordinal tells which run of it is meant.
    for (std::size_t i = 0; i < corpus.files.size(); ++i)
      corpus.files[i].uri = std::to_string(i) + " " + corpus.files[i].uri;
    std::string db = fresh_database();
    FileRun run = run_files(db, corpus.files, {.own_server = true});
    ASSERT_EQ(run.error, "");
    Refusals by_server = places_of(corpus, run.problems, [](ProblemKind kind) {
      return kind == ProblemKind::refused || kind == ProblemKind::invalid_sql;
    });

    Replay replay;
    for (const SqlText& file : corpus.files) replay.run(file);
    SourceResult result = replay.finish();
    Refusals by_replay = places_of(corpus, result.problems, [](ProblemKind kind) {
      return kind == ProblemKind::refused || kind == ProblemKind::invalid_sql;
    });
    Refusals doubts = places_of(corpus, result.problems, [](ProblemKind kind) {
      return kind == ProblemKind::unanalysed || kind == ProblemKind::newer_syntax;
    });
    for (const auto& [place, message] : by_server) {
      if (by_replay.count(place) || doubts.count(place)) continue;
      const SqlText& file = corpus.files[place.first];
      if (!is_ddl(file, place.second) || is_excepted(corpus.name, message)) continue;
      ADD_FAILURE() << file.uri << ":" << place.second << " only the server refuses: " << message;
    }
    for (const auto& [place, message] : by_replay)
      if (!by_server.count(place) && !is_excepted(corpus.name, message))
        ADD_FAILURE() << corpus.files[place.first].uri << ":" << place.second
                      << " only the replay refuses: " << message;
    agreed_ += static_cast<std::size_t>(
        std::count_if(by_server.begin(), by_server.end(), [&](const auto& refusal) {
          return by_replay.count(refusal.first) + doubts.count(refusal.first) > 0;
        }));
  }

  /// Refusals on which both sides agree, or of which the replay says that it cannot tell.
  std::size_t agreed_ = 0;

 private:
  template <typename Wanted>
  static Refusals places_of(const SqlCorpus& corpus, const std::vector<Problem>& problems,
                            Wanted wanted) {
    Refusals refusals;
    for (const Problem& problem : problems) {
      if (!wanted(problem.kind) || !problem.origin.from_file()) continue;
      for (std::size_t i = 0; i < corpus.files.size(); ++i)
        if (corpus.files[i].uri == problem.origin.uri)
          refusals[{i, statement_line(corpus.files[i], problem.origin.line,
                                      problem.origin.column)}] = problem.message;
    }
    return refusals;
  }
};

std::vector<SqlCorpus> all_corpora() {
  std::vector<SqlCorpus> corpora = sql_corpora();
  for (auto more : {corpora_of_blocks(), corpora_beyond_this_server()})
    for (SqlCorpus& corpus : more) corpora.push_back(std::move(corpus));
  return corpora;
}

TEST_F(ReplayRefusals, OfTheFilesAsTheyAre) {
  for (SqlCorpus& corpus : all_corpora()) hold_against_server(std::move(corpus));
}

TEST_F(ReplayRefusals, OfFilesThatAreRunTwice) {
  for (SqlCorpus& corpus : all_corpora()) {
    corpus.name += ", twice";
    const std::vector<SqlText> again = corpus.files;
    corpus.files.insert(corpus.files.end(), again.begin(), again.end());
    hold_against_server(std::move(corpus));
  }
  EXPECT_GT(agreed_, 1500u);
}

TEST_F(ReplayRefusals, OfFilesInTheWrongOrder) {
  for (SqlCorpus& corpus : all_corpora()) {
    if (corpus.files.size() < 2) continue;
    corpus.name += ", backwards";
    std::reverse(corpus.files.begin(), corpus.files.end());
    hold_against_server(std::move(corpus));
  }
  EXPECT_GT(agreed_, 500u);
}

TEST_F(ReplayRefusals, OfTheWaysBack) {
  std::size_t corpora = 0;
  for (SqlCorpus& corpus : sql_corpora()) {
    std::vector<SqlText> back = ways_back(corpus.name);
    if (back.empty()) continue;
    ++corpora;
    SqlCorpus disordered = corpus;
    disordered.name += ", back in the wrong order";
    disordered.files.insert(disordered.files.end(), back.rbegin(), back.rend());
    corpus.name += ", and back";
    corpus.files.insert(corpus.files.end(), back.begin(), back.end());
    hold_against_server(std::move(corpus));
    hold_against_server(std::move(disordered));
  }
  EXPECT_GE(corpora, 5u);
  EXPECT_GT(agreed_, 100u);
}

/// What needs the statement that is not there is refused, and what only seems to is not.
TEST_F(ReplayRefusals, OfFilesOfWhichSomeStatementsAreLeftOut) {
  for (std::size_t first : {0u, 3u, 5u})
    for (SqlCorpus& corpus : all_corpora()) {
      corpus.name += ", every seventh statement left out from " + std::to_string(first);
      std::size_t count = first;
      for (SqlText& file : corpus.files)
        for (const Piece& piece : cut_pieces(file.text)) {
          if (piece.kind != Piece::Kind::sql || ++count % 7 != 0) continue;
          for (std::size_t i = piece.begin; i < piece.end; ++i)
            if (file.text[i] != '\n') file.text[i] = ' ';
        }
      hold_against_server(std::move(corpus));
    }
  EXPECT_GT(agreed_, 2000u);
}

}  // namespace
}  // namespace schemaudit
