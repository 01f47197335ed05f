#include "analyzer/postgres/scratch_server.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

bool folder_exists(const std::string& path) {
  struct stat found {};
  return ::stat(path.c_str(), &found) == 0;
}

/// Whether any process has `text` in its command line.
bool process_mentions(const std::string& text) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
    std::ifstream file(entry.path() / "cmdline", std::ios::binary);
    std::string line((std::istreambuf_iterator<char>(file)), {});
    if (line.find(text) != std::string::npos) return true;
  }
  return false;
}

template <typename Condition>
bool becomes_true(Condition condition) {
  for (int attempt = 0; attempt < 500; ++attempt) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

using ScratchServerTest = LiveTest;

TEST_F(ScratchServerTest, RunsSqlInAPrivateFolderWithoutTcp) {
  std::string db = fresh_database();
  test_server().run(db, "CREATE TABLE t (id int); INSERT INTO t VALUES (1); DROP TABLE t;");
  struct stat folder {};
  ASSERT_EQ(::stat(test_server().socket_folder().c_str(), &folder), 0);
  EXPECT_EQ(folder.st_mode & 0777, 0700u);
  EXPECT_THROW(test_server().run(db, "SELECT * FROM absent"), std::runtime_error);
  // A division by zero would fail the statement: TCP is off where this passes.
  EXPECT_NO_THROW(
      test_server().run(db, "SELECT 1 / (current_setting('listen_addresses') = '')::int"));
}

TEST_F(ScratchServerTest, IsGoneWithItsObject) {
  ScratchStart start = ScratchServer::start();
  ASSERT_TRUE(start.server) << start.error;
  std::string folder = start.server->socket_folder();
  EXPECT_TRUE(process_mentions(folder));
  start.server.reset();
  EXPECT_FALSE(folder_exists(folder));
  EXPECT_FALSE(process_mentions(folder));
}

TEST_F(ScratchServerTest, LeavesNothingWhenItsProcessIsKilled) {
  int pipe_ends[2];
  ASSERT_EQ(::pipe(pipe_ends), 0);
  pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ScratchStart start = ScratchServer::start();
    std::string folder = start.server ? start.server->socket_folder() : "none";
    if (::write(pipe_ends[1], folder.data(), folder.size()) < 0) ::_exit(1);
    ::close(pipe_ends[1]);
    ::pause();
    ::_exit(0);
  }
  ::close(pipe_ends[1]);
  std::string folder;
  char buffer[256];
  for (ssize_t count; (count = ::read(pipe_ends[0], buffer, sizeof buffer)) > 0;)
    folder.append(buffer, static_cast<std::size_t>(count));
  ::close(pipe_ends[0]);
  ASSERT_NE(folder, "none");
  ASSERT_TRUE(folder_exists(folder));
  ASSERT_TRUE(process_mentions(folder));

  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(becomes_true([&] { return !folder_exists(folder) && !process_mentions(folder); }))
      << folder;
}

}  // namespace
}  // namespace schemaudit
