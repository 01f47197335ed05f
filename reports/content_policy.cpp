#include "reports/content_policy.h"

#include "analyzer/model/digest.h"

namespace schemaudit {
namespace {

unsigned hex_digit(char digit) {
  return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

std::string base64_of_hex(std::string_view hex) {
  static constexpr char kDigits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(hex_digit(hex[i]) << 4 | hex_digit(hex[i + 1]));
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned group = 0;
    for (std::size_t j = i; j < i + 3; ++j)
      group = group << 8 | (j < bytes.size() ? static_cast<unsigned char>(bytes[j]) : 0U);
    const std::size_t filled = bytes.size() - i;
    text += kDigits[group >> 18 & 63];
    text += kDigits[group >> 12 & 63];
    text += filled > 1 ? kDigits[group >> 6 & 63] : '=';
    text += filled > 2 ? kDigits[group & 63] : '=';
  }
  return text;
}

}  // namespace

std::string policy_hash(std::string_view bytes) {
  return "sha256-" + base64_of_hex(sha256_hex(bytes));
}

std::string content_policy(std::string_view style, std::string_view script) {
  return "default-src 'none'; script-src '" + policy_hash(script) + "'; style-src '" +
         policy_hash(style) + "'; img-src data:; base-uri 'none'; form-action 'none'";
}

}  // namespace schemaudit
