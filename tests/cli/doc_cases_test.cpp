// Literate cases of `schemaudit doc`: what stood, what is built, and what stands afterwards, to the
// byte. Each is run twice, for the second run has to change nothing, and the audit has to find
// nothing but what the first run said was left.
//
// SCHEMAUDIT_UPDATE=1 writes what came out into the cases; read the diff as if a stranger had
// written it.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/program.h"

namespace schemaudit {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kFence = "`````";

struct DocCase {
  std::string name;
  std::string sql;
  std::string config;
  std::vector<std::string> arguments;
  std::map<std::string, std::string> before, after;
  /// The messages of what is left, a line each.
  std::string left;
};

struct CaseFile {
  std::string head;
  std::vector<DocCase> cases;
};

CaseFile read_cases(const std::string& path) {
  CaseFile file;
  std::istringstream lines(read_whole(path));
  std::string* into = nullptr;
  for (std::string line; std::getline(lines, line);) {
    if (into) {
      if (line == kFence)
        into = nullptr;
      else
        *into += line + "\n";
      continue;
    }
    if (line.rfind("## ", 0) == 0) {
      file.cases.push_back({});
      file.cases.back().name = line.substr(3);
      continue;
    }
    if (file.cases.empty()) {
      file.head += line + "\n";
      continue;
    }
    DocCase& one = file.cases.back();
    if (line.rfind(kFence, 0) != 0) continue;
    std::istringstream info(line.substr(5));
    std::string kind, when, uri;
    info >> kind >> when;
    std::getline(info >> std::ws, uri);
    if (kind == "sql") into = &one.sql;
    if (kind == "toml") into = &one.config;
    if (kind == "left") into = &one.left;
    if (kind == "markdown") into = &(when == "before" ? one.before : one.after)[uri];
    if (kind == "arguments") {
      one.arguments.push_back(when);
      if (!uri.empty()) one.arguments.push_back(uri);
      std::getline(lines, line);
    }
  }
  return file;
}

std::string fenced(const std::string& info, const std::string& text) {
  return std::string(kFence) + info + "\n" + text + kFence + "\n\n";
}

std::string text_of(const CaseFile& file) {
  std::string text = file.head;
  for (const DocCase& one : file.cases) {
    text += "## " + one.name + "\n\n";
    if (!one.arguments.empty()) {
      std::string words;
      for (const std::string& word : one.arguments) words += " " + word;
      text += fenced("arguments" + words, "");
    }
    if (!one.config.empty()) text += fenced("toml", one.config);
    for (const auto& [uri, document] : one.before)
      text += fenced("markdown before " + uri, document);
    text += fenced("sql", one.sql);
    for (const auto& [uri, document] : one.after) text += fenced("markdown after " + uri, document);
    if (!one.left.empty()) text += fenced("left", one.left);
  }
  while (text.size() > 1 && text.compare(text.size() - 2, 2, "\n\n") == 0) text.pop_back();
  return text;
}

std::map<std::string, std::string> documents_in(const std::string& folder) {
  std::map<std::string, std::string> documents;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".md") continue;
    documents[fs::relative(entry.path(), folder).generic_string()] =
        read_whole(entry.path().string());
  }
  return documents;
}

void expect_cases(const std::string& name) {
  const std::string path =
      std::string(SCHEMAUDIT_SOURCE_DIR) + "/tests/cli/doc_cases/" + name + ".md";
  CaseFile file = read_cases(path);
  ASSERT_FALSE(file.cases.empty()) << path;
  const char* update = std::getenv("SCHEMAUDIT_UPDATE");
  for (DocCase& one : file.cases) {
    SCOPED_TRACE(one.name);
    TemporaryFolder folder;
    folder.write("schema.sql", one.sql);
    folder.write("schemaudit.toml", one.config.empty()
                                        ? "[sources]\ndocs = \"docs\"\nsql = \"schema.sql\"\n"
                                        : one.config);
    fs::create_directories(folder.path() + "/docs");
    for (const auto& [uri, document] : one.before) folder.write(uri, document);

    std::vector<std::string> arguments = {"doc", "--format", "json"};
    arguments.insert(arguments.end(), one.arguments.begin(), one.arguments.end());
    ProgramRun run = run_program(arguments, {.folder = folder.path()});
    Json json = Json::parse(run.output, nullptr, false);
    ASSERT_FALSE(json.is_discarded()) << run.output << run.errors;
    std::string left;
    for (const Json& finding : json["left"])
      left +=
          finding["rule"].get<std::string>() + ": " + finding["message"].get<std::string>() + "\n";
    EXPECT_EQ(run.exit_code, left.empty() ? 0 : 1) << run.errors;
    std::map<std::string, std::string> after = documents_in(folder.path());
    // Documents that stay as they are need not be told twice.
    std::map<std::string, std::string> changed = after;
    for (const auto& [uri, document] : one.before)
      if (after[uri] == document && !one.after.count(uri)) changed.erase(uri);
    if (update && std::string(update) == "1") {
      one.after = changed;
      one.left = left;
    }
    EXPECT_EQ(changed, one.after);
    EXPECT_EQ(left, one.left);

    ProgramRun again = run_program(arguments, {.folder = folder.path()});
    EXPECT_EQ(documents_in(folder.path()), after) << "a second run changes something";
    EXPECT_EQ(again.exit_code, run.exit_code);
    arguments.push_back("--check");
    EXPECT_EQ(run_program(arguments, {.folder = folder.path()}).exit_code, left.empty() ? 0 : 1);
  }
  if (update && std::string(update) == "1") std::ofstream(path, std::ios::binary) << text_of(file);
}

TEST(DocCases, RefreshColumnTables) {
  expect_cases("column-tables");
}

TEST(DocCases, RefreshTablesOfConstraints) {
  expect_cases("constraint-tables");
}

TEST(DocCases, RefreshLists) {
  expect_cases("lists");
}

TEST(DocCases, RefreshSqlFences) {
  expect_cases("sql-fences");
}

TEST(DocCases, RefreshPagesOfTbls) {
  expect_cases("tbls");
}

TEST(DocCases, WriteMissingTablesInTheStyleOfTheOthers) {
  expect_cases("styles");
}

TEST(DocCases, LeaveAloneWhatIsForAPerson) {
  expect_cases("left-alone");
}

}  // namespace
}  // namespace schemaudit
