#include "analyzer/cli/installed_readers.h"

namespace schemaudit {

namespace fs = std::filesystem;

fs::path installed_reader(const std::string& name) {
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  const fs::path installed = program.parent_path() / "share" / "schemaudit" / name;
  return fs::exists(installed, ignored) ? installed : program / "share" / "schemaudit" / name;
}

}  // namespace schemaudit
