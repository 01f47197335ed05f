#include "analyzer/postgres/scratch_server.h"

#include <pwd.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <pqxx/pqxx>
#include <stdexcept>

#include "analyzer/model/names.h"
#include "analyzer/model/quoted_name.h"
#include "analyzer/postgres/conninfo.h"
#include "analyzer/postgres/pqxx_compat.h"
#include "analyzer/postgres/scratch_folder.h"
#include "analyzer/postgres/scratch_supervisor.h"

namespace schemaudit {

namespace {

/// Whether everybody may pass through the folder and all those above it.
bool is_open_to_all(const std::string& folder) {
  for (std::size_t end = 0; end != std::string::npos;) {
    end = folder.find('/', end + 1);
    struct stat facts;
    if (::stat(folder.substr(0, end).c_str(), &facts) != 0 || !(facts.st_mode & S_IXOTH))
      return false;
  }
  return true;
}

/// Where sockets may stand: their whole path has to fit into sockaddr_un.
std::string temporary_root() {
  constexpr std::size_t kRoom = sizeof(sockaddr_un::sun_path) - 50;
  const char* chosen = std::getenv("TMPDIR");
  // As root the server runs as somebody else, who may not reach a folder of root's.
  if (chosen && *chosen == '/' && std::strlen(chosen) < kRoom &&
      ::access(chosen, W_OK | X_OK) == 0 && (::geteuid() != 0 || is_open_to_all(chosen)))
    return chosen;
  return "/tmp";
}

std::optional<ServerUser> unprivileged_user() {
  for (const char* name : {"postgres", "nobody"})
    if (const passwd* entry = ::getpwnam(name); entry && entry->pw_uid != 0)
      return ServerUser{entry->pw_uid, entry->pw_gid};
  return std::nullopt;
}

}  // namespace

struct ScratchServer::State {
  std::string folder;
  SupervisedCluster cluster;
};

ScratchStart ScratchServer::start() {
  ScratchStart result;
  std::optional<ServerPrograms> programs = find_server_programs();
  if (!programs) {
    result.error =
        "no PostgreSQL server is installed (initdb and postgres are neither in PATH nor under "
        "/usr/lib/postgresql): install the package postgresql, e.g. apt-get install postgresql";
    return result;
  }
  ClusterPlan plan{*programs, {}, std::nullopt};
  if (::geteuid() == 0) {
    plan.user = unprivileged_user();
    if (!plan.user) {
      result.error =
          "PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it "
          "as: run schemaudit as another user";
      return result;
    }
  }
  const MadeFolder made = make_scratch_folder("schemaudit", temporary_root());
  if (!made.error.empty()) {
    result.error = made.error;
    return result;
  }
  const std::string& folder = made.path;
  plan.folder = folder;
  if (plan.user && ::chown(folder.c_str(), plan.user->uid, plan.user->gid) != 0) {
    result.error = "cannot give " + folder + " to the server's user: " + std::strerror(errno);
    ::rmdir(folder.c_str());
    return result;
  }

  auto state = std::make_unique<State>();
  state->folder = folder;
  state->cluster = supervise_cluster(plan);
  if (!state->cluster.error.empty()) {
    result.error = "the scratch PostgreSQL (" + programs->postgres +
                   ") did not start: " + state->cluster.error;
    return result;
  }
  result.server.reset(new ScratchServer(std::move(state)));
  return result;
}

ScratchServer::ScratchServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

ScratchServer::~ScratchServer() {
  stop_cluster(state_->cluster);
}

std::string ScratchServer::conninfo(const std::string& database, const std::string& role) const {
  return "host=" + conninfo_value(state_->folder) +
         " port=5432 user=" + conninfo_value(role.empty() ? "postgres" : role) +
         " dbname=" + conninfo_value(database);
}

std::string ScratchServer::create_database(const std::string& name) {
  // template0: nobody is ever connected to it, so two may be made at once.
  const std::string create = "CREATE DATABASE " + quoted_name(name) + " TEMPLATE template0";
  try {
    // Three times as fast for small databases; before PostgreSQL 15 the only way, and not spelled.
    run(conninfo("postgres"), create + " STRATEGY file_copy");
  } catch (const std::runtime_error&) {
    run(conninfo("postgres"), create);
  }
  return conninfo(name);
}

void ScratchServer::run(const std::string& conninfo, const std::string& sql) const {
  try {
    run_statements(conninfo, sql);
  } catch (const std::exception& error) {
    throw std::runtime_error(error.what());
  }
}

const std::string& ScratchServer::socket_folder() const {
  return state_->folder;
}

}  // namespace schemaudit
