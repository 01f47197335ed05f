#include "analyzer/postgres/live_questions.h"

#include <libpq-fe.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include "analyzer/model/redact.h"
#include "analyzer/postgres/conninfo.h"
#include "analyzer/postgres/introspect.h"

namespace schemaudit {

namespace {

/// What is shown of a result that differs.
constexpr std::size_t kShownRows = 3;
constexpr int kRequiredRowTimeout = 10000;
constexpr const char* kSyntaxError = "42601";

using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;
using Texts = std::vector<std::string>;

std::string quoted(const std::string& identifier) {
  std::string text = "\"";
  for (char c : identifier) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

/// One connection, on which each question is a transaction of its own.
class Asker {
 public:
  Asker(const std::string& conninfo, int connect_timeout_seconds)
      : conninfo_(conninfo),
        connection_(PQconnectdb(with_defaults(conninfo, connect_timeout_seconds).c_str()),
                    PQfinish) {
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
  }

  LiveAnswer ask(const std::string& query, const Texts& parameters, int timeout_ms,
                 std::size_t rows) {
    LiveAnswer answer;
    // A query can end its own connection; the next one gets another.
    if (PQstatus(connection()) != CONNECTION_OK) PQreset(connection());
    if (PQstatus(connection()) != CONNECTION_OK) {
      answer.error = told(PQerrorMessage(connection()));
      return answer;
    }
    const std::string limit = std::to_string(timeout_ms);
    bool asked =
        run("begin isolation level repeatable read read only", {}, answer) &&
        run("select set_config('statement_timeout', $1, true), "
            "set_config('lock_timeout', $1, true), set_config('row_security', 'off', "
            "true), set_config('DateStyle', 'ISO, MDY', true), "
            "set_config('IntervalStyle', 'postgres', true), set_config('TimeZone', "
            "'UTC', true), set_config('extra_float_digits', '1', true), "
            "set_config('bytea_output', 'hex', true)",
            {limit}, answer) &&
        run("declare schemaudit_question no scroll cursor for " + query, parameters, answer);
    if (asked) {
      Result fetched =
          send("fetch forward " + std::to_string(rows) + " from schemaudit_question", {});
      if (accepted(fetched.get(), answer)) {
        take_rows(fetched.get(), answer);
        Result moved = send("move forward all in schemaudit_question", {});
        if (accepted(moved.get(), answer))
          answer.row_count = answer.rows.size() + static_cast<std::size_t>(std::strtoull(
                                                      PQcmdTuples(moved.get()), nullptr, 10));
      }
    }
    // Also undoes what a function of the query set for its session.
    send("rollback", {});
    if (!answer.error.empty()) answer.rows.clear();
    return answer;
  }

 private:
  PGconn* connection() const { return connection_.get(); }

  /// One line of what the server or libpq said.
  std::string told(const char* message) const {
    std::string text = message ? message : "";
    text.resize(std::min(text.find('\n'), text.size()));
    return without_password(text, conninfo_);
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

  static void take_rows(const PGresult* result, LiveAnswer& answer) {
    const int columns = PQnfields(result);
    for (int c = 0; c < columns; ++c) answer.columns.emplace_back(PQfname(result, c));
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

  std::string conninfo_;
  std::unique_ptr<PGconn, void (*)(PGconn*)> connection_;
};

/// Which relation a policy means by `table` or `schema.table`; the answer's error where it is
/// none, or one of several.
QualifiedName relation_named(const std::string& name, Asker& asker, LiveAnswer& answer) {
  answer = asker.ask(
      "select n.nspname, c.relname from pg_catalog.pg_class c join pg_catalog.pg_namespace n on "
      "n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in "
      "('pg_catalog', 'information_schema', 'pg_toast') and n.nspname not like 'pg\\_temp\\_%' "
      "and (c.relname::text = $1 or n.nspname || '.' || c.relname = $1) "
      "order by n.nspname <> 'public', n.nspname",
      {name}, kRequiredRowTimeout, 2);
  if (!answer.error.empty()) return {};
  if (answer.rows.empty()) {
    answer.sqlstate = "42P01";
    answer.error = "there is no table " + name;
    return {};
  }
  QualifiedName relation{answer.rows[0][0].value_or(""), answer.rows[0][1].value_or("")};
  if (answer.row_count > 1 && relation.schema != "public") {
    answer.error = "several schemas have a table " + name + "; write schema.table";
    return {};
  }
  return relation;
}

LiveAnswer ask_row(const RequiredRow& row, Asker& asker) {
  LiveAnswer answer;
  QualifiedName relation = relation_named(row.table, asker, answer);
  if (!answer.error.empty()) return answer;
  std::string columns, order;
  Texts values;
  for (const auto& [column, value] : row.values) {
    const std::string text = quoted(column) + "::text";
    values.push_back(value);
    columns += (columns.empty() ? "" : ", ") + text + " as " + quoted(column);
    order += (order.empty() ? "(" : " + (") + text + " is not distinct from $" +
             std::to_string(values.size()) + ")::int";
  }
  // The nearest row comes first: where it lacks a value, no row has them all.
  return asker.ask("select " + columns + " from " + quoted(relation.schema) + "." +
                       quoted(relation.name) + " order by " + order + " desc limit 1",
                   values, kRequiredRowTimeout, 1);
}

}  // namespace

bool has_live_questions(const Config& config) {
  return !config.checks.empty() ||
         std::any_of(config.policy.isolation.begin(), config.policy.isolation.end(),
                     [](const IsolationPolicy& policy) { return !policy.required_rows.empty(); });
}

LiveAnswers ask_live(const std::string& conninfo, const Config& config,
                     int connect_timeout_seconds) {
  Asker asker(conninfo, connect_timeout_seconds);
  LiveAnswers answers;
  for (const LiveCheck& check : config.checks) {
    std::size_t expected = check.expected ? check.expected->size() : 0;
    answers.checks.push_back(
        asker.ask(check.query, {}, check.timeout_ms, std::max(expected + 1, kShownRows)));
  }
  for (const IsolationPolicy& policy : config.policy.isolation)
    for (const RequiredRow& row : policy.required_rows)
      answers.required_rows.push_back(ask_row(row, asker));
  return answers;
}

}  // namespace schemaudit
