// Drops the databases that were made on somebody's server, when this object or the whole process
// is gone, a Ctrl-C and a crash included; also one that the server was still making then. Private
// to analyzer/postgres.
//
//   ScratchSweeper sweeper(conninfo, "schemaudit_scratch_0a1b_");
#pragma once

#include <string>

#include "analyzer/postgres/afterwards.h"

namespace schemaudit {

class ScratchSweeper {
 public:
  /// `prefix` is this process's own: letters, digits and underscores. The destructor returns when
  /// the databases are gone.
  ScratchSweeper(const std::string& conninfo, const std::string& prefix);

 private:
  Afterwards sweep_;
};

}  // namespace schemaudit
