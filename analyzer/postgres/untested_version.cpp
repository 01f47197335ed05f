#include "analyzer/postgres/introspect.h"

namespace schemaudit {

namespace {

/// The live tests run on these and those between (scripts/test-on).
constexpr int kOldest = 13, kNewest = 18;

}  // namespace

std::string untested_version_note(const ServerFacts& server) {
  const int major = server.version_number / 10000;
  if (major >= kOldest && major <= kNewest) return {};
  const std::string known =
      std::to_string(kOldest) + " to " + std::to_string(kNewest) + " are tested";
  if (major > kNewest)
    return "note: the server is PostgreSQL " + server.version +
           ", newer than this program knows (" + known + "): what is new in it is not compared";
  return "note: the server is PostgreSQL " + server.version +
         ", older than this program was tried on (" + known + ")";
}

}  // namespace schemaudit
