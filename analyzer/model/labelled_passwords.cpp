#include "analyzer/model/labelled_passwords.h"

#include <algorithm>
#include <array>
#include <string>

#include "analyzer/model/names.h"

namespace schemaudit {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::size_t kMost = 100;

constexpr std::array<std::string_view, 6> kLabels = {"password", "passwd",   "passphrase",
                                                     "passwort", "kennwort", "pwd"};

/// `reset_password: 5/hour` is about the act.
constexpr std::array<std::string_view, 17> kActs = {
    "reset", "forgot", "forgotten", "change", "update", "set", "verify", "check",  "confirm",
    "hash",  "has",    "min",       "max",    "no",     "new", "old",    "current"};

/// Of types, algorithms, protocols and placeholders.
constexpr std::array<std::string_view, 34> kOtherThings = {
    "sha",         "md5",         "argon",   "crypt",       "pbkdf", "scram",       "aes",
    "base64",      "base32",      "hmac",    "utf",         "oauth", "openid",      "saml",
    "ldap",        "fido",        "ntlm",    "x509",        "pkcs",  "changeme",    "change_me",
    "change-me",   "change_this", "example", "placeholder", "your",  "redacted",    "dummy",
    "process.env", "a-z",         "xxx",     "...",         "://",   "\xE2\x80\xA6"};

/// Followed by digits: `int4`, `varchar2`, `v2`, `rfc2104`.
constexpr std::array<std::string_view, 28> kNumbered = {
    "int",     "uint",   "float", "varchar", "nvarchar", "char",    "text",
    "string",  "bit",    "bytes", "byte",    "number",   "numeric", "decimal",
    "binary",  "bigint", "v",     "version", "rfc",      "iso",     "step",
    "section", "table",  "fig",   "line",    "page",     "min",     "max"};

/// Behind digits: `60chars`, `90d`.
constexpr std::array<std::string_view, 17> kUnits = {
    "d", "day",  "days",  "h",          "hour",  "hours", "m",    "min",     "minutes",
    "s", "char", "chars", "characters", "bytes", "bits",  "byte", "password"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_word(char c) {
  return is_letter(c) || is_digit(c) || c == '_';
}

template <std::size_t kCount>
bool is_one_of(const std::array<std::string_view, kCount>& words, std::string_view text) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::string_view without_tail(std::string_view text, std::string_view characters) {
  const std::size_t last = text.find_last_not_of(characters);
  return text.substr(0, last == kNowhere ? 0 : last + 1);
}

/// `users_2`, `db_password.v1`: a name of something.
bool is_snake_case(std::string_view value) {
  return value.find('_') != kNowhere && std::all_of(value.begin(), value.end(), [](char c) {
           return is_lower(c) || is_digit(c) || c == '_' || c == '.';
         });
}

/// `password123`, `generated-password-1`: what examples of an interface show.
bool is_stand_in(std::string_view value) {
  return fold_case(value) == value && value.find("password") != kNowhere &&
         value.find_first_of("!@$%^*~") == kNowhere;
}

/// `PROJ-1234`
bool is_ticket(std::string_view value) {
  const std::size_t dash = value.find('-');
  if (dash == kNowhere || dash < 2) return false;
  return std::all_of(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(dash),
                     [](char c) { return c >= 'A' && c <= 'Z'; }) &&
         std::all_of(value.begin() + static_cast<std::ptrdiff_t>(dash) + 1, value.end(), is_digit);
}

/// `app@db1.example.org`
bool is_mail_address(std::string_view value) {
  const std::size_t at = value.rfind('@');
  if (at == kNowhere || at == 0) return false;
  const std::string_view host = value.substr(at + 1);
  const std::size_t dot = host.rfind('.');
  return dot != kNowhere && dot > 0 && host.size() - dot > 2 &&
         std::all_of(host.begin() + static_cast<std::ptrdiff_t>(dot) + 1, host.end(), is_letter);
}

bool looks_like_a_password(std::string_view value) {
  if (value.size() < 3 || value.size() > kMost) return false;
  // Placeholders, tags of YAML, paths, expressions.
  if (std::string_view("$<%{[(`!@/.~&-:").find(value[0]) != kNowhere) return false;
  // What is not ASCII is prose of another language, a dash or an ellipsis.
  if (std::any_of(value.begin(), value.end(), [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c >= 0x7F || c < 0;
      }))
    return false;
  if (std::none_of(value.begin(), value.end(), is_letter)) return false;
  const bool digit = std::any_of(value.begin(), value.end(), is_digit);
  const std::size_t symbol = without_tail(value, "!?*%").find_first_of("!@$%^*~");
  if (!digit && symbol == kNowhere) return false;
  for (std::size_t i = 1; i < value.size(); ++i)
    if ((value[i] == '(' || value[i] == '[' || value[i] == '{') && is_word(value[i - 1]))
      return false;
  if (value.find_first_of("=<>\\|") != kNowhere) return false;
  if (is_stand_in(value) || is_snake_case(value) || is_ticket(value) || is_mail_address(value))
    return false;

  const std::string folded = fold_case(value);
  for (std::string_view word : kOtherThings)
    if (folded.find(word) != kNowhere) return false;
  const std::size_t first_digit = std::min(folded.find_first_of("0123456789"), folded.size());
  std::string_view before = without_tail(std::string_view(folded).substr(0, first_digit), "-_.:");
  if (is_one_of(kNumbered, before)) return false;
  const std::size_t behind = folded.find_first_not_of("0123456789-+.,");
  return first_digit > 0 || !is_one_of(kUnits, std::string_view(folded).substr(behind));
}

/// By the word before the label: `reset_`, `reset` of resetPassword. `DB_`, `spring.datasource.`
/// and `db` of dbPassword are about a password, `compassword` is about something else.
bool is_about_something_else(std::string_view line, std::size_t label) {
  if (label == 0) return false;
  std::size_t end = label;
  const char last = line[end - 1];
  if (last == '_' || last == '-' || last == '.')
    --end;
  else if (last == '/' || (is_word(last) && (!is_lower(last) || is_lower(line[label]))))
    return true;
  std::size_t begin = end;
  while (begin > 0 && (is_letter(line[begin - 1]) || is_digit(line[begin - 1]))) --begin;
  return is_one_of(kActs, fold_case(line.substr(begin, end - begin)));
}

class Reader {
 public:
  explicit Reader(std::string_view line) : line_(line) {}

  /// The value that the label announces which ends at `at`; of no length where there is none.
  ByteSpan value_behind(std::size_t at) {
    at_ = at;
    skip("*_\"'`");
    skip(" \t");
    if (!take(":") && !(at_ > at && (take("is ") || take("ist ")))) return {};
    skip("*_");
    const std::size_t blank = at_;
    skip(" \t");
    if (at_ - blank > 8 || at_ == line_.size()) return {};
    const bool emphasised = skip("*");
    if (at_ == line_.size()) return {};
    const char quote = line_[at_];
    if (quote == '"' || quote == '\'' || quote == '`') return quoted(quote);
    return bare(emphasised);
  }

 private:
  bool skip(std::string_view characters) {
    const std::size_t from = at_;
    at_ = std::min(line_.find_first_not_of(characters, at_), line_.size());
    return at_ > from;
  }
  bool take(std::string_view word) {
    if (fold_case(line_.substr(at_, word.size())) != word) return false;
    at_ += word.size();
    return true;
  }

  ByteSpan quoted(char quote) const {
    const std::size_t begin = at_ + 1;
    std::size_t end = begin;
    while (end < line_.size() && line_[end] != quote) end += line_[end] == '\\' ? 2 : 1;
    if (end >= line_.size() || end - begin > kMost) return {};
    return looks_like_a_password(line_.substr(begin, end - begin)) ? ByteSpan{begin, end - begin}
                                                                   : ByteSpan{};
  }

  /// Only where nothing follows that makes it the beginning of a sentence.
  ByteSpan bare(bool emphasised) const {
    std::size_t end = std::min(line_.find_first_of(" \t\r|\"'`<,;", at_), line_.size());
    if (emphasised) end = std::min(line_.find('*', at_), end);
    const std::string_view value = without_tail(line_.substr(at_, end - at_), ".:)}]*_");
    const std::size_t next = std::min(line_.find_first_not_of(" \t\r.:)}]*_", end), line_.size());
    if (next < line_.size() && std::string_view("|/,;<({\"'`").find(line_[next]) == kNowhere)
      return {};
    if (value.size() < 5 || value.find('/') != kNowhere) return {};
    return looks_like_a_password(value) ? ByteSpan{at_, value.size()} : ByteSpan{};
  }

  std::string_view line_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<ByteSpan> labelled_passwords(std::string_view line) {
  std::vector<ByteSpan> spans;
  const std::string folded = fold_case(line);
  Reader reader(line);
  for (std::string_view label : kLabels)
    for (std::size_t at = folded.find(label); at != kNowhere; at = folded.find(label, at + 1)) {
      if (is_about_something_else(line, at)) continue;
      const ByteSpan value = reader.value_behind(at + label.size());
      if (value.length > 0) spans.push_back(value);
    }
  return spans;
}

}  // namespace schemaudit
