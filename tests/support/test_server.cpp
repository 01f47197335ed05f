#include "tests/support/test_server.h"

#include <cstdlib>
#include <string_view>

namespace schemaudit {

namespace {

ScratchStart& started() {
  static ScratchStart start = ScratchServer::start();
  return start;
}

bool in_ci() {
  const char* ci = std::getenv("CI");
  return ci && std::string_view(ci) == "true";
}

}  // namespace

const std::string& test_server_error() {
  return started().error;
}

ScratchServer& test_server() {
  return *started().server;
}

std::string fresh_database() {
  static int count = 0;
  return test_server().create_database("fresh_" + std::to_string(++count));
}

std::string database_name(const std::string& conninfo) {
  std::size_t at = conninfo.rfind("dbname='");
  return conninfo.substr(at + 8, conninfo.size() - at - 9);
}

void LiveTest::SetUp() {
  if (test_server_error().empty()) return;
  if (in_ci()) FAIL() << test_server_error();
  GTEST_SKIP() << test_server_error();
}

}  // namespace schemaudit
