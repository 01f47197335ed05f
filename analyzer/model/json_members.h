// The values of some members of objects in JSON, or in text with JSON in it, also where that JSON
// is a string in JSON itself or was cut.
//
//   json_values(R"({"id": 1, "password": "hunter2"})", names_a_secret)    hunter2
#pragma once

#include <string_view>
#include <vector>

#include "analyzer/model/byte_span.h"

namespace schemaudit {

/// Of a string what its quotes hold; numbers, arrays and objects whole, and nothing within them.
/// Never null, true, false or an empty string.
std::vector<ByteSpan> json_values(std::string_view text, bool (*wanted)(std::string_view key));

}  // namespace schemaudit
