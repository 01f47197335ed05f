// The process that owns a scratch cluster: it makes it, runs it, and takes it away when the
// process it was forked from asks for it or is gone.
//
//   SupervisedCluster cluster = supervise_cluster({programs, folder, std::nullopt});
//   ...
//   stop_cluster(cluster);   // or die: the supervisor sees the pipe close
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "analyzer/postgres/server_programs.h"

namespace schemaudit {

/// Whom to run the server as.
struct ServerUser {
  uid_t uid = 0;
  gid_t gid = 0;
};

struct ClusterPlan {
  ServerPrograms programs;
  /// Exists, is empty, private, and owned by whom the server runs as; holds everything.
  std::string folder;
  /// Unset: as this process.
  std::optional<ServerUser> user;
};

struct SupervisedCluster {
  pid_t supervisor = -1;
  /// The write end of a pipe: the cluster lives as long as it is open.
  int lifeline = -1;
  /// Why there is no cluster; empty where it accepts connections.
  std::string error;
};

/// Returns when the server accepts connections or has failed to.
SupervisedCluster supervise_cluster(const ClusterPlan& plan);
/// Returns when the server has ended and its folder is gone.
void stop_cluster(SupervisedCluster& cluster);

}  // namespace schemaudit
