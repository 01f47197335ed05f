// Which bytes a word of a document is made of, so that a word found is a whole one.
//
//   if (at > 0 && is_word_byte(text[at - 1])) ...   it is the end of another word
#pragma once

namespace schemaudit {

/// Letters, digits and `_`, and whatever is beyond ASCII.
constexpr bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace schemaudit
