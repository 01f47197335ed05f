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
      {"status", "character varying(20)"},   {"score", "numeric(5,4)"}, {"percent", "integer"},
      {"ratio", "double precision"},         {"small", "smallint"},     {"note", "text"},
      {"at", "timestamp without time zone"}, {"active", "boolean"},
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
  EXPECT_NE(normal("'a'", {}, "text"), normal("'b'", {}, "text"));
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
  EXPECT_EQ(columns_read("a > 0 AND lower(t.b) = 'x'"), (std::vector<std::string>{"a", "b"}));
}

TEST(NormalForm, DeepTreesDoNotEndTheProgram) {
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

}  // namespace
}  // namespace schemaudit
