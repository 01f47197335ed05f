#include <gtest/gtest.h>

#include "analyzer/postgres/introspect.h"

namespace schemaudit {
namespace {

TEST(UnderstandUrl, TakesWhatLibpqTakes) {
  for (const char* good : {"postgresql://app@db.example:5433/shop", "postgres://db/shop",
                           "host=db dbname=shop", "postgresql://a:p%40ss@[::1]:5432/shop",
                           "postgresql:///shop?host=/run/postgresql&sslmode=require", ""}) {
    Conninfo understood = understand_url(good);
    EXPECT_TRUE(understood.value) << good << ": " << understood.error;
    EXPECT_TRUE(understood.notes.empty()) << good;
  }
}

TEST(UnderstandUrl, DropsDriversAndForeignParametersWithANote) {
  Conninfo alchemy = understand_url("postgresql+psycopg2://app:s3cret@db/shop");
  ASSERT_TRUE(alchemy.value) << alchemy.error;
  EXPECT_EQ(*alchemy.value, "postgresql://app:s3cret@db/shop");
  EXPECT_EQ(alchemy.notes.size(), 1u);

  Conninfo prisma =
      understand_url("postgresql://app@db/shop?schema=public&sslmode=disable&connection_limit=5");
  ASSERT_TRUE(prisma.value) << prisma.error;
  EXPECT_EQ(*prisma.value, "postgresql://app@db/shop?sslmode=disable");
  EXPECT_EQ(prisma.notes.size(), 2u);
}

TEST(UnderstandUrl, RefusesTheRestWithoutQuotingIt) {
  for (const char* bad :
       {"mysql://app:hunter22@db/shop", "postgresql://app:hunter22@db:port/shop", "hunter22",
        "host=db password='hunter22", "postgresql://app:hunter22%ZZ@db/shop"}) {
    Conninfo understood = understand_url(bad);
    EXPECT_FALSE(understood.value) << bad;
    EXPECT_FALSE(understood.error.empty()) << bad;
    EXPECT_EQ(understood.error.find("hunter22"), std::string::npos) << understood.error;
  }
}

TEST(DescribeConninfo, NamesTheDatabaseAndNeverThePassword) {
  EXPECT_EQ(describe_conninfo("postgresql://app:hunter22@db.example:5432/shop"),
            "db shop on db.example:5432 as app");
  EXPECT_EQ(describe_conninfo("host=/tmp/x port=5432 user=app password='hunter 22' dbname=shop"),
            "db shop on /tmp/x as app");
}

}  // namespace
}  // namespace schemaudit
