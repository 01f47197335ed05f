#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "analyzer/comparison/schema_differences.h"
#include "analyzer/migrations/rehearsal/drop_only.h"
#include "analyzer/migrations/rehearsal/rehearsal.h"
#include "analyzer/migrations/rehearsal/rehearsal_databases.h"
#include "analyzer/migrations/rehearsal/restored_catalog.h"
#include "analyzer/migrations/rehearsal/sample_rows.h"
#include "analyzer/migrations/rehearsal/scratch_copy.h"
#include "analyzer/postgres/default_scope.h"
#include "analyzer/postgres/row_contents.h"
#include "analyzer/postgres/run_files.h"
#include "analyzer/sql/replay.h"

namespace schemaudit {

namespace {

/// A way back, and the state that it is to restore.
struct WayBack {
  const std::vector<SqlText>* texts = nullptr;
  const MigrationScript* script = nullptr;
  const CatalogState* goal = nullptr;
  const RowContents* rows = nullptr;
};

/// A database as it was before a step, with rows in those tables, too, that hold none where the
/// steps run: earlier steps have made them.
struct FilledTables {
  ScratchCopy copy;
  std::vector<QualifiedName> tables = {};
  RowContents rows = {};
};

bool is_about_rows(const StatementRun& statement) {
  // Class 23: integrity constraint violation; 22: data exception (Appendix A).
  return statement.sqlstate.starts_with("23") || statement.sqlstate.starts_with("22");
}

std::vector<const StatementRun*> refused(const FileRun& run) {
  std::vector<const StatementRun*> statements;
  for (const StatementRun& statement : run.watched)
    if (!statement.accepted) statements.push_back(&statement);
  return statements;
}

/// Whether `building index "i" on table "t" serially` is about a table of the schema; the server
/// names it last, and without its schema.
bool is_on(const Schema& schema, const std::string& work) {
  if (work.starts_with("validating")) return true;
  const std::size_t end = work.rfind('"');
  const std::size_t begin = end == 0 || end == std::string::npos ? end : work.rfind('"', end - 1);
  if (begin == std::string::npos || begin >= end) return false;
  const std::string name = work.substr(begin + 1, end - begin - 1);
  return std::any_of(schema.relations.begin(), schema.relations.end(),
                     [&](const Relation& relation) { return relation.name.name == name; });
}

/// Tables of `after` that the step made or whose definition it changed.
std::vector<QualifiedName> changed_tables(const Schema& before, const Schema& after, bool made) {
  std::vector<QualifiedName> tables;
  for (const Relation& relation : after.relations) {
    const Relation* was = before.find_relation(relation.name);
    if (made ? !was : was && !(*was == relation)) tables.push_back(relation.name);
  }
  return tables;
}

class Rehearser {
 public:
  Rehearser(const RehearsalPlan& plan, ScratchDatabases& scratch,
            const std::function<void(const std::string&)>& progress)
      : plan_(plan), progress_(progress), databases_(plan, scratch, result_) {}

  Rehearsal run() {
    if (begin()) take_steps();
    databases_.forget_what_came_of_it();
    databases_.drop();
    return std::move(result_);
  }

 private:
  void take_steps() {
    std::size_t at = first_;
    for (; at < plan_.migrations.migrations.size(); ++at) {
      const Migration& migration = plan_.migrations.migrations[at];
      progress_("step " + migration.step.version + " (" + std::to_string(at + 1) + " of " +
                std::to_string(plan_.migrations.migrations.size()) + ")");
      if (!rehearse_step(migration) || !result_.error.empty()) break;
    }
    if (result_.error.empty() && result_.steps.empty())
      result_.incomplete(plan_.migrations.migrations.empty()
                             ? "no step was tried: none of the files leads up"
                             : "no step was tried: all of them are history");
    if (!result_.tables_without_rows.empty())
      result_.incomplete(
          "no row could be made for " + std::to_string(result_.tables_without_rows.size()) +
          " tables, the first of them " + to_string(result_.tables_without_rows[0].first) +
          ": what becomes of their rows is not known; give some with --rows");
    if (result_.error.empty() && at == plan_.migrations.migrations.size()) {
      whole_chain();
      against_replay();
    } else if (result_.error.empty()) {
      result_.incomplete_because.push_back(
          "the steps after " + plan_.migrations.migrations[at].step.version + " were not tried");
    }
  }

  const ScratchDatabase& plain() const { return databases_.plain(); }
  const ScratchDatabase& with_rows() const { return databases_.with_rows(); }

  bool stop(const std::string& error) {
    result_.error = error;
    return false;
  }

  RehearsalFault& add(FaultKind kind, const std::string& step, const Origin& origin,
                      std::string message) {
    RehearsalFault fault;
    fault.kind = kind;
    fault.steps = {step};
    fault.origin = origin;
    fault.message = std::move(message);
    return add(std::move(fault));
  }

  /// What one way back from all steps does wrong after each of them is one fault.
  RehearsalFault& add(RehearsalFault fault) {
    for (RehearsalFault& known : result_.faults)
      if (known.kind == fault.kind && known.message == fault.message &&
          known.origin == fault.origin && known.object == fault.object) {
        if (known.row.empty()) known.row = fault.row;
        for (std::string& step : fault.steps)
          if (std::find(known.steps.begin(), known.steps.end(), step) == known.steps.end())
            known.steps.push_back(std::move(step));
        return known;
      }
    result_.faults.push_back(std::move(fault));
    return result_.faults.back();
  }

  bool begin() {
    if (!databases_.make_plain()) return false;
    const std::vector<Migration>& all = plan_.migrations.migrations;
    if (!plan_.from.empty()) {
      auto last = std::find_if(all.begin(), all.end(), [&](const Migration& migration) {
        return is_same_version(migration.step.version, plan_.from);
      });
      result_.unknown_version = last == all.end();
      if (last == all.end()) return stop("no step has the version " + plan_.from);
      first_ = static_cast<std::size_t>(last - all.begin()) + 1;
      result_.history = first_;
    }
    for (std::size_t at = 0; at < first_; ++at) {
      FileRun run = databases_.execute(plain(), all[at].up, all[at].step.up, true);
      if (std::vector<const StatementRun*> failed = refused(run); !failed.empty()) {
        add(FaultKind::step_failed, all[at].step.version, failed.front()->origin,
            failed.front()->message);
        return stop("step " + all[at].step.version + " of the history is refused at " +
                    to_string(failed.front()->origin) + ": " + failed.front()->message);
      }
    }
    now_ = databases_.state_of(plain().conninfo);
    if (!now_.error.empty()) return false;
    first_state_ = now_;
    result_.server_version = now_.server_version;
    if (!databases_.make_with_rows(now_.schema)) return false;
    first_rows_ = databases_.contents(with_rows().conninfo);
    return result_.error.empty();
  }

  /// Keeps what statements did to tables that were there before the step.
  void keep(const FileRun& run, const Schema& before, RehearsedScript& script) const {
    script.run = true;
    script.accepted = refused(run).empty();
    for (const StatementRun& statement : run.watched) {
      script.seconds += statement.seconds;
      StatementRun kept = statement;
      std::erase_if(kept.locks,
                    [&](const TableLock& lock) { return !before.find_relation(lock.table); });
      std::erase_if(kept.work, [&](const std::string& work) { return !is_on(before, work); });
      if (!kept.locks.empty() || !kept.accepted) script.statements.push_back(std::move(kept));
    }
  }

  /// False where nothing that follows can be tried.
  bool rehearse_step(const Migration& migration) {
    RehearsedStep& step = result_.steps.emplace_back();
    step.version = migration.step.version;
    step.name = migration.step.name;
    step.origin = migration.step.up.origin;
    const CatalogState before = now_;
    const RowContents rows_before = databases_.contents(with_rows().conninfo);
    std::unique_ptr<FilledTables> filled;
    if (leads_back(migration)) filled = fill_tables(before.schema, rows_before);

    FileRun up = databases_.execute(plain(), migration.up, migration.step.up, true);
    keep(up, before.schema, step.up);
    if (std::vector<const StatementRun*> failed = refused(up); !failed.empty()) {
      add(FaultKind::step_failed, step.version, failed.front()->origin,
          "the way up is refused: " + failed.front()->message)
          .row = failed.front()->row;
      return false;
    }
    now_ = databases_.state_of(plain().conninfo);
    if (!now_.error.empty()) return false;
    if (!step_with_rows(migration)) return false;
    if (filled && !goes_up(migration, *filled)) filled.reset();
    WayBack back;
    if (migration.step.down && !migration.step.down->empty) {
      back = {&migration.down, &*migration.step.down, &before, &rows_before};
    } else if (plan_.migrations.way_back_script) {
      back = {&plan_.migrations.way_back, &*plan_.migrations.way_back_script, &first_state_,
              &first_rows_};
    } else {
      // A folder of a tool that has none is no fault of the step.
      if (migration.step.down || has_ways_back())
        add(FaultKind::no_way_back, step.version, step.origin,
            "nothing leads back from step " + step.version)
            .gates = false;
      return true;
    }
    return way_back(migration, before, back, filled.get(), step);
  }

  bool leads_back(const Migration& migration) const {
    return (migration.step.down && !migration.step.down->empty) || plan_.migrations.way_back_script;
  }

  std::unique_ptr<FilledTables> fill_tables(const Schema& schema, const RowContents& rows) {
    std::vector<QualifiedName> empty;
    for (const auto& [table, held] : rows.tables)
      if (held.count == 0 && schema.find_relation(table)) empty.push_back(table);
    if (empty.empty() || !plan_.generate_rows || rows_are_new_) return nullptr;
    std::unique_ptr<FilledTables> filled(new FilledTables{databases_.copy_of(with_rows())});
    if (!filled->copy.error().empty()) return nullptr;
    databases_.plant(filled->copy.conninfo(), schema, empty);
    filled->rows = databases_.contents(filled->copy.conninfo());
    filled->tables = std::move(empty);
    return filled;
  }

  /// Whether the step goes up on these rows as it does without them. Where it does not, it may be
  /// the one that is meant to fill the tables: its way back is tried on them as they are.
  bool goes_up(const Migration& migration, FilledTables& filled) {
    const std::string& version = migration.step.version;
    if (rows_are_new_ || step_failed_on_rows(version)) return false;
    const FileRun up = databases_.execute(filled.copy.database(), migration.up, migration.step.up,
                                          plan_.migrations.tool != MigrationTool::markdown_plan);
    const std::vector<const StatementRun*> failed = refused(up);
    if (failed.empty()) return true;
    const StatementRun& first = *failed.front();
    result_.steps_on_empty_tables.push_back({version, std::move(filled.tables), first.message});
    if (!is_about_rows(first) || (first.verb != "alter" && first.verb != "create")) return false;
    RehearsalFault& fault = add(FaultKind::step_failed_on_rows, version, first.origin,
                                "the way up fails on rows such as may stand by then in tables that "
                                "earlier steps have made: " +
                                    first.message);
    fault.row = first.row;
    fault.gates = false;
    return false;
  }

  /// Besides them those tables of earlier steps that their foreign keys lead to, which have no rows
  /// yet either.
  std::vector<QualifiedName> with_targets(std::vector<QualifiedName> tables) const {
    for (std::size_t at = 0; at < tables.size(); ++at) {
      const Relation* table = now_.schema.find_relation(tables[at]);
      if (!table) continue;
      for (const ForeignKey& key : table->foreign_keys)
        if (!first_state_.schema.find_relation(key.target) &&
            std::find(tables.begin(), tables.end(), key.target) == tables.end())
          tables.push_back(key.target);
    }
    return tables;
  }

  bool has_ways_back() const {
    return std::any_of(plan_.migrations.migrations.begin(), plan_.migrations.migrations.end(),
                       [](const Migration& migration) { return migration.step.down.has_value(); });
  }

  /// The way up on the database with rows, which holds what the step makes of it afterwards.
  bool step_with_rows(const Migration& migration) {
    // As psql runs a plan, what follows a refused statement runs all the same.
    FileRun up = databases_.execute(with_rows(), migration.up, migration.step.up,
                                    plan_.migrations.tool != MigrationTool::markdown_plan);
    const std::vector<const StatementRun*> failed = refused(up);
    if (failed.empty()) return true;
    for (const StatementRun* statement : failed)
      add(FaultKind::step_failed_on_rows, migration.step.version, statement->origin,
          statement == failed.front() || is_about_rows(*statement)
              ? "the way up fails on tables that hold rows: " + statement->message
              : "and then: " + statement->message)
          .row = statement->row;
    CatalogState state = databases_.state_of(with_rows().conninfo);
    if (state.error.empty() && not_restored(now_, state).empty()) return true;
    // Rows that no step has touched stand for those that it could not take.
    if (!databases_.renew_rows(now_.schema)) return false;
    rows_are_new_ = true;
    return true;
  }

  bool way_back(const Migration& migration, const CatalogState& before, const WayBack& back,
                const FilledTables* filled, RehearsedStep& step) {
    const bool as_psql = plan_.migrations.tool == MigrationTool::markdown_plan;
    const bool from_all = back.goal == &first_state_;
    std::unique_ptr<ScratchCopy> own;
    if (!filled) own.reset(new ScratchCopy(databases_.copy_of(with_rows())));
    const ScratchCopy& copy = filled ? filled->copy : *own;
    if (!copy.error().empty()) return false;
    RowContents rows = filled && !from_all ? filled->rows : *back.rows;
    // Not where the next steps run: one may be meant to fill the tables that this one has made.
    std::vector<QualifiedName> without = changed_tables(before.schema, now_.schema, true);
    const std::size_t made = without.size();
    if (!filled) without = with_targets(std::move(without));
    std::erase_if(without, [&](const QualifiedName& table) {
      auto held = rows.tables.find(table);
      return held != rows.tables.end() && held->second.count > 0;
    });
    const bool gave_targets = !from_all && without.size() > made;
    databases_.plant(copy.conninfo(), now_.schema, without);
    // The way back owes nobody what was not there before the step.
    for (const QualifiedName& table : without) rows.tables.erase(table);
    FileRun down = databases_.execute(copy.database(), *back.texts, *back.script, !as_psql);
    keep(down, now_.schema, step.down);
    const std::vector<const StatementRun*> failed = refused(down);
    bool restored = true;
    if (!failed.empty()) {
      restored = false;
      way_back_failed(failed, back, step);
    }
    // What a transaction undid as a whole is no state to compare.
    const bool undone = !failed.empty() && back.script->in_transaction;
    if (!undone) restored = compare(copy.conninfo(), back, step) && restored;
    step.restored = restored;
    if (!restored) return true;
    compare_rows_after(migration, copy.conninfo(), before, rows, step);
    again(from_all ? first_ : first_ + result_.steps.size() - 1, back.goal->schema, copy.database(),
          gave_targets, step);
    new_rows(before, back, step);
    return true;
  }

  void way_back_failed(const std::vector<const StatementRun*>& failed, const WayBack& back,
                       const RehearsedStep& step) {
    bool structure = true;
    if (std::any_of(failed.begin(), failed.end(),
                    [](const StatementRun* statement) { return is_about_rows(*statement); }) &&
        back.script->in_transaction) {
      ScratchCopy empty = databases_.copy_of(plain());
      structure =
          empty.error().empty() &&
          !refused(databases_.execute(empty.database(), *back.texts, *back.script, true)).empty();
      // Without the rows it goes through: whether it restores the catalog can be told all the same.
      if (!structure) compare(empty.conninfo(), back, step);
    }
    for (const StatementRun* statement : failed) {
      const bool rows = is_about_rows(*statement) && (!structure || !back.script->in_transaction);
      add(rows ? (rows_are_new_ ? FaultKind::way_back_failed_on_new_rows
                                : FaultKind::way_back_failed_on_rows)
               : FaultKind::way_back_failed,
          step.version, statement->origin,
          (rows ? "the way back fails on tables that hold rows: " : "the way back is refused: ") +
              statement->message)
          .row = statement->row;
    }
  }

  /// Whether the catalog is the one that was to be restored.
  bool compare(const std::string& conninfo, const WayBack& back, const RehearsedStep& step) {
    CatalogState state = databases_.state_of(conninfo);
    if (!state.error.empty()) return false;
    std::vector<RehearsalFault> faults = not_restored(*back.goal, state);
    const bool same = faults.empty();
    for (RehearsalFault& fault : faults) {
      fault.steps = {step.version};
      fault.origin = back.script->origin;
      add(std::move(fault));
    }
    return same;
  }

  void compare_rows_after(const Migration& migration, const std::string& conninfo,
                          const CatalogState& before, const RowContents& rows,
                          const RehearsedStep& step) {
    if (rows_are_new_) return;
    const std::vector<RowChange> changes = compare_rows(rows, databases_.contents(conninfo));
    if (changes.empty()) return;
    std::set<std::string> spoken_of;
    Replay replay;
    replay_before(replay, migration);
    const std::size_t first = replay.statements();
    for (const SqlText& text : migration.up) replay.run(text);
    for (const SqlText& text : migration.down.empty() ? plan_.migrations.way_back : migration.down)
      replay.run(text);
    bool all_known = true;
    for (const Change& change : replay.current().changes) {
      if (change.statement < first) continue;
      all_known = all_known && change.kind != ChangeKind::unanalysed;
      spoken_of.insert(change.object.table.empty() ? change.object.name : change.object.table);
    }
    for (const RowChange& change : changes) {
      const bool untouched = all_known && spoken_of.count(change.table.name) == 0 &&
                             before.schema.find_relation(change.table);
      RehearsalFault fault;
      fault.kind = untouched ? FaultKind::untouched_rows_altered : FaultKind::rows_not_restored;
      fault.steps = {step.version};
      fault.origin = step.origin;
      fault.object = {"table", change.table.schema, change.table.name, change.table.name};
      fault.message = "the way back does not restore the rows of " + change.table.schema + "." +
                      change.table.name + ": " + change.what;
      fault.gates = untouched;
      add(std::move(fault));
    }
  }

  /// The statements before this step, for their effect on names alone.
  void replay_before(Replay& replay, const Migration& migration) const {
    for (const SqlText& text : plan_.before) replay.run(text);
    for (const Migration& earlier : plan_.migrations.migrations) {
      if (&earlier == &migration) return;
      replay_step(replay, plan_.migrations.tool, earlier);
    }
  }

  /// All steps from the one with this ordinal to the present one. Where rows were planted in tables
  /// that were there before, they may be what is in the way.
  void again(std::size_t from, const Schema& before, const ScratchDatabase& database,
             bool planted_before, RehearsedStep& step) {
    for (std::size_t at = from; at < first_ + result_.steps.size(); ++at) {
      const Migration& migration = plan_.migrations.migrations[at];
      FileRun up = databases_.execute(database, migration.up, migration.step.up, true);
      keep(up, before, step.again);
      const std::vector<const StatementRun*> failed = refused(up);
      if (failed.empty()) continue;
      // The first time it failed on the same rows.
      if (is_about_rows(*failed.front()) &&
          (planted_before || step_failed_on_rows(migration.step.version)))
        return;
      add(FaultKind::not_repeatable, step.version, failed.front()->origin,
          "once back, the way up is refused: " + failed.front()->message)
          .row = failed.front()->row;
      return;
    }
    CatalogState state = databases_.state_of(database.conninfo);
    for (RehearsalFault& fault : not_restored(now_, state)) {
      fault.message = "once back, the way up makes something else: " +
                      (fault.object.name.empty() ? fault.message : to_string(fault.object));
      fault.kind = FaultKind::not_repeatable;
      fault.steps = {step.version};
      fault.origin = step.origin;
      add(std::move(fault));
    }
  }

  bool step_failed_on_rows(const std::string& version) const {
    return std::any_of(result_.faults.begin(), result_.faults.end(),
                       [&](const RehearsalFault& fault) {
                         return fault.kind == FaultKind::step_failed_on_rows && fault.gates &&
                                fault.steps.front() == version;
                       });
  }

  /// The way back once rows stand in the tables that could not have been there before the step.
  void new_rows(const CatalogState& before, const WayBack& back, const RehearsedStep& step) {
    if (!plan_.generate_rows || rows_are_new_) return;
    const std::vector<QualifiedName> changed = changed_tables(before.schema, now_.schema, false);
    if (changed.empty()) return;
    ScratchCopy copy = databases_.copy_of(with_rows());
    if (!copy.error().empty()) return;
    plant_rows(copy.conninfo(), now_.schema, changed);
    FileRun down = databases_.execute(copy.database(), *back.texts, *back.script, true);
    for (const StatementRun* statement : refused(down)) {
      if (!is_about_rows(*statement)) continue;
      add(FaultKind::way_back_failed_on_new_rows, step.version, statement->origin,
          "the way back fails on rows such as may be written after the step: " + statement->message)
          .row = statement->row;
    }
  }

  void whole_chain() {
    const std::vector<Migration>& all = plan_.migrations.migrations;
    isolation();
    if (all.size() - first_ < 2) return;
    for (std::size_t at = first_; at < all.size(); ++at)
      if (!all[at].step.down || all[at].step.down->empty) return;
    progress_("all steps back, and up again");
    ScratchCopy copy = databases_.copy_of(with_rows());
    if (!copy.error().empty()) return;
    for (std::size_t at = all.size(); at-- > first_;)
      if (!refused(databases_.execute(copy.database(), all[at].down, *all[at].step.down, true))
               .empty()) {
        // That step's own fault tells it.
        result_.whole_chain_restored = false;
        return;
      }
    const CatalogState state = databases_.state_of(copy.conninfo());
    result_.whole_chain_restored = not_restored(first_state_, state).empty();
    for (std::size_t at = first_; at < all.size() && *result_.whole_chain_restored; ++at)
      if (!refused(databases_.execute(copy.database(), all[at].up, all[at].step.up, true)).empty())
        result_.whole_chain_restored = false;
  }

  void isolation() {
    std::vector<SqlText> ups = plan_.before;
    for (const Migration& migration : plan_.migrations.migrations)
      ups.insert(ups.end(), migration.up.begin(), migration.up.end());
    for (const IsolationPolicy& policy : plan_.isolation) {
      if (policy.rollback != "drop-only") continue;
      const std::vector<SqlText> back = rollback_of(policy, plan_.migrations);
      if (back.empty()) continue;
      for (RehearsalFault& fault : beyond_drops(policy, ups, back)) add(std::move(fault));
      DropOrders orders = try_drop_orders(with_rows().conninfo, back);
      if (!orders.error.empty()) databases_.lose(orders.error);
      result_.drop_orders += orders.tried;
      for (RehearsalFault& fault : orders.refused) add(std::move(fault));
    }
  }

  void against_replay() {
    Replay replay;
    for (const SqlText& text : plan_.before) replay.run(text);
    for (const Migration& migration : plan_.migrations.migrations)
      replay_step(replay, plan_.migrations.tool, migration);
    SourceResult replayed = replay.finish();
    // A live schema is without them.
    std::erase_if(replayed.schema.relations, [](const Relation& relation) {
      return is_bookkeeping_table(relation.name.name);
    });
    // The server's owner is ours, and nothing that the files say.
    for (Relation& relation : now_.schema.relations) relation.owner.clear();
    for (Relation& relation : replayed.schema.relations) relation.owner.clear();
    for (const Difference& difference :
         compare_whole(replayed.schema, now_.schema, {"the replay", "the server"}).differences) {
      RehearsalFault fault;
      fault.kind = FaultKind::differs_from_replay;
      fault.object = difference.object;
      fault.message = "the audit's replay and the server differ: " + difference.message;
      fault.gates = false;
      add(std::move(fault));
    }
  }

  const RehearsalPlan& plan_;
  const std::function<void(const std::string&)>& progress_;
  Rehearsal result_;
  RehearsalDatabases databases_;
  std::size_t first_ = 0;
  CatalogState now_, first_state_;
  RowContents first_rows_;
  /// The rows of with_rows() are such as the last step's schema allows, and were not there before.
  bool rows_are_new_ = false;
};

}  // namespace

Rehearsal rehearse(const RehearsalPlan& plan, ScratchDatabases& scratch,
                   const std::function<void(const std::string&)>& progress) {
  return Rehearser(plan, scratch, progress).run();
}

}  // namespace schemaudit
