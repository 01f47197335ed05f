// A real PostgreSQL for tests: one scratch server for each test program, an empty database for
// each test that asks.
//
//   TEST_F(LiveTest, ...) {
//     std::string db = fresh_database();
//     test_server().run(db, "CREATE TABLE users (id int)");
//
// Where no server is installed, LiveTest skips its tests, visibly; where CI=true is set it fails
// them, so that a gate never passes for want of a server.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "analyzer/postgres/scratch_server.h"

namespace schemaudit {

/// Why there is no server; empty where there is one. Starts it.
const std::string& test_server_error();
/// Only where test_server_error() is empty.
ScratchServer& test_server();
/// The conninfo of a new, empty database, as the superuser.
std::string fresh_database();
/// One that goes with its owner.
struct FreshDatabase {
  FreshDatabase() = default;
  ~FreshDatabase();
  FreshDatabase(const FreshDatabase&) = delete;
  FreshDatabase& operator=(const FreshDatabase&) = delete;

  const std::string conninfo = fresh_database();
};
/// `server_version_num` of test_server(): 150018.
int test_server_version();
/// The name of the database in a conninfo of fresh_database().
std::string database_name(const std::string& conninfo);

class LiveTest : public testing::Test {
 protected:
  void SetUp() override;
};

}  // namespace schemaudit
