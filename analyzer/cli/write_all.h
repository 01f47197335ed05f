// Writes to a descriptor until all of it is written.
//
//   if (!write_all(file, content)) complain(std::strerror(errno));
#pragma once

#include <string_view>

namespace schemaudit {

/// Waits where whoever reads it has asked that nobody waits. False, and errno says why, where the
/// rest cannot be written.
bool write_all(int descriptor, std::string_view content);

}  // namespace schemaudit
