// A command that prints SQL or a snapshot, as a source: for every tool that has no reader of its
// own.
//
//   OpenedSource opened = open_command("python manage.py print_schema_sql", folder);
#pragma once

#include <filesystem>
#include <string>

#include "analyzer/cli/sources.h"

namespace schemaudit {

/// `sh` runs it in `base`, with nothing on standard input and five minutes of time. What it prints
/// is a snapshot where it begins with a brace, else SQL, which is replayed. Lines of its output are
/// no file's, so that nothing points at them; problems name them. The role is declared.
OpenedSource open_command(const std::string& command, const std::filesystem::path& base);

}  // namespace schemaudit
