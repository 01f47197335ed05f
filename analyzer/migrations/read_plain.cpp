#include <algorithm>
#include <map>
#include <regex>

#include "analyzer/migrations/readers.h"
#include "analyzer/migrations/versions.h"

namespace schemaudit {

namespace {

/// The stem that a way back shares with its way up: `0001_users` of `0001_users_rollback.sql`,
/// `0001_users.down.sql` and `down_0001_users.sql`. Empty for any other file.
std::string stem_of_way_back(const std::string& name) {
  static const std::regex behind("^(.*[^._-])[._-]+(down|rollback|undo|revert)\\.sql$",
                                 std::regex::icase);
  static const std::regex before("^(down|rollback|undo|revert)[._-]+(.*)\\.sql$",
                                 std::regex::icase);
  std::smatch match;
  if (std::regex_match(name, match, behind)) return match[1];
  if (std::regex_match(name, match, before)) return match[2];
  return {};
}

std::string stem_of_way_up(const std::string& name) {
  static const std::regex behind("^(.*[^._-])[._-]+(up|deploy|apply)\\.sql$", std::regex::icase);
  std::smatch match;
  if (std::regex_match(name, match, behind)) return match[1];
  return name.substr(0, name.size() - 4);
}

}  // namespace

/// `0001_users.sql`, each a step, in natural order. A file whose name says that it leads back
/// belongs to the step it is named after.
MigrationReading read_plain(const MigrationFiles& files, MigrationTool tool) {
  MigrationReading reading;
  reading.tool = tool;
  std::map<std::string, const MigrationFile*> ways_back;
  for (const MigrationFile& file : files.files) {
    const std::string name = file_name(file);
    if (!name.ends_with(".sql")) continue;
    std::string stem = stem_of_way_back(name);
    if (!stem.empty()) ways_back[stem] = &file;
  }
  bool numbered_all = true;
  for (const MigrationFile& file : files.files) {
    const std::string name = file_name(file);
    if (!name.ends_with(".sql") || !stem_of_way_back(name).empty()) continue;
    const std::string stem = stem_of_way_up(name);
    NumberedName numbered = numbered_name(stem);
    numbered_all = numbered_all && !numbered.version.empty();
    Migration migration =
        step_of(file, numbered.version.empty() ? stem : numbered.version, numbered.rest);
    if (auto back = ways_back.find(stem); back != ways_back.end()) {
      add_way_back(migration, *back->second);
      ways_back.erase(back);
    }
    reading.migrations.push_back(std::move(migration));
  }
  for (const auto& [stem, file] : ways_back) {
    ChainFault fault = not_understood(
        *file, 1,
        file_name(*file) + " leads back from " + stem + ", and there is no file that leads there.");
    fault.kind = ChainFaultKind::missing_up;
    reading.faults.push_back(std::move(fault));
  }
  if (numbered_all) {
    std::stable_sort(reading.migrations.begin(), reading.migrations.end(),
                     [](const Migration& a, const Migration& b) {
                       return comes_before(a.step.version, b.step.version);
                     });
    judge_numbers(reading);
  } else if (!reading.migrations.empty()) {
    reading.heads = {reading.migrations.back().step.version};
  }
  return reading;
}

}  // namespace schemaudit
