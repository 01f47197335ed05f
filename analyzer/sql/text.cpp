#include "analyzer/sql/text.h"

#include <algorithm>

namespace schemaudit {

Origin SqlText::origin(std::size_t offset) const {
  offset = std::min(offset, text.size());
  Origin at{uri, first_line, first_column};
  for (std::size_t i = 0; i < offset; ++i) {
    if (text[i] == '\n') {
      ++at.line;
      at.column = first_column;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
      ++at.column;
    }
  }
  return at;
}

}  // namespace schemaudit
