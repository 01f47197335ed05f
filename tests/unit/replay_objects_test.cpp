// What the replay makes of everything that is no table: sequences, types, functions, views,
// triggers, policies, comments, grants, extensions and blocks.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/normal_form.h"
#include "analyzer/sql/replay.h"

namespace schemaudit {
namespace {

SourceResult replayed(const std::string& sql) {
  Replay replay;
  replay.run({sql, "test.sql"});
  return replay.finish();
}

/// The message of the only problem; empty where there is none or more.
std::string problem(const SourceResult& result) {
  return result.problems.size() == 1 ? result.problems[0].message : std::string();
}

const Relation& relation(const SourceResult& result, std::string_view name) {
  const Relation* found = result.schema.find_relation({"public", std::string(name)});
  EXPECT_NE(found, nullptr) << name;
  static const Relation kNone;
  return found ? *found : kNone;
}

std::string types_of(const Relation& relation) {
  std::string types;
  for (const Column& column : relation.columns)
    types +=
        (types.empty() ? "" : ", ") + column.name + " " + (column.type ? column.type->normal : "?");
  return types;
}

TEST(ReplayFunctions, NewerThanTheTablesAreToldOfAndTheirStatementTaken) {
  if (builtin_catalog_version() >= 18) GTEST_SKIP() << "the tables know them";
  SourceResult result = replayed(
      "CREATE TABLE t (id uuid DEFAULT uuidv7(), other uuid DEFAULT uuidv7());\n"
      "CREATE TABLE u (id uuid DEFAULT uuidv9());");
  ASSERT_EQ(result.problems.size(), 3U);
  EXPECT_EQ(result.problems[0].kind, ProblemKind::newer_syntax);
  EXPECT_EQ(result.problems[0].message.substr(0, 75),
            "function uuidv7() came with PostgreSQL 18, which is newer than the grammar\'");
  EXPECT_EQ(result.problems[1].origin.line, 1);
  EXPECT_EQ(result.problems[2].kind, ProblemKind::refused);
  ASSERT_EQ(result.schema.relations.size(), 1U);
  EXPECT_EQ(result.schema.relations[0].columns[0].default_value->normal, "uuidv7()");
}

TEST(ReplaySequences, HaveTheServersDefaults) {
  SourceResult result = replayed("CREATE SEQUENCE down AS smallint INCREMENT -1;");
  ASSERT_EQ(result.schema.sequences.size(), 1u);
  const Sequence& down = result.schema.sequences[0];
  EXPECT_EQ(down.minimum, -32768);
  EXPECT_EQ(down.maximum, -1);
  EXPECT_EQ(down.start, -1);
  EXPECT_EQ(down.cache, 1);
}

TEST(ReplaySequences, KeepABoundThatIsTheTypesOwnWhenTheTypeChanges) {
  SourceResult result = replayed("CREATE SEQUENCE s AS smallint; ALTER SEQUENCE s AS integer;");
  ASSERT_EQ(result.schema.sequences.size(), 1u);
  EXPECT_EQ(result.schema.sequences[0].maximum, 2147483647);
  EXPECT_EQ(result.schema.sequences[0].minimum, 1);
}

TEST(ReplaySequences, RefuseBoundsThatDoNotFit) {
  EXPECT_NE(problem(replayed("CREATE SEQUENCE s MINVALUE 10 MAXVALUE 5;"))
                .find("MINVALUE (10) must be less than MAXVALUE (5)"),
            std::string::npos);
}

TEST(ReplayTypes, EnumLabelsGoWhereTheyAreTold) {
  SourceResult result = replayed(
      "CREATE TYPE mood AS ENUM ('sad', 'happy');"
      "ALTER TYPE mood ADD VALUE 'ok' BEFORE 'happy';"
      "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok';"
      "ALTER TYPE mood ADD VALUE 'bored' AFTER 'nosuch';");
  ASSERT_EQ(result.schema.enums.size(), 1u);
  EXPECT_EQ(result.schema.enums[0].labels, (std::vector<std::string>{"sad", "ok", "happy"}));
  EXPECT_NE(problem(result).find("\"nosuch\" is not an existing enum label"), std::string::npos);
}

TEST(ReplayTypes, ARenamedLabelIsRenamedWhereTheEnumIsMeant) {
  SourceResult result = replayed(
      "CREATE TYPE mood AS ENUM ('sad', 'ok');"
      "CREATE TABLE t (m mood DEFAULT 'sad', note text DEFAULT 'sad', CHECK (m <> 'sad'));"
      "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';");
  const Relation& t = relation(result, "t");
  ASSERT_EQ(t.columns.size(), 2u);
  EXPECT_EQ(t.columns[0].default_value.value().normal, "'blue'");
  EXPECT_EQ(t.columns[1].default_value.value().normal, "'sad'");
  ASSERT_EQ(t.checks.size(), 1u);
  EXPECT_NE(t.checks[0].expression.normal.find("'blue'"), std::string::npos);
}

TEST(ReplayTypes, DomainConstraintsAreNamedAsTheServerNamesThem) {
  SourceResult result = replayed(
      "CREATE DOMAIN pos AS int CHECK (VALUE > 0) CHECK (VALUE < 9) NOT NULL;"
      "ALTER DOMAIN pos DROP CONSTRAINT pos_check1; ALTER DOMAIN pos DROP NOT NULL;");
  ASSERT_EQ(result.schema.domains.size(), 1u);
  ASSERT_EQ(result.schema.domains[0].checks.size(), 1u);
  EXPECT_EQ(result.schema.domains[0].checks[0].name, "pos_check");
  EXPECT_EQ(result.schema.domains[0].nullable, true);
}

TEST(ReplayTypes, ARangeBringsItsConstructors) {
  SourceResult result = replayed("CREATE TYPE span AS RANGE (subtype = date);");
  EXPECT_EQ(result.schema.other_types.size(), 1u);
  EXPECT_EQ(result.schema.functions.size(), 5u);
}

TEST(ReplayFunctions, AreKnownByTheirInputArguments) {
  SourceResult result = replayed(
      "CREATE FUNCTION f(a int, OUT b text, VARIADIC c varchar(9)[]) LANGUAGE plpgsql AS 'x';"
      "CREATE FUNCTION f(int) RETURNS int LANGUAGE plpgsql AS 'y';"
      "CREATE OR REPLACE FUNCTION f(int) RETURNS text LANGUAGE plpgsql AS 'z';");
  ASSERT_EQ(result.schema.functions.size(), 2u);
  EXPECT_NE(problem(result).find("cannot change return type of existing function"),
            std::string::npos);
  bool found = std::any_of(result.schema.functions.begin(), result.schema.functions.end(),
                           [](const Function& function) {
                             return function.arguments.size() == 2 &&
                                    function.arguments[1].normal == "character varying[]" &&
                                    function.returns->normal == "text";
                           });
  EXPECT_TRUE(found);
}

TEST(ReplayFunctions, BodiesInSqlAreLookedThrough) {
  EXPECT_NE(problem(replayed("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS "
                             "'SELECT id FROM nowhere';"))
                .find("relation \"nowhere\" does not exist"),
            std::string::npos);
  EXPECT_TRUE(replayed("SET check_function_bodies = false;"
                       "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT id FROM nowhere';")
                  .problems.empty());
}

TEST(ReplayViews, ColumnsTakeNamesAndTypesFromTheQuery) {
  SourceResult result = replayed(
      "CREATE TABLE t (id int, name varchar(20), at timestamptz);"
      "CREATE TABLE u (id bigint, t_id int);"
      "CREATE VIEW v AS SELECT t.*, count(*) AS n, u.id AS uid, 'x', lower(name) FROM t "
      "JOIN u ON u.t_id = t.id GROUP BY t.id, name, at, u.id;");
  EXPECT_EQ(types_of(relation(result, "v")),
            "id integer, name character varying(20), at timestamp with time zone, n bigint, "
            "uid bigint, ?column? text, lower text");
}

TEST(ReplayViews, ReplacingMayOnlyAddColumns) {
  SourceResult result = replayed(
      "CREATE VIEW v AS SELECT 1 AS a; CREATE OR REPLACE VIEW v AS SELECT 1 AS a, 2 AS b;"
      "CREATE OR REPLACE VIEW v AS SELECT 2 AS b;");
  EXPECT_EQ(types_of(relation(result, "v")), "a integer, b integer");
  EXPECT_NE(problem(result).find("cannot drop columns from view"), std::string::npos);
}

TEST(ReplayViews, ForbidDroppingWhatTheyRead) {
  SourceResult result = replayed(
      "CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a FROM t;"
      "ALTER TABLE t DROP COLUMN b; ALTER TABLE t DROP COLUMN a;");
  EXPECT_EQ(relation(result, "t").columns.size(), 1u);
  EXPECT_NE(problem(result).find("other objects depend on it"), std::string::npos);
}

TEST(ReplayViews, NeverGuessTheColumnsOfWhatIsNotKnown) {
  SourceResult result = replayed("CREATE VIEW v AS SELECT * FROM pg_class;");
  EXPECT_TRUE(result.problems.empty());
  EXPECT_TRUE(relation(result, "v").columns.empty());
  EXPECT_FALSE(relation(result, "v").coverage.columns);
}

TEST(ReplayTriggers, AreCopiedToPartitions) {
  SourceResult result = replayed(
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'x';"
      "CREATE TABLE p (a int) PARTITION BY LIST (a);"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);"
      "CREATE TRIGGER tr AFTER UPDATE OF a ON p FOR EACH ROW EXECUTE FUNCTION f();"
      "CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);");
  EXPECT_TRUE(result.problems.empty());
  for (const char* partition : {"p1", "p2"}) {
    const Relation& part = relation(result, partition);
    ASSERT_EQ(part.triggers.size(), 1u);
    EXPECT_TRUE(part.triggers[0].inherited);
    EXPECT_EQ(part.triggers[0].definition, "AFTER UPDATE OF a FOR EACH ROW");
  }
}

TEST(ReplayPolicies, ReadTheirTablesColumns) {
  SourceResult result = replayed(
      "CREATE TABLE t (owner text); CREATE POLICY p ON t USING (owner = current_user);"
      "CREATE POLICY q ON t USING (nope = 1);");
  EXPECT_EQ(relation(result, "t").policies.size(), 1u);
  EXPECT_NE(problem(result).find("column \"nope\" does not exist"), std::string::npos);
}

TEST(ReplayPolicies, HaveSubqueriesWhoseColumnsNobodyNames) {
  SourceResult result = replayed(
      "CREATE TABLE team (id int); CREATE TABLE t (a int);"
      "CREATE POLICY p ON t USING (EXISTS (SELECT 1 FROM team WHERE team.id = t.a));");
  EXPECT_EQ(
      relation(result, "t").policies.at(0).using_expression.value().normal,
      normalise_expression("(EXISTS ( SELECT 1 FROM public.team WHERE (team.id = t.a)))").normal);
}

TEST(ReplayGrants, AllIsEveryPrivilegeOfATable) {
  SourceResult result = replayed(
      "CREATE TABLE t (a int); GRANT ALL ON t TO reader; REVOKE INSERT, UPDATE, DELETE, TRUNCATE, "
      "REFERENCES, TRIGGER ON t FROM reader;"
      "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO other;"
      "CREATE TABLE later (a int);");
  ASSERT_EQ(relation(result, "t").grants.size(), 1u);
  // PostgreSQL 17 has MAINTAIN as well.
  const std::vector<std::string>& left = relation(result, "t").grants[0].privileges;
  EXPECT_EQ(left.back(), "SELECT");
  EXPECT_LE(left.size(), 2u);
  ASSERT_EQ(relation(result, "later").grants.size(), 1u);
  EXPECT_EQ(relation(result, "later").grants[0].grantee, "other");
}

TEST(ReplayComments, NeedTheirObject) {
  SourceResult result = replayed(
      "CREATE TABLE t (a int); COMMENT ON COLUMN t.a IS 'first'; COMMENT ON COLUMN t.b IS 'none';");
  EXPECT_EQ(relation(result, "t").columns[0].comment.value(), "first");
  EXPECT_NE(problem(result).find("column \"b\" of relation \"t\" does not exist"),
            std::string::npos);
}

TEST(ReplayExtensions, BringTypesThatAreNoPartOfTheSchema) {
  SourceResult result =
      replayed("CREATE EXTENSION citext; CREATE TABLE t (mail citext); DROP EXTENSION citext;");
  EXPECT_TRUE(result.schema.other_types.empty());
  EXPECT_EQ(relation(result, "t").columns[0].type->normal, "public.citext");
  EXPECT_NE(problem(result).find("other objects depend on it"), std::string::npos);
}

TEST(ReplayBlocks, AreFollowedWhereTheirStatementsStandInThem) {
  SourceResult result = replayed(
      "DO $$ BEGIN CREATE TYPE k AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
      "DO $$ BEGIN CREATE TYPE k AS ENUM ('b'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
      "CREATE TABLE t (a int);\n"
      "DO $$ BEGIN\n"
      "  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't'\n"
      "                 AND column_name = 'b') THEN\n"
      "    ALTER TABLE t ADD COLUMN b int;\n"
      "  END IF;\n"
      "  IF EXISTS (SELECT FROM pg_class WHERE relname = 'nosuch') THEN DROP TABLE t; END IF;\n"
      "END $$;");
  EXPECT_TRUE(result.problems.empty());
  ASSERT_EQ(result.schema.enums.size(), 1u);
  EXPECT_EQ(result.schema.enums[0].labels, std::vector<std::string>{"a"});
  ASSERT_EQ(relation(result, "t").columns.size(), 2u);
  EXPECT_EQ(relation(result, "t").columns[1].origin.line, 5);
}

TEST(ReplayBlocks, OthersTellWhatTheyMayTouch) {
  SourceResult result = replayed(
      "DO $$ DECLARE x text; BEGIN FOR x IN SELECT 'a' LOOP CREATE TABLE made (a int); "
      "END LOOP; END $$;");
  ASSERT_EQ(result.problems.size(), 1u);
  EXPECT_EQ(result.problems[0].kind, ProblemKind::unanalysed);
  EXPECT_EQ(result.problems[0].message, "DO block may create table made");
  EXPECT_NE(problem(replayed("DO $$ DECLARE s text := 'x'; BEGIN EXECUTE s; END $$;"))
                .find("may touch anything"),
            std::string::npos);
  EXPECT_TRUE(replayed("DO $$ BEGIN PERFORM 1; END $$;").problems.empty());
}

TEST(ReplayBlocks, CallsOfFunctionsThatChangeASchemaAreTold) {
  SourceResult result = replayed(
      "CREATE FUNCTION grow() RETURNS void LANGUAGE plpgsql AS $$ BEGIN "
      "ALTER TABLE t ADD COLUMN b int; END $$; SELECT grow();");
  ASSERT_EQ(result.problems.size(), 1u);
  EXPECT_EQ(result.problems[0].kind, ProblemKind::unanalysed);
  EXPECT_NE(problem(result).find("alter table t"), std::string::npos);
}

}  // namespace
}  // namespace schemaudit
