#include "schema_docs/garbled_text.h"

#include <algorithm>
#include <array>
#include <vector>

#include "schema_docs/unicode_text.h"

namespace schemaudit {

namespace {

/// What Mac Roman shows for the bytes from 0x80 on.
constexpr std::array<char16_t, 128> kMacRoman = {
    0x00C4, 0x00C5, 0x00C7, 0x00C9, 0x00D1, 0x00D6, 0x00DC, 0x00E1, 0x00E0, 0x00E2, 0x00E4, 0x00E3,
    0x00E5, 0x00E7, 0x00E9, 0x00E8, 0x00EA, 0x00EB, 0x00ED, 0x00EC, 0x00EE, 0x00EF, 0x00F1, 0x00F3,
    0x00F2, 0x00F4, 0x00F6, 0x00F5, 0x00FA, 0x00F9, 0x00FB, 0x00FC, 0x2020, 0x00B0, 0x00A2, 0x00A3,
    0x00A7, 0x2022, 0x00B6, 0x00DF, 0x00AE, 0x00A9, 0x2122, 0x00B4, 0x00A8, 0x2260, 0x00C6, 0x00D8,
    0x221E, 0x00B1, 0x2264, 0x2265, 0x00A5, 0x00B5, 0x2202, 0x2211, 0x220F, 0x03C0, 0x222B, 0x00AA,
    0x00BA, 0x03A9, 0x00E6, 0x00F8, 0x00BF, 0x00A1, 0x00AC, 0x221A, 0x0192, 0x2248, 0x2206, 0x00AB,
    0x00BB, 0x2026, 0x00A0, 0x00C0, 0x00C3, 0x00D5, 0x0152, 0x0153, 0x2013, 0x2014, 0x201C, 0x201D,
    0x2018, 0x2019, 0x00F7, 0x25CA, 0x00FF, 0x0178, 0x2044, 0x20AC, 0x2039, 0x203A, 0xFB01, 0xFB02,
    0x2021, 0x00B7, 0x201A, 0x201E, 0x2030, 0x00C2, 0x00CA, 0x00C1, 0x00CB, 0x00C8, 0x00CD, 0x00CE,
    0x00CF, 0x00CC, 0x00D3, 0x00D4, 0xF8FF, 0x00D2, 0x00DA, 0x00DB, 0x00D9, 0x0131, 0x02C6, 0x02DC,
    0x00AF, 0x02D8, 0x02D9, 0x02DA, 0x00B8, 0x02DD, 0x02DB, 0x02C7};

/// What Windows-1252 shows for the bytes 0x80 to 0x9F; from 0xA0 on it is Latin-1.
constexpr std::array<char16_t, 32> kWindows = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

enum class Charset { mac_roman, windows };

/// The byte that `c` was read from; 0 where the character set does not have it.
unsigned char byte_of(char32_t c, Charset charset) {
  if (c < 0x80) return 0;
  if (charset == Charset::mac_roman) {
    auto at = std::find(kMacRoman.begin(), kMacRoman.end(), static_cast<char16_t>(c));
    if (c > 0xFFFF || at == kMacRoman.end()) return 0;
    return static_cast<unsigned char>(0x80 + (at - kMacRoman.begin()));
  }
  auto at = std::find(kWindows.begin(), kWindows.end(), static_cast<char16_t>(c));
  if (c <= 0xFFFF && at != kWindows.end())
    return static_cast<unsigned char>(0x80 + (at - kWindows.begin()));
  return c <= 0xFF ? static_cast<unsigned char>(c) : 0;
}

/// Characters that close a word or follow one in well-decoded text: an accented letter before
/// them means nothing.
bool is_closing_mark(char32_t c) {
  static constexpr std::array<char32_t, 16> kMarks = {
      0xBB,   0xAB, 0x2026, 0x2019, 0x2018, 0x201C, 0x201D, 0x2013,
      0x2014, 0xB0, 0xB7,   0x2122, 0xAE,   0xA0,   0x203A, 0x2039};
  return std::find(kMarks.begin(), kMarks.end(), c) != kMarks.end();
}

/// What is written after a root or a negation sign in formulas.
bool is_mathematical(char32_t c) {
  static constexpr std::array<char32_t, 12> kSigns = {
      0x3C0, 0x221E, 0x3A9, 0xB5, 0x2211, 0x222B, 0x2202, 0x220F, 0x2260, 0x2264, 0x2265, 0xB1};
  return std::find(kSigns.begin(), kSigns.end(), c) != kSigns.end();
}

struct Character {
  char32_t code_point = 0;
  std::size_t offset = 0;
};

/// The number of characters from `at` on that were one UTF-8 sequence; 0 where they were none.
std::size_t sequence_at(const std::vector<Character>& text, std::size_t at, Charset charset) {
  unsigned char lead = byte_of(text[at].code_point, charset);
  std::size_t length = lead >= 0xF0 && lead <= 0xF4   ? 4
                       : lead >= 0xE0 && lead <= 0xEF ? 3
                       : lead >= 0xC2 && lead <= 0xDF ? 2
                                                      : 0;
  if (length == 0 || at + length > text.size()) return 0;
  bool only_marks = true;
  for (std::size_t i = 1; i < length; ++i) {
    unsigned char byte = byte_of(text[at + i].code_point, charset);
    if (byte < 0x80 || byte > 0xBF) return 0;
    only_marks &= is_closing_mark(text[at + i].code_point);
  }
  // `Ã©Â»` closes a quotation. A lead of C2 or C3 (Ã, Ã) ends no word.
  if (charset == Charset::windows && only_marks && lead > 0xC3) return 0;
  if (charset == Charset::mac_roman && length == 2 &&
      (lead > 0xC3 || is_mathematical(text[at + 1].code_point)))
    return 0;
  if (charset == Charset::windows && length == 2 && lead > 0xC3) {
    // Greek and Cyrillic come in words: one pair alone may be meant.
    bool cyrillic = lead >= 0xCE && lead <= 0xD1;
    if (!cyrillic || at + 4 > text.size()) return 0;
    unsigned char next = byte_of(text[at + 2].code_point, charset);
    unsigned char after = byte_of(text[at + 3].code_point, charset);
    if (next < 0xCE || next > 0xD1 || after < 0x80 || after > 0xBF) return 0;
  }
  return length;
}

std::string decoded(const std::vector<Character>& text, std::size_t at, std::size_t length,
                    Charset charset) {
  std::string bytes;
  for (std::size_t i = 0; i < length; ++i)
    bytes += static_cast<char>(byte_of(text[at + i].code_point, charset));
  return bytes;
}

}  // namespace

std::optional<GarbledText> find_garbled_text(std::string_view text) {
  GarbledText garbled;
  std::vector<Character> run;
  for (std::size_t offset = 0; offset <= text.size();) {
    std::size_t begin = offset;
    char32_t c = 0;
    if (offset < text.size())
      c = next_code_point(text, offset);
    else
      ++offset;
    if (c >= 0x80) {
      run.push_back({c, begin});
      continue;
    }
    bool counted = false;
    for (std::size_t at = 0; at < run.size() && !counted; ++at) {
      for (Charset charset : {Charset::mac_roman, Charset::windows}) {
        std::size_t length = sequence_at(run, at, charset);
        if (length == 0) continue;
        std::string meant = decoded(run, at, length, charset);
        if (invalid_utf8(meant)) continue;
        std::size_t end = at + length;
        while (end < run.size()) {
          std::size_t more = sequence_at(run, end, charset);
          if (more == 0) break;
          meant += decoded(run, end, more, charset);
          end += more;
        }
        if (garbled.count++ == 0) {
          garbled.offset = run[at].offset;
          std::size_t last = end < run.size() ? run[end].offset : begin;
          garbled.found = std::string(text.substr(garbled.offset, last - garbled.offset));
          garbled.meant = meant;
          garbled.taken_for = charset == Charset::mac_roman ? "Mac Roman" : "Windows-1252";
        }
        counted = true;
        break;
      }
    }
    run.clear();
  }
  if (garbled.count == 0) return std::nullopt;
  return garbled;
}

}  // namespace schemaudit
