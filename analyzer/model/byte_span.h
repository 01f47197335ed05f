// Where a part of a text stands in it.
//
//   text.substr(span.offset, span.length)
#pragma once

#include <cstddef>

namespace schemaudit {

struct ByteSpan {
  std::size_t offset = 0;
  std::size_t length = 0;
};

}  // namespace schemaudit
