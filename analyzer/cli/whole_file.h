// Writes a file that is there whole or not at all, whatever ends the program meanwhile.
//
//   std::string fault = write_whole("report.html", html);
//   if (!fault.empty()) complain("report.html cannot be written: " + fault);
#pragma once

#include <filesystem>
#include <string>

namespace schemaudit {

/// In the place of the regular file that is there, whose permissions it keeps, or of none. Returns
/// what went wrong, as the system says it, or nothing; what was there before is then left as it
/// was.
std::string write_whole(const std::filesystem::path& target, const std::string& content);

}  // namespace schemaudit
