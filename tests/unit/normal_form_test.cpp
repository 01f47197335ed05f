#include "analyzer/sql/normal_form.h"

#include <gtest/gtest.h>

#include <map>

namespace schemaudit {
namespace {

std::string normal(std::string_view text, const ColumnTypes& types = {},
                   std::string_view context = {}) {
  Expression expression = normalise_expression(text, types, context);
  return expression.decided ? expression.normal : "undecided: " + std::string(text);
}

std::string type(std::string_view text) {
  std::optional<Type> found = normalise_type(text);
  return found ? found->normal : "none";
}

ColumnTypes columns() {
  static const std::map<std::string, std::string, std::less<>> kTypes = {
      {"status", "character varying(20)"},
      {"score", "numeric(5,4)"},
      {"percent", "integer"},
      {"ratio", "double precision"},
      {"small", "smallint"},
      {"note", "text"},
      {"at", "timestamp without time zone"},
      {"active", "boolean"},
      {"big", "bigint"},
      {"amount", "numeric"},
      {"code", "character(5)"},
      {"day", "date"},
      {"seen", "timestamp with time zone"},
      {"lasts", "interval"},
      {"data", "jsonb"},
      {"tags", "text[]"},
      {"mood", "public.mood"},
      {"span", "int4range"},
      {"bits", "bit(4)"},
      {"bytes", "bytea"},
      {"key", "uuid"},
      {"points", "public.positive"},
  };
  return [](std::string_view name) -> std::string_view {
    auto found = kTypes.find(name);
    return found == kTypes.end() ? std::string_view() : std::string_view(found->second);
  };
}

TEST(NormalForm, TypesAreSpelledAsFormatTypeSpellsThem) {
  EXPECT_EQ(type("DECIMAL(10, 4)"), "numeric(10,4)");
  EXPECT_EQ(type("numeric(5)"), "numeric(5,0)");
  EXPECT_EQ(type("VARCHAR(255)"), "character varying(255)");
  EXPECT_EQ(type("varchar"), "character varying");
  EXPECT_EQ(type("CHAR"), "character(1)");
  EXPECT_EQ(type("TIMESTAMP"), "timestamp without time zone");
  EXPECT_EQ(type("TIMESTAMPTZ"), "timestamp with time zone");
  EXPECT_EQ(type("timestamp(3) with time zone"), "timestamp(3) with time zone");
  EXPECT_EQ(type("int4"), "integer");
  EXPECT_EQ(type("INT8"), "bigint");
  EXPECT_EQ(type("float"), "double precision");
  EXPECT_EQ(type("bool"), "boolean");
  EXPECT_EQ(type("TEXT[]"), "text[]");
  EXPECT_EQ(type("int[][]"), "integer[]");
  EXPECT_EQ(type("interval day to second(3)"), "interval day to second(3)");
  EXPECT_EQ(type("pg_catalog.int4"), "integer");
  EXPECT_EQ(type("public.mood"), "public.mood");
  EXPECT_EQ(type("vector(2000)"), "vector(2000)");
  EXPECT_EQ(type("uuid"), "uuid");
  EXPECT_EQ(type("bigserial"), "bigserial");
  EXPECT_EQ(type("Full text here"), "none");
  EXPECT_EQ(type(""), "none");
}

TEST(NormalForm, WhatTheServerStoresEqualsWhatWasWritten) {
  struct Pair {
    const char *written, *stored;
  };
  // The right side is what pg_get_constraintdef() of PostgreSQL 15 gives for the left.
  for (const Pair& pair : {
           Pair{"status IN ('a','b')",
                "((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character "
                "varying])::text[]))"},
           Pair{"note IN ('b','a')", "(note = ANY (ARRAY['a'::text, 'b'::text]))"},
           Pair{"score BETWEEN 0 AND 1", "((score >= (0)::numeric) AND (score <= (1)::numeric))"},
           Pair{"percent BETWEEN 0 AND 100", "((percent >= 0) AND (percent <= 100))"},
           Pair{"ratio >= 0.5", "(ratio >= (0.5)::double precision)"},
           Pair{"small > 0", "(small > 0)"},
           Pair{"length(status) <= 10", "(length((status)::text) <= 10)"},
           Pair{"status <> ''", "((status)::text <> ''::text)"},
           Pair{"status LIKE 'x%'", "((status)::text ~~ 'x%'::text)"},
           Pair{"at > '2025-01-01'", "(at > '2025-01-01 00:00:00'::timestamp without time zone)"},
           Pair{"NOT (status = 'x')", "((status)::text <> 'x'::text)"},
           Pair{"status NOT IN ('a', 'b')",
                "((status)::text <> ALL ((ARRAY['a'::character varying, 'b'::character "
                "varying])::text[]))"},
           Pair{"active = TRUE", "(active = true)"},
           Pair{"coalesce(status, 'x') = 'y'",
                "((COALESCE(status, 'x'::character varying))::text = 'y'::text)"},
           Pair{"CASE WHEN percent > 1 THEN note = 'a' END",
                "CASE WHEN (percent > 1) THEN (note = 'a'::text) ELSE NULL::boolean END"},
       })
    EXPECT_EQ(normal(pair.written, columns()), normal(pair.stored, columns())) << pair.written;
}

// Each right side is what pg_get_constraintdef() of PostgreSQL 15 gives for the left.
TEST(NormalForm, ServersCastsAreThoseThatItsOperatorsAskFor) {
  struct Pair {
    const char *written, *stored;
  };
  for (const Pair& pair : {
           Pair{"percent > 2.5", "((percent)::numeric > 2.5)"},
           Pair{"percent + amount > 0", "(((percent)::numeric + amount) > (0)::numeric)"},
           Pair{"ratio > amount", "(ratio > (amount)::double precision)"},
           Pair{"percent / 2.0 > 1", "(((percent)::numeric / 2.0) > (1)::numeric)"},
           Pair{"code = 'abc'", "(code = 'abc'::bpchar)"},
           Pair{"code = note", "((code)::text = note)"},
           Pair{"status || percent <> ''", "(((status)::text || percent) <> ''::text)"},
           Pair{"coalesce(amount, 0) > 1", "(COALESCE(amount, (0)::numeric) > (1)::numeric)"},
           Pair{"nullif(status, '') IS NULL", "(NULLIF((status)::text, ''::text) IS NULL)"},
           Pair{"greatest(percent, amount) > 1",
                "(GREATEST((percent)::numeric, amount) > (1)::numeric)"},
           Pair{"CASE status WHEN 'a' THEN 1 ELSE 2.5 END > 0",
                "(CASE status WHEN 'a'::text THEN (1)::numeric ELSE 2.5 END > (0)::numeric)"},
           Pair{"percent IN (1, 2.5)", "((percent)::numeric = ANY (ARRAY[(1)::numeric, 2.5]))"},
           Pair{"percent IN (big, 3)", "((percent = big) OR (percent = 3))"},
           Pair{"'x' = ANY (tags)", "('x'::text = ANY (tags))"},
           Pair{"tags @> ARRAY['x']", "(tags @> ARRAY['x'::text])"},
           Pair{"active = 't'", "(active = true)"},
           Pair{"span @> '[2,5)'", "(span @> '[2,5)'::int4range)"},
           Pair{"span && '(1,4]'", "(span && '[2,5)'::int4range)"},
           Pair{"data @> '{\"b\":1,\"a\":[]}'", "(data @> '{\"a\": [], \"b\": 1}'::jsonb)"},
           Pair{"data ->> 'kind' = 'x'", "((data ->> 'kind'::text) = 'x'::text)"},
           Pair{"data #>> '{a, b}' = 'x'", "((data #>> '{a,b}'::text[]) = 'x'::text)"},
           Pair{"day - date '2024-01-31' > 30", "((day - '2024-01-31'::date) > 30)"},
           Pair{"at + '36 hours' < now()", "((at + '36:00:00'::interval) < now())"},
           Pair{"lasts < INTERVAL '2' DAY", "(lasts < '2 days'::interval day)"},
           Pair{"lasts < 'P1Y2M'", "(lasts < '1 year 2 mons'::interval)"},
           Pair{"seen > '2024-05-01 10:00+02'",
                "(seen > '2024-05-01 08:00:00+00'::timestamp "
                "with time zone)"},
           Pair{"bits = X'A'", "(bits = '1010'::\"bit\")"},
           Pair{"bytes = 'ab'", "(bytes = '\\x6162'::bytea)"},
           Pair{"key = '6F9619FF-8B86-D011-B42D-00C04FC964FF'",
                "(key = '6f9619ff-8b86-d011-b42d-00c04fc964ff'::uuid)"},
           Pair{"mood = 'happy'", "(mood = 'happy'::public.mood)"},
           Pair{"mood IN ('sad', 'ok')",
                "(mood = ANY (ARRAY['sad'::public.mood, 'ok'::public.mood]))"},
           Pair{"points > 0", "((points)::integer > 0)"},
           Pair{"status SIMILAR TO '(a|b)%'",
                "((status)::text ~ similar_to_escape('(a|b)%'::text))"},
           Pair{"trim(both from note) <> ''", "(TRIM(BOTH FROM note) <> ''::text)"},
           Pair{"substring(status from 1 for 2) = 'ab'",
                "(\"substring\"((status)::text, 1, 2) = 'ab'::text)"},
           Pair{"extract(year from day) > 2000", "(EXTRACT(year FROM day) > (2000)::numeric)"},
           Pair{"at AT TIME ZONE 'UTC' < now()", "((at AT TIME ZONE 'UTC'::text) < now())"},
           Pair{"jsonb_extract_path(data, 'a', 'b') IS NULL",
                "(jsonb_extract_path(data, VARIADIC ARRAY['a'::text, 'b'::text]) IS NULL)"},
           Pair{"note COLLATE \"C\" = 'x'", "((note COLLATE \"C\") = 'x'::text)"},
           Pair{"(percent, note) = (1, 'x')", "((percent = 1) AND (note = 'x'::text))"},
           Pair{"(percent, day) < (1, '2024-01-01')",
                "(ROW(percent, day) < ROW(1, '2024-01-01'::date))"},
           Pair{"percent BETWEEN SYMMETRIC 9 AND 1",
                "(((percent >= 9) AND (percent <= 1)) OR ((percent >= 1) AND (percent <= 9)))"},
           Pair{"note IS NOT DISTINCT FROM 'x'", "(NOT (note IS DISTINCT FROM 'x'::text))"},
           Pair{"note IS DISTINCT FROM NULL", "(note IS NOT NULL)"},
       })
    EXPECT_EQ(normal(pair.written, columns()), normal(pair.stored, columns())) << pair.written;
}

TEST(NormalForm, WaysToSayTheSame) {
  EXPECT_EQ(normal("status = 'a' OR status = 'b'"), normal("status IN ('b', 'a')"));
  EXPECT_EQ(normal("0 <= percent AND percent <= 100"), normal("percent BETWEEN 0 AND 100"));
  EXPECT_EQ(normal("now()"), normal("CURRENT_TIMESTAMP"));
  EXPECT_EQ(normal("active"), normal("active = true"));
  EXPECT_EQ(normal("NOT active"), normal("active = false"));
  EXPECT_EQ(normal("a IS NOT NULL AND b IS NULL"), normal("b IS NULL AND NOT (a IS NULL)"));
  EXPECT_EQ(normal("nextval('public.t_id_seq'::regclass)"), normal("nextval('t_id_seq')"));
}

TEST(NormalForm, WhatDiffersStaysDifferent) {
  EXPECT_NE(normal("status IN ('a')"), normal("status IN ('a', 'b')"));
  EXPECT_NE(normal("percent > 0"), normal("percent >= 0"));
  EXPECT_NE(normal("percent > 0"), normal("0 > percent"));
  EXPECT_NE(normal("lower(note)"), normal("upper(note)"));
  EXPECT_NE(normal("percent::text = '1'", columns()), normal("percent = '1'", columns()));
  EXPECT_NE(normal("score::integer > 0", columns()), normal("score > 0", columns()));
  EXPECT_NE(normal("a AND b"), normal("a OR b"));
  EXPECT_NE(normal("CURRENT_DATE"), normal("now()"));
  EXPECT_NE(normal("active IS TRUE"), normal("active = TRUE"));
  // Casts that change what an operator does.
  EXPECT_NE(normal("percent / 2 > 1", columns()), normal("percent / 2.0 > 1", columns()));
  EXPECT_NE(normal("percent / 2"), normal("percent / 2.0"));
  EXPECT_NE(normal("at > '2025-01-01'::date", columns()),
            normal("at::date > '2025-01-01'", columns()));
  EXPECT_NE(normal("amount::numeric(5,1) > 0", columns()), normal("amount > 0", columns()));
  EXPECT_NE(normal("note::varchar(2) = 'a'", columns()), normal("note = 'a'", columns()));
  EXPECT_NE(normal("percent::bigint + percent::bigint > 0", columns()),
            normal("percent + percent > 0", columns()));
  EXPECT_NE(normal("mood < 'ok'", columns()), normal("mood::text < 'ok'", columns()));
  EXPECT_NE(normal("concat(1.50)"), normal("concat(1.5)"));
  EXPECT_NE(normal("(1.50)::text", columns()), normal("(1.5)::text", columns()));
  EXPECT_NE(normal("lasts < '1 day'", columns()), normal("lasts < '24 hours'", columns()));
  EXPECT_NE(normal("data @> '{\"a\": 1e30}'", columns()),
            normal("data @> '{\"a\": 1.0000000000000001e30}'", columns()));
  EXPECT_NE(normal("ROW(a, b) IS NOT NULL"), normal("NOT (ROW(a, b) IS NULL)"));
  EXPECT_NE(normal("a <> ANY (ARRAY[1, 2])"), normal("a <> ALL (ARRAY[1, 2])"));
  EXPECT_NE(normal("a - b"), normal("b - a"));
}

TEST(NormalForm, DefaultsTakeTheTypeOfTheirColumn) {
  EXPECT_EQ(normal("'{}'", {}, "jsonb"), normal("'{}'::jsonb", {}, "jsonb"));
  EXPECT_EQ(normal("'USD'", {}, "character varying(3)"), normal("'USD'::character varying"));
  EXPECT_EQ(normal("0", {}, "numeric(10,2)"), normal("0.0", {}, "numeric(10,2)"));
  EXPECT_EQ(normal("-1", {}, "integer"), normal("'-1'::integer", {}, "integer"));
  EXPECT_EQ(normal("FALSE", {}, "boolean"), normal("'f'", {}, "boolean"));
  EXPECT_EQ(normal("ARRAY[]::text[]", {}, "text[]"), normal("'{}'::text[]", {}, "text[]"));
  EXPECT_EQ(normal("'{\"b\":1, \"a\":2}'", {}, "jsonb"),
            normal("'{\"a\": 2, \"b\": 1}'::jsonb", {}, "jsonb"));
  EXPECT_EQ(normal("'{}'", {}, "character varying(40)[]"),
            normal("'{}'::character varying[]", {}, "character varying(40)[]"));
  EXPECT_EQ(normal("'{1.5}'", {}, "numeric(5,2)[]"),
            normal("'{1.5}'::numeric[]", {}, "numeric(5,2)[]"));
  EXPECT_NE(normal("'a'", {}, "text"), normal("'b'", {}, "text"));
}

TEST(NormalForm, LiteralsAreWhatTheServerStores) {
  auto same = [](const char* type, std::initializer_list<const char*> literals) {
    for (const char* literal : literals)
      EXPECT_EQ(normal(literal, {}, type), normal(*literals.begin(), {}, type)) << literal;
  };
  same("interval", {"'1 day'", "'1 d'", "'P1D'", "interval '1' day", "'@ 1 day 0:00'::interval"});
  same("interval", {"'36:00:00'", "'36 hours'", "'PT36H'", "interval '36' hour"});
  same("text", {"'a''b'", "E'a\\'b'", "$$a'b$$", "U&'a\\0027b'", "'a''b'::text"});
  same("integer", {"5", "'5'", "+5", "5::int", "int4 '5'"});
  same("bigint", {"1000", "1e3", "'1000'"});
  same("boolean", {"true", "'t'", "'yes'::boolean", "TRUE"});
  same("uuid", {"'6F9619FF-8B86-D011-B42D-00C04FC964FF'", "'6f9619ff8b86d011b42d00c04fc964ff'"});
  same("text[]", {"'{a,\"b c\"}'", "'{a, b c}'", "'{ \"a\" , \"b c\" }'::text[]"});
  same("daterange", {"'[2024-02-28,2024-02-29]'", "'[2024-02-28,2024-03-01)'"});
  same("timestamp without time zone", {"'2024-01-05'", "'20240105'", "'2024-01-05T00:00'"});
  same("time without time zone", {"'08:00'", "'08:00:00'", "time '8:00'"});
  EXPECT_NE(normal("'{\"a\": 1}'", {}, "json"), normal("'{\"a\":1}'", {}, "json"));
  EXPECT_NE(normal("'{1,NULL}'", {}, "integer[]"), normal("'{1,\"NULL\"}'", {}, "text[]"));
}

TEST(NormalForm, WhatDependsOnSettingsOrTheMomentIsUndecided) {
  EXPECT_FALSE(normalise_expression("'now'", {}, "timestamp without time zone").decided);
  EXPECT_FALSE(normalise_expression("'today'::date").decided);
  EXPECT_FALSE(normalise_expression("'1/2/2025'", {}, "date").decided);
  EXPECT_TRUE(normalise_expression("'now'", {}, "text").decided);
  // An enum's labels or a domain's texts: the order is another.
  EXPECT_FALSE(normalise_expression("mood < 'ok'", columns()).decided);
  EXPECT_TRUE(normalise_expression("mood = 'ok'", columns()).decided);
}

TEST(NormalForm, CommentsStandAnywhere) {
  EXPECT_EQ(normal("a NOT /* ever */ IN (1, 2)"), normal("a NOT IN (1, 2)"));
  EXPECT_EQ(normal("a -- so\n NOT -- ever\n BETWEEN 1 AND 2"), normal("a NOT BETWEEN 1 AND 2"));
}

TEST(NormalForm, WhatCannotBeParsedIsUndecidedNotEqual) {
  EXPECT_FALSE(normalise_expression("...").decided);
  EXPECT_FALSE(normalise_expression("a, b").decided);
  EXPECT_FALSE(normalise_expression("1; DROP TABLE x").decided);
  EXPECT_FALSE(normalise_expression(std::string("a\0b", 3)).decided);
}

TEST(NormalForm, AllowedValuesOfChecks) {
  std::optional<AllowedValues> allowed = allowed_values(
      "((plan)::text = ANY ((ARRAY['plus'::character varying, 'free'::character "
      "varying])::text[]))");
  ASSERT_TRUE(allowed);
  EXPECT_EQ(allowed->column, "plan");
  EXPECT_EQ(allowed->values, (std::vector<std::string>{"free", "plus"}));
  EXPECT_FALSE(allowed_values("percent > 0"));
  EXPECT_FALSE(allowed_values("plan IN ('a') AND other = 'b'"));
  ASSERT_TRUE(allowed_values("level IN (1, 2)"));
}

TEST(NormalForm, DeepTreesDoNotEndTheProgram) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "the thread sanitizer ends the program itself on a stack this deep";
#endif
  std::string chain = "1";
  for (int i = 0; i < 20'000; ++i) chain += " + 1";
  EXPECT_TRUE(normalise_expression(chain).decided);
  EXPECT_FALSE(normalise_expression(std::string(200'000, '(') + "1").decided);
}

TEST(NormalForm, ViewsCompareByTheirTree) {
  EXPECT_EQ(normalise_query("select a, t.b from public.t as t where a > 1").normal,
            normalise_query(" SELECT t.a,\n    t.b\n   FROM t t\n  WHERE (t.a > 1)").normal);
  EXPECT_FALSE(normalise_query("SELECT * FROM t").decided);
}

TEST(NormalForm, SlipsOfThePenInTypes) {
  EXPECT_EQ(type_that_was_meant("timestmp"), "timestamp");
  EXPECT_EQ(type_that_was_meant("varchr(20)"), "varchar");
  for (const char* type : {"timestamp with time zone", "int", "_int4", "tsrange", "vector(3)",
                           "box", "bigserial", "public.timestmp", "\"timestmp\"", "order_state"})
    EXPECT_EQ(type_that_was_meant(type), "") << type;
}

}  // namespace
}  // namespace schemaudit
