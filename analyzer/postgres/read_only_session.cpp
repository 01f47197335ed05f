#include "analyzer/postgres/read_only_session.h"

#include <libpq-fe.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <utility>

#include "analyzer/model/redact.h"
#include "analyzer/postgres/answer_watch.h"
#include "analyzer/postgres/conninfo.h"

namespace schemaudit {

namespace {

constexpr const char* kSyntaxError = "42601";
/// Others' locks are not waited for any longer, in milliseconds.
constexpr const char* kLockTimeout = "2000";

using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;
using Texts = std::vector<std::string>;

}  // namespace

struct ReadOnlySession::State {
  std::string conninfo;
  std::unique_ptr<PGconn, void (*)(PGconn*)> owned;

  PGconn* connection() const { return owned.get(); }

  /// One line of what the server or libpq said.
  std::string told(const char* message) const {
    std::string text = message ? message : "";
    text.resize(std::min(text.find('\n'), text.size()));
    return without_password(text, conninfo, connection());
  }

  Result send(const std::string& sql, const Texts& parameters) {
    std::vector<const char*> values;
    for (const std::string& parameter : parameters) values.push_back(parameter.c_str());
    return {PQexecParams(connection(), sql.c_str(), static_cast<int>(values.size()), nullptr,
                         values.data(), nullptr, nullptr, 0),
            PQclear};
  }

  bool accepted(const PGresult* result, LiveAnswer& answer) const {
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return true;
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    answer.sqlstate = state ? state : "";
    answer.error = told(message ? message : PQerrorMessage(connection()));
    if (answer.error.empty()) answer.error = "the server gave no reason";
    if (answer.sqlstate == kSyntaxError)
      answer.error += "; it has to be one SELECT, VALUES, TABLE or WITH";
    return false;
  }

  bool run(const std::string& sql, const Texts& parameters, LiveAnswer& answer) {
    return accepted(send(sql, parameters).get(), answer);
  }

  /// A column that bears another name in the result is hidden by the one it has in its table.
  void take_table_columns(const PGresult* result, LiveAnswer& answer) {
    std::string places;
    for (int c = 0; c < PQnfields(result); ++c) {
      if (PQftable(result, c) == InvalidOid) continue;
      places += (places.empty() ? "(" : ", (") + std::to_string(c) + ", " +
                std::to_string(PQftable(result, c)) + "::oid, " +
                std::to_string(PQftablecol(result, c)) + ")";
    }
    if (places.empty()) return;
    Result names =
        send("select place, attname from (values " + places +
                 ") as shown (place, of_table, number) join pg_catalog.pg_attribute on attrelid = "
                 "of_table and attnum = number",
             {});
    // Where the role is refused this, or the time is up, the names in the result have to do.
    answer.table_columns.resize(answer.columns.size());
    for (int r = 0; r < PQntuples(names.get()); ++r)
      answer.table_columns.at(static_cast<std::size_t>(std::atoi(PQgetvalue(names.get(), r, 0)))) =
          PQgetvalue(names.get(), r, 1);
  }

  static void take_rows(const PGresult* result, LiveAnswer& answer) {
    const int columns = PQnfields(result);
    for (int c = 0; c < columns; ++c) {
      answer.columns.emplace_back(PQfname(result, c));
      answer.types.push_back(PQftype(result, c));
    }
    for (int r = 0; r < PQntuples(result); ++r) {
      std::vector<std::optional<std::string>> row;
      for (int c = 0; c < columns; ++c)
        row.push_back(PQgetisnull(result, r, c)
                          ? std::nullopt
                          : std::optional<std::string>(
                                std::string(PQgetvalue(result, r, c),
                                            static_cast<std::size_t>(PQgetlength(result, r, c)))));
      answer.rows.push_back(std::move(row));
    }
  }
};

ReadOnlySession::ReadOnlySession(const std::string& conninfo, int connect_timeout_seconds)
    : state_(new State{
          conninfo,
          {PQconnectdb(with_defaults(conninfo, connect_timeout_seconds).c_str()), PQfinish}}) {
  PQsetNoticeProcessor(
      state_->connection(), [](void*, const char*) {}, nullptr);
}

ReadOnlySession::~ReadOnlySession() = default;

LiveAnswer ReadOnlySession::ask(const std::string& query, const Texts& parameters, int timeout_ms,
                                std::size_t rows) {
  State& server = *state_;
  LiveAnswer answer;
  // A query can end its own connection; the next one gets another.
  if (PQstatus(server.connection()) != CONNECTION_OK) PQreset(server.connection());
  if (PQstatus(server.connection()) != CONNECTION_OK) {
    answer.error = server.told(PQerrorMessage(server.connection()));
    return answer;
  }
  const std::string limit = std::to_string(timeout_ms);
  AnswerWatch watch(PQsocket(server.connection()),
                    std::chrono::milliseconds(timeout_ms) + kAnswerGrace);
  bool asked = server.run("begin isolation level repeatable read read only", {}, answer);
  if (asked) {
    // A shorter limit of the user's own holds. Compiling some views of information_schema takes
    // 5 s, and running them 0.3 s.
    Result settings = server.send(
        "select limits.own, set_config('statement_timeout', limits.own::text, true), "
        "set_config('lock_timeout', limits.of_locks::text, true), "
        "set_config('row_security', 'off', true), set_config('DateStyle', 'ISO, MDY', true), "
        "set_config('IntervalStyle', 'postgres', true), set_config('TimeZone', 'UTC', true), "
        "set_config('extra_float_digits', '1', true), set_config('jit', 'off', true), "
        "set_config('bytea_output', 'hex', true) from (select "
        "min(setting::bigint) filter (where name = 'statement_timeout') as own, "
        "min(setting::bigint) as of_locks from (select name, setting from pg_catalog.pg_settings "
        "union all values ('statement_timeout', $1), ('lock_timeout', $2)) s where name in "
        "('statement_timeout', 'lock_timeout') and setting <> '0') limits",
        {limit, kLockTimeout});
    asked = server.accepted(settings.get(), answer);
    if (asked)
      watch.limit(std::chrono::milliseconds(std::atol(PQgetvalue(settings.get(), 0, 0))) +
                  kAnswerGrace);
  }
  asked = asked && server.run("declare schemaudit_question no scroll cursor for " + query,
                              parameters, answer);
  if (asked) {
    Result fetched =
        server.send("fetch forward " + std::to_string(rows) + " from schemaudit_question", {});
    if (server.accepted(fetched.get(), answer)) {
      server.take_rows(fetched.get(), answer);
      Result moved = server.send("move forward all in schemaudit_question", {});
      if (server.accepted(moved.get(), answer))
        answer.row_count = answer.rows.size() + static_cast<std::size_t>(std::strtoull(
                                                    PQcmdTuples(moved.get()), nullptr, 10));
      if (!answer.rows.empty()) server.take_table_columns(fetched.get(), answer);
    }
  }
  // Also undoes what a function of the query set for its session.
  server.send("rollback", {});
  if (watch.expired()) answer.error = watch.silence();
  if (!answer.error.empty()) answer.rows.clear();
  return answer;
}

}  // namespace schemaudit
