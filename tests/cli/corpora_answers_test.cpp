// Every question of every schema at hand, answered with the very lines it proposes: the config
// takes them, the question is not asked again, and nothing is reported that it was not about. The
// schemas of real projects lie beside this one; where they are not there their tests skip, by name.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "analyzer/model/config_text.h"
#include "tests/cli/sql_corpora.h"
#include "tests/support/program.h"

namespace schemaudit {
namespace {

using Json = nlohmann::ordered_json;

/// What is audited again and again, each time with another config.
class AuditedAgain {
 public:
  AuditedAgain(std::string name, std::vector<std::string> arguments)
      : name_(std::move(name)), arguments_(std::move(arguments)) {}

  TemporaryFolder& folder() { return folder_; }

  Json audit(const std::string& config, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"audit"};
    arguments.insert(arguments.end(), arguments_.begin(), arguments_.end());
    arguments.insert(arguments.end(), {"--format", "json", "--fail-on", "never", "--config",
                                       folder_.write("schemaudit.toml", config)});
    arguments.insert(arguments.end(), more.begin(), more.end());
    ProgramRun run = run_program(arguments, {.folder = folder_.path()});
    EXPECT_NE(run.exit_code, 2) << name_ << ": " << run.errors << "\n" << config;
    return Json::parse(run.output, nullptr, false);
  }

 private:
  std::string name_;
  std::vector<std::string> arguments_;
  TemporaryFolder folder_;
};

bool asks(const Json& report, const std::string& rule) {
  return std::any_of(report["questions"].begin(), report["questions"].end(),
                     [&](const Json& question) { return question["rule"] == rule; });
}

std::set<std::string> fingerprints(const Json& report) {
  std::set<std::string> found;
  for (const Json& finding : report["findings"])
    found.insert(finding["fingerprint"].get<std::string>());
  return found;
}

std::string table_of(const Json& finding) {
  return finding["object"]["schema"].get<std::string>() + "." +
         finding["object"]["table"].get<std::string>();
}

/// Whether the answer itself speaks of the table, or of a column name wherever it stands.
bool names_table(const std::string& config, const Json& finding) {
  const std::string table = finding["object"]["table"].get<std::string>();
  const std::string name = finding["object"]["name"].get<std::string>();
  return config.find(toml_string(glob_of_name(table))) != std::string::npos ||
         config.find(toml_string("*." + glob_of_name(name))) != std::string::npos;
}

/// `# [rules.x]`, `# ask = false` become lines of the config, and what stands above them goes.
std::string other_answer(const std::string& config) {
  std::istringstream lines(config);
  std::string text;
  bool taken = false;
  for (std::string line; std::getline(lines, line);) {
    taken = taken || line.starts_with("# [");
    if (taken && line.starts_with("# ")) text += line.substr(2) + "\n";
  }
  return text;
}

void expect_answers_to_answer(const AuditedAgain& audited, const std::string& sources) {
  const Json before = audited.audit(sources);
  const std::set<std::string> known = fingerprints(before);
  for (const Json& question : before["questions"]) {
    const std::string rule = question["rule"].get<std::string>();
    const std::string config = question["config"].get<std::string>();
    SCOPED_TRACE(rule + "\n" + config);
    std::set<std::string> tables;
    const Json suspected = audited.audit(sources, {"--select", rule});
    for (const Json& suspicion : suspected["findings"]) tables.insert(table_of(suspicion));
    const Json after = audited.audit(sources + "\n" + config + "\n");
    EXPECT_FALSE(asks(after, rule));
    for (const Json& finding : after["findings"])
      EXPECT_TRUE(known.count(finding["fingerprint"].get<std::string>()) ||
                  tables.count(table_of(finding)) || names_table(config, finding))
          << finding["rule"] << ": " << finding["message"];
    if (const std::string other = other_answer(config); !other.empty()) {
      const Json silent = audited.audit(sources + "\n" + other);
      EXPECT_FALSE(asks(silent, rule)) << other;
      EXPECT_EQ(fingerprints(silent), known) << other;
    }
  }
  if (before["questions"].empty()) return;
  const Json all = audited.audit(sources + "\n" + before["answers"].get<std::string>());
  for (const Json& question : before["questions"])
    EXPECT_FALSE(asks(all, question["rule"].get<std::string>()))
        << question["rule"] << "\n"
        << before["answers"].get<std::string>();
}

void expect_answers_of(const SqlCorpus& corpus) {
  SCOPED_TRACE(corpus.name);
  AuditedAgain audited(corpus.name, {"--sql", "@files.txt"});
  std::string list;
  for (const SqlText& file : corpus.files) {
    audited.folder().write(file.uri, file.text);
    list += file.uri + "\n";
  }
  audited.folder().write("files.txt", list);
  expect_answers_to_answer(audited, "");
}

TEST(AnswersOfQuestions, AnswerThoseOfRealSchemas) {
  if (shared_folder().empty()) GTEST_SKIP() << "there is no ../shared beside this checkout";
  std::vector<SqlCorpus> corpora = sql_corpora();
  for (const auto& more : {corpora_beyond_this_server(), corpora_of_blocks()})
    corpora.insert(corpora.end(), more.begin(), more.end());
  for (const SqlCorpus& corpus : corpora) expect_answers_of(corpus);
}

TEST(AnswersOfQuestions, AnswerThoseOfRealDocuments) {
  if (shared_folder().empty()) GTEST_SKIP() << "there is no ../shared beside this checkout";
  for (const auto& entry : std::filesystem::directory_iterator(shared_folder() + "/inputs")) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".md")) continue;
    SCOPED_TRACE(name);
    AuditedAgain audited(name, {});
    audited.folder().write("docs/" + name, read_whole(entry.path().string()));
    audited.folder().write("built.sql", "CREATE TABLE users (id bigint PRIMARY KEY);\n");
    expect_answers_to_answer(audited, "");
  }
}

/// One schema that brings as many questions as it can.
TEST(AnswersOfQuestions, AnswerThoseOfASuspiciousSchema) {
  expect_answers_of({"suspicious",
                     {{R"sql(
    CREATE SCHEMA shop;
    CREATE TABLE users (
      id serial PRIMARY KEY, email text UNIQUE, status text, score integer, created_at timestamp,
      updated_at timestamptz NOT NULL DEFAULT now(), deleted_at timestamptz, session_uuid text,
      is_active boolean, password text);
    CREATE TABLE shop.orders (
      id serial PRIMARY KEY, user_id integer REFERENCES users ON DELETE CASCADE,
      account_id integer, status varchar(20), deleted_at timestamptz, number text UNIQUE,
      idempotency_key text, created_at timestamptz);
    CREATE TABLE accounts (id bigint PRIMARY KEY, status integer, score text, a text, b text);
    CREATE TABLE removed (id bigint PRIMARY KEY, deleted_at timestamptz NOT NULL);
    CREATE UNLOGGED TABLE carts (id bigint PRIMARY KEY, tags text[], body tsvector);
    CREATE INDEX ON carts (tags);
    ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
    CREATE POLICY writes ON accounts TO pg_monitor USING (true);
    ALTER TABLE carts ENABLE ROW LEVEL SECURITY;
    CREATE FUNCTION f() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = ''
      AS 'SELECT';
  )sql",
                       "schema.sql", 1, 1}}});
}

/// Characters that mean something in TOML, in a glob or in a list of columns.
TEST(AnswersOfQuestions, AnswerThoseOfNamesThatAreHardToWrite) {
  expect_answers_of({"hard names",
                     {{R"sql(
    CREATE SCHEMA "odd.schema";
    CREATE TABLE "say ""hi""" (
      id bigint PRIMARY KEY, status text, "e.mail" text UNIQUE, deleted_at timestamptz,
      "his password" text, "a, b_id" bigint);
    CREATE TABLE "odd.schema"."a.b" (
      id bigint PRIMARY KEY, status text, "user (old) email" text, deleted_at timestamptz,
      password text, owner_id bigint REFERENCES "say ""hi""" ON DELETE CASCADE);
    CREATE TABLE "!excluded" (
      id bigint PRIMARY KEY, status text, email text UNIQUE, deleted_at timestamptz,
      password text);
    CREATE TABLE "back\slash], [x" (
      id bigint PRIMARY KEY, status text, email text, deleted_at timestamptz NOT NULL,
      password text);
    CREATE TABLE "# two
lines = [" (
      id bigint PRIMARY KEY, status text, email text, deleted_at timestamptz,
      "pass
word" text, password text);
    CREATE TABLE "Größe * ?" (
      id bigint PRIMARY KEY, status text, email text, deleted_at timestamptz, password text);
  )sql",
                       "schema.sql", 1, 1}}});
}

}  // namespace
}  // namespace schemaudit
