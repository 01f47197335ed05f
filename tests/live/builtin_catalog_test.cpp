// The compiled-in tables say what a server of the same version says.

#include "analyzer/sql/builtin/builtin_catalog.h"

#include <gtest/gtest.h>

#include <string>

#include "analyzer/sql/builtin/known_extensions.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

class BuiltinCatalog : public LiveTest {
 protected:
  void SetUp() override {
    LiveTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    db_ = fresh_database();
    if (!holds("current_setting('server_version_num')::int / 10000 = " +
               std::to_string(builtin_catalog_version())))
      GTEST_SKIP() << "the tables are those of PostgreSQL " << builtin_catalog_version()
                   << ", the server is another";
  }

  /// A division by zero fails the statement where the condition is false.
  bool holds(const std::string& condition) {
    try {
      test_server().run(db_, "SELECT 1 / (" + condition + ")::int");
      return true;
    } catch (const std::exception&) {
      return false;
    }
  }

  static std::string equals(const std::string& query, std::size_t count) {
    return "(" + query + ") = " + std::to_string(count);
  }

  std::string db_;
};

TEST_F(BuiltinCatalog, HasAsManyOfEverythingAsTheServer) {
  BuiltinCounts counts = builtin_counts();
  EXPECT_GT(counts.functions, 2000u);
  EXPECT_TRUE(
      holds(equals("SELECT count(*) FROM pg_proc WHERE pronamespace = "
                   "'pg_catalog'::regnamespace AND pronargs < 100",
                   counts.functions)));
  EXPECT_TRUE(holds(equals("SELECT count(*) FROM pg_operator", counts.operators)));
  EXPECT_TRUE(holds(equals("SELECT count(*) FROM pg_cast", counts.casts)));
  EXPECT_TRUE(holds(equals("SELECT count(*) FROM pg_opclass", counts.operator_classes)));
}

// Each call's types are asked of the server: what overload resolution comes to.
TEST_F(BuiltinCatalog, ChoosesOperatorsAsTheServerDoes) {
  constexpr const char* kTypes[] = {"smallint",
                                    "integer",
                                    "bigint",
                                    "numeric",
                                    "real",
                                    "double precision",
                                    "text",
                                    "character varying",
                                    "character",
                                    "name",
                                    "boolean",
                                    "date",
                                    "timestamp without time zone",
                                    "timestamp with time zone",
                                    "time without time zone",
                                    "interval",
                                    "jsonb",
                                    "uuid",
                                    "integer[]",
                                    "text[]",
                                    "int4range",
                                    "inet",
                                    "bytea"};
  constexpr const char* kOperators[] = {"=", "<", "+", "-", "*", "/", "||", "~~", "@>", "->", "&&"};
  std::string sql = "DO $$ DECLARE said text := ''; actual text; BEGIN\n";
  std::size_t asked = 0;
  auto operand = [](const std::string& type) {
    return type.empty() ? std::string("'1'") : "NULL::" + type;
  };
  for (const char* op : kOperators) {
    for (const char* left : kTypes) {
      for (const std::string& right :
           {std::string(left), std::string("integer"), std::string("numeric"), std::string("text"),
            std::string("date"), std::string("interval")}) {
        std::optional<ResolvedCall> call =
            resolve_operator(op, builtin_type(left), builtin_type(right));
        std::string expected =
            call ? std::string(builtin_type_name(call->result)) : std::string("none");
        sql += "BEGIN actual := pg_typeof(" + operand(left) + " " + op + " " + operand(right) +
               ")::text; EXCEPTION WHEN undefined_function OR ambiguous_function THEN actual := "
               "'none'; END; IF actual <> '" +
               expected + "' THEN said := said || ' | " + left + " " + op + " " + right +
               " is ' || " + "actual || ', not " + expected + "'; END IF;\n";
        ++asked;
      }
    }
  }
  EXPECT_GT(asked, 1000u);
  try {
    test_server().run(db_, sql + "IF said <> '' THEN RAISE EXCEPTION '%', said; END IF; END $$");
  } catch (const std::exception& error) {
    FAIL() << error.what();
  }
}

TEST_F(BuiltinCatalog, ChoosesFunctionsAsTheServerDoes) {
  struct Call {
    const char *name, *arguments, *result;
  };
  std::string sql = "SELECT ";
  for (const Call& call : {
           Call{"round", "numeric, integer", "numeric"},
           Call{"round", "integer", "double precision"},
           Call{"abs", "smallint", "smallint"},
           Call{"lower", "character varying", "text"},
           Call{"length", "character", "integer"},
           Call{"date_trunc", "text, date", "timestamp with time zone"},
           Call{"extract", "text, date", "numeric"},
           Call{"array_append", "integer[], integer", "integer[]"},
           Call{"array_append", "integer[], bigint", "bigint[]"},
           Call{"concat", "integer, text", "text"},
           Call{"sum", "integer", "bigint"},
           Call{"sum", "bigint", "numeric"},
           Call{"max", "character varying", "text"},
           Call{"count", "uuid", "bigint"},
           Call{"jsonb_build_array", "text, integer", "jsonb"},
           Call{"lower", "int4range", "integer"},
           Call{"power", "integer, integer", "double precision"},
           Call{"mod", "bigint, integer", "bigint"},
       }) {
    std::vector<TypeId> types;
    std::string list, rest = call.arguments;
    while (!rest.empty()) {
      std::size_t comma = std::min(rest.find(", "), rest.size());
      types.push_back(builtin_type(rest.substr(0, comma)));
      list += (list.empty() ? "NULL::" : ", NULL::") + rest.substr(0, comma);
      rest.erase(0, comma + 2);
    }
    std::optional<ResolvedCall> chosen = resolve_function(call.name, types);
    ASSERT_TRUE(chosen) << call.name << "(" << call.arguments << ")";
    EXPECT_EQ(builtin_type_name(chosen->result), call.result) << call.name;
    EXPECT_TRUE(holds("pg_typeof(pg_catalog." + std::string(call.name) + "(" + list +
                      "))::text = '" + call.result + "'"))
        << call.name << "(" << list << ")";
  }
}

TEST_F(BuiltinCatalog, DefaultOperatorClassesAreTheServers) {
  EXPECT_EQ(default_operator_class("btree", builtin_type("character varying(20)")), "text_ops");
  EXPECT_EQ(default_operator_class("btree", kInteger), "int4_ops");
  EXPECT_EQ(default_operator_class("gin", kJsonb), "jsonb_ops");
  EXPECT_EQ(default_operator_class("gin", builtin_type("text[]")), "array_ops");
  EXPECT_EQ(default_operator_class("gist", builtin_type("int4range")), "range_ops");
  EXPECT_EQ(default_operator_class("gist", kText), "");
  EXPECT_EQ(cast_context(kInteger, kBigint), 'i');
  EXPECT_EQ(cast_context(kBigint, kInteger), 'a');
  EXPECT_EQ(cast_context(kText, kInteger), '\0');
  EXPECT_TRUE(is_builtin_function("btrim"));
  EXPECT_FALSE(is_builtin_function("no_such_function"));
}

}  // namespace
}  // namespace schemaudit
