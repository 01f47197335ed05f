#include "analyzer/postgres/introspect.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <pqxx/pqxx>
#include <stdexcept>

#include "analyzer/model/schema_digest.h"
#include "analyzer/postgres/answer_watch.h"
#include "analyzer/postgres/catalog_reader.h"
#include "analyzer/postgres/conninfo.h"
#include "analyzer/postgres/pqxx_compat.h"

namespace schemaudit {

namespace {

constexpr const char* kInsufficientPrivilege = "42501";

using Snapshot = pqxx::transaction<pqxx::isolation_level::repeatable_read>;

std::string first_line(const std::string& text) {
  std::size_t begin = text.find_first_not_of(" \n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
}

/// The server's words without `ERROR:  `.
std::string said(const std::string& what) {
  std::string line = first_line(what);
  for (const char* prefix : {"ERROR:", "FATAL:"})
    if (line.rfind(prefix, 0) == 0) line = line.substr(line.find_first_not_of(" ", 6));
  return line;
}

bool is_broken_query(const std::string& sqlstate) {
  // Neither a lacking privilege nor a placeholder of unknown type is the query's fault.
  return sqlstate != "42501" && sqlstate != "42P18" &&
         (sqlstate.rfind("42", 0) == 0 || sqlstate == "22P02");
}

/// Where in the document byte-position `position` (from 1, in code points) of its SQL stands.
Origin place_in(const DocumentedQuery& query, std::size_t position) {
  Origin at = query.origin;
  for (char c : query.sql) {
    if ((static_cast<unsigned char>(c) & 0xC0) == 0x80) continue;
    if (position <= 1) break;
    --position;
    if (c == '\n') {
      ++at.line;
      at.column = 1;
    } else {
      ++at.column;
    }
  }
  return at;
}

void prepare_queries(CatalogSession& session, const LiveOptions& options, LiveReading& reading) {
  if (options.queries.empty()) return;
  // Another session's lock on what a query reads is not waited for.
  session.rows(
      "select set_config('search_path', '\"$user\", public', true), set_config('lock_timeout', "
      "'500', true)");
  for (const DocumentedQuery& query : options.queries) {
    const std::string prefix = "prepare schemaudit_query as ";
    try {
      pqxx::subtransaction attempt(session.transaction);
      session.statements += 2;
      attempt.exec(prefix + query.sql);
      ++reading.prepared_queries;
      attempt.exec("deallocate schemaudit_query");
      attempt.commit();
    } catch (const pqxx::sql_error& error) {
      std::string sqlstate = sqlstate_of(error);
      if (!is_broken_query(sqlstate)) {
        // What a role may not read is told elsewhere.
        if (sqlstate != kInsufficientPrivilege) {
          Problem problem;
          problem.kind = ProblemKind::unreadable;
          problem.origin = query.origin;
          problem.message = "this query could not be prepared: " + said(error.what());
          reading.unprepared.push_back(std::move(problem));
        }
        continue;
      }
      BrokenQuery broken;
      broken.query = query;
      broken.error = said(error.what());
      broken.sqlstate = sqlstate;
      broken.at = query.origin;
      // `LINE 2: ...` and a caret is all of the position that libpqxx hands on.
      std::string text = error.what();
      std::size_t mark = text.find("\nLINE ");
      if (mark != std::string::npos) {
        int line = std::atoi(text.c_str() + mark + 6);
        std::size_t position = 1;
        for (int l = 1; l < line; ++l) position = query.sql.find('\n', position - 1) + 2;
        broken.at = place_in(query, 1);
        if (line > 1) {
          broken.at.line = query.origin.line + line - 1;
          broken.at.column = 1;
        }
        std::size_t shown = text.find(": ", mark);
        std::size_t end = text.find('\n', mark + 1);
        std::size_t caret = text.find('^', end == std::string::npos ? text.size() : end);
        if (shown != std::string::npos && caret != std::string::npos) {
          std::size_t offset = caret - end - 1;
          std::size_t head = shown + 2 - mark - 1;
          bool elided = text.compare(shown + 2, 3, "...") == 0;
          if (offset >= head && !elided) {
            int column = static_cast<int>(offset - head);
            if (line == 1) column -= static_cast<int>(prefix.size());
            if (column > 0) broken.at.column += column;
          }
        }
      }
      reading.broken_queries.push_back(std::move(broken));
    }
  }
}

std::string advice_for(const std::string& message) {
  auto says = [&](const char* words) { return message.find(words) != std::string::npos; };
  if (says("password authentication failed") || says("no password supplied"))
    return "; check the user and the password (PGPASSWORD or ~/.pgpass)";
  if (says("does not exist")) return "; check the name in the URL";
  if (says("Connection refused") || says("No such file")) return "; is the server running there?";
  if (says("could not translate host name")) return "; check the host name";
  if (says("lock timeout"))
    return "; another session holds a lock on a table or view that has to be read: try again";
  if (says("timeout") || says("timed out")) return "; the host did not answer in time";
  return "";
}

/// One snapshot of one connection.
void read_catalogs(pqxx::connection& connection, AnswerWatch& watch, const LiveOptions& options,
                   const std::string& name, LiveReading& reading) {
  Snapshot snapshot(connection);
  CatalogSession session{snapshot};
  session.watch = &watch;
  session.rows("set transaction read only");
  SourceResult source;
  source.role = Role::live;
  source.kind = "db";
  source.name = name;
  const std::string limit = std::to_string(options.statement_timeout_seconds * 1000);
  // Catalogs that nobody has analysed since many tables were made mislead the planner into
  // nested loops: 54 s where hash joins need 8 s, for 5,000 tables.
  CatalogRow facts = session.rows(
      "select set_config('search_path', '', true), set_config('enable_nestloop', 'off', true), "
      "set_config('jit', 'off', true), set_config('statement_timeout', '" +
      limit +
      "', true), set_config('lock_timeout', '5000', true), set_config('DateStyle', 'ISO, MDY', "
      "true), set_config('IntervalStyle', 'postgres', true), set_config('TimeZone', 'UTC', "
      "true), set_config('extra_float_digits', '1', true), "
      "set_config('quote_all_identifiers', 'off', true), current_setting('server_version'), "
      "current_setting('server_version_num'), current_database(), current_user, "
      "pg_encoding_to_char(encoding) from pg_database where datname = current_database()")[0];
  session.version = static_cast<int>(facts.number(11));
  source.server =
      ServerFacts{facts.text(10), session.version, facts.text(12), facts.text(13), facts.text(14)};
  CatalogReader(session, options, source).read();
  // Of what was read, whoever read it.
  source.digest = schema_digest(source.schema);
  prepare_queries(session, options, reading);
  source.problems.insert(source.problems.end(), reading.unprepared.begin(),
                         reading.unprepared.end());
  reading.statements = session.statements + 1;
  reading.source = std::move(source);
}

}  // namespace

LiveReading introspect(const LiveOptions& options) {
  LiveReading reading;
  Conninfo understood = understand_url(options.conninfo);
  if (!understood.value) {
    reading.error = understood.error;
    reading.usage_error = true;
    return reading;
  }
  const std::string conninfo = *understood.value;
  const std::string name = describe_conninfo(conninfo);
  try {
    pqxx::connection connection(with_defaults(conninfo, options.connect_timeout_seconds));
    // The server stops a statement by itself; one that is silent for longer has gone.
    const std::chrono::seconds silence(options.statement_timeout_seconds + 10);
    AnswerWatch watch(connection.sock(), silence);
    try {
      read_catalogs(connection, watch, options, name, reading);
    } catch (const std::exception&) {
      if (!watch.expired()) throw;
      throw std::runtime_error("the server has not answered for " +
                               std::to_string(silence.count()) + " s");
    }
  } catch (const std::exception& error) {
    std::string message = said(without_password(error.what(), conninfo));
    reading.source.reset();
    reading.error = "cannot read " + name + ": " + message + advice_for(message);
  }
  return reading;
}

}  // namespace schemaudit
