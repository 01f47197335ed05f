#include "analyzer/model/url_passwords.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "analyzer/model/names.h"

namespace schemaudit {

namespace {

constexpr std::size_t kMost = 200;
constexpr std::size_t kNowhere = std::string_view::npos;

bool is_of_scheme(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
         c == '.' || c == '-';
}

/// Where the scheme begins that ends at the colon; the colon where there is none.
std::size_t scheme_before(std::string_view line, std::size_t colon) {
  std::size_t begin = colon;
  while (begin > 0 && colon - begin < 31 && is_of_scheme(line[begin - 1])) --begin;
  while (begin < colon && !std::isalpha(static_cast<unsigned char>(line[begin]))) ++begin;
  return colon - begin < 2 ? colon : begin;
}

/// What stands where a port may: digits, or the word for it.
bool is_port(std::string_view text) {
  return fold_case(text) == "port" ||
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Pages have paths with an @ in them; of a database nobody writes one.
bool is_of_pages(std::string_view scheme) {
  const std::string folded = fold_case(scheme);
  return folded == "http" || folded == "https" || folded == "ws" || folded == "wss";
}

/// Where the password ends, which is at an @; nowhere where there is none. `rest` begins with it.
std::size_t end_of_password(std::string_view rest, bool of_pages) {
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  const std::size_t first = rest.find('@');
  if (first == kNowhere) return kNowhere;
  if (first > slash && (of_pages || is_port(rest.substr(0, slash)))) return kNowhere;
  const std::size_t behind = rest.find_first_of(of_pages ? "/?#|,;)&" : "?#|,;)&", first);
  return rest.rfind('@', behind);
}

}  // namespace

std::vector<ByteSpan> url_passwords(std::string_view line) {
  std::vector<ByteSpan> spans;
  for (std::size_t colon = line.find(":/"); colon != kNowhere; colon = line.find(":/", colon + 1)) {
    const std::size_t scheme = scheme_before(line, colon);
    if (scheme == colon) continue;
    std::size_t user = colon + 2;
    if (user < line.size() && line[user] == '/') ++user;
    const std::size_t end_of_user = line.find_first_of(" \t\r\n\f\v:/@'\"`<>", user);
    if (end_of_user == kNowhere || line[end_of_user] != ':' || end_of_user - user > kMost) continue;
    std::string_view rest = line.substr(end_of_user + 1, 2 * kMost);
    rest = rest.substr(0, rest.find_first_of(" \t\r\n\f\v'\"`"));
    // Another URL that follows without a space has a password of its own.
    if (const std::size_t next = rest.find("://"); next != kNowhere)
      rest = rest.substr(0, scheme_before(rest, next));
    const std::size_t length =
        end_of_password(rest, is_of_pages(line.substr(scheme, colon - scheme)));
    if (length == kNowhere || length == 0) continue;
    spans.push_back({end_of_user + 1, length});
  }
  return spans;
}

}  // namespace schemaudit
