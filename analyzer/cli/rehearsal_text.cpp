#include <fmt/format.h>

#include <algorithm>

#include "analyzer/cli/rehearsal_report.h"
#include "reports/report_words.h"
#include "reports/text_writer.h"

namespace schemaudit {

namespace {

/// Of the locks, those that keep others from writing.
bool blocks_writers(const TableLock& lock) {
  return lock.mode == "AccessExclusiveLock" || lock.mode == "ExclusiveLock" ||
         lock.mode == "ShareRowExclusiveLock" || lock.mode == "ShareLock";
}

std::string outcome(const RehearsedStep& step) {
  if (!step.up.accepted) return "refused";
  if (!step.down.run) return "up, no way back";
  if (!step.restored.value_or(false)) return "up, not restored";
  return step.again.run && step.again.accepted ? "up, back, up again" : "up, back";
}

bool has_fault(const Rehearsal& rehearsal, const std::string& version) {
  return std::any_of(
      rehearsal.faults.begin(), rehearsal.faults.end(), [&](const RehearsalFault& fault) {
        return fault.gates &&
               std::find(fault.steps.begin(), fault.steps.end(), version) != fault.steps.end();
      });
}

void write_step(const RehearsedStep& step, const Rehearsal& rehearsal, TextWriter& writer) {
  const bool good = step.up.accepted && step.restored.value_or(!step.down.run) &&
                    !has_fault(rehearsal, step.version);
  writer.line(2, {{good ? "ok   " : "FAIL ", good ? Paint::good : Paint::high},
                  {step.version + " ", Paint::strong},
                  step.name + "  ",
                  {outcome(step), good ? Paint::faint : Paint::high},
                  {fmt::format("  {:.0f} ms up", step.up.seconds * 1000) +
                       (step.down.run ? fmt::format(", {:.0f} ms back", step.down.seconds * 1000)
                                      : std::string()),
                   Paint::faint}});
}

void write_fault(const RehearsalFault& fault, TextWriter& writer) {
  std::string after;
  if (fault.steps.size() > 1)
    after =
        "  (after " + counted(fault.steps.size(), "step") + ", first " + fault.steps.front() + ")";
  else if (!fault.steps.empty())
    after = "  (step " + fault.steps.front() + ")";
  writer.line(2, {{fault.gates ? "- " : "* ", fault.gates ? Paint::high : Paint::medium},
                  fault.message,
                  {after, Paint::faint}});
  if (fault.origin.from_file()) writer.line(6, {{to_string(fault.origin), Paint::place}});
  if (!fault.row.empty()) writer.line(6, {{"row: ", Paint::faint}, fault.row});
}

void write_faults(const Rehearsal& rehearsal, bool gating, const char* title, TextWriter& writer) {
  const auto& faults = rehearsal.faults;
  if (std::none_of(faults.begin(), faults.end(),
                   [&](const RehearsalFault& fault) { return fault.gates == gating; }))
    return;
  writer.section(title);
  for (const RehearsalFault& fault : faults)
    if (fault.gates == gating) write_fault(fault, writer);
}

/// What each step does to tables that are in use.
void write_locks(const Rehearsal& rehearsal, TextWriter& writer) {
  bool first = true;
  for (const RehearsedStep& step : rehearsal.steps)
    for (const StatementRun& statement : step.up.statements) {
      std::string locks;
      for (const TableLock& lock : statement.locks)
        if (blocks_writers(lock))
          locks += (locks.empty() ? "" : ", ") + lock.mode + " on " + lock.table.schema + "." +
                   lock.table.name;
      if (locks.empty() && statement.work.empty()) continue;
      if (first) writer.section("Locks and work on tables that were there before");
      first = false;
      std::string work;
      for (const std::string& each : statement.work) work += ", " + each;
      writer.line(2, {{to_string(Origin{statement.origin.uri, statement.origin.line, 0}) + "  ",
                       Paint::place},
                      locks.empty() ? work.substr(2) : locks + work});
    }
}

}  // namespace

std::string_view to_string(RehearsalVerdict verdict) {
  switch (verdict) {
    case RehearsalVerdict::pass:
      return "pass";
    case RehearsalVerdict::fail:
      return "fail";
    case RehearsalVerdict::incomplete:
      return "incomplete";
  }
  return "";
}

RehearsalVerdict RehearsalReport::verdict() const {
  if (rehearsal.failed()) return RehearsalVerdict::fail;
  return rehearsal.incomplete_because.empty() ? RehearsalVerdict::pass
                                              : RehearsalVerdict::incomplete;
}

std::string rehearsal_text(const RehearsalReport& report, const TextStyle& style) {
  TextWriter writer(style);
  const Rehearsal& rehearsal = report.rehearsal;
  const RehearsalVerdict verdict = report.verdict();
  std::string word(to_string(verdict));
  std::transform(word.begin(), word.end(), word.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  writer.line(0, {{word, verdict == RehearsalVerdict::pass ? Paint::good : Paint::high},
                  "  rehearsal of " + report.folder + " (" + std::string(to_string(report.tool)) +
                      ") on PostgreSQL " + rehearsal.server_version});
  for (const std::string& why : rehearsal.incomplete_because)
    writer.line(2, {{"not proved: ", Paint::medium}, why});
  writer.section("Steps");
  if (rehearsal.history > 0)
    writer.line(2, {{counted(rehearsal.history, "step") + " before ran as history", Paint::faint}});
  for (const RehearsedStep& step : rehearsal.steps) write_step(step, rehearsal, writer);
  if (rehearsal.whole_chain_restored)
    writer.line(2, {{*rehearsal.whole_chain_restored ? "ok   " : "FAIL ",
                     *rehearsal.whole_chain_restored ? Paint::good : Paint::high},
                    "all steps back, from the last to the first, and up again"});
  if (rehearsal.drop_orders > 0)
    writer.line(
        2, {"the drops of the rollback were run in " + counted(rehearsal.drop_orders, "order")});
  write_faults(rehearsal, true, "Faults", writer);
  write_faults(rehearsal, false, "Hazards", writer);
  write_locks(rehearsal, writer);
  writer.section("Rows");
  if (!report.rows.empty()) writer.line(2, {"given: " + report.rows});
  writer.line(2, {counted(rehearsal.generated_rows, "row") + " generated"});
  for (const auto& [table, why] : rehearsal.tables_without_rows)
    writer.line(2, {{"no row could be made for ", Paint::medium},
                    table.schema + "." + table.name + ": " + why});
  for (const StepOnEmptyTables& step : rehearsal.steps_on_empty_tables) {
    std::string tables;
    for (const QualifiedName& table : step.tables)
      tables += (tables.empty() ? "" : ", ") + table.schema + "." + table.name;
    writer.line(2, {{"step " + step.version + " was tried without rows in ", Paint::medium},
                    tables + ": with some it does not go up: " + step.reason});
  }
  return writer.take();
}

}  // namespace schemaudit
