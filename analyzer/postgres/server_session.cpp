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
  if (PQstatus(connection) != CONNECTION_OK) {
    Answer lost;
    lost.sqlstate = kConnectionLost;
    lost.message = "no connection";
    return lost;
  }
  std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection, sql.c_str()), PQclear);
  ExecStatusType status = PQresultStatus(result.get());
  Answer answer;
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) {
    answer.accepted = true;
    for (int r = 0; r < PQntuples(result.get()); ++r) {
      auto& row = answer.rows.emplace_back();
      for (int c = 0; c < PQnfields(result.get()); ++c)
        if (PQgetisnull(result.get(), r, c))
          row.emplace_back();
        else
          row.emplace_back(PQgetvalue(result.get(), r, c));
    }
    return answer;
  }
  auto field = [&](int code) {
    const char* value = PQresultErrorField(result.get(), code);
    return std::string(value ? value : "");
  };
  answer.sqlstate = field(PG_DIAG_SQLSTATE);
  answer.message = field(PG_DIAG_MESSAGE_PRIMARY);
  answer.constraint = field(PG_DIAG_CONSTRAINT_NAME);
  answer.column = field(PG_DIAG_COLUMN_NAME);
  if (PQstatus(connection) != CONNECTION_OK) {
    answer.sqlstate = kConnectionLost;
    // A connection that is cut leaves no word of the server.
    if (answer.message.empty()) answer.message = "the connection was lost";
  }
  if (std::string detail = field(PG_DIAG_MESSAGE_DETAIL); !detail.empty())
    answer.message += " (" + detail + ")";
  return answer;
}

bool ServerSession::in_transaction() const {
  return PQtransactionStatus(state_->connection.get()) != PQTRANS_IDLE;
}

}  // namespace schemaudit
