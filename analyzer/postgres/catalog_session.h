// One read-only snapshot of a database, on a connection of its own, that neither waits for the
// locks of others nor keeps any itself.
//
//   CatalogSession session("postgresql://app@db/shop", {});
//   CatalogRow facts = session.open_snapshot("current_user");
//   for (const CatalogRow& row : session.rows("select oid, relname from pg_class")) ...
//   for (const CatalogRow& row : session.rows_beside_locks(
//            "select case when oid not in (select oid from busy) then pg_get_viewdef(oid) end "
//            "from pg_class where relkind = 'v'")) ...
//
// Functions such as pg_get_viewdef() lock what they tell of. Every statement therefore stands
// behind a savepoint and is rolled back to it within the same message, which gives its locks back
// and keeps the snapshot (PostgreSQL 15 manual, ROLLBACK TO SAVEPOINT).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "analyzer/postgres/catalog_rows.h"

namespace schemaudit {

struct SessionLimits {
  int connect_timeout_seconds = 10;
  /// For one statement; a shorter statement_timeout of the user's own holds instead.
  int statement_timeout_seconds = 120;
};

class CatalogSession {
 public:
  /// `conninfo` is ready for libpq. Throws ServerRefusal, as everything here does.
  CatalogSession(const std::string& conninfo, const SessionLimits& limits);
  ~CatalogSession();
  CatalogSession(const CatalogSession&) = delete;
  CatalogSession& operator=(const CatalogSession&) = delete;

  /// Begins; a snapshot that was open before ends. `facts` are expressions over pg_database d,
  /// the current one: the row of their values. Where others lock tables it waits for a moment,
  /// because most such locks are short.
  CatalogRow open_snapshot(const std::string& facts);

  /// Where somebody else's lock is in its way it is tried again for a moment.
  std::vector<CatalogRow> rows(const std::string& sql);

  /// `select` may read three tables: busy (oid), the relations that one transaction of others has
  /// locked, or waits to lock, against reading for longer than a moment; bound (classid, objid),
  /// the objects that depend on one of those; busy_views (oid), the views among both. Each try
  /// reads them anew; where none gets through, all relations are busy.
  std::vector<CatalogRow> rows_beside_locks(const std::string& select);

  /// Settings for the rest of the snapshot: a list of calls of set_config().
  void change_settings(const std::string& calls);

  /// Whether the server could make a plan of one statement; throws where it could not.
  void try_to_prepare(const std::string& sql);

  /// Ends the snapshot. Never throws: what was read is read.
  void close();

  /// The server's version, from open_snapshot() on.
  int version = 0;
  /// Sent so far.
  std::size_t statements = 0;

 private:
  /// Makes the snapshot good again where the server has refused a statement in it.
  void go_back_after_refusal();

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace schemaudit
