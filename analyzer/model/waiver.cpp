#include "analyzer/model/waiver.h"

#include <algorithm>

#include "analyzer/model/names.h"

namespace schemaudit {

namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// Takes `word` off the front of `text`; false where something else stands there.
bool take_word(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text = trimmed(text.substr(word.size()));
  return true;
}

}  // namespace

bool may_hold_waivers(std::string_view text) {
  // Case differs in the first letter, or everywhere.
  for (std::string_view part : {"chemaudit:", "CHEMAUDIT:"})
    if (text.find(part) != std::string_view::npos) return true;
  return false;
}

std::optional<InlineWaiver> read_waiver_comment(std::string_view comment) {
  std::string_view rest = trimmed(comment);
  const std::string folded = fold_case(rest.substr(0, kWaiverMark.size()));
  if (folded != kWaiverMark) return std::nullopt;
  rest = trimmed(rest.substr(kWaiverMark.size()));
  InlineWaiver waiver;
  // Whoever writes the mark means to waive: anything else after it is a slip, and told as one.
  if (!take_word(rest, "waive")) return waiver;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of(", \t\r\n"), rest.size());
    waiver.rules.emplace_back(rest.substr(0, end));
    rest = trimmed(rest.substr(end));
    if (!take_word(rest, ",")) break;
  }
  waiver.reason = std::string(rest);
  return waiver;
}

bool covers(const Waiver& waiver, const Finding& finding) {
  return waiver.rule == finding.rule && matches_glob(waiver.object, to_string(finding.object));
}

bool covers(const InlineWaiver& waiver, const Finding& finding) {
  if (std::find(waiver.rules.begin(), waiver.rules.end(), finding.rule) == waiver.rules.end())
    return false;
  return std::any_of(finding.locations.begin(), finding.locations.end(),
                     [&](const Location& location) {
                       const Origin& at = location.origin;
                       return at.from_file() && at.uri == waiver.origin.uri &&
                              at.line >= waiver.first_line && at.line <= waiver.last_line;
                     });
}

}  // namespace schemaudit
