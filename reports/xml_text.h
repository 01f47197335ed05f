// Text within XML 1.0, which has no way to write most control characters.
//
//   escape_xml("a < b\x1b")    a &lt; b\x1b, with the backslash spelled out
#pragma once

#include <string>
#include <string_view>

namespace schemaudit {

/// For attributes and content alike; control characters are written out visibly.
std::string escape_xml(std::string_view text);

}  // namespace schemaudit
