// A finding that somebody answers for: in the config, until a day, or in a comment beside the SQL
// or the documentation it is about.
//
//   -- schemaudit: waive missing-primary-key, undocumented-table import buffer, dropped nightly
//   <!-- schemaudit: waive column-type-mismatch the docs are ahead until release 4 -->
//
// Comments that the audited database holds are no waivers: nothing in it can silence the audit.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/finding.h"

namespace schemaudit {

/// [[waiver]] of the config.
struct Waiver {
  std::string rule;
  /// Glob over to_string(ObjectRef).
  std::string object;
  /// `expires` is an ISO date; it holds through that day.
  std::string owner, reason, expires, ticket, approved_by;
  Origin origin;
};

/// A comment that waives findings about the lines it belongs to.
struct InlineWaiver {
  std::vector<std::string> rules;
  /// Empty where the comment gives none, which is a fault.
  std::string reason;
  /// Where the comment stands; its file is the one it speaks of.
  Origin origin;
  /// The lines it covers, both included.
  int first_line = 0;
  int last_line = 0;
  bool operator==(const InlineWaiver&) const = default;
};

/// Rules and reason of a comment's text (without `--` or `<!--`); unset where it is no waiver.
std::optional<InlineWaiver> read_waiver_comment(std::string_view comment);

/// How a comment that waives begins, in any case.
inline constexpr std::string_view kWaiverMark = "schemaudit:";

/// Whether a text is worth looking through for waivers.
bool may_hold_waivers(std::string_view text);

/// Whether it covers the finding; whether it has expired is another question.
bool covers(const Waiver& waiver, const Finding& finding);
bool covers(const InlineWaiver& waiver, const Finding& finding);

}  // namespace schemaudit
