#include "analyzer/sql/builtin/known_extensions.h"

#include <gtest/gtest.h>

namespace schemaudit {
namespace {

TEST(KnownExtensions, SayWhatTheyBring) {
  const KnownExtension* citext = find_known_extension("citext");
  ASSERT_NE(citext, nullptr);
  EXPECT_TRUE(citext->has_type("citext"));
  EXPECT_FALSE(citext->has_type("_citext"));
  EXPECT_TRUE(citext->has_operator_class("citext_ops"));
  EXPECT_TRUE(citext->relocatable);
  EXPECT_TRUE(find_known_extension("uuid-ossp")->has_function("uuid_generate_v4"));
  EXPECT_TRUE(find_known_extension("pg_trgm")->has_operator_class("gin_trgm_ops"));
  EXPECT_EQ(find_known_extension("plpgsql")->schema, "pg_catalog");
  EXPECT_EQ(find_known_extension("earthdistance")->required.front(), "cube");
  EXPECT_EQ(extension_of_type("geometry")->name, "postgis");
  EXPECT_EQ(extension_of_type("vector")->name, "vector");
  EXPECT_EQ(find_known_extension("no_such_extension"), nullptr);
  EXPECT_EQ(extension_of_type("integer"), nullptr);
}

}  // namespace
}  // namespace schemaudit
