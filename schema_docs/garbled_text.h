// Text that was decoded wrongly somewhere on its way into a document.
//
//   find_garbled_text("Done \xE2\x80\x9A\xC3\xBA\xC3\x96")   one place, which should read a tick
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace schemaudit {

struct GarbledText {
  /// How many places.
  std::size_t count = 0;
  /// Byte offset of the first one, as it stands and as it should read.
  std::size_t offset = 0;
  std::string found;
  std::string meant;
  /// The encoding that UTF-8 was taken for: `Mac Roman`, `Windows-1252`.
  std::string taken_for;
};

/// Unset where all of the text may well be meant as it stands. `text` is well-formed UTF-8.
std::optional<GarbledText> find_garbled_text(std::string_view text);

}  // namespace schemaudit
