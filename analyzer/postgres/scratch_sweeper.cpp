#include "analyzer/postgres/scratch_sweeper.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "analyzer/model/names.h"
#include "analyzer/postgres/conninfo.h"
#include "analyzer/postgres/detached_child.h"

namespace schemaudit {

namespace {

constexpr int kConnectTimeout = 10;

void drop_all(const std::string& conninfo, const std::string& prefix) {
  std::unique_ptr<PGconn, void (*)(PGconn*)> connection(
      PQconnectdb(with_defaults(conninfo, kConnectTimeout).c_str()), PQfinish);
  if (PQstatus(connection.get()) != CONNECTION_OK) return;
  using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;
  const std::string list =
      "SELECT datname FROM pg_catalog.pg_database WHERE pg_catalog.starts_with(datname::text, '" +
      prefix + "')";
  Result names(PQexec(connection.get(), list.c_str()), PQclear);
  for (int row = 0; row < PQntuples(names.get()); ++row) {
    // Sessions of the process that died may still be there.
    const std::string drop = "DROP DATABASE IF EXISTS " +
                             quote_identifier(PQgetvalue(names.get(), row, 0)) + " WITH (FORCE)";
    Result(PQexec(connection.get(), drop.c_str()), PQclear);
  }
}

}  // namespace

ScratchSweeper::ScratchSweeper(const std::string& conninfo, const std::string& prefix) {
  int life[2];
  if (::pipe2(life, O_CLOEXEC) != 0) return;
  child_ = ::fork();
  if (child_ == 0) {
    detach();
    close_all_but(life[0], life[0]);
    direct_output_to("/dev/null");
    while (!pipe_closed(life[0], -1)) {
    }
    drop_all(conninfo, prefix);
    ::_exit(0);
  }
  ::close(life[0]);
  lifeline_ = life[1];
}

ScratchSweeper::~ScratchSweeper() {
  if (lifeline_ >= 0) ::close(lifeline_);
  int status = 0;
  if (child_ > 0)
    while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
    }
}

}  // namespace schemaudit
