// Where the Python readers are that come with the program.
//
//   fs::path reader = installed_reader("alembic_reader");
#pragma once

#include <filesystem>
#include <string>

namespace schemaudit {

/// Beside the program: where it was installed, else where it was built.
std::filesystem::path installed_reader(const std::string& name);

}  // namespace schemaudit
