// Reads a live database into a Schema, in one read-only snapshot and with a number of
// statements that does not depend on its size.
//
//   LiveReading live = introspect({"postgresql://app@db/shop", {}});
//   if (!live.source) print(live.error);
//
// information_schema gives the standard facts and pg_catalog the rest, and the truth about what
// the first hides from the role (PostgreSQL 15 manual, chapter 37: its views show only what the
// role owns or has privileges on). Nothing is ever written.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/audit_input.h"
#include "analyzer/model/source.h"

namespace schemaudit {

struct LiveOptions {
  /// A libpq URI or conninfo; SQLAlchemy and Prisma URLs are understood. Empty: the libpq
  /// environment.
  std::string conninfo;
  /// Only these schemas; empty means all but the system's and the platform's.
  std::vector<std::string> schemas;
  /// Schemas that are read although they are a platform's: somebody else speaks of them.
  std::vector<std::string> also_schemas;
  /// Globs of relations to leave out, matched against `name` and `schema.name`.
  std::vector<std::string> ignore;
  int connect_timeout_seconds = 10;
  int statement_timeout_seconds = 120;
  /// Queries to prepare (never run) in the same session.
  std::vector<DocumentedQuery> queries;
  /// Told what is read next, where it is set.
  std::function<void(const std::string&)> progress = {};
};

struct LiveReading {
  /// Unset where the database could not be opened or read.
  std::optional<SourceResult> source;
  /// What happened and what to do, one line, without secrets; empty where `source` is set.
  std::string error;
  /// A malformed URL, as opposed to a database that refuses.
  bool usage_error = false;
  std::vector<BrokenQuery> broken_queries;
  std::size_t prepared_queries = 0;
  /// Statements sent to the server, for tests and the record.
  std::size_t statements = 0;
  /// Documented queries of which the server could not tell whether they are good.
  std::vector<Problem> unprepared = {};
};

/// The role of the result is `live`, its kind `db`, its name database and host without secrets.
LiveReading introspect(const LiveOptions& options);

/// What to tell of a server of a version that this program was never tried on; empty where it was.
std::string untested_version_note(const ServerFacts& server);

/// `postgresql+asyncpg://u:p@h/d?schema=public` -> what libpq takes; `notes` says what was
/// dropped. Unset for what is no URL and no conninfo; never quotes the input.
struct Conninfo {
  std::optional<std::string> value;
  std::vector<std::string> notes;
  std::string error;
};
Conninfo understand_url(const std::string& url);

/// For people: `db shop on db.example:5432 as app`. No password, whatever is in it.
std::string describe_conninfo(const std::string& conninfo);

}  // namespace schemaudit
