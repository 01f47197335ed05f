// The gate that a team keeps switched on: known findings, a branch's own ones, releases.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/program.h"

namespace schemaudit {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

constexpr const char* kConfig = "[sources]\ndocs = \"docs/*.md\"\nsql = \"schema.sql\"\n";
constexpr const char* kSchema = "CREATE TABLE users (id bigint PRIMARY KEY, phone text);\n";
constexpr const char* kDocs = "# users\n\n| Column | Type |\n|---|---|\n| id | bigint |\n";

/// A project whose docs leave a column out and state one that is not there.
void write_project(const TemporaryFolder& folder) {
  folder.write("schemaudit.toml", kConfig);
  folder.write("schema.sql", kSchema);
  folder.write("docs/users.md", std::string(kDocs) + "| mail | text |\n");
}

int shell(const std::string& folder, const std::string& command) {
  return std::system(("cd '" + folder + "' && (" + command + ") >/dev/null 2>&1").c_str());
}

void commit_all(const std::string& folder, const std::string& message) {
  ASSERT_EQ(shell(folder,
                  "git init -q . ; git add -A && git -c user.name=t -c user.email=t@t "
                  "commit -q -m '" +
                      message + "'"),
            0);
}

Json report_of(const std::vector<std::string>& more, const std::string& folder, int exit_code) {
  std::vector<std::string> arguments = {"audit", "--format", "json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  ProgramRun run = run_program(arguments, {.folder = folder});
  EXPECT_EQ(run.exit_code, exit_code) << run.output << run.errors;
  return Json::parse(run.output, nullptr, false);
}

std::size_t in_state(const Json& report, const std::string& state) {
  std::size_t count = 0;
  for (const Json& finding : report["findings"]) count += finding["state"] == state;
  return count;
}

TEST(Baseline, WhatIsKnownDoesNotFailAndWhatIsNewDoes) {
  TemporaryFolder folder;
  write_project(folder);
  const std::string at = folder.path();
  EXPECT_EQ(in_state(report_of({}, at, 1), "new"), 2U);
  ProgramRun written = run_program({"baseline"}, {.folder = at});
  EXPECT_EQ(written.exit_code, 0) << written.errors;
  const Json known = report_of({"--baseline", "schemaudit-baseline.json"}, at, 0);
  EXPECT_EQ(in_state(known, "baseline"), 2U);
  EXPECT_EQ(known["baseline"]["known"], 2);
  folder.write("docs/users.md", std::string(kDocs) + "| mail | text |\n| fax | text |\n");
  const Json more = report_of({"--baseline", "schemaudit-baseline.json"}, at, 1);
  EXPECT_EQ(in_state(more, "new"), 1U);
  EXPECT_EQ(in_state(more, "baseline"), 2U);
}

TEST(Baseline, LinesMayMove) {
  TemporaryFolder folder;
  write_project(folder);
  ASSERT_EQ(run_program({"baseline"}, {.folder = folder.path()}).exit_code, 0);
  folder.write("docs/users.md",
               "Some words before.\n\n" + std::string(kDocs) + "| mail | text |\n");
  report_of({"--baseline", "schemaudit-baseline.json"}, folder.path(), 0);
}

TEST(Baseline, AStaleEntryIsToldAndPruned) {
  TemporaryFolder folder;
  write_project(folder);
  folder.write("schemaudit.toml", std::string(kConfig) + "[gate]\nbaseline = \"known.json\"\n");
  const std::string at = folder.path();
  // The config names a file that is not there yet: an audit says how to make it.
  ProgramRun missing = run_program({"audit"}, {.folder = at});
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_NE(missing.errors.find("`schemaudit baseline` writes it"), std::string::npos);
  ASSERT_EQ(run_program({"baseline"}, {.folder = at}).exit_code, 0);
  EXPECT_EQ(run_program({"baseline", "--check"}, {.folder = at}).exit_code, 0);
  folder.write("docs/users.md", kDocs);
  const Json report = report_of({}, at, 0);
  EXPECT_EQ(report["baseline"]["stale"], 1);
  EXPECT_EQ(report["findings"].back()["rule"], "stale-baseline-entry");
  EXPECT_EQ(report["findings"].back()["locations"][0]["uri"], "known.json");
  EXPECT_EQ(run_program({"baseline", "--check"}, {.folder = at}).exit_code, 1);
  ASSERT_EQ(run_program({"baseline", "--prune"}, {.folder = at}).exit_code, 0);
  EXPECT_EQ(report_of({}, at, 0)["baseline"]["stale"], 0);
}

TEST(Baseline, PruningAddsNothing) {
  TemporaryFolder folder;
  write_project(folder);
  const std::string at = folder.path();
  ASSERT_EQ(run_program({"baseline"}, {.folder = at}).exit_code, 0);
  folder.write("docs/users.md", std::string(kDocs) + "| fax | text |\n");
  ASSERT_EQ(run_program({"baseline", "--prune"}, {.folder = at}).exit_code, 0);
  const Json report = report_of({"--baseline", "schemaudit-baseline.json"}, at, 1);
  EXPECT_EQ(in_state(report, "new"), 1U);
  EXPECT_EQ(in_state(report, "baseline"), 1U);
}

TEST(Baseline, NoneIsWrittenOfIncompleteEvidence) {
  TemporaryFolder folder;
  write_project(folder);
  folder.write("schema.sql",
               std::string(kSchema) + "DO $$ BEGIN EXECUTE 'DROP TABLE users'; END $$;\n");
  ProgramRun run = run_program({"baseline"}, {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 3) << run.errors;
  EXPECT_FALSE(fs::exists(folder.path() + "/schemaudit-baseline.json"));
}

TEST(ChangedSince, OnlyWhatTheBranchBroughtFails) {
  TemporaryFolder folder;
  write_project(folder);
  const std::string at = folder.path();
  commit_all(at, "first");
  const Json same = report_of({"--changed-since", "HEAD"}, at, 0);
  EXPECT_EQ(in_state(same, "baseline"), 2U);
  // A migration that makes an old sentence of the docs untrue: the line that is wrong is none that
  // the branch has touched.
  folder.write("schema.sql", "CREATE TABLE users (id integer PRIMARY KEY, phone text);\n");
  const Json report = report_of({"--changed-since", "HEAD"}, at, 1);
  ASSERT_EQ(in_state(report, "new"), 1U);
  for (const Json& finding : report["findings"]) {
    if (finding["state"] != "new") continue;
    EXPECT_EQ(finding["rule"], "column-type-mismatch");
    EXPECT_EQ(finding["locations"][0]["uri"], "docs/users.md");
  }
  EXPECT_EQ(report["baseline"]["since"].get<std::string>().size(), 40U);
}

TEST(ChangedSince, FilesThatWereNotThereHaveBroughtTheirFindings) {
  TemporaryFolder folder;
  folder.write("README.md", "Empty.\n");
  commit_all(folder.path(), "first");
  write_project(folder);
  EXPECT_EQ(in_state(report_of({"--changed-since", "HEAD"}, folder.path(), 1), "new"), 2U);
}

TEST(ChangedSince, TheRepositoryIsNotTouched) {
  TemporaryFolder folder;
  write_project(folder);
  const std::string at = folder.path();
  commit_all(at, "first");
  folder.write("docs/more.md", "# More\n");
  ASSERT_EQ(shell(at, "git status --porcelain > ../before.txt; ls -A .git > ../files.txt"), 0);
  report_of({"--changed-since", "HEAD"}, at, 0);
  EXPECT_EQ(shell(at,
                  "git status --porcelain | cmp - ../before.txt && ls -A .git | cmp - "
                  "../files.txt"),
            0);
  shell(at, "rm ../before.txt ../files.txt");
}

TEST(ChangedSince, WhatGitDoesNotKnowIsASlip) {
  TemporaryFolder folder;
  write_project(folder);
  ProgramRun outside =
      run_program({"audit", "--changed-since", "HEAD"},
                  {.folder = folder.path(), .environment = {{"GIT_CEILING_DIRECTORIES", "/"}}});
  EXPECT_EQ(outside.exit_code, 2);
  EXPECT_NE(outside.errors.find("needs a git repository"), std::string::npos) << outside.errors;
  commit_all(folder.path(), "first");
  for (const char* revision : {"no-such-branch", "--help"}) {
    ProgramRun run = run_program({"audit", std::string("--changed-since=") + revision},
                                 {.folder = folder.path()});
    EXPECT_EQ(run.exit_code, 2) << run.output;
    EXPECT_NE(run.errors.find("is no commit of this repository"), std::string::npos) << run.errors;
  }
}

TEST(ReleaseGate, TakesNoBaselineAndNoUnansweredCriterion) {
  TemporaryFolder folder;
  folder.write("schema.sql", kSchema);
  folder.write("docs/users.md", std::string(kDocs) + "| phone | text |\n");
  folder.write("known.json", "{\"format_version\": \"1.0\", \"findings\": []}\n");
  folder.write("schemaudit.toml", std::string(kConfig) + "[gate]\nbaseline = \"known.json\"\n");
  const std::string at = folder.path();
  EXPECT_EQ(report_of({"--gate", "release"}, at, 0)["baseline"], nullptr);
  EXPECT_EQ(run_program({"audit", "--gate", "release", "--baseline", "known.json"}, {.folder = at})
                .exit_code,
            2);
  EXPECT_EQ(run_program({"audit", "--gate", "release", "--changed-since", "HEAD"}, {.folder = at})
                .exit_code,
            2);
  EXPECT_EQ(
      run_program({"audit", "--gate", "release", "--fail-on", "never"}, {.folder = at}).exit_code,
      2);
  folder.write("schemaudit.toml", std::string(kConfig) +
                                      "[[criteria]]\ntext = \"The way back was rehearsed\"\n"
                                      "decided_by = [\"rehearse\"]\n");
  report_of({}, at, 0);
  const Json report = report_of({"--gate", "release"}, at, 3);
  EXPECT_NE(report["incomplete_because"].dump().find("The way back was rehearsed"),
            std::string::npos);
}

TEST(ReleaseGate, ACriterionThatIsNotMetFails) {
  TemporaryFolder folder;
  folder.write("schema.sql", std::string(kSchema) + "CREATE TABLE pages (body text);\n");
  folder.write("docs/users.md", std::string(kDocs) + "| phone | text |\n");
  folder.write("docs/pages.md", "# pages\n\n| Column | Type |\n|---|---|\n| body | text |\n");
  folder.write("schemaudit.toml", std::string(kConfig) +
                                      "[[criteria]]\ntext = \"Every table has a key\"\n"
                                      "decided_by = [\"missing-primary-key\"]\n");
  report_of({}, folder.path(), 0);
  report_of({"--gate", "release"}, folder.path(), 1);
}

TEST(Attest, DigestsAreThoseOfSha256sum) {
  TemporaryFolder folder;
  write_project(folder);
  const std::string at = folder.path();
  fs::create_directories(at + "/out");
  ProgramRun run = run_program({"audit", "--format", "json=out/audit.json", "--format",
                                "html=out/audit.html", "--attest", "out/audit.intoto.json"},
                               {.folder = at});
  EXPECT_EQ(run.exit_code, 1) << run.errors;
  const Json statement = Json::parse(read_whole(at + "/out/audit.intoto.json"));
  std::string sums;
  for (const Json& subject : statement["subject"])
    sums += subject["digest"]["sha256"].get<std::string>() + "  out/" +
            subject["name"].get<std::string>() + "\n";
  for (const Json& input : statement["predicate"]["configuration"])
    if (input["digest"].contains("sha256"))
      sums += input["digest"]["sha256"].get<std::string>() + "  " +
              input["name"].get<std::string>() + "\n";
  EXPECT_EQ(std::count(sums.begin(), sums.end(), '\n'), 5);
  folder.write("sums.txt", sums);
  EXPECT_EQ(shell(at, "sha256sum --strict -c sums.txt"), 0) << sums;
}

TEST(Merge, AFleetIsOneReport) {
  TemporaryFolder folder;
  write_project(folder);
  const std::string at = folder.path();
  run_program({"audit", "--format", "json=eu.json"}, {.folder = at});
  folder.write("docs/users.md", std::string(kDocs) + "| phone | text |\n| mail | text |\n");
  run_program({"audit", "--format", "json=us.json"}, {.folder = at});
  ProgramRun run =
      run_program({"merge", "eu.json", "us-1=us.json", "--format", "json"}, {.folder = at});
  EXPECT_EQ(run.exit_code, 1) << run.errors;
  const Json merged = Json::parse(run.output);
  ASSERT_EQ(merged["findings"].size(), 2U);
  EXPECT_NE(merged["findings"].dump().find("(in all 2)"), std::string::npos);
  EXPECT_NE(merged["findings"].dump().find("(in 1 of 2: eu)"), std::string::npos);
  EXPECT_EQ(merged["sources"].size(), 4U);
  EXPECT_EQ(merged["sources"][2]["name"], "us-1: docs/*.md");
  for (const char* format : {"text", "html", "sarif", "markdown"})
    EXPECT_EQ(
        run_program({"merge", "eu.json", "us.json", "--format", format}, {.folder = at}).exit_code,
        1)
        << format;
}

TEST(Merge, AVerdictThatTheReportItselfContradictsIsNoPass) {
  TemporaryFolder folder;
  write_project(folder);
  const std::string at = folder.path();
  run_program({"audit", "--format", "json=fails.json"}, {.folder = at});
  Json report = Json::parse(read_whole(at + "/fails.json"));
  report["verdict"] = "pass";
  folder.write("forged.json", report.dump());
  ProgramRun run = run_program({"merge", "forged.json"}, {.folder = at});
  EXPECT_EQ(run.exit_code, 3) << run.output;
  EXPECT_NE(run.errors.find("its verdict is pass, but it has a finding of"), std::string::npos)
      << run.errors;

  report["findings"] = Json::array();
  report["incomplete_because"] = {"docs/users.md could not be read"};
  folder.write("forged.json", report.dump());
  run = run_program({"merge", "forged.json"}, {.folder = at});
  EXPECT_EQ(run.exit_code, 3) << run.output;
  EXPECT_NE(run.errors.find("its evidence is incomplete"), std::string::npos) << run.errors;
}

TEST(Merge, APartThatCannotBeReadIsNoPass) {
  TemporaryFolder folder;
  folder.write("broken.json", "{");
  EXPECT_EQ(run_program({"merge", "broken.json"}, {.folder = folder.path()}).exit_code, 3);
  EXPECT_EQ(run_program({"merge", "nowhere.json"}, {.folder = folder.path()}).exit_code, 2);
  EXPECT_EQ(
      run_program({"merge", "broken.json", "broken.json"}, {.folder = folder.path()}).exit_code, 3);
}

TEST(Init, WritesAConfigThatAuditsTheProject) {
  TemporaryFolder folder;
  const std::string at = folder.path();
  folder.write("docs/schema/users.md", std::string(kDocs) + "| phone | text |\n");
  folder.write("docs/schema/pages.md",
               "# pages\n\n| Column | Type |\n|---|---|\n| id | bigint |\n");
  folder.write("docs/install.md", "# How to install\n\nRun make.\n");
  folder.write("db/migrations/001_users.up.sql", kSchema);
  folder.write("db/migrations/002_pages.up.sql", "CREATE TABLE pages (id bigint PRIMARY KEY);\n");
  folder.write("node_modules/x/schema.md", kDocs);
  ProgramRun run = run_program({"init"}, {.folder = at, .environment = {{"DATABASE_URL", ""}}});
  EXPECT_EQ(run.exit_code, 0) << run.errors;
  const std::string config = read_whole(at + "/schemaudit.toml");
  EXPECT_NE(config.find("docs = \"docs/schema/*.md\""), std::string::npos) << config;
  EXPECT_NE(config.find("migrations = \"db/migrations\""), std::string::npos) << config;
  EXPECT_NE(config.find("# database = \"env:DATABASE_URL\""), std::string::npos) << config;
  EXPECT_EQ(config.find("install.md"), std::string::npos) << config;
  EXPECT_EQ(config.find("node_modules"), std::string::npos) << config;
  report_of({}, at, 0);
  ProgramRun again = run_program({"init"}, {.folder = at});
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_NE(again.errors.find("already here"), std::string::npos);
  EXPECT_EQ(run_program({"init", "--print"}, {.folder = at}).output.find("# What schemaudit"), 0U);
}

TEST(Init, ProposesTheHabitsOfTheSchema) {
  TemporaryFolder folder;
  std::string sql;
  for (const char* name : {"users", "notes", "bills", "files", "pages"})
    sql += std::string("CREATE TABLE ") + name +
           " (id bigint PRIMARY KEY, created_at timestamptz NOT NULL, deleted_at timestamptz);\n";
  folder.write("schema.sql", sql);
  ProgramRun run = run_program({"init"}, {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 0) << run.errors;
  std::string config = read_whole(folder.path() + "/schemaudit.toml");
  EXPECT_NE(config.find("# columns = { created_at = \"timestamp with time zone not null\" }"),
            std::string::npos)
      << config;
  EXPECT_NE(config.find("# column = \"deleted_at\""), std::string::npos) << config;
  EXPECT_NE(config.find("# table_number = \"plural\""), std::string::npos) << config;
  // Without the #, all of it is a config that holds.
  for (std::size_t at = config.find("\n# ["); at != std::string::npos; at = config.find("\n# ", at))
    if (config.compare(at, 4, "\n# [") == 0 || config.find(" = ", at) < config.find('\n', at + 1))
      config.erase(at + 1, 2);
    else
      at += 3;
  folder.write("schemaudit.toml", config);
  ProgramRun audit = run_program({"audit", "--profile", "recommended", "--format", "json"},
                                 {.folder = folder.path()});
  EXPECT_EQ(audit.exit_code, 0) << audit.errors << config;
}

TEST(Release, AnEntryOfAPolicyThatFitsNothingIsNoPass) {
  TemporaryFolder folder;
  folder.write("schema.sql",
               "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE,\n"
               "  state text CHECK (state IN ('a', 'b')), deleted_at timestamptz,\n"
               "  created_at timestamptz NOT NULL);\n"
               "COMMENT ON COLUMN users.email IS 'pii';\n"
               "CREATE INDEX ON users (state);\n");
  auto incomplete_because = [&](const std::string& policy, int exit_code) {
    folder.write("schemaudit.toml", "[sources]\nsql = \"schema.sql\"\n" + policy);
    return report_of({"--gate", "release"}, folder.path(), exit_code)["incomplete_because"].dump();
  };
  for (const auto& [entry, policy] : std::map<std::string, std::string>{
           {"scope.schemas: \"publik\"", "[scope]\nschemas = [\"public\", \"@\"]"},
           {"policy.domains: \"usrs.state\"", "[policy.domains]\n\"@\" = \"check-or-enum\""},
           {"policy.types.columns: \"usrs.id\"", "[policy.types.columns]\n\"@\" = \"bigint\""},
           {"policy.sensitive: \"users.emial\"",
            "[policy.sensitive]\ncolumns = [\"@\"]\nmarked_by = \"pii\""},
           {"policy.standard_columns: \"usrs\"",
            "[policy.standard_columns]\ntables = \"@\"\ncolumns = { created_at = \"\" }"},
           {"policy.documentation.scope: \"usrs\"",
            "[policy.documentation]\nscope = \"@\"\ncolumns = \"comment\""},
           {"policy.soft_delete: \"usres*\"", "[policy.soft_delete]\ntables = \"@\""},
           {"policy.unique: \"users.emial\"", "[policy]\nunique = [\"@\"]"},
           {"policy.indexed: \"users(state, emial)\"", "[policy]\nindexed = [\"@\"]"},
           {"policy.append_only: \"usrs\"", "[policy.append_only]\ntables = \"@\""},
           {"policy.isolation.p3.documents: \"*/p3.md\"",
            "[policy.isolation.p3]\ntables = \"users\"\nforeign_keys = \"allow\"\n"
            "documents = [\"@\"]"}}) {
    const std::string text =
        entry.substr(entry.find('"') + 1, entry.rfind('"') - entry.find('"') - 1);
    std::string config = policy;
    config.replace(config.find('@'), 1, text);
    EXPECT_NE(incomplete_because(config, 3).find(Json(entry).dump().substr(1)), std::string::npos)
        << config;
  }
  const std::string reasons = incomplete_because(
      "[policy.domains]\n\"users.state\" = \"check-or-enum\"\n\"*.status\" = \"check-or-enum\"\n"
      "[policy.types.columns]\n\"*.id\" = \"bigint\"\n"
      "[policy.soft_delete]\ntables = [\"*\", \"!countries\"]\n"
      "[scope]\nschemas = [\"public\"]\nignore = [\"usrs\"]\n",
      1);
  EXPECT_EQ(reasons, "[]") << "users.email is unique across deleted rows, and that is all";
}

/// A glob that is misspelt must not pass for a policy that is kept.
TEST(Release, ACriterionOfAPolicyThatMatchesNothingIsNotMet) {
  TemporaryFolder folder;
  folder.write("schema.sql",
               "CREATE TABLE users (id bigint PRIMARY KEY);\n"
               "CREATE TABLE p3_notes (id bigint PRIMARY KEY, author bigint);\n");
  auto audit = [&](const std::string& tables) {
    folder.write("schemaudit.toml",
                 "[sources]\nsql = \"schema.sql\"\n[policy.isolation.p3]\ntables = \"" + tables +
                     "\"\nforeign_keys = \"forbid\"\n[gate.release]\nfail_on = \"medium\"\n"
                     "[[criteria]]\ntext = \"no foreign keys on phase 3\"\n"
                     "decided_by = [\"forbidden-foreign-key\"]\n");
    ProgramRun run =
        run_program({"audit", "--gate", "release", "--format", "json"}, {.folder = folder.path()});
    return std::pair(run.exit_code, Json::parse(run.output, nullptr, false));
  };
  const auto [kept, met] = audit("p3_*");
  EXPECT_EQ(kept, 0);
  EXPECT_EQ(met["criteria"][0]["state"], "met");
  const auto [misspelt, report] = audit("phase3_*");
  EXPECT_EQ(misspelt, 3);
  EXPECT_EQ(report["criteria"][0]["state"], "not_evaluated");
  EXPECT_EQ(report["criteria"][0]["reason"],
            "forbidden-foreign-key did not run: policy.isolation.p3 matches no table");
}

}  // namespace
}  // namespace schemaudit
