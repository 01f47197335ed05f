// What holds for every rule: ids, files, docs, severities, and the generated pages.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "rules/rule.h"
#include "rules/rule_pages.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

const fs::path kRules = fs::path(SCHEMAUDIT_SOURCE_DIR) / "rules";
const fs::path kPages = fs::path(SCHEMAUDIT_SOURCE_DIR) / "docs" / "rules";

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

fs::path beside(const RuleInfo& info, const std::string& ending) {
  return kRules / std::string(info.category) / (std::string(info.id) + ending);
}

TEST(Registry, IdsAreKebabCaseAndSorted) {
  std::string previous;
  ASSERT_FALSE(all_rules().empty());
  for (const Rule* rule : all_rules()) {
    std::string id(rule->info.id);
    EXPECT_EQ(id.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), std::string::npos) << id;
    EXPECT_LT(previous, id);
    EXPECT_EQ(find_rule(id), rule);
    previous = id;
  }
  EXPECT_EQ(find_rule("no-such-rule"), nullptr);
}

TEST(Registry, EachRuleStandsInItsOwnFileWithItsCasesBesideIt) {
  for (const Rule* rule : all_rules()) {
    EXPECT_TRUE(fs::exists(beside(rule->info, ".cpp"))) << rule->info.id;
    EXPECT_TRUE(fs::exists(beside(rule->info, ".test.md"))) << rule->info.id;
  }
}

TEST(Registry, EveryRuleFileIsListed) {
  for (const auto& entry : fs::recursive_directory_iterator(kRules)) {
    const fs::path folder = entry.path().parent_path();
    if (entry.path().extension() != ".cpp" || folder == kRules) continue;
    // What rules share, and what brings in rules of others: queries and libraries.
    const std::set<std::string> others = {"facts", "findings", "sql", "plugins"};
    if (others.count(folder.filename().string())) continue;
    EXPECT_TRUE(find_rule(entry.path().stem().string())) << entry.path();
  }
}

TEST(Registry, DocsHaveTheirHeadingsInOrder) {
  for (const Rule* rule : all_rules()) {
    std::size_t at = 0;
    for (std::string heading : {"## What it does\n", "## Why it matters\n", "## Example\n",
                                "## Use instead\n", "## Limits\n"}) {
      at = rule->info.docs.find(heading, at);
      EXPECT_NE(at, std::string_view::npos) << rule->info.id << " lacks " << heading;
    }
    EXPECT_FALSE(rule->info.summary.empty()) << rule->info.id;
  }
}

TEST(Registry, SeveritiesAreThoseOfTheContract) {
  const std::map<Severity, std::set<std::string>> contract = {
      {Severity::critical, {"forbidden-foreign-key", "forbidden-dependency"}},
      {Severity::high,
       {"documented-table-absent", "documented-column-absent", "undocumented-table",
        "column-type-mismatch", "column-nullability-mismatch", "primary-key-mismatch",
        "unique-constraint-mismatch", "foreign-key-mismatch", "check-constraint-mismatch",
        "enum-mismatch", "unapplied-change", "undeclared-change", "drifted-definition",
        "credential-in-docs", "missing-soft-delete-column", "frozen-object-changed",
        "invalid-index", "foreign-key-type-mismatch"}},
      {Severity::medium,
       {"undocumented-column", "column-default-mismatch", "index-mismatch", "likely-renamed-column",
        "likely-renamed-table", "invalid-sql-in-docs", "broken-query-in-docs", "contradictory-docs",
        "stated-count-mismatch", "unread-schema-doc", "status-without-check", "missing-primary-key",
        "unindexed-foreign-key", "duplicate-index", "redundant-index"}},
      {Severity::low, {"unknown-reference-in-docs", "garbled-text"}},
      {Severity::info, {"hidden-from-role"}},
  };
  for (const auto& [severity, ids] : contract)
    for (const std::string& id : ids) {
      const Rule* rule = find_rule(id);
      EXPECT_TRUE(!rule || rule->info.severity == severity) << id;
    }
}

TEST(Registry, WhatARuleAsksHasWordsAndAnAnswer) {
  for (const Rule* rule : all_rules()) {
    const QuestionInfo& question = rule->info.question;
    EXPECT_EQ(question.one.empty(), question.many.empty()) << rule->info.id;
    if (!question.one.empty()) {
      EXPECT_NE(question.one, question.many) << rule->info.id;
      EXPECT_NE(question.one.find('?'), std::string_view::npos) << rule->info.id;
    }
  }
}

/// SCHEMAUDIT_UPDATE=1 writes the pages; `schemaudit rules --write-docs docs/rules` does, too.
TEST(RulePages, AreThoseCheckedIn) {
  std::map<std::string, std::string> pages = {{"README.md", rules_index(all_rules())}};
  for (const Rule* rule : all_rules()) pages[std::string(rule->info.id) + ".md"] = rule_page(*rule);
  if (std::getenv("SCHEMAUDIT_UPDATE")) {
    fs::create_directories(kPages);
    for (const auto& [name, page] : pages) std::ofstream(kPages / name) << page;
  }
  for (const auto& [name, page] : pages) EXPECT_EQ(read_file(kPages / name), page) << name;
  for (const auto& entry : fs::directory_iterator(kPages))
    EXPECT_TRUE(pages.count(entry.path().filename().string()))
        << entry.path() << " is a page of no rule";
}

}  // namespace

}  // namespace schemaudit
