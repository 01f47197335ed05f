#include "analyzer/postgres/catalog_session.h"

#include <libpq-fe.h>

#include <algorithm>
#include <optional>
#include <thread>

#include "analyzer/postgres/answer_watch.h"
#include "analyzer/postgres/conninfo.h"
#include "analyzer/postgres/server_refusal.h"

namespace schemaudit {

namespace {

/// For one lock that somebody took after the list of locks was read.
constexpr int kLockTimeoutMilliseconds = 300;
/// Of all statements of a snapshot together, so that a busy database does not hold it up for long.
constexpr int kMostRetries = 8;
constexpr auto kPauses = {50, 100, 200, 400};

constexpr const char* kBackToSavepoint = "rollback to savepoint schemaudit_read";

// A prepared transaction holds locks without a process.
constexpr const char* kForeignLocks =
    "select l.relation as oid from pg_locks l where l.locktype = 'relation' "
    "and l.mode = 'AccessExclusiveLock' and l.relation is not null "
    "and l.pid is distinct from pg_backend_pid() and l.database = "
    "(select d.oid from pg_database d where d.datname = current_database())";

std::string first_line(const char* text) {
  std::string line = text ? text : "";
  const std::size_t begin = line.find_first_not_of(" \n");
  if (begin == std::string::npos) return {};
  line.erase(0, begin);
  line.resize(std::min(line.find('\n'), line.size()));
  for (const char* prefix : {"ERROR:", "FATAL:"})
    if (line.rfind(prefix, 0) == 0) line.erase(0, line.find_first_not_of(' ', 6));
  return line;
}

using Connection = std::unique_ptr<PGconn, void (*)(PGconn*)>;
using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;

}  // namespace

struct CatalogSession::State {
  Connection connection;
  std::string conninfo;
  SessionLimits limits;
  std::optional<AnswerWatch> watch;
  int retries = 0;

  std::string told(const char* message) const {
    return without_password(first_line(message), conninfo, connection.get());
  }

  ServerRefusal refusal(const PGresult* result) const {
    if (watch && watch->expired()) return ServerRefusal(watch->silence());
    auto field = [&](int code) {
      const char* value = result ? PQresultErrorField(result, code) : nullptr;
      return std::string(value ? value : "");
    };
    std::string message = told(field(PG_DIAG_MESSAGE_PRIMARY).c_str());
    if (message.empty()) message = told(PQerrorMessage(connection.get()));
    if (message.empty()) message = "the connection to the server was lost";
    const std::string position = field(PG_DIAG_STATEMENT_POSITION);
    return ServerRefusal(message, field(PG_DIAG_SQLSTATE),
                         position.empty() ? 0 : std::stoul(position));
  }

  /// The rows of the first statement of `sql` that gives any.
  std::vector<CatalogRow> send(const std::string& sql) {
    watch->restart();
    PGconn* server = connection.get();
    if (!PQsendQuery(server, sql.c_str())) throw refusal(nullptr);
    std::vector<CatalogRow> rows;
    bool answered = false;
    std::optional<ServerRefusal> refused;
    while (PGresult* next = PQgetResult(server)) {
      Result result(next, PQclear);
      const ExecStatusType status = PQresultStatus(next);
      if (status == PGRES_TUPLES_OK) {
        if (!answered) take(next, rows);
        answered = true;
      } else if (status != PGRES_COMMAND_OK && !refused) {
        refused = refusal(next);
        // Nothing that could be waited for is sent, but a copy, say, would never end.
        if (status != PGRES_FATAL_ERROR) break;
      }
    }
    if (refused) throw *refused;
    if (PQstatus(server) != CONNECTION_OK) throw refusal(nullptr);
    return rows;
  }

  static void take(const PGresult* result, std::vector<CatalogRow>& rows) {
    const int count = PQntuples(result), columns = PQnfields(result);
    rows.reserve(static_cast<std::size_t>(count));
    for (int r = 0; r < count; ++r) {
      CatalogRow& row = rows.emplace_back();
      row.fields.reserve(static_cast<std::size_t>(columns));
      for (int c = 0; c < columns; ++c)
        if (PQgetisnull(result, r, c))
          row.fields.emplace_back();
        else
          row.fields.emplace_back(std::string(PQgetvalue(result, r, c),
                                              static_cast<std::size_t>(PQgetlength(result, r, c))));
    }
  }
};

CatalogSession::CatalogSession(const std::string& conninfo, const SessionLimits& limits)
    : state_(new State{
          {PQconnectdb(with_defaults(conninfo, limits.connect_timeout_seconds).c_str()), PQfinish},
          conninfo,
          limits,
          {}}) {
  PGconn* connection = state_->connection.get();
  if (PQstatus(connection) != CONNECTION_OK) throw state_->refusal(nullptr);
  PQsetNoticeProcessor(
      connection, [](void*, const char*) {}, nullptr);
  // Until the server's own time limit is known, which its first answer tells.
  state_->watch.emplace(PQsocket(connection),
                        std::chrono::seconds(limits.connect_timeout_seconds) + kAnswerGrace);
}

CatalogSession::~CatalogSession() = default;

CatalogRow CatalogSession::open_snapshot(const std::string& facts) {
  const std::string limit = std::to_string(state_->limits.statement_timeout_seconds * 1000);
  const std::string lock_limit = std::to_string(kLockTimeoutMilliseconds);
  // Catalogs that nobody has analysed since many tables were made mislead the planner into
  // nested loops: 54 s where hash joins need 8 s, for 5,000 tables.
  const std::string begin =
      "begin isolation level repeatable read read only; "
      "select d.version, d.statement_limit, d.busy, " +
      facts +
      ", set_config('search_path', '', true), set_config('enable_nestloop', 'off', true), "
      "set_config('jit', 'off', true), set_config('statement_timeout', "
      "d.statement_limit::text, true), set_config('lock_timeout', d.lock_limit::text, true), "
      "set_config('DateStyle', 'ISO, MDY', true), set_config('IntervalStyle', 'postgres', true), "
      "set_config('TimeZone', 'UTC', true), set_config('extra_float_digits', '1', true), "
      "set_config('quote_all_identifiers', 'off', true) from (select "
      "current_setting('server_version_num') as version, limits.*, exists "
      "(select from pg_class c where c.oid >= 16384 and c.oid in (" +
      kForeignLocks +
      ")) as busy, b.* from pg_database b, "
      // Shorter ones of the user's own hold.
      "(select min(setting::bigint) filter (where name = 'statement_timeout') as statement_limit, "
      "min(setting::bigint) filter (where name = 'lock_timeout') as lock_limit from "
      "(select name, setting from pg_settings union all values ('statement_timeout', '" +
      limit + "'), ('lock_timeout', '" + lock_limit +
      "')) s where name in ('statement_timeout', 'lock_timeout') and setting <> '0') limits "
      "where b.datname = current_database() offset 0) d; savepoint schemaudit_read";
  CatalogRow row;
  for (auto pause = kPauses.begin();; ++pause) {
    const bool is_open = PQtransactionStatus(state_->connection.get()) != PQTRANS_IDLE;
    ++statements;
    std::vector<CatalogRow> rows = state_->send((is_open ? "rollback; " : "") + begin);
    if (rows.empty()) throw ServerRefusal("the server tells nothing of the database");
    row = std::move(rows[0]);
    if (!row.flag(2) || pause == kPauses.end()) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(*pause));
  }
  version = static_cast<int>(row.number(0));
  state_->watch->limit(std::chrono::milliseconds(row.number(1)) + kAnswerGrace);
  row.fields.erase(row.fields.begin(), row.fields.begin() + 3);
  return row;
}

std::vector<CatalogRow> CatalogSession::rows(const std::string& sql) {
  for (;;) {
    ++statements;
    try {
      return state_->send(sql + "; " + kBackToSavepoint);
    } catch (const ServerRefusal& refusal) {
      // Where the connection is gone there is nothing to go back to.
      if (PQtransactionStatus(state_->connection.get()) == PQTRANS_INERROR) {
        ++statements;
        state_->send(kBackToSavepoint);
      }
      if (refusal.sqlstate != kLockNotAvailable || state_->retries == kMostRetries) throw;
      ++state_->retries;
    }
  }
}

std::vector<CatalogRow> CatalogSession::rows_beside_locks(const std::string& select) {
  auto with = [&](const std::string& busy) {
    // Nothing is looked for where nobody holds such a lock.
    return "with busy(oid) as materialized (" + busy +
           "), bound(classid, objid) as materialized (select d.classid, d.objid from pg_depend d "
           "left join pg_type t on d.refclassid = 'pg_type'::regclass and t.oid = d.refobjid "
           "where exists (select from busy) and ((d.refclassid = 'pg_class'::regclass and "
           "d.refobjid in (select oid from busy)) or t.typrelid in (select oid from busy))), "
           "busy_views(oid) as materialized (select oid from busy union select r.ev_class "
           "from bound b join pg_rewrite r on r.oid = b.objid "
           "and b.classid = 'pg_rewrite'::regclass) " +
           select;
  };
  try {
    return rows(with(kForeignLocks));
  } catch (const ServerRefusal& refusal) {
    if (refusal.sqlstate != kLockNotAvailable) throw;
  }
  return rows(with("select c.oid from pg_class c"));
}

void CatalogSession::change_settings(const std::string& calls) {
  ++statements;
  state_->send("release savepoint schemaudit_read; select " + calls +
               "; savepoint schemaudit_read");
}

void CatalogSession::try_to_prepare(const std::string& sql) {
  PGconn* server = state_->connection.get();
  state_->watch->restart();
  statements += 2;
  // Unlike PREPARE this takes one statement alone, however the server reads its quotes.
  Result result(PQprepare(server, "", sql.c_str(), 0, nullptr), PQclear);
  std::optional<ServerRefusal> refused;
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) refused = state_->refusal(result.get());
  if (PQstatus(server) == CONNECTION_OK) state_->send(kBackToSavepoint);
  if (refused) throw *refused;
}

void CatalogSession::close() {
  ++statements;
  try {
    state_->send("rollback");
  } catch (const ServerRefusal&) {
    // The connection is gone, and the snapshot with it.
  }
}

}  // namespace schemaudit
