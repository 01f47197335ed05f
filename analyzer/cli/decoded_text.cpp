#include "analyzer/cli/decoded_text.h"

#include <algorithm>
#include <utility>

#include "schema_docs/unicode_text.h"

namespace schemaudit {

DecodedText decoded_text(std::string bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
    return {std::nullopt, "the file is UTF-16: save it as UTF-8", 0};
  if (bytes.find('\0') != std::string::npos)
    return {std::nullopt, "the file is no text: it holds a zero byte", 0};
  const std::optional<std::size_t> invalid = invalid_utf8(bytes);
  if (!invalid) return {std::move(bytes), {}, 0};
  const auto lines =
      std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(*invalid), '\n');
  return {with_valid_utf8(bytes),
          "the file is not UTF-8: save it as UTF-8; what stands around such bytes was read",
          static_cast<int>(1 + lines)};
}

}  // namespace schemaudit
