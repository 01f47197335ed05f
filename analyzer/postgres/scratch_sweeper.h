// Drops the databases that were made on somebody's server, when this object or the whole process
// is gone, a Ctrl-C and a crash included: a child process holds a pipe from this one and drops
// what is there once it closes. Private to analyzer/postgres.
//
//   ScratchSweeper sweeper(conninfo, "schemaudit_scratch_0a1b_");
#pragma once

#include <sys/types.h>

#include <string>

namespace schemaudit {

class ScratchSweeper {
 public:
  /// `prefix` is this process's own: letters, digits and underscores.
  ScratchSweeper(const std::string& conninfo, const std::string& prefix);
  /// Returns when the databases are gone.
  ~ScratchSweeper();
  ScratchSweeper(const ScratchSweeper&) = delete;
  ScratchSweeper& operator=(const ScratchSweeper&) = delete;

 private:
  pid_t child_ = -1;
  int lifeline_ = -1;
};

}  // namespace schemaudit
