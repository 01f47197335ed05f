#include <algorithm>
#include <optional>

#include "analyzer/migrations/directives.h"
#include "analyzer/migrations/readers.h"
#include "analyzer/migrations/versions.h"

namespace schemaudit {

namespace {

/// What the sections of one direction give, in order; a file may have several pairs.
struct Direction {
  std::vector<SqlText> texts;
  std::optional<MigrationScript> script;

  void add(const MigrationFile& file, std::size_t begin, std::size_t end, int line,
           bool in_transaction) {
    const std::string text = only(file.text, begin, end);
    const bool empty = holds_no_statement(text);
    if (!script) script = MigrationScript{{file.uri, line, 1}, true, true};
    script->empty = script->empty && empty;
    script->in_transaction = script->in_transaction && in_transaction;
    texts.push_back({text, file.uri});
  }
};

}  // namespace

/// `20240101120000_users.sql` with `-- migrate:up` and `-- migrate:down`, both of which dbmate
/// demands.
MigrationReading read_dbmate(const MigrationFiles& files) {
  MigrationReading reading;
  reading.tool = MigrationTool::dbmate;
  for (const MigrationFile& file : files.files) {
    const std::string name = file_name(file);
    if (!name.ends_with(".sql")) continue;
    NumberedName numbered = numbered_name(name);
    if (numbered.version.empty()) {
      reading.faults.push_back(
          not_understood(file, 1, name + " begins with no number: dbmate passes over it."));
      continue;
    }
    Direction up, down;
    std::vector<Directive> directives = directives_in(file.text, DirectiveStyle::dbmate);
    for (std::size_t i = 0; i < directives.size(); ++i) {
      const Directive& each = directives[i];
      const std::size_t end =
          i + 1 < directives.size() ? directives[i + 1].begin : file.text.size();
      if (each.kind == DirectiveKind::up)
        up.add(file, each.end, end, each.line + 1, !each.without_transaction);
      else if (each.kind == DirectiveKind::down)
        down.add(file, each.end, end, each.line + 1, !each.without_transaction);
      else
        reading.faults.push_back(
            not_understood(file, each.line, "dbmate knows no directive `" + each.text + "`."));
    }
    if (!up.script) {
      reading.faults.push_back(
          not_understood(file, 1, name + " has no line `-- migrate:up`: dbmate refuses it."));
      continue;
    }
    Migration migration =
        step_of(file, numbered.version, numbered.rest.substr(0, numbered.rest.size() - 4));
    migration.step.up = *up.script;
    migration.up = std::move(up.texts);
    migration.step.down = down.script;
    migration.down = std::move(down.texts);
    reading.migrations.push_back(std::move(migration));
  }
  std::stable_sort(reading.migrations.begin(), reading.migrations.end(),
                   [](const Migration& a, const Migration& b) {
                     return comes_before(a.step.version, b.step.version);
                   });
  judge_numbers(reading);
  return reading;
}

}  // namespace schemaudit
