// Passwords in connection URLs, also in such as nobody encoded.
//
//   url_passwords("postgres://app:pa@ss@h/db")    {15, 5}: to the last @ before the host
//   url_passwords("postgres://a:X/14@h/db")       {13, 4}
//   url_passwords("http://host:8080/a@b")         none: 8080 is a port
#pragma once

#include <string_view>
#include <vector>

#include "analyzer/model/byte_span.h"

namespace schemaudit {

/// Of one line, in their order.
std::vector<ByteSpan> url_passwords(std::string_view line);

}  // namespace schemaudit
