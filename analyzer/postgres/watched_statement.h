// Runs one statement of a script in the transaction it belongs to, and looks at what it did before
// the transaction ends. Private to analyzer/postgres.
//
//   StatementWatch watch(connection);
//   StatementRun seen = watch.run("ALTER TABLE users ADD CHECK (age > 0)", false, execute);
//
// A statement outside of a transaction gets one of its own, which psql would have given it just
// the same, so that its locks can be looked at; what refuses to run in one runs bare. A refused
// statement leaves an open transaction usable: a savepoint stands before each.
#pragma once

#include <libpq-fe.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "analyzer/postgres/statement_run.h"

namespace schemaudit {

class StatementWatch {
 public:
  /// Sets client_min_messages to debug1 and takes over the connection's notices.
  explicit StatementWatch(PGconn* connection);

  /// Sends the statement, its COPY data included; owned by the caller.
  using Execute = std::function<PGresult*()>;
  /// `controls_transaction`: BEGIN, COMMIT and the like, which run as they are.
  StatementRun run(const std::string& sql, bool controls_transaction, const Execute& execute);

 private:
  bool send(const std::string& sql);
  std::vector<std::vector<std::string>> rows(const std::string& sql);
  std::vector<TableLock> new_locks();
  std::vector<std::string> columns_of(const PGresult& refused);
  std::string broken_row(const PGresult& refused, const std::string& sql);
  std::string show_row(const std::string& relation, const std::string& columns,
                       const std::string& condition);
  static void take_answer(const PGresult* result, const std::string& sql, StatementRun& seen);

  PGconn* connection_;
  std::vector<std::string> notices_;
  /// Of the transaction that is open: mode by table.
  std::map<QualifiedName, std::string> held_;
};

}  // namespace schemaudit
