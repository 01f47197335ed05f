// SQL files as a source: which files, in which order, what is wrong with them, and the scratch
// server that settles what they mean.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/json_schema_validator.h"
#include "tests/support/program.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

using Json = nlohmann::json;

class SqlSource : public LiveTest {
 protected:
  static std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }
};

// Each file needs the one before it, so that only the right order builds `done`.
void write_steps(const TemporaryFolder& folder) {
  folder.write("db/1_first.sql", "CREATE TABLE steps (a int);\n");
  folder.write("db/2_second.sql", "ALTER TABLE steps ADD COLUMN b int;\n");
  folder.write("db/10_tenth.sql", "ALTER TABLE steps RENAME COLUMN b TO c;\n");
  folder.write("db/sub/3.sql", "ALTER TABLE steps RENAME TO done;\n");
  folder.write("db/notes.txt", "no SQL\n");
}

TEST_F(SqlSource, FilesRunInNaturalOrderOfTheirPaths) {
  TemporaryFolder folder;
  write_steps(folder);
  folder.write("order.txt",
               "# the order counts\r\n\r\ndb/1_first.sql\r\ndb/2_second.sql  # adds b\r\n"
               "db/10_tenth.sql\r\ndb/sub\r\n");
  for (const char* source : {"sql:db", "sql:db/", "sql:db/**/*.sql", "sql:@order.txt"}) {
    for (bool scratch : {false, true}) {
      std::vector<std::string> arguments = {"snapshot", source, "--format", "text"};
      if (scratch) arguments.push_back("--scratch");
      ProgramRun run = run_program(arguments, {.folder = folder.path()});
      EXPECT_EQ(run.exit_code, 0) << source << run.errors;
      EXPECT_EQ(run.errors, "") << source;
      EXPECT_NE(run.output.find("table public.done  [db/1_first.sql:1:1]"), std::string::npos)
          << source << run.output;
      EXPECT_NE(run.output.find("    c integer  [db/"), std::string::npos) << source << run.output;
    }
  }
  // A glob keeps within its folder.
  ProgramRun run = run_program({"snapshot", "sql:db/*.sql", "--scratch", "--format", "text"},
                               {.folder = folder.path()});
  EXPECT_NE(run.output.find("table public.steps"), std::string::npos) << run.output;
}

TEST_F(SqlSource, ReplayAndServerAgreeAndBothTellThePlaces) {
  TemporaryFolder folder;
  folder.write("a.sql", R"sql(CREATE TYPE state AS ENUM ('new', 'paid');
CREATE TABLE customers (
  id serial PRIMARY KEY,
  email varchar(100) NOT NULL UNIQUE
);
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY,
  customer_id int NOT NULL REFERENCES customers,
  total decimal(10, 2) DEFAULT 0 CHECK (total BETWEEN 0 AND 1000),
  state state DEFAULT 'new'
);
CREATE INDEX ON orders (customer_id);
CREATE TABLE orders (again int);
COMMENT ON COLUMN orders.total IS 'with tax';
ALTER TABLE orders ADD PRIMARY KEY (id);
CREATE VIEW open_orders AS SELECT id, total FROM orders WHERE state = 'new';
CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
)sql");
  ProgramRun replayed = run_program({"snapshot", "sql:a.sql"}, {.folder = folder.path()});
  ProgramRun settled =
      run_program({"snapshot", "sql:a.sql", "--scratch"}, {.folder = folder.path()});
  for (const ProgramRun* run : {&replayed, &settled})
    EXPECT_NE(run->errors.find("a.sql:13:1: refused: "), std::string::npos) << run->errors;
  folder.write("replayed.json", replayed.output);
  folder.write("settled.json", settled.output);
  ProgramRun diff = run_program({"diff", "snapshot:replayed.json", "snapshot:settled.json"},
                                {.folder = folder.path()});
  EXPECT_EQ(diff.exit_code, 0) << diff.output << diff.errors;
  auto places = [](const ProgramRun& run) {
    std::vector<std::string> found;
    const Json relations = Json::parse(run.output)["source"]["schema"]["relations"];
    for (const Json& relation : relations)
      for (const char* list : {"columns", "foreign_keys", "checks", "indexes"})
        for (const Json& element : relation[list])
          found.push_back(relation["name"]["name"].get<std::string>() + "." +
                          element["name"].get<std::string>() + " " +
                          element.value("origin", Json()).dump());
    return found;
  };
  EXPECT_EQ(places(replayed), places(settled));
  EXPECT_GE(places(replayed).size(), 12u);
}

TEST_F(SqlSource, DiffOfFilesNeedsNoServer) {
  TemporaryFolder folder;
  folder.write("a.sql", "CREATE TABLE t (\n  a int,\n  b text\n);\n");
  folder.write("b.sql", "CREATE TABLE t (a int);\nALTER TABLE t ADD b text NOT NULL;\n");
  folder.write("c.sql", "CREATE TABLE t (a int4);\nALTER TABLE public.t ADD COLUMN b text;\n");
  folder.write("d.sql",
               "CREATE TABLE t (a int, b text);\nDO $$BEGIN EXECUTE 'x' || now(); END$$;\n");
  auto diff = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "diff");
    return run_program(arguments, {.folder = folder.path(), .environment = {{"PATH", "/nowhere"}}});
  };
  ProgramRun changed = diff({"sql:a.sql", "sql:b.sql"});
  EXPECT_EQ(changed.exit_code, 1);
  for (const char* words : {"~ column b: nullability", "- NULL  a.sql:3", "+ NOT NULL  b.sql:2"})
    EXPECT_NE(changed.output.find(words), std::string::npos) << words << changed.output;
  EXPECT_EQ(diff({"sql:a.sql", "sql:c.sql", "--strict"}).exit_code, 0);
  ProgramRun unanalysed = diff({"sql:a.sql", "sql:d.sql"});
  EXPECT_EQ(unanalysed.exit_code, 0);
  EXPECT_NE(unanalysed.output.find("TO   d.sql:2  unanalysed: "), std::string::npos)
      << unanalysed.output;
  EXPECT_EQ(diff({"sql:a.sql", "sql:d.sql", "--strict"}).exit_code, 3);
}

TEST_F(SqlSource, WhatIsNamedAndNotThereIsAUsageError) {
  TemporaryFolder folder;
  write_steps(folder);
  folder.write("empty/readme.txt", "");
  folder.write("list.txt", "db/1_first.sql\ndb/gone.sql\n");
  folder.write("blank.txt", "# nothing\n");
  struct Case {
    const char* source;
    const char* words;
  };
  for (const Case& c :
       std::vector<Case>{{"sql:nowhere.sql", "nowhere.sql does not exist"},
                         {"sql:nowhere/*.sql", "matches no file"},
                         {"sql:empty", "empty holds no .sql file"},
                         {"sql:@nowhere.txt", "nowhere.txt does not exist"},
                         {"sql:@list.txt", "list.txt:2: db/gone.sql does not exist"},
                         {"sql:@blank.txt", "blank.txt lists no file"},
                         {"sql:", "names nothing"},
                         {"sql:db/1_first.sql,db/2_second.sql", "does not exist"}}) {
    ProgramRun run = run_program({"snapshot", c.source}, {.folder = folder.path()});
    EXPECT_EQ(run.exit_code, 2) << c.source << run.errors;
    EXPECT_NE(run.errors.find(c.words), std::string::npos) << c.source << run.errors;
    EXPECT_EQ(run.output, "") << c.source;
  }
}

TEST_F(SqlSource, WhatCannotBeReadWholeIsIncomplete) {
  TemporaryFolder folder;
  folder.write("good.sql", "CREATE TABLE good (id int);\n");
  folder.write("latin.sql", "-- caf\xE9\nCREATE TABLE latin (id int);\n");
  folder.write("wide.sql", std::string("\xFF\xFE"
                                       "C\0R\0",
                                       6));
  folder.write("bom.sql",
               "\xEF\xBB\xBF"
               "CREATE TABLE bom (id int);\n");
  std::ofstream(folder.path() + "/huge.sql") << "";
  std::filesystem::resize_file(folder.path() + "/huge.sql", (256u << 20) + 1);
  struct Case {
    const char* file;
    int exit_code;
    const char* words;
  };
  for (const Case& c :
       std::vector<Case>{{"bom.sql", 0, ""},
                         {"latin.sql", 3, "latin.sql:1: unreadable: the file is not UTF-8"},
                         {"wide.sql", 3, "wide.sql: unreadable: the file is UTF-16"},
                         {"huge.sql", 3, "pg_dump --schema-only"}}) {
    ProgramRun run =
        run_program({"snapshot", std::string("sql:") + c.file, "--scratch", "--format", "text"},
                    {.folder = folder.path()});
    EXPECT_EQ(run.exit_code, c.exit_code) << c.file << run.errors;
    EXPECT_NE(run.errors.find(c.words), std::string::npos) << c.file << run.errors;
  }
  // The rest is read all the same.
  ProgramRun run = run_program({"snapshot", "sql:.", "--scratch", "--format", "text"},
                               {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 3);
  for (const char* table : {"public.good", "public.latin", "public.bom"})
    EXPECT_NE(run.output.find(table), std::string::npos) << table << run.output;
}

TEST_F(SqlSource, ScratchRunsFilesAsPsqlDoes) {
  TemporaryFolder folder;
  folder.write("dump.sql", R"sql(\restrict k3y
SET client_encoding = 'UTF8';
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.fruit (id integer NOT NULL, name text);
ALTER TABLE public.fruit OWNER TO grower;
COPY public.fruit (id, name) FROM stdin;
1	apple; pear
2	\N
\.
ALTER TABLE ONLY public.fruit ADD CONSTRAINT fruit_pkey PRIMARY KEY (id);
GRANT SELECT ON public.fruit TO "Guest User";
BEGIN;
CREATE TABLE public.undone (a int);
ROLLBACK;
BEGIN;
CREATE TABLE public.kept (a int);
ALTER TABLE public.kept OWNER TO "late owner";
COMMIT;
CREATE TABLE public.fruit (again int);
CREATE TABEL public.typo (a int);
CREATE EXTENSION no_such_extension;
DO $$BEGIN CREATE TABLE public.made_in_a_block (a int); END$$;
\i other.sql
INSERT INTO public.fruit VALUES (1, 'twice');
CREATE ROLE grower;
)sql");
  ProgramRun run =
      run_program({"snapshot", "sql:dump.sql", "--scratch"}, {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 0) << run.errors;
  for (const char* words :
       {"dump.sql:19:1: refused: the server refuses it: relation \"fruit\" already exists",
        "dump.sql:20:8: invalid sql: syntax error at or near \"TABEL\"",
        "dump.sql:21:1: refused: the server refuses it: extension \"no_such_extension\"",
        "dump.sql:23:1: unanalysed: \\i is not followed", "dump.sql:24:1: refused"})
    EXPECT_NE(run.errors.find(words), std::string::npos) << words << "\n" << run.errors;
  EXPECT_EQ(lines(run.errors), 5u) << run.errors;
  Json source = Json::parse(run.output)["source"];
  EXPECT_EQ(source["role"], "declared");
  EXPECT_EQ(source["kind"], "sql");
  std::vector<std::string> tables, owners;
  for (const Json& relation : source["schema"]["relations"]) {
    tables.push_back(relation["name"]["name"]);
    owners.push_back(relation["owner"]);
  }
  EXPECT_EQ(tables, (std::vector<std::string>{"fruit", "kept", "made_in_a_block"}));
  // Whose a table is that no statement gives away, the files do not say.
  EXPECT_EQ(owners, (std::vector<std::string>{"grower", "late owner", ""}));
}

TEST_F(SqlSource, RolesAreThereForWhoeverNamesThemFirst) {
  TemporaryFolder folder;
  folder.write("a.sql",
               "BEGIN;\nCREATE TABLE t (a int);\nGRANT SELECT ON t TO app;\nCREATE ROLE app;\n"
               "GRANT INSERT ON t TO app;\nCOMMIT;\n\\copy t from stdin\n1\n2\n\\.\n"
               "CREATE TABLE u (a int);\n");
  ProgramRun run = run_program({"snapshot", "sql:a.sql", "--scratch"}, {.folder = folder.path()});
  EXPECT_EQ(run.errors, "");
  Json relations = Json::parse(run.output)["source"]["schema"]["relations"];
  ASSERT_EQ(relations.size(), 2u);
  EXPECT_EQ(relations[0]["grants"][0]["privileges"].size(), 2u);
}

/// What psql would do otherwise is said with a server, too.
TEST_F(SqlSource, CommandsOfPsqlThatRunSqlOtherwiseLeaveDoubt) {
  TemporaryFolder folder;
  const std::string made = "CREATE TABLE t (id int PRIMARY KEY);\n";
  for (const std::string& text :
       std::vector<std::string>{"\\if false\n" + made + "\\endif\n",
                                made + "\\c other\n" + "CREATE SCHEMA s;\n", made + "\\! rm t\n"}) {
    folder.write("a.sql", text);
    for (const bool scratch : {false, true}) {
      std::vector<std::string> arguments = {"audit", "--sql", "a.sql"};
      if (scratch) arguments.emplace_back("--scratch");
      ProgramRun run = run_program(arguments, {.folder = folder.path()});
      EXPECT_EQ(run.exit_code, 3) << text << run.output;
    }
  }
  folder.write("a.sql",
               "SET client_encoding = 'UTF8';\nCREATE DATABASE shop;\n\\connect shop\n" + made);
  ProgramRun run = run_program({"audit", "--sql", "a.sql", "--scratch"}, {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 0) << run.output;
}

TEST_F(SqlSource, ATransactionWithAnErrorIsUndoneWhole) {
  TemporaryFolder folder;
  folder.write("a.sql",
               "BEGIN;\nCREATE TABLE first (a int);\nCREATE TABLE first (a int);\n"
               "CREATE TABLE second (a int);\nCOMMIT;\nCREATE TABLE third (a int);\nBEGIN;\n"
               "CREATE TABLE fourth (a int);\n");
  ProgramRun run = run_program({"snapshot", "sql:a.sql", "--scratch", "--format", "text"},
                               {.folder = folder.path()});
  EXPECT_NE(run.output.find("table public.third"), std::string::npos) << run.output;
  for (const char* gone : {"first", "second", "fourth"})
    EXPECT_EQ(run.output.find(gone), std::string::npos) << gone << run.output;
  EXPECT_NE(run.errors.find("a.sql:7:1: refused: the transaction that begins here is never "
                            "committed"),
            std::string::npos)
      << run.errors;
}

TEST_F(SqlSource, BothSidesOfADiffHaveAServerOfTheirOwn) {
  TemporaryFolder folder;
  folder.write("a.sql", "CREATE ROLE app;\nCREATE TABLE t (a int);\nGRANT SELECT ON t TO app;\n");
  ProgramRun run = run_program({"diff", "sql:a.sql", "sql:a.sql", "--scratch", "--strict"},
                               {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 0) << run.output << run.errors;
}

TEST_F(SqlSource, AServerThatIsNamedIsLeftAsItWas) {
  TemporaryFolder folder;
  folder.write("a.sql",
               "CREATE TABLE t (a int);\nCREATE ROLE intruder;\nCREATE DATABASE intruder;\n"
               "ALTER SYSTEM SET work_mem = '1MB';\nGRANT pg_monitor TO stranger;\n"
               "ALTER TABLE t OWNER TO stranger;\nCREATE TABLE t (b int);\n");
  std::string url = fresh_database();
  auto databases = [&] {
    return run_program({"snapshot", "db:" + url, "--format", "text"}).output;
  };
  test_server().run(url, "CREATE VIEW everything AS SELECT 1 AS one");
  ProgramRun run = run_program({"snapshot", "sql:a.sql", "--scratch-url", url, "--format", "text"},
                               {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 0) << run.errors;
  EXPECT_TRUE(run.output.starts_with("table public.t")) << run.output;
  EXPECT_EQ(lines(run.errors), 6u) << run.errors;
  for (const char* words :
       {"a.sql:2:1: refused: not run: it would change the server", "a.sql:3:1: refused: not run",
        "a.sql:4:1: refused: not run", "a.sql:5:1: refused: not run",
        "a.sql:6:1: refused: the server refuses it: role \"stranger\" does not exist",
        "a.sql:7:1: refused: the server refuses it: relation \"t\" already exists"})
    EXPECT_NE(run.errors.find(words), std::string::npos) << words << "\n" << run.errors;
  // Fails where a scratch database, or anything else, was left behind.
  test_server().run(url,
                    "DO $$BEGIN IF EXISTS (SELECT FROM pg_database WHERE datname LIKE "
                    "'schemaudit_scratch_%' OR datname = 'intruder') OR EXISTS (SELECT FROM "
                    "pg_roles WHERE rolname = 'intruder') THEN RAISE 'left behind'; END IF; END$$");
  EXPECT_NE(databases().find("view public.everything"), std::string::npos);
}

TEST_F(SqlSource, AScratchServerThatCannotBeUsedIsTold) {
  TemporaryFolder folder;
  folder.write("a.sql", "CREATE TABLE t (a int);\n");
  auto attempt = [&](const std::string& url) {
    return run_program({"snapshot", "sql:a.sql", "--scratch-url", url}, {.folder = folder.path()});
  };
  ProgramRun refused = attempt("postgresql://app:hidden-word@127.0.0.1:1/shop");
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_NE(refused.errors.find("no scratch database can be made"), std::string::npos);
  EXPECT_EQ(refused.errors.find("hidden-word"), std::string::npos) << refused.errors;
  EXPECT_EQ(attempt("mysql://host/db").exit_code, 2);
  std::string db = fresh_database();
  test_server().run(db, "CREATE ROLE nobody_much LOGIN");
  ProgramRun forbidden = attempt(test_server().conninfo(database_name(db), "nobody_much"));
  EXPECT_EQ(forbidden.exit_code, 3);
  EXPECT_NE(forbidden.errors.find("needs CREATEDB"), std::string::npos) << forbidden.errors;
}

TEST_F(SqlSource, AuditTakesItAsTheDeclaredSchema) {
  TemporaryFolder folder;
  folder.write("db/1.sql", "CREATE TABLE users (id int PRIMARY KEY);\n");
  folder.write("db/2.sql", "ALTER TABLE users ADD COLUMN email text NOT NULL;\n");
  folder.write("more.sql", "CREATE TABLE users (id int);\n");
  folder.write("schemaudit.toml", "[sources]\nsql = \"db\"\n");
  std::string db = fresh_database();
  test_server().run(db, "CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL)");
  for (const std::vector<std::string>& how : std::vector<std::vector<std::string>>{
           {"--sql", "db"}, {"--sql", "db/1.sql", "--sql", "db/2.sql"}, {}}) {
    std::vector<std::string> arguments = {"audit", "--db", db, "--scratch", "--format", "json"};
    arguments.insert(arguments.end(), how.begin(), how.end());
    ProgramRun run = run_program(arguments, {.folder = folder.path()});
    EXPECT_EQ(run.exit_code, 0) << run.errors << run.output;
    Json report = Json::parse(run.output);
    EXPECT_EQ(schema_violations(run_program({"json-schema", "report"}).output, run.output),
              std::vector<std::string>());
    ASSERT_EQ(report["sources"].size(), 2u);
    EXPECT_EQ(report["sources"][0]["role"], "declared");
    EXPECT_EQ(report["sources"][0]["kind"], "sql");
    EXPECT_EQ(report["sources"][0]["objects"]["columns"], 2);
  }
  ProgramRun run =
      run_program({"audit", "--sql", "db", "--sql", "more.sql", "--scratch", "--format", "json"},
                  {.folder = folder.path()});
  Json unanalysed = Json::parse(run.output)["sources"][0]["unanalysed"];
  ASSERT_EQ(unanalysed.size(), 1u) << run.output;
  EXPECT_EQ(unanalysed[0]["uri"], "more.sql");
  EXPECT_EQ(unanalysed[0]["line"], 1);
  EXPECT_EQ(run_program({"audit", "--sql", "nowhere"}, {.folder = folder.path()}).exit_code, 2);
}

TEST_F(SqlSource, FilesThatUndoOthersAreNamed) {
  TemporaryFolder folder;
  folder.write("m/1.up.sql", "CREATE TABLE t (a int);\n");
  folder.write("m/1.down.sql", "DROP TABLE t;\n");
  folder.write("goose.sql",
               "-- +goose Up\nCREATE TABLE t (a int);\n-- +goose Down\nDROP TABLE t;\n");
  auto errors = [&](const char* source) {
    return run_program({"snapshot", source}, {.folder = folder.path()}).errors;
  };
  EXPECT_NE(errors("sql:m").find("m/1.down.sql"), std::string::npos);
  EXPECT_EQ(errors("sql:m/*.up.sql"), "");
  EXPECT_NE(errors("sql:goose.sql").find("-- +goose Down"), std::string::npos);
}

}  // namespace
}  // namespace schemaudit
