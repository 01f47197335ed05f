#include "tests/support/test_server.h"

#include <cstdlib>
#include <string_view>

#include "analyzer/postgres/server_session.h"

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

int test_server_version() {
  ServerSession session(test_server().conninfo("postgres"));
  const ServerSession::Answer answer = session.run("SHOW server_version_num");
  return answer.accepted ? std::stoi(answer.rows.at(0).at(0).value_or("0")) : 0;
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
