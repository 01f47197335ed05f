// Empty databases to try SQL in, each on a throw-away server of its own, or all on one that the
// user names; gone when this object is.
//
//   ScratchDatabases scratch;                       // servers of our own, started when needed
//   ScratchDatabase first = scratch.make();
//   if (first.conninfo.empty()) print(first.error);
#pragma once

#include <memory>
#include <string>

namespace schemaudit {

struct ScratchDatabase {
  std::string conninfo;
  /// What happened and what to do, without secrets; empty where `conninfo` is set.
  std::string error;
  /// As the server knows it.
  std::string name;
  /// The URL is malformed, as opposed to a server that refuses.
  bool usage_error = false;
};

class ScratchDatabases {
 public:
  /// `url`: a server on which databases may be created; empty: servers of our own.
  explicit ScratchDatabases(std::string url = {});
  /// Drops what was made.
  ~ScratchDatabases();
  ScratchDatabases(const ScratchDatabases&) = delete;
  ScratchDatabases& operator=(const ScratchDatabases&) = delete;

  ScratchDatabase make();
  /// Another database on the same server with all that `original` holds. Nobody may be connected
  /// to it meanwhile.
  ScratchDatabase copy(const ScratchDatabase& original);
  /// Before this object's end. Does nothing where it is gone.
  void drop(const ScratchDatabase& database);
  /// Whether the servers are throw-away ones, on which anything may be done.
  bool own_server() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace schemaudit
