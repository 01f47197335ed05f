#include "analyzer/postgres/server_session.h"

#include <libpq-fe.h>

namespace schemaudit {

struct ServerSession::State {
  std::unique_ptr<PGconn, void (*)(PGconn*)> connection;
};

ServerSession::ServerSession(const std::string& conninfo)
    : state_(new State{{PQconnectdb(conninfo.c_str()), PQfinish}}) {
  PQsetNoticeProcessor(
      state_->connection.get(), [](void*, const char*) {}, nullptr);
  run("SET client_encoding TO 'UTF8'");
}

ServerSession::~ServerSession() = default;

ServerSession::Answer ServerSession::run(const std::string& sql) {
  PGconn* connection = state_->connection.get();
  if (PQstatus(connection) != CONNECTION_OK) return {false, "08006", "no connection"};
  std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection, sql.c_str()), PQclear);
  ExecStatusType status = PQresultStatus(result.get());
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY)
    return {true, {}, {}};
  auto field = [&](int code) {
    const char* value = PQresultErrorField(result.get(), code);
    return std::string(value ? value : "");
  };
  Answer answer{false, field(PG_DIAG_SQLSTATE), field(PG_DIAG_MESSAGE_PRIMARY)};
  if (PQstatus(connection) != CONNECTION_OK) answer.sqlstate = "08006";
  if (std::string detail = field(PG_DIAG_MESSAGE_DETAIL); !detail.empty())
    answer.message += " (" + detail + ")";
  return answer;
}

bool ServerSession::in_transaction() const {
  return PQtransactionStatus(state_->connection.get()) != PQTRANS_IDLE;
}

}  // namespace schemaudit
