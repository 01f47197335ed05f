#include "tests/support/test_server.h"

#include <sys/statvfs.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <string_view>

#include "analyzer/postgres/server_session.h"

namespace schemaudit {

namespace {

/// Databases for tests are some hundred small files each, which nobody keeps: they stand in memory
/// where there is room for them, which takes half of the time.
void stand_in_memory() {
  constexpr const char* kMemory = "/dev/shm";
  constexpr unsigned long kRoom = 4UL << 30U;
  struct statvfs room;
  // Tests of plug-ins load what they have built in their folders.
  if (::statvfs(kMemory, &room) == 0 && room.f_bavail * room.f_frsize >= kRoom &&
      !(room.f_flag & ST_NOEXEC) && ::access(kMemory, W_OK | X_OK) == 0)
    ::setenv("TMPDIR", kMemory, 0);
}

ScratchStart& started() {
  static ScratchStart start = [] {
    stand_in_memory();
    return ScratchServer::start();
  }();
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

FreshDatabase::~FreshDatabase() {
  try {
    test_server().run(test_server().conninfo("postgres"),
                      "DROP DATABASE \"" + database_name(conninfo) + "\" WITH (FORCE)");
  } catch (const std::exception& error) {
    ADD_FAILURE() << error.what();
  }
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
