// The bytes of a file as text: UTF-8 without its byte order mark, or what keeps them from being
// that. SQL that sets its client_encoding to LATIN1 stays as it is.
//
//   DecodedText decoded = decoded_text(bytes, TextLanguage::sql);
//   if (!decoded.fault.empty()) ...   the file is not read whole: say why
//   if (decoded.text) ...             what could be read of it
#pragma once

#include <optional>
#include <string>

namespace schemaudit {

struct DecodedText {
  /// Unset where nothing of it can be read. Bytes that are no UTF-8 have become U+FFFD.
  std::optional<std::string> text;
  /// What is wrong and what to do; empty where the text is what the file says.
  std::string fault;
  /// Of the first byte that is no UTF-8; 0 where the fault is the whole file's.
  int line = 0;
};

enum class TextLanguage { sql, markdown };

DecodedText decoded_text(std::string bytes, TextLanguage language);

}  // namespace schemaudit
