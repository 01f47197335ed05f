// The checksum that Flyway keeps of a migration it has run. Private to analyzer/migrations.
//
//   flyway_checksum("CREATE TABLE t (id int);\n") == flyway_checksum("CREATE TABLE t (id int);")
#pragma once

#include <string>
#include <string_view>

namespace schemaudit {

/// CRC-32 over the lines without their ends, as a signed number (Flyway's ChecksumCalculator).
std::string flyway_checksum(std::string_view text);

}  // namespace schemaudit
