#include "analyzer/migrations/flyway_checksum.h"

#include <cstdint>

namespace schemaudit {

std::string flyway_checksum(std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  std::uint32_t sum = 0xFFFFFFFFu;
  for (char c : text) {
    if (c == '\n' || c == '\r') continue;
    sum ^= static_cast<unsigned char>(c);
    // The reflected polynomial of ISO 3309.
    for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1) ^ ((sum & 1u) ? 0xEDB88320u : 0u);
  }
  return std::to_string(static_cast<std::int32_t>(sum ^ 0xFFFFFFFFu));
}

}  // namespace schemaudit
