// A throw-away PostgreSQL: made by the installed initdb, on a unix socket in a private
// temporary folder, without TCP, gone when this object is.
//
//   ScratchStart start = ScratchServer::start();
//   if (!start.server) print(start.error);            // names the package to install
//   std::string url = start.server->create_database("app");
//
// PostgreSQL refuses to run as root: then it runs as an unprivileged user. The server is stopped
// and its folder removed also when this process is interrupted or dies: a small watcher process
// holds a pipe from this one and cleans up once it closes.
#pragma once

#include <memory>
#include <string>

namespace schemaudit {

struct ScratchStart;

class ScratchServer {
 public:
  static ScratchStart start();

  ~ScratchServer();
  ScratchServer(const ScratchServer&) = delete;
  ScratchServer& operator=(const ScratchServer&) = delete;

  /// A libpq conninfo for `database` as the superuser, or as `role` where that is given.
  std::string conninfo(const std::string& database, const std::string& role = {}) const;
  /// Makes an empty database and returns its conninfo. Throws std::runtime_error.
  std::string create_database(const std::string& name);
  /// Runs SQL text (several statements) as the superuser. Throws std::runtime_error with the
  /// server's message.
  void run(const std::string& conninfo, const std::string& sql) const;
  /// The folder of the socket.
  const std::string& socket_folder() const;

 private:
  struct State;
  explicit ScratchServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

struct ScratchStart {
  std::unique_ptr<ScratchServer> server;
  /// What happened and what to do; empty where `server` is set.
  std::string error;
};

}  // namespace schemaudit
