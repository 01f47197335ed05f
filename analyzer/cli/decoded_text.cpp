#include "analyzer/cli/decoded_text.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "analyzer/model/names.h"
#include "schema_docs/unicode_text.h"

namespace schemaudit {

namespace {

/// A line `SET client_encoding = 'LATIN1'` before the first byte that is no UTF-8, and no other
/// word of the encoding: what follows is decoded statement by statement, as the server would.
bool declares_latin1(std::string_view bytes, std::size_t first_invalid) {
  const std::string folded = fold_case(bytes);
  const std::size_t at = folded.find("client_encoding");
  if (at == std::string::npos || at > first_invalid || at != folded.rfind("client_encoding"))
    return false;
  const std::size_t begin = at == 0 ? 0 : folded.rfind('\n', at) + 1;
  const std::string_view line =
      std::string_view(folded).substr(begin, folded.find('\n', at) - begin);
  return line.starts_with("set client_encoding") &&
         (line.find("latin1") != std::string_view::npos ||
          line.find("iso_8859_1") != std::string_view::npos ||
          line.find("iso-8859-1") != std::string_view::npos);
}

}  // namespace

DecodedText decoded_text(std::string bytes, TextLanguage language) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
    return {std::nullopt, "the file is UTF-16: save it as UTF-8", 0};
  if (bytes.find('\0') != std::string::npos)
    return {std::nullopt, "the file is no text: it holds a zero byte", 0};
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
  const std::optional<std::size_t> invalid = invalid_utf8(bytes);
  if (!invalid || (language == TextLanguage::sql && declares_latin1(bytes, *invalid)))
    return {std::move(bytes), {}, 0};
  const auto lines =
      std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(*invalid), '\n');
  return {with_valid_utf8(bytes),
          "the file is not UTF-8: save it as UTF-8; what stands around such bytes was read",
          static_cast<int>(1 + lines)};
}

}  // namespace schemaudit
