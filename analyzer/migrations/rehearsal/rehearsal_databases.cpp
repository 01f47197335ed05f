#include "analyzer/migrations/rehearsal/rehearsal_databases.h"

#include <algorithm>
#include <utility>

#include "analyzer/migrations/rehearsal/sample_rows.h"

namespace schemaudit {

bool RehearsalDatabases::make_plain() {
  plain_ = scratch_.make();
  if (plain_.conninfo.empty()) return stop(plain_.error);
  return load(plain_, plan_.before, "the state before");
}

bool RehearsalDatabases::make_with_rows(const Schema& schema) {
  with_rows_ = scratch_.copy(plain_);
  if (with_rows_.conninfo.empty()) return stop(with_rows_.error);
  if (!load(with_rows_, plan_.rows, "the rows given")) return false;
  plant_all(schema);
  return true;
}

bool RehearsalDatabases::renew_rows(const Schema& schema) {
  ScratchDatabase fresh = scratch_.copy(plain_);
  if (fresh.conninfo.empty()) return stop(fresh.error);
  scratch_.drop(with_rows_);
  with_rows_ = fresh;
  plant_all(schema);
  return true;
}

void RehearsalDatabases::drop() {
  scratch_.drop(plain_);
  scratch_.drop(with_rows_);
}

FileRun RehearsalDatabases::execute(const ScratchDatabase& database,
                                    const std::vector<SqlText>& texts,
                                    const MigrationScript& script, bool stop_at_error) {
  RunFilesOptions options;
  options.own_server = scratch_.own_server();
  options.one_transaction = script.in_transaction;
  options.stop_at_error = stop_at_error;
  options.watch = true;
  FileRun run = run_files(database.conninfo, texts, options);
  if (!run.error.empty()) lose(run.error);
  for (const Problem& problem : run.problems)
    result_.incomplete((problem.origin.from_file() ? to_string(problem.origin) + ": " : "") +
                       problem.message);
  return run;
}

bool RehearsalDatabases::load(const ScratchDatabase& database, const std::vector<SqlText>& texts,
                              const std::string& what) {
  if (texts.empty()) return true;
  RunFilesOptions options;
  options.own_server = scratch_.own_server();
  FileRun run = run_files(database.conninfo, texts, options);
  if (!run.error.empty()) return stop(run.error);
  if (run.statements.refused + run.statements.invalid == 0) return true;
  result_.incomplete(what + " could not be built whole: " +
                     std::to_string(run.statements.refused + run.statements.invalid) +
                     " statements are refused, the first at " +
                     to_string(run.problems.front().origin) + ": " + run.problems.front().message);
  return true;
}

void RehearsalDatabases::plant(const std::string& conninfo, const Schema& schema,
                               const std::vector<QualifiedName>& tables) {
  if (!plan_.generate_rows) return;
  PlantedRows planted = plant_rows(conninfo, schema, tables);
  result_.generated_rows += planted.rows;
  for (auto& without : planted.without)
    if (std::none_of(result_.tables_without_rows.begin(), result_.tables_without_rows.end(),
                     [&](const auto& known) { return known.first == without.first; }))
      result_.tables_without_rows.push_back(std::move(without));
}

RowContents RehearsalDatabases::contents(const std::string& conninfo) {
  RowContents rows = read_rows(conninfo);
  if (!rows.error.empty()) result_.incomplete("rows could not be compared: " + rows.error);
  return rows;
}

CatalogState RehearsalDatabases::state_of(const std::string& conninfo) {
  CatalogState state = read_state(conninfo);
  if (!state.error.empty()) lose(state.error);
  return state;
}

ScratchCopy RehearsalDatabases::copy_of(const ScratchDatabase& original) {
  ScratchDatabase made = scratch_.copy(original);
  if (!made.error.empty()) lose(made.error);
  return ScratchCopy(scratch_, std::move(made));
}

void RehearsalDatabases::lose(const std::string& why) {
  if (faults_before_loss_) return;
  faults_before_loss_ = result_.faults.size();
  result_.error = why;
}

void RehearsalDatabases::forget_what_came_of_it() {
  if (faults_before_loss_) result_.faults.resize(*faults_before_loss_);
}

bool RehearsalDatabases::stop(const std::string& error) {
  result_.error = error;
  return false;
}

void RehearsalDatabases::plant_all(const Schema& schema) {
  std::vector<QualifiedName> tables;
  for (const Relation& relation : schema.relations) tables.push_back(relation.name);
  plant(with_rows_.conninfo, schema, tables);
}

}  // namespace schemaudit
