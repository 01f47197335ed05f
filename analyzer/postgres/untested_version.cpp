#include <algorithm>
#include <array>

#include "analyzer/postgres/introspect.h"

namespace schemaudit {

namespace {

/// The live tests run on these (scripts/test-on): Debian has no others.
constexpr std::array kTested = {13, 15, 17, 18};
constexpr const char* kTestedText = "13, 15, 17 and 18 are tested";

}  // namespace

std::string untested_version_note(const ServerFacts& server) {
  const int major = server.version_number / 10000;
  if (std::find(kTested.begin(), kTested.end(), major) != kTested.end()) return {};
  const std::string start = "note: the server is PostgreSQL " + server.version;
  const std::string known = std::string(" (") + kTestedText + ")";
  if (major > kTested.back())
    return start + ", newer than this program knows" + known +
           ": what is new in it is not compared";
  if (major < kTested.front()) return start + ", older than this program was tried on" + known;
  return start + ", which this program was not tried on" + known;
}

}  // namespace schemaudit
