#include "analyzer/postgres/watched_statement.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

#include "analyzer/model/redact.h"
#include "analyzer/model/secret_names.h"
#include "analyzer/model/utf8.h"
#include "analyzer/postgres/server_session.h"

namespace schemaudit {

namespace {

using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;

constexpr std::size_t kLongestRow = 300;

// Errors that only say that the statement wants no transaction around it.
constexpr std::array<std::string_view, 2> kWantsNoTransaction = {"25001", "2D000"};

std::string field(const PGresult& result, int code) {
  const char* value = PQresultErrorField(&result, code);
  return value ? value : "";
}

std::string message_of(const PGresult& refused, const std::string& sql,
                       const std::optional<std::vector<std::string>>& columns = {}) {
  std::string message = without_secret_literal(field(refused, PG_DIAG_MESSAGE_PRIMARY),
                                               field(refused, PG_DIAG_SQLSTATE), sql);
  if (const std::string detail = field(refused, PG_DIAG_MESSAGE_DETAIL); !detail.empty())
    message +=
        " (" + without_secret_values(detail, field(refused, PG_DIAG_SQLSTATE), columns) + ")";
  return redact(message);
}

bool failed(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return !result || status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE;
}

void keep_notice(void* notices, const PGresult* notice) {
  const char* said = PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY);
  if (!said) return;
  const std::string_view text = said;
  for (std::string_view work : {"rewriting table", "verifying table", "building index",
                                "validating foreign key constraint"})
    if (text.starts_with(work)) {
      static_cast<std::vector<std::string>*>(notices)->emplace_back(text);
      return;
    }
}

/// From weak to strong (PostgreSQL 15 manual, 13.3.1).
std::size_t strength(const std::string& mode) {
  constexpr std::array<std::string_view, 8> kModes = {
      "AccessShareLock", "RowShareLock",          "RowExclusiveLock", "ShareUpdateExclusiveLock",
      "ShareLock",       "ShareRowExclusiveLock", "ExclusiveLock",    "AccessExclusiveLock"};
  return static_cast<std::size_t>(std::find(kModes.begin(), kModes.end(), mode) - kModes.begin());
}

}  // namespace

StatementWatch::StatementWatch(PGconn* connection) : connection_(connection) {
  PQsetNoticeReceiver(connection_, keep_notice, &notices_);
  send("SET client_min_messages TO 'debug1'");
}

bool StatementWatch::send(const std::string& sql) {
  return !failed(Result(PQexec(connection_, sql.c_str()), PQclear).get());
}

std::vector<std::vector<std::string>> StatementWatch::rows(const std::string& sql) {
  Result result(PQexec(connection_, sql.c_str()), PQclear);
  std::vector<std::vector<std::string>> rows;
  if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) return rows;
  for (int r = 0; r < PQntuples(result.get()); ++r) {
    std::vector<std::string>& row = rows.emplace_back();
    for (int c = 0; c < PQnfields(result.get()); ++c)
      row.emplace_back(PQgetvalue(result.get(), r, c));
  }
  return rows;
}

std::vector<TableLock> StatementWatch::new_locks() {
  std::vector<TableLock> taken;
  for (const std::vector<std::string>& row :
       rows("SELECT n.nspname, c.relname, l.mode FROM pg_catalog.pg_locks l "
            "JOIN pg_catalog.pg_class c ON c.oid = l.relation "
            "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
            "WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.granted "
            "AND l.mode <> 'AccessShareLock' AND c.relkind IN ('r', 'p', 'm') "
            "AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')")) {
    const QualifiedName table{row[0], row[1]};
    std::string& held = held_[table];
    if (!held.empty() && strength(held) >= strength(row[2])) continue;
    held = row[2];
    auto known = std::find_if(taken.begin(), taken.end(),
                              [&](const TableLock& lock) { return lock.table == table; });
    if (known == taken.end())
      taken.push_back({table, row[2]});
    else
      known->mode = row[2];
  }
  std::sort(taken.begin(), taken.end(),
            [](const TableLock& a, const TableLock& b) { return a.table < b.table; });
  return taken;
}

void StatementWatch::take_answer(const PGresult* result, const std::string& sql,
                                 StatementRun& seen) {
  seen.accepted = !failed(result);
  if (seen.accepted) return;
  if (!result) {
    seen.sqlstate = ServerSession::kConnectionLost;
    seen.message = "the connection is lost";
    return;
  }
  seen.sqlstate = field(*result, PG_DIAG_SQLSTATE);
  seen.message = message_of(*result, sql);
  if (const std::string at = field(*result, PG_DIAG_STATEMENT_POSITION); !at.empty())
    seen.position = std::stoul(at);
}

std::string StatementWatch::show_row(const std::string& relation, const std::string& columns,
                                     const std::string& condition) {
  std::string row;
  for (const std::vector<std::string>& cell :
       rows("SELECT e.key, coalesce(e.value, 'NULL') FROM (SELECT * FROM " + relation +
            " t WHERE " + condition +
            " LIMIT 1) t, pg_catalog.jsonb_each_text(pg_catalog.to_jsonb(t)) e WHERE " + columns)) {
    const bool is_shown = cell[1] == "NULL" || !names_a_secret(cell[0]);
    row += (row.empty() ? "" : ", ") + cell[0] + " = " +
           (is_shown ? without_secret_members(cell[1]) : "***");
  }
  if (row.size() > kLongestRow) row = std::string(cut_at_character(row, kLongestRow)) + "...";
  return redact(row);
}

/// Of the table that the refusal names.
std::vector<std::string> StatementWatch::columns_of(const PGresult& refused) {
  auto literal = [&](int code) {
    const std::string name = field(refused, code);
    std::unique_ptr<char, void (*)(void*)> text(
        PQescapeLiteral(connection_, name.c_str(), name.size()), PQfreemem);
    return std::string(text ? text.get() : "NULL");
  };
  std::vector<std::string> names;
  for (std::vector<std::string>& row :
       rows("SELECT a.attname FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = "
            "a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE a.attnum > "
            "0 AND NOT a.attisdropped AND c.relname = " +
            literal(PG_DIAG_TABLE_NAME) + " AND n.nspname = " + literal(PG_DIAG_SCHEMA_NAME)))
    names.push_back(std::move(row[0]));
  return names;
}

std::string StatementWatch::broken_row(const PGresult& refused, const std::string& sql) {
  const std::string state = field(refused, PG_DIAG_SQLSTATE);
  const std::string detail = field(refused, PG_DIAG_MESSAGE_DETAIL);
  const std::string table = field(refused, PG_DIAG_TABLE_NAME);
  // What the server shows of the row is part of the message already.
  if (!detail.empty() || table.empty()) return {};
  auto quoted = [&](const std::string& name) {
    std::unique_ptr<char, void (*)(void*)> text(
        PQescapeIdentifier(connection_, name.c_str(), name.size()), PQfreemem);
    return std::string(text ? text.get() : "");
  };
  auto literal = [&](const std::string& value) {
    std::unique_ptr<char, void (*)(void*)> text(
        PQescapeLiteral(connection_, value.c_str(), value.size()), PQfreemem);
    return std::string(text ? text.get() : "NULL");
  };
  const std::string relation = quoted(field(refused, PG_DIAG_SCHEMA_NAME)) + "." + quoted(table);
  const std::string key_columns =
      "e.key IN (SELECT a.attname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute a ON "
      "a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indisprimary AND i.indrelid "
      "= " +
      literal(relation) + "::pg_catalog.regclass)";
  constexpr std::string_view kNotNull = "23502", kCheck = "23514";
  if (state == kNotNull) {
    const std::string column = field(refused, PG_DIAG_COLUMN_NAME);
    std::string row = show_row(relation, "(" + key_columns + " OR e.key = " + literal(column) + ")",
                               quoted(column) + " IS NULL");
    if (!row.empty()) return row;
    // A column that the statement was to add.
    send("ROLLBACK TO SAVEPOINT schemaudit_watch");
    return show_row(relation, key_columns, "true");
  }
  if (state != kCheck) return {};
  // The constraint as the statement would have made it, without its look at the rows.
  if (!send(sql + " NOT VALID")) {
    send("ROLLBACK TO SAVEPOINT schemaudit_watch");
    return {};
  }
  const std::vector<std::vector<std::string>> constraint = rows(
      "SELECT pg_catalog.pg_get_expr(conbin, conrelid), coalesce((SELECT "
      "string_agg(quote_literal(attname), ', ') FROM pg_catalog.pg_attribute WHERE attrelid = "
      "conrelid AND attnum = ANY (conkey)), '''''') FROM pg_catalog.pg_constraint WHERE "
      "conname = " +
      literal(field(refused, PG_DIAG_CONSTRAINT_NAME)) + " AND conrelid = " + literal(relation) +
      "::pg_catalog.regclass");
  std::string row;
  if (!constraint.empty())
    row = show_row(relation, "(" + key_columns + " OR e.key IN (" + constraint.front()[1] + "))",
                   "NOT (" + constraint.front()[0] + ")");
  send("ROLLBACK TO SAVEPOINT schemaudit_watch");
  return row;
}

StatementRun StatementWatch::run(const std::string& sql, bool controls_transaction,
                                 const Execute& execute) {
  StatementRun seen;
  notices_.clear();
  const auto started = std::chrono::steady_clock::now();
  auto finish = [&] {
    seen.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    std::sort(notices_.begin(), notices_.end());
    notices_.erase(std::unique(notices_.begin(), notices_.end()), notices_.end());
    seen.work = notices_;
  };
  if (controls_transaction) {
    Result result(execute(), PQclear);
    take_answer(result.get(), sql, seen);
    finish();
    if (PQtransactionStatus(connection_) == PQTRANS_IDLE) held_.clear();
    return seen;
  }
  const bool own = PQtransactionStatus(connection_) == PQTRANS_IDLE;
  if (own) {
    held_.clear();
    send("BEGIN");
  }
  send("SAVEPOINT schemaudit_watch");
  Result result(execute(), PQclear);
  take_answer(result.get(), sql, seen);
  finish();
  if (!seen.accepted && own &&
      std::find(kWantsNoTransaction.begin(), kWantsNoTransaction.end(), seen.sqlstate) !=
          kWantsNoTransaction.end()) {
    send("ROLLBACK");
    seen = StatementRun();
    result.reset(execute());
    take_answer(result.get(), sql, seen);
    finish();
    return seen;
  }
  if (!seen.accepted) {
    send("ROLLBACK TO SAVEPOINT schemaudit_watch");
    if (const std::vector<std::string> columns =
            result ? columns_of(*result) : std::vector<std::string>();
        !columns.empty()) {
      seen.message = message_of(*result, sql, columns);
      seen.row = broken_row(*result, sql);
    }
    send(own ? "ROLLBACK" : "RELEASE SAVEPOINT schemaudit_watch");
    return seen;
  }
  seen.locks = new_locks();
  send("RELEASE SAVEPOINT schemaudit_watch");
  if (!own) return seen;
  // What is deferred is checked here.
  Result ended(PQexec(connection_, "COMMIT"), PQclear);
  if (failed(ended.get())) take_answer(ended.get(), sql, seen);
  return seen;
}

}  // namespace schemaudit
