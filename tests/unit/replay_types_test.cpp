// What types decide in the replay of SQL: which values a column takes, which functions are called,
// what stands on a column whose type changes. Each case was found by running random DDL beside a
// server (tests/live/replay_generator_test.cpp), and says what PostgreSQL does.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "analyzer/sql/claims.h"
#include "analyzer/sql/normal_form.h"
#include "tests/support/replayed.h"

namespace schemaudit {
namespace {

TEST(ReplayPartitions, TakeBoundsOfTheKeysType) {
  const std::string made = "CREATE TABLE p (at timestamp) PARTITION BY LIST (at);";
  EXPECT_EQ(refusal(made + "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (110)"),
            "specified value cannot be cast to type timestamp without time zone for column "
            "\"at\"");
  schema_after(made + "CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('2020-01-01')");
}

TEST(ReplayPartitions, KeepTheTypesOfTheirOwnPartitionKeys) {
  EXPECT_EQ(refusal("CREATE TABLE p (n int, m int) PARTITION BY LIST (n);"
                    "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1) PARTITION BY LIST (m);"
                    "ALTER TABLE p ALTER m TYPE bigint"),
            "cannot alter column \"m\" because it is part of the partition key of relation "
            "\"p1\"");
}

TEST(ReplayDefaults, HaveATypeThatTheirColumnTakes) {
  EXPECT_EQ(refusal("CREATE TABLE t (n int DEFAULT now())"),
            "column \"n\" is of type integer but default expression is of type timestamp with time "
            "zone");
  EXPECT_EQ(refusal("CREATE TYPE mood AS ENUM ('x'); CREATE TABLE t (r int4range);"
                    "ALTER TABLE t ALTER r SET DEFAULT int4range(1, 5), ALTER r TYPE mood USING "
                    "NULL"),
            "column \"r\" is of type public.mood but default expression is of type int4range");
  schema_after(
      "CREATE TYPE mood AS ENUM ('x'); CREATE DOMAIN low AS text;"
      "CREATE TABLE t (m mood DEFAULT 'x', t text DEFAULT now(), l low DEFAULT upper('a'), s "
      "smallint DEFAULT 1, a varchar(5)[] DEFAULT '{}'::text[], d date DEFAULT now());"
      "CREATE CAST (int AS mood) WITHOUT FUNCTION; ALTER TABLE t ALTER m SET DEFAULT 1");
}

TEST(ReplayAlterTable, GivesAColumnOneTypeAStatement) {
  EXPECT_EQ(refusal("CREATE TABLE t (n int);"
                    "ALTER TABLE t ALTER n TYPE bigint, ALTER n TYPE smallint"),
            "cannot alter type of column \"n\" twice");
}

TEST(ReplayAlterTable, DropsADefaultBelowAfterTheColumnsOfTheSameStatement) {
  const std::string parent = "CREATE TABLE p (a int DEFAULT 1, b int);";
  const std::string dropped = "ALTER TABLE p ALTER COLUMN a DROP DEFAULT, DROP COLUMN a";
  EXPECT_EQ(refusal(parent + dropped), "0 problems");
  EXPECT_EQ(refusal(parent + "CREATE TABLE q () INHERITS (p);" + dropped),
            "column \"a\" of relation \"q\" does not exist");
  EXPECT_EQ(refusal(parent + "CREATE TABLE q (a int) INHERITS (p);" + dropped), "0 problems");
}

TEST(ReplayAlterTable, RemakesWhatIsOnAColumnOnceAllTypesAreChanged) {
  const std::string made = "CREATE TABLE t (a time UNIQUE, b int);";
  EXPECT_EQ(refusal(made + "ALTER TABLE t ALTER a TYPE xml USING NULL"),
            "data type xml has no default operator class for access method \"btree\"");
  EXPECT_EQ(refusal(made + "ALTER TABLE t ALTER b TYPE date"),
            "column \"b\" cannot be cast automatically to type date");
  schema_after(
      "CREATE TABLE t (a int PRIMARY KEY, b int REFERENCES t);"
      "ALTER TABLE t ALTER a TYPE text, ALTER b TYPE text");
}

TEST(ReplayOperators, TakeWhatStandsBesideThem) {
  const std::string made =
      "CREATE DOMAIN low AS int; CREATE TYPE mood AS ENUM ('x');"
      "CREATE TABLE t (c char(3), n int, m numeric, l low, d date, b bool, r int4range, a text[], "
      "e mood, v varchar);";
  EXPECT_EQ(refusal(made + "ALTER TABLE t ADD CHECK (c BETWEEN 1 AND 10)"),
            "operator does not exist: character(3) >= integer");
  EXPECT_EQ(refusal(made + "ALTER TABLE t ADD CHECK (l ~ 'x')"),
            "operator does not exist: integer ~ unknown");
  EXPECT_EQ(refusal(made + "ALTER TABLE t ADD CHECK (n IN (1, true))"),
            "operator does not exist: integer = boolean");
  EXPECT_EQ(refusal(made + "ALTER TABLE t ADD CHECK (d::numeric > 0)"),
            "cannot cast type date to numeric");
  EXPECT_EQ(refusal(made + "ALTER TABLE t ADD CHECK (n)"),
            "argument of CHECK must be type boolean, not type integer");
  EXPECT_EQ(refusal(made + "ALTER TABLE t ADD CHECK (b AND n)"),
            "argument of AND must be type boolean, not type integer");
  EXPECT_EQ(refusal(made + "CREATE INDEX ON t (c) WHERE n"),
            "argument of WHERE must be type boolean, not type integer");
  schema_after(
      made +
      "ALTER TABLE t ADD CHECK (n > m AND m > 1.5 AND l > 0 AND d > '2020-01-01' AND b IS TRUE), "
      "ADD CHECK (r @> 5 AND r && '[1,2)' AND a @> ARRAY['x'] AND a[1] = 'y' AND e = 'x'), "
      "ADD CHECK (v IN ('a', 'b') AND v LIKE 'a%' AND v || c <> 'x' AND n::text ~ '1'), "
      "ADD CHECK (d - d > 3 AND d + 1 > d AND n IS DISTINCT FROM l AND nullif(v, c) = 'x');"
      "CREATE OPERATOR ~ (LEFTARG = int, RIGHTARG = text, FUNCTION = textregexeq);"
      "ALTER TABLE t ADD CHECK (n ~ 'x'::text)");
}

TEST(ReplayColumnTypes, AreReadByWhatStandsOnThemAsItWasBefore) {
  const std::string made =
      "CREATE TABLE t (c text CHECK (c <> ''), v varchar CHECK (v <> ''), n int CHECK (n > 0), "
      "b bool CHECK (b), l text CHECK (length(l) > 3));";
  EXPECT_EQ(refusal(made + "ALTER TABLE t ALTER c TYPE int USING NULL"),
            "operator does not exist: integer <> text");
  EXPECT_EQ(refusal(made + "ALTER TABLE t ALTER n TYPE text"),
            "operator does not exist: text > integer");
  EXPECT_EQ(refusal(made + "ALTER TABLE t ALTER b TYPE int USING NULL"),
            "argument of CHECK must be type boolean, not type integer");
  EXPECT_EQ(refusal(made + "ALTER TABLE t ALTER l TYPE int USING NULL"),
            "function length(integer) does not exist");
  // The server holds (v)::text <> ''::text, and every type may become text.
  schema_after(made + "ALTER TABLE t ALTER v TYPE int USING NULL, ALTER n TYPE numeric");
  EXPECT_EQ(refusal(made + "ALTER TABLE t ALTER c TYPE date USING NULL"),
            "operator does not exist: date <> text");
}

TEST(ReplayColumnTypes, LeaveLiteralsTheTypesThatTheyHadInExpressions) {
  Schema schema = schema_after(
      "CREATE TABLE t (r real CHECK (r > 0), v varchar CHECK (v IN ('a', 'b')));"
      "ALTER TABLE t ALTER r TYPE smallint USING NULL, ALTER v TYPE int USING NULL");
  const std::vector<CheckConstraint>& checks = table(schema, "t").checks;
  const ColumnTypes types = column_types_of(table(schema, "t"));
  // As pg_get_constraintdef() has them.
  EXPECT_EQ(checks.at(0).expression.normal,
            normalise_expression("((r)::double precision > (0)::double precision)", types).normal);
  EXPECT_EQ(checks.at(1).expression.normal,
            normalise_expression("((v)::text = ANY ((ARRAY['a'::character varying, 'b'::character "
                                 "varying])::text[]))",
                                 types)
                .normal);
  EXPECT_EQ(refusal("CREATE TYPE mood AS ENUM ('x'); CREATE TABLE t (e mood CHECK (e <> 'x'));"
                    "ALTER TABLE t ALTER e TYPE text USING NULL"),
            "operator does not exist: text <> public.mood");
}

TEST(ReplayAlterTable, ChangesThePersistenceOfATableOnce) {
  EXPECT_EQ(refusal("CREATE TABLE t (n int) PARTITION BY LIST (n);"
                    "ALTER TABLE t SET UNLOGGED, ADD m int, SET LOGGED"),
            "cannot change persistence setting twice");
  schema_after("CREATE TABLE t (n int); ALTER TABLE t SET LOGGED, SET UNLOGGED");
  EXPECT_EQ(refusal("CREATE TEMP TABLE t (n int); ALTER TABLE t SET UNLOGGED"),
            "cannot change logged status of table \"t\" because it is temporary");
}

TEST(ReplayEnums, RenameTheirLabelsInExclusionsToo) {
  Schema schema = schema_after(
      "CREATE TYPE mood AS ENUM ('x', 'y');"
      "CREATE TABLE t (n int, e mood, EXCLUDE (n WITH =) WHERE (e <> 'x'));"
      "ALTER TYPE mood RENAME VALUE 'x' TO 'z'");
  EXPECT_EQ(table(schema, "t").exclusions.at(0).predicate->normal,
            normalise_expression("(e <> 'z')").normal);
}

TEST(ReplayLiterals, AreValuesOfTheTypeThatTheyGet) {
  const std::string made =
      "CREATE TYPE mood AS ENUM ('x'); CREATE DOMAIN low AS smallint;"
      "CREATE TABLE t (n int, u uuid, b bool, e mood, l low);";
  EXPECT_EQ(refusal(made + "ALTER TABLE t ALTER u SET DEFAULT "
                           "'00000000-0000-0000-0000-000000000000', ALTER u TYPE int USING NULL"),
            "invalid input syntax for type integer: \"00000000-0000-0000-0000-000000000000\"");
  EXPECT_EQ(refusal(made + "ALTER TABLE t ADD c low DEFAULT '70000'"),
            "value \"70000\" is out of range for type smallint");
  EXPECT_EQ(refusal(made + "ALTER TABLE t ADD CHECK (e <> 'y')"),
            "invalid input value for enum public.mood: \"y\"");
  EXPECT_EQ(refusal(made + "ALTER TABLE t ADD CHECK (n = 'a'::text::int OR u = '12')"),
            "invalid input syntax for type uuid: \"12\"");
  EXPECT_EQ(refusal(made + "ALTER TABLE t ADD CHECK (b = 'maybe')"),
            "invalid input syntax for type boolean: \"maybe\"");
  for (const char* wrong :
       {"oid 'new'", "numeric '1.2.3'", "real 'x'", "float '1e'", "date 'new'", "interval 'soon'",
        "jsonb 'old'", "int[] '1'", "int4range '1'", "timestamptz ''", "time 'x'"}) {
    const std::string type(wrong, std::string_view(wrong).find(' '));
    const std::string value(std::string_view(wrong).substr(type.size()));
    EXPECT_EQ(refusal("CREATE TABLE w (a " + type + " DEFAULT" + value + ")").substr(0, 29),
              "invalid input syntax for type")
        << wrong;
  }
  schema_after(
      "CREATE TABLE w (a oid DEFAULT '-1', b numeric DEFAULT ' .5e-3 ', c real DEFAULT "
      "'-Infinity', "
      "d date DEFAULT 'epoch', e interval DEFAULT '1 day', f jsonb DEFAULT ' null', g int[] "
      "DEFAULT "
      "'[2:3]={1,2}', h int4range DEFAULT 'Empty', i timestamptz DEFAULT 'now', j float DEFAULT "
      "'NaN', k int4multirange DEFAULT '{}', l oidvector DEFAULT '1 2', m time DEFAULT "
      "'allballs')");
  schema_after(made +
               "ALTER TABLE t ADD CHECK (n > ' +5 ' AND u <> "
               "'{00000000-0000-0000-0000-0000000000fF}' AND b <> 'Of' AND e = 'x' AND l < '-3'), "
               "ALTER n SET DEFAULT '0x1F', ALTER b SET DEFAULT 'tr'");
}

TEST(ReplayFunctions, AreCalledWithTypesThatTheyTake) {
  const std::string made =
      "CREATE FUNCTION f(n int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT n > 0';"
      "CREATE TABLE t (s smallint, n int CHECK (f(n)), b bigint);";
  EXPECT_EQ(refusal(made + "ALTER TABLE t ADD CHECK (f(b))"), "function f(bigint) does not exist");
  EXPECT_EQ(refusal(made + "ALTER TABLE t ALTER n TYPE bigint"),
            "function public.f(bigint) does not exist");
  schema_after(made + "ALTER TABLE t ADD CHECK (f(s)), ADD CHECK (f('7')), ALTER n TYPE smallint");
}

TEST(ReplayFunctions, AreChosenByTheTypesOfColumns) {
  const std::string made =
      "CREATE FUNCTION f(n int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT n > 0';"
      "CREATE FUNCTION f(n bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT n > 0';"
      "CREATE TABLE t (n int CHECK (f(n)));";
  EXPECT_NE(refusal(made + "DROP FUNCTION f(int)").find("other objects depend on it"),
            std::string::npos);
  schema_after(made + "DROP FUNCTION f(bigint)");
  schema_after(made + "ALTER TABLE t ALTER n TYPE bigint; DROP FUNCTION f(int)");
}

TEST(ReplayIndexes, HaveTheCollationOfWhatTheirExpressionReads) {
  Schema schema = schema_after(
      "CREATE TABLE t (c text COLLATE \"C\", n name, d text);"
      "CREATE INDEX i ON t ((c || 'x'), lower(n), length(c), lower(d))");
  const Index& index = table(schema, "t").indexes.at(0);
  EXPECT_EQ(index.keys.at(0).collation, "C");
  EXPECT_EQ(index.keys.at(1).collation, "C");
  EXPECT_EQ(index.keys.at(2).collation, "");
  EXPECT_EQ(index.keys.at(3).collation, "");
}

TEST(ReplayExclusions, CompareByEqualityAloneInABtree) {
  EXPECT_EQ(refusal("CREATE TABLE t (n int, EXCLUDE USING btree (n WITH <>))"),
            "operator <> is not a member of the operator family of a btree index that excludes");
  EXPECT_EQ(refusal("CREATE TABLE t (n int, EXCLUDE (n WITH <))"), "operator < is not commutative");
  EXPECT_EQ(refusal("CREATE TABLE t (n int, EXCLUDE USING hash (n WITH &&))"),
            "operator && is not a member of the operator family of a hash index that excludes");
  schema_after(
      "CREATE TABLE t (n int, r int4range, EXCLUDE USING hash (n WITH =), "
      "EXCLUDE USING gist (r WITH -|-), EXCLUDE (n WITH OPERATOR(pg_catalog.=)))");
}

TEST(ReplayExclusions, CompareNoDomainsOverEnums) {
  const std::string made = "CREATE TYPE mood AS ENUM ('x'); CREATE DOMAIN d AS mood;";
  EXPECT_EQ(refusal(made + "CREATE TABLE t (m d, EXCLUDE (m WITH =))"),
            "operator does not exist: public.d = public.d");
  schema_after(made + "CREATE TABLE t (m mood, EXCLUDE (m WITH =)); CREATE TABLE u (m d UNIQUE)");
}

TEST(ReplayTypes, KnowTheQuotedChar) {
  Schema schema = schema_after("CREATE TABLE t (c \"char\", d char)");
  EXPECT_EQ(table(schema, "t").columns.at(0).type->normal, "\"char\"");
  EXPECT_EQ(table(schema, "t").columns.at(1).type->normal, "character(1)");
}

TEST(ReplayTypes, TellBpcharWithoutALengthFromOneOfOne) {
  Schema schema = schema_after(
      "CREATE FUNCTION f(c bpchar) RETURNS bpchar LANGUAGE sql AS 'SELECT c';"
      "CREATE DOMAIN d AS bpchar;"
      "CREATE TABLE t (a bpchar, b char, c bpchar(3), d bpchar[], e \"bpchar\");"
      "CREATE VIEW v AS SELECT a, b, coalesce(b, a) AS either FROM t");
  auto types = [&](const char* relation) {
    std::vector<std::string> found;
    for (const Column& column : table(schema, relation).columns)
      found.push_back(column.type ? column.type->normal : "");
    return found;
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(types("t"), (Names{"bpchar", "character(1)", "character(3)", "bpchar[]", "bpchar"}));
  EXPECT_EQ(types("v"), (Names{"bpchar", "character(1)", "bpchar"}));
  EXPECT_EQ(schema.domains.at(0).base->normal, "bpchar");
  // As format_type() calls the argument of a function.
  EXPECT_EQ(schema.functions.at(0).arguments.at(0).normal, "character");
  EXPECT_EQ(schema.functions.at(0).returns->normal, "character");
  EXPECT_EQ(refusal("CREATE TABLE a (c bpchar); CREATE TABLE b (c char) INHERITS (a)"),
            "column \"c\" has a type conflict");
}

TEST(ReplayColumnTypes, KeepTheTypesOfLiteralsThatWereThereBefore) {
  // The server now holds '2020-01-01'::date, a moment that depends on the session's time zone.
  Schema schema = schema_after(
      "CREATE TABLE t (d date DEFAULT '2020-01-01', CHECK (d > '2019-01-01'), CHECK (coalesce(d, "
      "'2019-01-01') > now()), v varchar(3) DEFAULT "
      "'x', n int CHECK (n > 0)); ALTER TABLE t ALTER d TYPE timestamptz, ALTER v TYPE text, ALTER "
      "n TYPE bigint;");
  const Relation& t = table(schema, "t");
  EXPECT_EQ(t.columns[0].default_value->text, "'2020-01-01'::date");
  EXPECT_EQ(t.columns[1].default_value->normal, "'x'");
  for (const CheckConstraint& check : t.checks)
    EXPECT_EQ(check.expression.decided, check.name != "t_d_check1") << check.name;
  EXPECT_EQ(t.checks[0].expression.normal,
            normalise_expression("(d > '2019-01-01'::date)", column_types_of(t)).normal);
}

TEST(ReplayColumnTypes, LeaveTheArrayOfAnInItsType) {
  Schema schema = schema_after(
      "CREATE TABLE t (c text CHECK (c ~ '^x' AND c IN ('a', 'b')), d text CHECK (d NOT IN ('a', "
      "'b')));"
      "ALTER TABLE t ALTER c TYPE char(4), ALTER d TYPE char(4);");
  const std::vector<CheckConstraint>& checks = table(schema, "t").checks;
  const ColumnTypes types = column_types_of(table(schema, "t"));
  // As pg_get_constraintdef() has them.
  EXPECT_EQ(checks.at(0).expression.normal,
            normalise_expression(
                "((c ~ '^x'::text) AND ((c)::text = ANY (ARRAY['a'::text, 'b'::text])))", types)
                .normal);
  EXPECT_EQ(checks.at(1).expression.normal,
            normalise_expression("((d)::text <> ALL (ARRAY['a'::text, 'b'::text]))", types).normal);
}

TEST(ReplayIndexes, AreOnWhatNeverChanges) {
  const std::string moments = "CREATE TABLE t (at timestamptz, local timestamp, k text); ";
  const std::string message = "functions in index expression must be marked IMMUTABLE";
  EXPECT_EQ(refusal(moments + "CREATE INDEX ON t ((at::date));"), message);
  EXPECT_EQ(refusal(moments + "CREATE INDEX ON t (date_trunc('day', at));"), message);
  EXPECT_EQ(refusal(moments + "CREATE INDEX ON t (k) WHERE at > now();"),
            "functions in index predicate must be marked IMMUTABLE");
  schema_after(moments + "CREATE INDEX ON t ((local::date), date_trunc('day', local), lower(k));");
  for (const char* changing : {"(at < local)", "(local = at)", "(at + interval '1 day')",
                               "(k || at)", "(at BETWEEN local AND local)"})
    EXPECT_EQ(refusal(moments + "CREATE INDEX ON t (" + changing + ");"), message) << changing;
  schema_after(moments +
               "CREATE INDEX ON t ((at < '2030-01-01'), (local + interval '1 day'), "
               "(k || 'x'), (at = at));");
  EXPECT_EQ(refusal(moments + "CREATE INDEX ON t (k) WHERE at < '2030-01-01';"
                              "ALTER TABLE t ALTER at TYPE timestamp;"),
            message);
}

TEST(ReplayDomains, AreNotNarrowedWhereTheirValuesStandInsideOfOthers) {
  const std::string made = "CREATE DOMAIN d AS int; ";
  const std::string narrowed = "ALTER DOMAIN d SET NOT NULL";
  EXPECT_EQ(refusal(made + "CREATE TABLE t (a d[]);" + narrowed),
            "cannot alter type \"d\" because column \"t.a\" uses it");
  EXPECT_EQ(refusal(made + "CREATE TYPE pair AS (a d, b d); CREATE TABLE t (p pair);" + narrowed),
            "cannot alter type \"d\" because column \"t.p\" uses it");
  schema_after(made + "CREATE TABLE t (a d);" + narrowed);
  schema_after(made +
               "CREATE TABLE t (a d[]);"
               "ALTER DOMAIN d ADD CHECK (VALUE > 0) NOT VALID; ALTER DOMAIN d DROP NOT NULL");
}

TEST(ReplayDomains, TakeLiteralsAsTheTypeBelowThemDoes) {
  Schema schema = schema_after("CREATE DOMAIN d AS int; CREATE TABLE t (n d DEFAULT '7')");
  EXPECT_EQ(table(schema, "t").columns.at(0).default_value->normal, "7");
}

TEST(ReplayIndexes, HaveClassesThatTakeTheirColumns) {
  const std::string made = "CREATE TABLE t (c text, n int);";
  EXPECT_EQ(refusal(made + "CREATE INDEX ON t (n text_pattern_ops)"),
            "operator class \"text_pattern_ops\" does not accept data type integer");
  EXPECT_EQ(refusal(made + "CREATE INDEX ON t (c text_pattern_ops); ALTER TABLE t ALTER c TYPE "
                           "char(4)"),
            "operator class \"text_pattern_ops\" does not accept data type character(4)");
  schema_after(made +
               "CREATE INDEX ON t (c text_pattern_ops);"
               "ALTER TABLE t ALTER c TYPE varchar(20)");
}

TEST(ReplayTriggers, KeepTheirConditionOnADomain) {
  // The server writes (old.n)::integer IS DISTINCT FROM (new.n)::integer.
  Schema schema = schema_after(
      "CREATE DOMAIN d AS int; CREATE TABLE t (n d); CREATE FUNCTION f() RETURNS trigger LANGUAGE "
      "plpgsql AS 'BEGIN RETURN NEW; END';"
      "CREATE TRIGGER g AFTER UPDATE ON t FOR EACH ROW WHEN (old.n IS DISTINCT FROM new.n) EXECUTE "
      "FUNCTION f()");
  std::optional<ParsedTrigger> stored = parse_trigger(
      "CREATE TRIGGER g AFTER UPDATE ON public.t FOR EACH ROW WHEN (((old.n)::integer IS DISTINCT "
      "FROM (new.n)::integer)) EXECUTE FUNCTION f()",
      column_types_of(table(schema, "t")));
  ASSERT_TRUE(stored);
  EXPECT_EQ(table(schema, "t").triggers.at(0).definition, stored->trigger.definition);
}

TEST(ReplayIndexes, OnADomainHaveOneFormWithItsTypeAndWithout) {
  // The server writes ((n)::integer + 1).
  Schema schema =
      schema_after("CREATE DOMAIN d AS int; CREATE TABLE t (n d); CREATE INDEX ON t ((n + 1))");
  EXPECT_EQ(table(schema, "t").indexes.at(0).keys.at(0).expression->normal,
            normalise_expression("((n)::integer + 1)", column_types_of(table(schema, "t"))).normal);
}

TEST(ReplayDefaults, OfNullStandInTheWayOfATypeWhereTheTypeHasALength) {
  // The server stores the call that brings NULL to the length.
  EXPECT_EQ(refusal("CREATE TABLE t (n numeric(10,2) DEFAULT NULL);"
                    "ALTER TABLE t ALTER n TYPE varbit(8) USING NULL"),
            "default for column \"n\" cannot be cast automatically to type bit varying(8)");
  Schema schema = schema_after(
      "CREATE TABLE t (n numeric DEFAULT NULL, m numeric(10,2) DEFAULT NULL);"
      "ALTER TABLE t ALTER n TYPE varbit(8) USING NULL");
  for (const Column& column : table(schema, "t").columns)
    EXPECT_FALSE(column.default_value.has_value()) << column.name;
}

TEST(ReplayDefaults, OfADomainKeepTheirLength) {
  auto shown = [](const std::string& base, const std::string& value) {
    return table(schema_after("CREATE DOMAIN d AS " + base + "; CREATE TABLE t (c d DEFAULT " +
                              value + ")"),
                 "t")
        .columns.at(0)
        .default_value.value()
        .normal;
  };
  // The domain applies its length to the value; what is stored is the value before.
  EXPECT_EQ(shown("character", "'it'"), normalise_expression("'it'::bpchar").normal);
  EXPECT_EQ(shown("varchar(2)", "'long'"),
            normalise_expression("'long'::character varying").normal);
  EXPECT_EQ(shown("numeric(5,2)", "'1.2345'"), normalise_expression("1.2345").normal);
}

TEST(ReplayPartitions, OfTextStandInItsOrder) {
  const std::string made = "CREATE TABLE p (k name) PARTITION BY RANGE (k);";
  EXPECT_EQ(refusal(made + "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (80) TO (110)"),
            "empty range bound specified for partition \"p1\"");
  schema_after(made + "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('110') TO ('80')");
}

TEST(ReplayPartitions, LeaveBoundsOfMoneyOpen) {
  // The server writes them in the words of its locale: '$70.00'.
  Schema schema = schema_after(
      "CREATE TABLE p (m money) PARTITION BY RANGE (m);"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (70) TO (MAXVALUE)");
  EXPECT_FALSE(table(schema, "p1").partition_of->bound.decided);
}

TEST(ReplayFunctions, OfTheServerTakeWhatTheyAreDeclaredFor) {
  EXPECT_EQ(refusal("CREATE TABLE t (a text, b varbit(8), CHECK (lower(a, b) = 'x'))"),
            "function lower(text, bit varying(8)) does not exist");
  EXPECT_EQ(refusal("CREATE TABLE t (n int CHECK (upper(n) = 'x'))"),
            "function upper(integer) does not exist");
  schema_after(
      "CREATE TABLE t (a varchar(3), n smallint, r int4range, j jsonb, CHECK (lower(a) = 'x' AND "
      "lower(r) > 0 AND round(n, 2) > 0 AND concat(a, n, j) <> '' AND jsonb_set(j, '{a}', '1') IS "
      "NOT NULL AND greatest(n, 1) > 0 AND num_nulls(a, n) = 0))");
}

TEST(ReplayColumnTypes, BringNumbersToTheOldType) {
  Schema schema = schema_after(
      "CREATE TABLE t (n bigint CHECK (n IN (1, 2)), m int CHECK (m IN (1, 2)),"
      " k bigint CHECK (coalesce(k, 1) > 0));"
      "ALTER TABLE t ALTER n TYPE smallint, ALTER m TYPE bigint, ALTER k TYPE int");
  const Relation& t = table(schema, "t");
  auto check = [&](const std::string& name) -> const Expression& {
    return std::find_if(t.checks.begin(), t.checks.end(),
                        [&](const CheckConstraint& each) { return each.name == name; })
        ->expression;
  };
  // As pg_get_constraintdef() has them.
  const ColumnTypes types = column_types_of(t);
  EXPECT_EQ(check("t_n_check").normal,
            normalise_expression("(n = ANY (ARRAY[(1)::bigint, (2)::bigint]))", types).normal);
  EXPECT_EQ(check("t_m_check").normal,
            normalise_expression("(m = ANY (ARRAY[1, 2]))", types).normal);
  EXPECT_TRUE(check("t_n_check").decided && check("t_m_check").decided);
  // COALESCE((k)::bigint, (1)::bigint): which of the parts were brought there is not told.
  EXPECT_FALSE(check("t_k_check").decided);
}

}  // namespace
}  // namespace schemaudit
