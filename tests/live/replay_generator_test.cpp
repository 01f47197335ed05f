// Random DDL on the replay and on a server: both accept and refuse the same statements, and hold
// the same schema after them.
//
//   SCHEMAUDIT_GENERATOR_STATEMENTS=50000 SCHEMAUDIT_GENERATOR_SEED=7
//   live_tests --gtest_filter="ReplayGenerator*"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <string>

#include "tests/live/ddl_generator.h"
#include "tests/live/replay_trial.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

using ReplayGeneratorTest = LiveTest;

constexpr std::size_t kStatements = 2400, kSequence = 80, kBetweenComparisons = 20;
/// Mismatches of as many kinds are shown, each shrunk.
constexpr std::size_t kMostShown = 16;
constexpr const char* kRole = "postgres";

std::size_t from_environment(const char* name, std::size_t otherwise) {
  const char* value = std::getenv(name);
  return value ? std::strtoull(value, nullptr, 10) : otherwise;
}

std::string joined(const std::vector<std::string>& statements) {
  std::string text;
  for (const std::string& statement : statements) text += "  " + statement + ";\n";
  return text;
}

TEST_F(ReplayGeneratorTest, AgreesWithTheServerOnRandomStatements) {
  if (test_server_version() < 150000)
    GTEST_SKIP() << "the replay follows PostgreSQL 15, and the server is older";
  const std::size_t wanted = from_environment("SCHEMAUDIT_GENERATOR_STATEMENTS", kStatements);
  std::size_t seed = from_environment("SCHEMAUDIT_GENERATOR_SEED", 20261);
  ReplayTrial::Counts all;
  std::map<std::string, std::size_t> kinds;
  std::string doubts;
  for (; all.statements < wanted; ++seed) {
    DdlGenerator generator(seed);
    ReplayTrial trial(fresh_database(), kRole);
    for (std::size_t i = 1; i <= kSequence && !trial.mismatch(); ++i) {
      trial.run(generator.next(trial.schema()));
      if (i % kBetweenComparisons == 0) trial.compare();
    }
    if (trial.in_transaction()) trial.run("COMMIT");
    trial.compare();
    const ReplayTrial::Counts& counts = trial.counts();
    all.statements += counts.statements;
    all.refused += counts.refused;
    all.unanalysed += counts.unanalysed;
    all.compared += counts.compared;
    all.unknown += counts.unknown;
    all.undecided += counts.undecided;
    for (const std::string& doubt : trial.unanalysed())
      if (doubts.size() < 3000) doubts += "  " + doubt + "\n";
    if (!trial.mismatch() || kinds[trial.mismatch()->kind]++ > 0 || kinds.size() > kMostShown)
      continue;
    ADD_FAILURE() << "seed " << seed << ": " << trial.mismatch()->text << "\n"
                  << joined(shrunk(trial.statements(), trial.mismatch()->kind, kRole));
  }
  for (const auto& [kind, count] : kinds) EXPECT_EQ(count, 0U) << "sequences with " << kind;
  // A generator whose statements all fail, or none, proves little.
  EXPECT_GT(all.refused * 100, all.statements * 8) << all.refused << " of " << all.statements;
  EXPECT_LT(all.refused * 100, all.statements * 40) << all.refused << " of " << all.statements;
  EXPECT_LT(all.unanalysed * 50, all.statements) << doubts;
  EXPECT_LT((all.unknown + all.undecided) * 100, all.compared)
      << all.unknown << " unknown and " << all.undecided << " undecided";
  RecordProperty("statements", static_cast<int>(all.statements));
  RecordProperty("refused", static_cast<int>(all.refused));
  RecordProperty("unanalysed", static_cast<int>(all.unanalysed));
  RecordProperty("compared", static_cast<int>(all.compared));
  RecordProperty("unknown", static_cast<int>(all.unknown));
  RecordProperty("undecided", static_cast<int>(all.undecided));
}

}  // namespace
}  // namespace schemaudit
