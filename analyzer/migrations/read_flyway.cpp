#include <algorithm>
#include <map>
#include <regex>

#include "analyzer/migrations/flyway_checksum.h"
#include "analyzer/migrations/readers.h"
#include "analyzer/migrations/versions.h"

namespace schemaudit {

namespace {

/// `V1_2__add_users.sql`: kind V, U, B or R, version 1.2, the words.
struct FlywayName {
  char kind = 0;
  std::string version;
  std::string words;
};

std::optional<FlywayName> flyway_name(const std::string& name) {
  static const std::regex pattern("^([VUBR])([0-9][0-9._]*)?__(.*)\\.sql$");
  std::smatch match;
  if (!std::regex_match(name, match, pattern)) return std::nullopt;
  FlywayName parsed{match[1].str().front(), match[2], match[3]};
  std::replace(parsed.version.begin(), parsed.version.end(), '_', '.');
  std::replace(parsed.words.begin(), parsed.words.end(), '_', ' ');
  if ((parsed.kind == 'R') != parsed.version.empty()) return std::nullopt;
  return parsed;
}

/// `x.sql.conf` beside `x.sql` may take it out of its transaction.
bool runs_in_transaction(const MigrationFiles& files, const MigrationFile& file) {
  static const std::regex off("(^|\n)\\s*executeInTransaction\\s*=\\s*false", std::regex::icase);
  for (const MigrationFile& other : files.files)
    if (other.path == file.path + ".conf") return !std::regex_search(other.text, off);
  return true;
}

}  // namespace

/// `V…` in order of versions, the newest baseline in place of all before it, then `R__…` by name;
/// `U…` leads back.
MigrationReading read_flyway(const MigrationFiles& files) {
  MigrationReading reading;
  reading.tool = MigrationTool::flyway;
  std::map<std::string, const MigrationFile*> undo;
  std::vector<Migration> repeatable;
  std::optional<Migration> baseline;
  for (const MigrationFile& file : files.files) {
    const std::string name = file_name(file);
    if ((name.ends_with(".java") || name.ends_with(".kt")) &&
        flyway_name(name.substr(0, name.rfind('.')) + ".sql"))
      add_unread_step(reading, file);
    if (!name.ends_with(".sql")) continue;
    std::optional<FlywayName> parsed = flyway_name(name);
    if (!parsed) {
      reading.faults.push_back(not_understood(
          file, 1,
          name + " is named neither V1__name.sql nor R__name.sql: Flyway passes over it "
                 "without a word."));
      continue;
    }
    Migration migration = step_of(file, parsed->version, parsed->words);
    migration.step.up.in_transaction = runs_in_transaction(files, file);
    migration.step.checksum = flyway_checksum(file.text);
    if (parsed->kind == 'U') {
      undo[parsed->version] = &file;
    } else if (parsed->kind == 'R') {
      migration.step.version = "R " + parsed->words;
      migration.step.repeatable = true;
      repeatable.push_back(std::move(migration));
    } else if (parsed->kind == 'B') {
      if (!baseline || comes_before(baseline->step.version, parsed->version))
        baseline = std::move(migration);
    } else {
      reading.migrations.push_back(std::move(migration));
    }
  }
  if (baseline) {
    std::erase_if(reading.migrations, [&](const Migration& migration) {
      return !comes_before(baseline->step.version, migration.step.version);
    });
    reading.migrations.push_back(std::move(*baseline));
  }
  std::stable_sort(reading.migrations.begin(), reading.migrations.end(),
                   [](const Migration& a, const Migration& b) {
                     return comes_before(a.step.version, b.step.version);
                   });
  for (Migration& migration : reading.migrations)
    if (auto back = undo.find(migration.step.version); back != undo.end()) {
      add_way_back(migration, *back->second);
      undo.erase(back);
    }
  for (const auto& [version, file] : undo) {
    ChainFault fault = not_understood(
        *file, 1, "There is a way back from " + version + ", and no V" + version + "__ to it.");
    fault.kind = ChainFaultKind::missing_up;
    fault.version = version;
    reading.faults.push_back(std::move(fault));
  }
  judge_numbers(reading);
  std::sort(repeatable.begin(), repeatable.end(),
            [](const Migration& a, const Migration& b) { return a.step.name < b.step.name; });
  for (Migration& migration : repeatable) reading.migrations.push_back(std::move(migration));
  return reading;
}

}  // namespace schemaudit
