#include "analyzer/model/config_text.h"

#include <gtest/gtest.h>

#include "analyzer/model/policy.h"

namespace schemaudit {
namespace {

TEST(ConfigText, QuotesAStringOfToml) {
  EXPECT_EQ(toml_string("plain"), R"("plain")");
  EXPECT_EQ(toml_string("say \"hi\" \\ or"), R"("say \"hi\" \\ or")");
  EXPECT_EQ(toml_string("two\nlines\x7f"), R"("two\u000Alines\u007F")");
}

TEST(ConfigText, QuotesAKeyWhereTomlAsksForIt) {
  EXPECT_EQ(toml_key("created_at"), "created_at");
  EXPECT_EQ(toml_key("created at"), R"("created at")");
  EXPECT_EQ(toml_key("größe"), R"("größe")");
  EXPECT_EQ(toml_key(""), R"("")");
}

/// Whatever a table and a column are called, an answer can speak of them.
TEST(ConfigText, GlobsMatchTheNamesTheyWereMadeOf) {
  for (const char* name : {"users", "!new", "a.b", "a, b)", "bids(id)", " padded ", "say \"hi\"",
                           "back\\slash", "two\nlines", "what?", "größe"}) {
    SCOPED_TRACE(name);
    for (const char* schema : {"public", "sales", "odd.schema"}) {
      const QualifiedName table{schema, name};
      const std::string glob = TableGlobs().of(table);
      EXPECT_TRUE(TableSelector{{glob}}.matches(table));
      const auto column = parse_column_selector(glob + "." + glob_of_name(name));
      ASSERT_TRUE(column);
      EXPECT_TRUE(column->matches(table, name));
    }
  }
  EXPECT_EQ(TableGlobs().of({"sales", "!new"}), "sales.?new");
}

/// A bare name means the tables of that name in every schema.
TEST(ConfigText, TablesOfPublicAreBareWhereTheyAreAlone) {
  Schema schema;
  for (const QualifiedName& name :
       {QualifiedName{"public", "users"}, {"public", "orders"}, {"archive", "orders"}})
    schema.relations.emplace_back().name = name;
  const TableGlobs globs(schema);
  EXPECT_EQ(globs.of({"public", "users"}), "users");
  EXPECT_EQ(globs.of({"public", "orders"}), "public.orders");
  EXPECT_EQ(globs.of({"archive", "orders"}), "archive.orders");
}

}  // namespace
}  // namespace schemaudit
