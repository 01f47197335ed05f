#include "analyzer/sql/builtin/known_extensions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace schemaudit {
namespace {

TEST(KnownExtensions, SayWhatTheyBring) {
  const KnownExtension* citext = find_known_extension("citext");
  ASSERT_NE(citext, nullptr);
  EXPECT_EQ(std::vector(citext->types.begin(), citext->types.end()),
            std::vector<std::string_view>{"citext"});
  EXPECT_TRUE(citext->has_operator_class("citext_ops"));
  EXPECT_TRUE(citext->relocatable);
  const auto functions = find_known_extension("uuid-ossp")->functions;
  EXPECT_NE(std::find(functions.begin(), functions.end(), "uuid_generate_v4"), functions.end());
  EXPECT_TRUE(find_known_extension("pg_trgm")->has_operator_class("gin_trgm_ops"));
  EXPECT_EQ(find_known_extension("plpgsql")->schema, "pg_catalog");
  EXPECT_EQ(find_known_extension("earthdistance")->required.front(), "cube");
  EXPECT_EQ(find_known_extension("no_such_extension"), nullptr);
}

}  // namespace
}  // namespace schemaudit
