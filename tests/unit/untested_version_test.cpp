#include <gtest/gtest.h>

#include "analyzer/postgres/introspect.h"

namespace schemaudit {
namespace {

ServerFacts server(const char* version, int number) {
  ServerFacts facts;
  facts.version = version;
  facts.version_number = number;
  return facts;
}

TEST(UntestedVersion, IsToldOfServersThatNoTestRunsOn) {
  EXPECT_EQ(untested_version_note(server("13.9", 130009)), "");
  EXPECT_EQ(untested_version_note(server("18.1", 180001)), "");
  EXPECT_EQ(untested_version_note(server("19.0", 190000)),
            "note: the server is PostgreSQL 19.0, newer than this program knows (13, 15, 17 and "
            "18 are tested): what is new in it is not compared");
  EXPECT_EQ(untested_version_note(server("16.4", 160004)),
            "note: the server is PostgreSQL 16.4, which this program was not tried on (13, 15, 17 "
            "and 18 are tested)");
  EXPECT_EQ(untested_version_note(server("12.4", 120004)),
            "note: the server is PostgreSQL 12.4, older than this program was tried on (13, 15, "
            "17 and 18 are tested)");
}

}  // namespace
}  // namespace schemaudit
