#include "analyzer/model/redact.h"

#include <algorithm>
#include <regex>

#include "analyzer/model/json_members.h"
#include "analyzer/model/labelled_passwords.h"
#include "analyzer/model/names.h"
#include "analyzer/model/url_passwords.h"

namespace schemaudit {

namespace {

bool is_placeholder(std::string_view value) {
  if (value.empty()) return true;
  if (value.front() == '$' || value.front() == '<' || value.front() == '%' ||
      value.front() == '{' || value.front() == '[' || value.substr(0, 1) == "`")
    return true;
  std::string folded = fold_case(value);
  char first = folded.front();
  bool one_character =
      std::all_of(folded.begin(), folded.end(), [&](char c) { return c == first; });
  if (one_character && (first == '.' || first == '*' || first == 'x')) return true;
  if (folded == "\xE2\x80\xA6") return true;
  for (const char* word : {"your_password", "your-password", "yourpassword", "changeme_here",
                           "redacted", "[redacted]", "null", "none"})
    if (folded == word) return true;
  return false;
}

struct Pattern {
  const char* expression;
  const char* what;
};

// Each one's last group is the secret. Bounded repetition: std::regex recurses per character.
constexpr Pattern kPatterns[] = {
    {R"re(\b(?:PGPASSWORD|MYSQL_PWD|[A-Z0-9_]{0,40}PASSWORD)[ \t]{0,3}=[ \t]{0,3}(?:"([^"\n]{1,200})"|'([^'\n]{1,200})'|([^\s'"`;&]{1,200})))re",
     "password assignment"},
    {R"re(--password(?:=|[ \t])(?:"([^"\n]{1,200})"|'([^'\n]{1,200})'|([^\s'"`;&-][^\s'"`;&]{0,200})))re",
     "password option"},
    {R"re((?:^|[\s"'(?&;])(?:password|passwd|pwd)=(?:'([^'\n]{1,200})'|"([^"\n]{1,200})"|([^\s'"`;&,)]{1,200})))re",
     "password of a conninfo"},
    {R"re(\bPASSWORD[ \t]{1,3}'([^'\n]{1,200})')re", "password in SQL"}};

/// Parts of a line, in small letters, in which a secret may stand: matching all of a long line
/// takes microseconds a byte.
std::vector<std::pair<std::size_t, std::size_t>> windows_of(const std::string& folded) {
  constexpr std::size_t before = 320, behind = 700;
  std::vector<std::size_t> hits;
  for (const char* word : {":/", "pass", "pwd", "kennwort"})
    for (std::size_t at = folded.find(word); at != std::string::npos;
         at = folded.find(word, at + 1))
      hits.push_back(at);
  std::sort(hits.begin(), hits.end());
  std::vector<std::pair<std::size_t, std::size_t>> windows;
  for (const std::size_t hit : hits) {
    const std::size_t from = hit < before ? 0 : hit - before;
    const std::size_t to = std::min(folded.size(), hit + behind);
    if (!windows.empty() && from <= windows.back().first + windows.back().second)
      windows.back().second = to - windows.back().first;
    else
      windows.emplace_back(from, to - from);
  }
  return windows;
}

/// `"password": "..."` names a secret even where the value is a mere word, which is no proof.
bool is_key_of_a_password(std::string_view key) {
  const std::string folded = fold_case(key);
  for (std::string_view word : {"password", "passwd", "pwd", "passphrase", "passwort"})
    if (folded.ends_with(word)) return true;
  return false;
}

/// What stands in place of a value where JSON shows its shape: `"password": "string"`.
bool is_of_a_shape(std::string_view value) {
  if (value.find_first_of(" [{(") != std::string_view::npos) return true;
  const std::string folded = fold_case(value);
  for (std::string_view word :
       {"string", "str", "text", "varchar", "char", "bytea", "required", "optional", "password",
        "passwd", "pwd", "secret", "hash", "hashed", "bcrypt", "argon2", "argon2id"})
    if (folded == word) return true;
  return std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void find_by_hand(std::string_view window, std::size_t at, std::vector<Secret>& secrets) {
  for (const ByteSpan& span : url_passwords(window))
    if (!is_placeholder(window.substr(span.offset, span.length)))
      secrets.push_back({at + span.offset, span.length, "password in a connection URL"});
  for (const ByteSpan& span : labelled_passwords(window))
    if (!is_placeholder(window.substr(span.offset, span.length)))
      secrets.push_back({at + span.offset, span.length, std::string(kBehindItsLabel)});
}

/// Of secrets that overlap the first one stays, and takes in the others.
std::vector<Secret> apart(std::vector<Secret> secrets) {
  std::stable_sort(secrets.begin(), secrets.end(),
                   [](const Secret& a, const Secret& b) { return a.offset < b.offset; });
  std::vector<Secret> result;
  for (Secret& secret : secrets) {
    if (result.empty() || secret.offset >= result.back().offset + result.back().length)
      result.push_back(std::move(secret));
    else
      result.back().length =
          std::max(result.back().length, secret.offset + secret.length - result.back().offset);
  }
  return result;
}

}  // namespace

std::vector<Secret> find_secrets(std::string_view text) {
  static const std::vector<std::regex> expressions = [] {
    std::vector<std::regex> made;
    for (const Pattern& pattern : kPatterns)
      made.emplace_back(pattern.expression,
                        std::regex::ECMAScript | std::regex::optimize | std::regex::icase);
    return made;
  }();
  std::vector<Secret> secrets;
  // Line by line: no secret spans lines, and the matcher's stack stays small.
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    std::string folded = fold_case(line);
    for (const auto& [at, length_of_window] : windows_of(folded)) {
      const std::string_view window = line.substr(at, length_of_window);
      find_by_hand(window, begin + at, secrets);
      for (std::size_t p = 0; p < expressions.size(); ++p) {
        using Matches = std::regex_iterator<std::string_view::const_iterator>;
        for (Matches match(window.begin(), window.end(), expressions[p]), none; match != none;
             ++match) {
          for (std::size_t group = 1; group < match->size(); ++group) {
            if (!(*match)[group].matched) continue;
            std::size_t offset = begin + at + static_cast<std::size_t>(match->position(group));
            std::size_t length = static_cast<std::size_t>(match->length(group));
            std::string what = kPatterns[p].what;
            if (p == 0) {
              std::string word = match->str();
              what = word.substr(0, word.find_first_of(" \t="));
            }
            if (!is_placeholder(text.substr(offset, length)))
              secrets.push_back({offset, length, what});
          }
        }
      }
    }
    begin = end + 1;
  }
  return apart(std::move(secrets));
}

std::string redact(std::string_view text) {
  std::vector<Secret> secrets = find_secrets(text);
  for (const ByteSpan& span : json_values(text, is_key_of_a_password)) {
    const std::string_view value = text.substr(span.offset, span.length);
    if (!is_placeholder(value) && !is_of_a_shape(value))
      secrets.push_back({span.offset, span.length, ""});
  }
  std::string safe;
  std::size_t at = 0;
  for (const Secret& secret : apart(std::move(secrets))) {
    safe += text.substr(at, secret.offset - at);
    safe += "***";
    at = secret.offset + secret.length;
  }
  safe += text.substr(at);
  return safe;
}

}  // namespace schemaudit
