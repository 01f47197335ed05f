// Folders of migrations: the input is split into files at lines that begin with `=== `, which name
// them; what an Alembic reader would print stands behind `=== revisions`.
#include "analyzer/migrations/migrations.h"

#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::istringstream lines(std::string(reinterpret_cast<const char*>(data), size));
  schemaudit::MigrationFiles files;
  files.folder = "migrations";
  files.parents = {"db", "migrations"};
  std::string* into = nullptr;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("=== revisions")) {
      into = &files.revisions;
    } else if (line.starts_with("=== ") && line.size() > 4 && files.files.size() < 200) {
      files.files.push_back({line.substr(4), "migrations/" + line.substr(4), ""});
      into = nullptr;
    } else if (into) {
      *into += line + "\n";
    } else if (!files.files.empty()) {
      files.files.back().text += line + "\n";
    }
  }
  const schemaudit::MigrationReading reading = schemaudit::read_migrations(files);
  schemaudit::replay_migrations(reading, "migrations");
  return 0;
}
