#include <algorithm>
#include <map>
#include <regex>

#include "analyzer/migrations/readers.h"
#include "analyzer/migrations/versions.h"

namespace schemaudit {

namespace {

const std::regex& file_pattern() {
  // golang-migrate, source/parse.go.
  static const std::regex pattern("^([0-9]+)_(.*)\\.(down|up)\\.(.*)$");
  return pattern;
}

struct Down {
  const MigrationFile* file = nullptr;
  std::string name;
  bool used = false;
};

/// The tool goes by the version alone; where two branches have taken one, the name tells.
Down* way_back_of(std::multimap<std::string, Down>& downs, const std::string& version,
                  const std::string& name) {
  auto [begin, end] = downs.equal_range(version);
  Down* found = nullptr;
  for (auto each = begin; each != end; ++each)
    if (!each->second.used && (!found || each->second.name == name)) found = &each->second;
  return found;
}

}  // namespace

/// `0001_users.up.sql` and `0001_users.down.sql`. The tool sends a file in one go, which the
/// server runs in one transaction.
MigrationReading read_golang_migrate(const MigrationFiles& files) {
  MigrationReading reading;
  reading.tool = MigrationTool::golang_migrate;
  std::multimap<std::string, Down> downs;
  std::smatch match;
  for (const MigrationFile& file : files.files) {
    const std::string name = file_name(file);
    if (std::regex_match(name, match, file_pattern())) {
      if (match[3] == "down") downs.emplace(match[1], Down{&file, match[2]});
    } else if (name.size() > 4 && name.compare(name.size() - 4, 4, ".sql") == 0) {
      reading.faults.push_back(
          not_understood(file, 1,
                         name + " is named neither VERSION_name.up.sql nor VERSION_name.down.sql: "
                                "golang-migrate passes over it."));
    }
  }
  for (const MigrationFile& file : files.files) {
    const std::string name = file_name(file);
    if (!std::regex_match(name, match, file_pattern()) || match[3] != "up") continue;
    Migration migration = step_of(file, match[1], match[2]);
    if (Down* down = way_back_of(downs, match[1], match[2])) {
      add_way_back(migration, *down->file);
      down->used = true;
    }
    reading.migrations.push_back(std::move(migration));
  }
  for (const auto& [version, down] : downs) {
    if (down.used) continue;
    ChainFault fault = not_understood(
        *down.file, 1,
        "There is a way back from " + version + ", and no way up to it: its .up.sql is missing.");
    fault.kind = ChainFaultKind::missing_up;
    fault.version = version;
    reading.faults.push_back(std::move(fault));
  }
  std::stable_sort(reading.migrations.begin(), reading.migrations.end(),
                   [](const Migration& a, const Migration& b) {
                     return comes_before(a.step.version, b.step.version);
                   });
  judge_numbers(reading);
  return reading;
}

}  // namespace schemaudit
