// Rules of a team's own: queries over the schemas, checks of the live database, plug-ins.
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "tests/support/program.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

using Json = nlohmann::json;

constexpr const char* kSwitches =
    "CREATE TABLE switches (name text PRIMARY KEY, state text NOT NULL CHECK (state IN ('on', "
    "'off')))";

class OwnRules : public LiveTest {
 protected:
  static bool says(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
  }

  static Json report(const TemporaryFolder& folder, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "audit");
    arguments.insert(arguments.end(), {"--format", "json"});
    ProgramRun run = run_program(arguments, {.folder = folder.path()});
    EXPECT_TRUE(run.exit_code != 2 && !run.output.empty()) << run.errors;
    return run.output.empty() ? Json() : Json::parse(run.output);
  }

  static Json rule(const Json& report, const std::string& id) {
    for (const Json& rule : report["rules"])
      if (rule["id"] == id) return rule;
    return {};
  }
};

TEST_F(OwnRules, AQueryInAFileIsARuleThatCanBeNamedEverywhere) {
  TemporaryFolder folder;
  folder.write("schema.sql", kSwitches);
  folder.write("rules/short.sql",
               "SELECT schema, name AS \"table\", 'called ' || name AS message FROM built_tables");
  folder.write("schemaudit.toml", R"toml([sources]
sql = "schema.sql"

[[sql_rule]]
id = "acme-table"
summary = "A table."
file = "rules/short.sql"

[rules.acme-table]
severity = "critical"

[[criteria]]
text = "no table"
decided_by = ["acme-table"]
)toml");
  Json told = report(folder, {"--select", "acme-table"});
  EXPECT_EQ(told["findings"].size(), 1u);
  EXPECT_EQ(told["findings"][0]["severity"], "critical");
  EXPECT_EQ(told["findings"][0]["locations"][0]["uri"], "schema.sql");
  EXPECT_EQ(told["criteria"][0]["state"], "not_met");
  EXPECT_EQ(rule(report(folder, {"--ignore", "sql-rules"}), "acme-table")["status"], "not_run");
  EXPECT_EQ(report(folder, {"--select", "acme-table", "--rule", "acme-table=low"})["verdict"],
            "pass");
  ProgramRun run = run_program({"audit", "--select", "acme-tabel"}, {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_TRUE(says(run.errors, "did you mean acme-table?")) << run.errors;

  folder.write("schemaudit.toml", R"toml([sources]
sql = "schema.sql"
[[waiver]]
rule = "acme-table"
object = "public.switches"
owner = "us"
reason = "known"
expires = 2099-12-31
[[sql_rule]]
id = "acme-table"
file = "rules/short.sql"
)toml");
  told = report(folder, {"--select", "acme-table"});
  EXPECT_EQ(told["findings"][0]["state"], "waived");
  folder.write("schemaudit.toml", "[[sql_rule]]\nid = \"a\"\nfile = \"rules/shrot.sql\"\n");
  run = run_program({"audit", "--sql", "schema.sql"}, {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_TRUE(says(run.errors, "schemaudit.toml:1")) << run.errors;
  EXPECT_TRUE(says(run.errors, "shrot.sql")) << run.errors;
}

TEST_F(OwnRules, ARuleWhoseQueryFailsLeavesTheEvidenceIncomplete) {
  TemporaryFolder folder;
  folder.write("schema.sql", kSwitches);
  folder.write("schemaudit.toml",
               "[[sql_rule]]\nid = \"acme\"\nquery = \"SELECT nam AS message FROM tables\"\n");
  ProgramRun run = run_program({"audit", "--sql", "schema.sql"}, {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 3) << run.output;
  EXPECT_TRUE(says(run.output, "rule acme crashed: no such column: nam")) << run.output;
}

TEST_F(OwnRules, ChecksDecideByWhatTheDatabaseAnswers) {
  TemporaryFolder folder;
  std::string db = fresh_database();
  test_server().run(db, std::string(kSwitches) + "; INSERT INTO switches VALUES ('all', 'off')");
  auto config = [&](const std::string& more) {
    folder.write("schemaudit.toml",
                 "[[check]]\nname = \"all off\"\nquery = \"SELECT state FROM switches\"\n"
                 "expect = \"off\"\n"
                 "[[criteria]]\ntext = \"the switch is off\"\ndecided_by = "
                 "[\"live-check-failed\"]\n" +
                     more);
  };
  config("");
  Json told = report(folder, {"--db", db});
  EXPECT_EQ(told["verdict"], "pass") << told["incomplete_because"];
  EXPECT_EQ(told["criteria"][0]["state"], "met");
  EXPECT_EQ(told["sources"][0]["checks"], (Json{{"run", 1}, {"unanswered", 0}}));

  config("[[check]]\nname = \"slow\"\nquery = \"SELECT pg_sleep(9)\"\nrows = 1\ntimeout = 1\n");
  told = report(folder, {"--db", db});
  EXPECT_EQ(told["verdict"], "incomplete");
  EXPECT_EQ(told["criteria"][0]["state"], "not_evaluated");
  EXPECT_EQ(told["sources"][0]["checks"], (Json{{"run", 2}, {"unanswered", 1}}));

  test_server().run(db, "UPDATE switches SET state = 'on'");
  told = report(folder, {"--db", db});
  EXPECT_EQ(told["verdict"], "fail");
  EXPECT_EQ(told["criteria"][0]["state"], "not_met");
  ASSERT_EQ(told["findings"].size(), 1u);
  EXPECT_EQ(told["findings"][0]["evidence"]["live"], "on");

  // Without a server nothing is decided.
  folder.write("live.json", run_program({"snapshot", "db:" + db}).output);
  told = report(folder, {"--db", "snapshot:live.json"});
  EXPECT_EQ(rule(told, "live-check-failed")["status"], "not_run");
  EXPECT_EQ(told["criteria"][0]["state"], "not_evaluated");
  EXPECT_EQ(told["verdict"], "incomplete");
  folder.write("schema.sql", kSwitches);
  told = report(folder, {"--sql", "schema.sql"});
  EXPECT_EQ(rule(told, "live-check-failed")["status"], "not_run");
}

TEST_F(OwnRules, NoValueOfASecretColumnIsShown) {
  TemporaryFolder folder;
  std::string db = fresh_database();
  test_server().run(db,
                    "CREATE TABLE users (id bigint PRIMARY KEY, password text, url text); INSERT "
                    "INTO users VALUES (1, 'hunter2', 'postgresql://a:s3cret@db/x')");
  folder.write("schemaudit.toml",
               "[[check]]\nname = \"none\"\nquery = \"TABLE users\"\nrows = 0\n"
               "[[check]]\nname = \"one\"\nquery = \"SELECT url FROM users\"\nexpect = \"x\"\n");
  for (const char* format : {"text", "json", "html"}) {
    ProgramRun run =
        run_program({"audit", "--db", db, "--format", format}, {.folder = folder.path()});
    EXPECT_EQ(run.exit_code, 1);
    EXPECT_FALSE(says(run.output, "hunter2")) << run.output;
    EXPECT_FALSE(says(run.output, "s3cret")) << run.output;
  }
}

TEST_F(OwnRules, NoValueOfASecretColumnIsShownInJsonOrUnderAnAlias) {
  TemporaryFolder folder;
  std::string db = fresh_database();
  test_server().run(db,
                    "CREATE TABLE users (id bigint PRIMARY KEY, password text, kept jsonb); INSERT "
                    "INTO users VALUES (1, 'hunter2', '{\"note\": \"{\\\"password\\\": "
                    "\\\"hunter2\\\"}\"}')");
  folder.write(
      "schemaudit.toml",
      "[[check]]\nname = \"json\"\nquery = \"SELECT row_to_json(u), kept FROM users "
      "u\"\nrows = 0\n"
      "[[check]]\nname = \"alias\"\nquery = \"SELECT id, password AS p FROM users\"\nrows "
      "= 0\n"
      "[[check]]\nname = \"stated\"\nquery = \"SELECT password AS p FROM users\"\nexpect = "
      "\"hunter2x\"\n");
  for (const char* format : {"text", "json"}) {
    ProgramRun run =
        run_program({"audit", "--db", db, "--format", format}, {.folder = folder.path()});
    EXPECT_EQ(run.exit_code, 1);
    EXPECT_FALSE(says(run.output, "hunter2")) << run.output;
    EXPECT_TRUE(says(run.output, "1 | ***")) << run.output;
  }
}

TEST_F(OwnRules, NoPasswordInANameIsShown) {
  TemporaryFolder folder;
  std::string db = fresh_database();
  test_server().run(db, "CREATE TABLE \"x password=hunter2N\" (id bigint)");
  folder.write("docs.md", "# users\n\n| Column | Type |\n|---|---|\n| id | bigint |\n");
  folder.write("schemaudit.toml",
               "[[check]]\nname = \"c password=hunter4A\"\nquery = \"SELECT 1\"\nrows = 0\n");
  for (const char* format :
       {"text", "json", "html", "sarif", "gitlab", "junit", "github", "markdown"}) {
    ProgramRun run = run_program({"audit", "docs.md", "--db", db, "--format", format},
                                 {.folder = folder.path()});
    EXPECT_EQ(run.exit_code, 1);
    EXPECT_FALSE(says(run.output, "hunter")) << run.output;
    EXPECT_TRUE(says(run.output, "c password=")) << run.output;
  }
  ProgramRun diff = run_program({"diff", "docs:docs.md", "db:" + db, "--format", "json"},
                                {.folder = folder.path()});
  EXPECT_FALSE(says(diff.output, "hunter")) << diff.output;
}

/// The build's own cmake, quietly; its output where it fails.
std::string cmake(const std::string& arguments, const std::string& log) {
  const std::string command =
      std::string(SCHEMAUDIT_CMAKE) + " " + arguments + " >" + log + " 2>&1";
  return std::system(command.c_str()) == 0 ? "" : arguments + "\n" + read_whole(log);
}

class Plugins : public OwnRules {
 protected:
  /// Installs into `folder`, and builds the sample plug-in against it.
  static std::string build_sample(const TemporaryFolder& folder) {
    const std::string log = folder.path() + "/log";
    const std::string prefix = folder.path() + "/installed";
    if (std::string failed = cmake("--install " SCHEMAUDIT_BINARY_DIR " --prefix " + prefix, log);
        !failed.empty())
      return failed;
    return build_again(folder);
  }

  static std::string build_again(const TemporaryFolder& folder) {
    const std::string log = folder.path() + "/log";
    std::string failed =
        cmake("-G '" SCHEMAUDIT_GENERATOR "' -S " SCHEMAUDIT_SOURCE_DIR "/samples/plugin -B " +
                  folder.path() +
                  "/build -DCMAKE_CXX_COMPILER=" SCHEMAUDIT_COMPILER " -DCMAKE_PREFIX_PATH=" +
                  folder.path() + "/installed",
              log);
    return failed.empty() ? cmake("--build " + folder.path() + "/build", log) : failed;
  }

  static std::string library(const TemporaryFolder& folder) {
    return folder.path() + "/build/libacme_rules.so";
  }
};

TEST_F(Plugins, TheSampleBuildsAgainstWhatIsInstalledAndItsRuleIsOneLikeOthers) {
  TemporaryFolder folder;
  ASSERT_EQ(build_sample(folder), "");
  const std::string plugin = library(folder);
  const std::string schema = SCHEMAUDIT_SOURCE_DIR "/samples/plugin/schema.sql";
  Json told = report(folder, {"--sql", schema, "--plugin", plugin});
  ASSERT_EQ(told["findings"].size(), 1u) << told["findings"];
  EXPECT_EQ(told["findings"][0]["rule"], "acme-vague-column");
  EXPECT_EQ(told["findings"][0]["object"]["name"], "data");
  EXPECT_EQ(told["findings"][0]["locations"][0]["line"], 4);

  ProgramRun run = run_program({"rules", "--plugin", plugin});
  EXPECT_TRUE(says(run.output, "acme-vague-column")) << run.output << run.errors;
  run = run_program({"explain", "acme-vague-column", "--plugin", plugin});
  EXPECT_TRUE(says(run.output, "data, info, misc or value")) << run.output << run.errors;
  EXPECT_EQ(run_program({"explain", "acme-vague-column"}).exit_code, 2);

  // By the config, and named in it.
  folder.write("schemaudit.toml",
               "plugins = [\"build/libacme_rules.so\"]\n[rules.acme-vague-column]\nseverity = "
               "\"high\"\n");
  told = report(folder, {"--sql", schema, "--select", "acme"});
  EXPECT_EQ(told["verdict"], "fail");
  EXPECT_EQ(told["findings"][0]["severity"], "high");
}

TEST_F(Plugins, WhatDoesNotFitIsRefusedWithTheReason) {
  TemporaryFolder folder;
  ASSERT_EQ(build_sample(folder), "");
  auto refusal = [&](const std::string& path) {
    ProgramRun run = run_program({"rules", "--plugin", path}, {.folder = folder.path()});
    EXPECT_EQ(run.exit_code, 2) << run.output;
    EXPECT_EQ(run.output, "");
    return run.errors;
  };
  EXPECT_TRUE(says(refusal("no-such.so"), "cannot use the plug-in"));
  folder.write("no-library.so", "text");
  EXPECT_TRUE(says(refusal("no-library.so"), "no-library.so"));
  const std::string taken =
      run_program({"rules", "--plugin", library(folder), "--plugin", "build/libacme_rules.so"},
                  {.folder = folder.path()})
          .errors;
  EXPECT_EQ(taken, "") << "the same one twice is one";

  // Headers of another version.
  const std::string header = "installed/include/schemaudit/rules/plugins/headers_digest.h";
  const std::string digest = read_whole(folder.path() + "/" + header);
  folder.write(header,
               "#define SCHEMAUDIT_HEADERS_VERSION \"0.0.9\"\n"
               "#define SCHEMAUDIT_HEADERS_DIGEST \"0123456789abcdef\"\n");
  ASSERT_EQ(build_again(folder), "");
  std::string told = refusal(library(folder));
  EXPECT_TRUE(says(told, "headers of schemaudit 0.0.9 (0123456789abcdef), and needs those of " +
                             std::string("0.1.0")))
      << told;
  folder.write(header, digest);

  // Another version of the interface, and a library that is no plug-in.
  folder.write("other.c",
               "struct { unsigned version; const char *a, *b, *c; void *rules; unsigned long n; } "
               "d = {2, \"9.0.0\", \"x\", \"libstdc++\", 0, 0};\n"
               "void* schemaudit_plugin_v1(void) { return &d; }\n");
  const std::string c = "cc -shared -fPIC -o " + folder.path();
  ASSERT_EQ(std::system((c + "/other.so " + folder.path() + "/other.c").c_str()), 0);
  EXPECT_TRUE(says(refusal("other.so"),
                   "version 2 of the plug-in interface, and this schemaudit "
                   "needs version 1"));
  folder.write("none.c", "int nothing;\n");
  ASSERT_EQ(std::system((c + "/none.so " + folder.path() + "/none.c").c_str()), 0);
  EXPECT_TRUE(says(refusal("none.so"), "does not export schemaudit_plugin_v1"));
}

}  // namespace
}  // namespace schemaudit
