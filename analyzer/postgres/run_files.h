// Runs SQL files on a server as psql would: statement by statement, going on after errors, in one
// session, with the transactions that the text itself begins and ends.
//
//   FileRun run = run_files(conninfo, files, {.own_server = true});
//   for (const Problem& problem : run.problems) ...   what the server refused, with its place
//
// The commands of psql are passed over, the data of COPY ... FROM stdin is fed.
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/source.h"
#include "analyzer/postgres/statement_run.h"
#include "analyzer/sql/text.h"

namespace schemaudit {

struct RunFilesOptions {
  /// The server is a throw-away of ours: roles that the text names are made, and nothing is held
  /// back. On somebody's server statements that reach beyond the database are not run.
  bool own_server = false;
  /// All of it in one transaction, as migration tools run a step.
  bool one_transaction = false;
  /// What follows a refused statement is not run, and where it stood in one_transaction all is
  /// undone.
  bool stop_at_error = false;
  /// Fills in FileRun::watched.
  bool watch = false;
};

struct FileRun {
  std::vector<Problem> problems;
  StatementCounts statements;
  /// With `watch`: one for each statement that was sent, in order.
  std::vector<StatementRun> watched;
  /// The role that owns what the files made without saying whose it is.
  std::string role;
  /// Why nothing could be run, or not to the end; empty where all was.
  std::string error;
};

FileRun run_files(const std::string& conninfo, const std::vector<SqlText>& files,
                  const RunFilesOptions& options);

}  // namespace schemaudit
