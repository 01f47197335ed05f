#include "analyzer/postgres/scratch_sweeper.h"

#include <libpq-fe.h>
#include <unistd.h>

#include <memory>
#include <optional>

#include "analyzer/model/names.h"
#include "analyzer/postgres/conninfo.h"

namespace schemaudit {

namespace {

constexpr int kConnectTimeout = 10;

using Connection = std::unique_ptr<PGconn, void (*)(PGconn*)>;
using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;

/// How many there were; unset where the connection was lost over it.
std::optional<int> drop_all(PGconn* connection, const std::string& prefix) {
  const std::string list =
      "SELECT datname FROM pg_catalog.pg_database WHERE pg_catalog.starts_with(datname::text, '" +
      prefix + "')";
  Result names(PQexec(connection, list.c_str()), PQclear);
  for (int row = 0; row < PQntuples(names.get()); ++row) {
    // Sessions of the process that died may still be there.
    const std::string drop = "DROP DATABASE IF EXISTS " +
                             quote_identifier(PQgetvalue(names.get(), row, 0)) + " WITH (FORCE)";
    Result(PQexec(connection, drop.c_str()), PQclear);
  }
  if (PQstatus(connection) != CONNECTION_OK) return std::nullopt;
  return PQntuples(names.get());
}

/// Statements that name such a database go on without their client, CREATE DATABASE above all. A
/// role may end its own.
int end_statements(PGconn* connection, const std::string& prefix) {
  const std::string end =
      "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE "
      "usename = current_user AND pid <> pg_catalog.pg_backend_pid() AND state = 'active' "
      "AND pg_catalog.strpos(query, '" +
      prefix + "') > 0";
  Result ended(PQexec(connection, end.c_str()), PQclear);
  return PQntuples(ended.get());
}

Connection connect(const std::string& conninfo) {
  return Connection(PQconnectdb(with_defaults(conninfo, kConnectTimeout).c_str()), PQfinish);
}

/// Again where a connection is lost, as whatever has ended the process may have ended that, too.
void sweep(const std::string& conninfo, const std::string& prefix, bool died) {
  // What was on its way to the server when the process died begins only now.
  const int quiet_rounds = died ? 5 : 1;
  constexpr int kMostRounds = 300, kMostConnections = 5;
  Connection connection = connect(conninfo);
  int connections = 1, quiet = 0;
  for (int round = 0; round < kMostRounds && quiet < quiet_rounds; ++round) {
    // Whoever waits for this is not to wait for a server that is not there.
    if (PQstatus(connection.get()) != CONNECTION_OK) return;
    if (round > 0) ::usleep(200'000);
    const int busy = died ? end_statements(connection.get(), prefix) : 0;
    const std::optional<int> dropped = drop_all(connection.get(), prefix);
    if (!dropped) {
      if (++connections > kMostConnections) return;
      connection = connect(conninfo);
    }
    quiet = dropped && (!died || busy + *dropped == 0) ? quiet + 1 : 0;
  }
}

}  // namespace

ScratchSweeper::ScratchSweeper(const std::string& conninfo, const std::string& prefix)
    : sweep_([conninfo, prefix](bool died) { sweep(conninfo, prefix, died); }) {}

}  // namespace schemaudit
