#include <algorithm>

#include "analyzer/migrations/directives.h"
#include "analyzer/migrations/readers.h"
#include "analyzer/migrations/versions.h"
#include "analyzer/model/digest.h"

namespace schemaudit {

namespace {

struct Sections {
  std::size_t up_begin = 0, up_end = 0, down_begin = 0, down_end = 0;
  int up_line = 0, down_line = 0;
  bool has_up = false, has_down = false, in_transaction = true;
};

Sections cut(const MigrationFile& file, std::vector<ChainFault>& faults) {
  Sections sections;
  std::size_t* open_end = nullptr;
  for (const Directive& each : directives_in(file.text, DirectiveStyle::goose)) {
    switch (each.kind) {
      case DirectiveKind::up:
        if (sections.has_up)
          faults.push_back(not_understood(file, each.line, "A second `-- +goose Up`."));
        sections.has_up = true;
        sections.up_begin = each.end;
        sections.up_line = each.line + 1;
        open_end = &sections.up_end;
        *open_end = file.text.size();
        break;
      case DirectiveKind::down:
        if (open_end) *open_end = each.begin;
        sections.has_down = true;
        sections.down_begin = each.end;
        sections.down_line = each.line + 1;
        open_end = &sections.down_end;
        *open_end = file.text.size();
        break;
      case DirectiveKind::no_transaction:
        sections.in_transaction = false;
        break;
      case DirectiveKind::substitution_on:
        faults.push_back(not_understood(file, each.line,
                                        "`ENVSUB ON` puts variables of the environment into the "
                                        "SQL, which cannot be known here."));
        break;
      case DirectiveKind::unknown:
        faults.push_back(
            not_understood(file, each.line, "goose knows no directive `" + each.text + "`."));
        break;
      default:
        break;
    }
  }
  return sections;
}

}  // namespace

/// `00001_users.sql` with the sections `-- +goose Up` and `-- +goose Down`.
MigrationReading read_goose(const MigrationFiles& files) {
  MigrationReading reading;
  reading.tool = MigrationTool::goose;
  for (const MigrationFile& file : files.files) {
    const std::string name = file_name(file);
    if (name.ends_with(".go") && !name.ends_with("_test.go") &&
        !numbered_name(name).version.empty())
      add_unread_step(reading, file);
    if (!name.ends_with(".sql")) continue;
    NumberedName numbered = numbered_name(name);
    if (numbered.version.empty()) {
      reading.faults.push_back(
          not_understood(file, 1, name + " begins with no number: goose passes over it."));
      continue;
    }
    const Sections sections = cut(file, reading.faults);
    if (!sections.has_up) {
      reading.faults.push_back(
          not_understood(file, 1, name + " has no line `-- +goose Up`: goose refuses it."));
      continue;
    }
    const std::string up = only(file.text, sections.up_begin, sections.up_end);
    Migration migration =
        step_of(file, numbered.version, numbered.rest.substr(0, numbered.rest.size() - 4));
    migration.step.up = {
        {file.uri, sections.up_line, 1}, holds_no_statement(up), sections.in_transaction};
    migration.up = {{up, file.uri}};
    if (sections.has_down) {
      const std::string down = only(file.text, sections.down_begin, sections.down_end);
      migration.step.down = MigrationScript{
          {file.uri, sections.down_line, 1}, holds_no_statement(down), sections.in_transaction};
      migration.down = {{down, file.uri}};
    }
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
