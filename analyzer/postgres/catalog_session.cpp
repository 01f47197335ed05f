#include "analyzer/postgres/catalog_session.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <thread>
#include <utility>

#include "analyzer/postgres/answer_watch.h"
#include "analyzer/postgres/conninfo.h"
#include "analyzer/postgres/pqxx_compat.h"
#include "analyzer/postgres/server_refusal.h"

namespace schemaudit {

namespace {

/// For one lock that somebody took after the list of locks was read.
constexpr int kLockTimeoutMilliseconds = 300;
/// Of all statements of a snapshot together, so that a busy database does not hold it up for long.
constexpr int kMostRetries = 8;
constexpr auto kPauses = {50, 100, 200, 400};

constexpr const char* kSavepoint = "savepoint schemaudit_read";
constexpr const char* kBackToSavepoint = "rollback to savepoint schemaudit_read";

// A prepared transaction holds locks without a process.
constexpr const char* kForeignLocks =
    "select l.relation as oid, l.virtualtransaction as holder from pg_locks l "
    "where l.locktype = 'relation' "
    "and l.mode = 'AccessExclusiveLock' and l.relation is not null "
    "and l.pid is distinct from pg_backend_pid() and l.database = "
    "(select d.oid from pg_database d where d.datname = current_database())";

/// Those that the same transaction has had for a moment. A shorter one is over before the limit
/// for locks is. CASE keeps the order: the second look comes behind the sleep.
std::string lasting_foreign_locks() {
  const std::string locks = kForeignLocks;
  return "with seen as materialized (" + locks +
         ") select unnest(case when not exists (select from seen) then '{}'::oid[] "
         "when pg_sleep(0.05) is not null then array(select oid from (table seen intersect " +
         locks + ") again) end)";
}

std::string first_line(std::string line) {
  const std::size_t begin = line.find_first_not_of(" \n");
  if (begin == std::string::npos) return {};
  line.erase(0, begin);
  line.resize(std::min(line.find('\n'), line.size()));
  // libpqxx 8 says first what it was at.
  if (const std::size_t at = line.find("': ");
      line.starts_with("Failure during '") && at < line.size())
    line.erase(0, at + 3);
  for (const char* prefix : {"ERROR:", "FATAL:"})
    if (line.rfind(prefix, 0) == 0) line.erase(0, line.find_first_not_of(' ', 6));
  return line;
}

std::size_t characters_in(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

/// From 1, in characters of the statement, by the `LINE 2: ...` and the caret below it, which is
/// all that libpqxx hands on; 0 where the server gives none, 1 where it shows a part of the line
/// alone.
std::size_t position_in(const std::string& sql, const std::string& message) {
  const std::size_t mark = message.find("\nLINE ");
  if (mark == std::string::npos) return 0;
  const std::size_t shown = message.find(": ", mark);
  const std::size_t end = message.find('\n', mark + 1);
  if (shown == std::string::npos || end == std::string::npos || shown > end) return 1;
  std::size_t position = 1;
  std::size_t line_begin = 0;
  for (int line = std::atoi(message.c_str() + mark + 6); line > 1; --line) {
    line_begin = sql.find('\n', line_begin);
    if (line_begin == std::string::npos) return 1;
    ++line_begin;
  }
  position += characters_in(sql.substr(0, line_begin));
  const std::size_t caret = message.find('^', end);
  const std::size_t head = characters_in(message.substr(mark + 1, shown + 2 - (mark + 1)));
  if (caret == std::string::npos || message.compare(shown + 2, 3, "...") == 0) return position;
  const std::size_t column = caret - end - 1;
  return column >= head ? position + column - head : position;
}

}  // namespace

struct CatalogSession::State {
  std::string conninfo;
  SessionLimits limits;
  std::optional<pqxx::connection> connection;
  // Statements that open and end transactions are sent as they are.
  std::optional<pqxx::nontransaction> work;
  std::optional<AnswerWatch> watch;
  /// Whether a snapshot is open, and whether a refusal has made it useless until it goes back.
  bool is_open = false, in_error = false;
  /// Sent with the first statement that needs it: its settings are not to be rolled back.
  bool has_savepoint = false;
  int retries = 0;

  std::string told(const std::string& message) const {
    return without_password(first_line(message), conninfo);
  }

  [[noreturn]] void refuse(const std::exception& error, const std::string& sql) {
    if (watch && watch->expired()) throw ServerRefusal(watch->silence());
    const std::string message = error.what();
    std::string shown = told(message);
    if (shown.empty()) shown = "the connection to the server was lost";
    const auto* refused = dynamic_cast<const pqxx::sql_error*>(&error);
    // Where the connection is gone there is nothing to go back to.
    const std::string state = refused ? sqlstate_of(*refused) : std::string();
    in_error = is_open && !state.empty() && connection->is_open();
    throw ServerRefusal(shown, state, position_in(sql, message));
  }

  /// Statements in one message; the rows of `rows_of`, the place of one among them.
  std::vector<CatalogRow> send(const std::vector<std::string>& statements, std::size_t rows_of) {
    watch->restart();
    try {
      // It sends once it has them all.
      pqxx::pipeline pipeline(*work);
      pipeline.retain(static_cast<int>(statements.size()) + 1);
      std::vector<pqxx::pipeline::query_id> ids;
      for (const std::string& statement : statements) ids.push_back(pipeline.insert(statement));
      pipeline.resume();
      std::vector<CatalogRow> rows;
      for (std::size_t i = 0; i < ids.size(); ++i) {
        const pqxx::result result = pipeline.retrieve(ids[i]);
        if (i == rows_of) take(result, rows);
      }
      return rows;
    } catch (const std::exception& error) {
      refuse(error, statements[rows_of]);
    }
  }

  /// One statement, or several of which the last one's rows are wanted.
  std::vector<CatalogRow> run(const std::string& sql) {
    watch->restart();
    try {
      std::vector<CatalogRow> rows;
      take(work->exec(sql), rows);
      return rows;
    } catch (const std::exception& error) {
      refuse(error, sql);
    }
  }

  static void take(const pqxx::result& result, std::vector<CatalogRow>& rows) {
    rows.reserve(static_cast<std::size_t>(result.size()));
    for (decltype(result.size()) r = 0; r < result.size(); ++r) {
      CatalogRow& row = rows.emplace_back();
      row.fields.reserve(static_cast<std::size_t>(result.columns()));
      for (decltype(result.columns()) c = 0; c < result.columns(); ++c) {
        const auto field = result[r][c];
        if (field.is_null())
          row.fields.emplace_back();
        else
          row.fields.emplace_back(std::string(field.c_str(), field.size()));
      }
    }
  }
};

CatalogSession::CatalogSession(const std::string& conninfo, const SessionLimits& limits)
    : state_(new State{conninfo, limits, {}, {}, {}}) {
  try {
    state_->connection.emplace(with_defaults(conninfo, limits.connect_timeout_seconds));
    never_reconnect(*state_->connection);
    state_->work.emplace(*state_->connection);
  } catch (const std::exception& error) {
    throw ServerRefusal(state_->told(error.what()));
  }
  // Until the server's own time limit is known, which its first answer tells.
  state_->watch.emplace(state_->connection->sock(),
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
      "(select from pg_class c where c.oid >= 16384 and c.oid in (select oid from (" +
      kForeignLocks +
      ") l)) as busy, b.* from pg_database b, "
      // Shorter ones of the user's own hold.
      "(select min(setting::bigint) filter (where name = 'statement_timeout') as statement_limit, "
      "min(setting::bigint) filter (where name = 'lock_timeout') as lock_limit from "
      "(select name, setting from pg_settings union all values ('statement_timeout', '" +
      limit + "'), ('lock_timeout', '" + lock_limit +
      "')) s where name in ('statement_timeout', 'lock_timeout') and setting <> '0') limits "
      "where b.datname = current_database() offset 0) d";
  CatalogRow row;
  for (auto pause = kPauses.begin();; ++pause) {
    ++statements;
    std::vector<CatalogRow> rows = state_->run((state_->is_open ? "rollback; " : "") + begin);
    state_->is_open = true;
    state_->has_savepoint = false;
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
      if (std::exchange(state_->has_savepoint, true))
        return state_->send({sql, kBackToSavepoint}, 0);
      return state_->send({kSavepoint, sql, kBackToSavepoint}, 1);
    } catch (const ServerRefusal& refusal) {
      go_back_after_refusal();
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
    return rows(with(lasting_foreign_locks()));
  } catch (const ServerRefusal& refusal) {
    if (refusal.sqlstate != kLockNotAvailable) throw;
  }
  return rows(with("select c.oid from pg_class c"));
}

void CatalogSession::go_back_after_refusal() {
  if (!state_->in_error) return;
  state_->in_error = false;
  ++statements;
  state_->run(kBackToSavepoint);
}

void CatalogSession::change_settings(const std::string& calls) {
  ++statements;
  if (std::exchange(state_->has_savepoint, true))
    state_->send({"release savepoint schemaudit_read", "select " + calls, kSavepoint}, 1);
  else
    state_->send({"select " + calls, kSavepoint}, 0);
}

void CatalogSession::try_to_prepare(const std::string& sql) {
  state_->watch->restart();
  statements += 2;
  try {
    // Unlike the statement PREPARE this takes one alone, however the server reads its quotes.
    prepare_now(*state_->connection, sql);
  } catch (const std::exception& error) {
    try {
      state_->refuse(error, sql);
    } catch (const ServerRefusal&) {
      go_back_after_refusal();
      throw;
    }
  }
  state_->run(kBackToSavepoint);
}

void CatalogSession::close() {
  ++statements;
  try {
    state_->run("rollback");
    state_->is_open = false;
  } catch (const ServerRefusal&) {
    // The connection is gone, and the snapshot with it.
  }
}

}  // namespace schemaudit
