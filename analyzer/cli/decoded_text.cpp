#include "analyzer/cli/decoded_text.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "analyzer/model/names.h"
#include "schema_docs/unicode_text.h"

namespace schemaudit {

namespace {

/// `SET client_encoding = 'LATIN1'`: what follows is decoded statement by statement, as the server
/// would.
bool declares_latin1(std::string_view bytes) {
  const std::string folded = fold_case(bytes);
  constexpr std::size_t kReach = 40;
  for (std::size_t at = folded.find("client_encoding"); at != std::string::npos;
       at = folded.find("client_encoding", at + 1))
    for (const char* name : {"latin1", "latin-1", "iso_8859_1", "iso-8859-1", "iso88591"})
      if (std::string_view(folded).substr(at, kReach).find(name) != std::string_view::npos)
        return true;
  return false;
}

}  // namespace

DecodedText decoded_text(std::string bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
    return {std::nullopt, "the file is UTF-16: save it as UTF-8", 0};
  if (bytes.find('\0') != std::string::npos)
    return {std::nullopt, "the file is no text: it holds a zero byte", 0};
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
  const std::optional<std::size_t> invalid = invalid_utf8(bytes);
  if (!invalid || declares_latin1(bytes)) return {std::move(bytes), {}, 0};
  const auto lines =
      std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(*invalid), '\n');
  return {with_valid_utf8(bytes),
          "the file is not UTF-8: save it as UTF-8; what stands around such bytes was read",
          static_cast<int>(1 + lines)};
}

}  // namespace schemaudit
