// A copy of a scratch database that goes when nobody needs it any more. Private to
// analyzer/migrations.
//
//   ScratchCopy copy(scratch, scratch.copy(original));
//   if (copy.error().empty()) run_files(copy.conninfo(), ...);
#pragma once

#include <string>
#include <utility>

#include "analyzer/postgres/scratch_database.h"

namespace schemaudit {

class ScratchCopy {
 public:
  ScratchCopy(ScratchDatabases& scratch, ScratchDatabase made)
      : scratch_(scratch), database_(std::move(made)) {}
  ~ScratchCopy() { scratch_.drop(database_); }
  ScratchCopy(const ScratchCopy&) = delete;
  ScratchCopy& operator=(const ScratchCopy&) = delete;

  const ScratchDatabase& database() const { return database_; }
  const std::string& conninfo() const { return database_.conninfo; }
  const std::string& error() const { return database_.error; }

 private:
  ScratchDatabases& scratch_;
  ScratchDatabase database_;
};

}  // namespace schemaudit
