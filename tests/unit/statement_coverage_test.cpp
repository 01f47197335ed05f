// docs/sql-statements.md tells of every statement of the grammar, and of every action of ALTER
// TABLE, what the replay does with it. A newer grammar fails these tests until it is told there.

#include "analyzer/sql/statement_coverage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/support/program.h"

namespace schemaudit {
namespace {

std::size_t times(const std::vector<StatementCoverage>& coverage, const std::string& node) {
  return static_cast<std::size_t>(
      std::count_if(coverage.begin(), coverage.end(),
                    [&](const StatementCoverage& kind) { return kind.node == node; }));
}

TEST(StatementCoverage, TellsOfEveryStatementOfTheGrammarOnce) {
  const std::vector<std::string> statements = grammar_statements();
  EXPECT_GT(statements.size(), 100u);
  for (const std::string& node : statements)
    EXPECT_EQ(times(statement_coverage(), node), 1u) << node;
  EXPECT_EQ(statement_coverage().size(), statements.size());
}

TEST(StatementCoverage, TellsOfEveryActionOfAlterTableOnce) {
  const std::vector<std::string> actions = grammar_alter_table_actions();
  EXPECT_GT(actions.size(), 60u);
  for (const std::string& node : actions)
    EXPECT_EQ(times(alter_table_coverage(), node), 1u) << node;
  // Those of the grammars that are not this one stand there, too.
  for (const StatementCoverage& action : alter_table_coverage())
    EXPECT_EQ(times(alter_table_coverage(), action.node), 1u) << action.node;
}

TEST(StatementCoverage, KnowsThreeTreatments) {
  std::set<std::string_view> used;
  for (const auto& coverage : {statement_coverage(), alter_table_coverage()})
    for (const StatementCoverage& kind : coverage) used.insert(kind.treatment);
  EXPECT_EQ(used, (std::set<std::string_view>{"no effect", "replayed", "unanalysed"}));
}

/// SCHEMAUDIT_UPDATE=1 writes it.
TEST(StatementCoverage, PageIsTheOneCheckedIn) {
  EXPECT_EQ(differs_from_golden("docs/sql-statements.md", statement_coverage_page()), "");
}

}  // namespace
}  // namespace schemaudit
