// A finding: one disagreement or breach, with what proves it.
//
//   Finding finding;
//   finding.rule = "undocumented-column";
//   finding.object = {"column", "public", "users", "phone"};
//   finding.evidence.live = "phone character varying(20)";
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/origin.h"

namespace schemaudit {

enum class Severity { info, low, medium, high, critical };

/// The part a source plays in an audit.
enum class Role { documented, declared, modelled, live, before };

/// Who has to catch up.
enum class Behind { docs, migrations, models, live };

std::string_view to_string(Severity severity);
std::string_view to_string(Role role);
std::string_view to_string(Behind behind);
std::optional<Severity> parse_severity(std::string_view text);

/// What a finding is about, by name.
struct ObjectRef {
  /// `table`, `column`, `constraint`, `index`, `enum`, `view`, `function`, `trigger`, `policy`,
  /// `extension`, `sequence`, `domain`, `type`, `document`, `schema`, `query`.
  std::string kind;
  std::string schema;
  /// The bare name of the table, for the table itself and for everything in it; else empty.
  std::string table;
  /// The object's own name; for a table the table's.
  std::string name;

  bool operator==(const ObjectRef&) const = default;
};

/// `public.users.email`, `public.users`, without what is empty.
std::string to_string(const ObjectRef& object);

struct Location {
  /// The role's or source's name: `documented`, `live`, `config`.
  std::string source;
  Origin origin;
  bool operator==(const Location&) const = default;
};

/// What each side says; unset where that side was not given or says nothing.
struct FindingEvidence {
  std::optional<std::string> documented, declared, modelled, live, before;

  std::optional<std::string>& of(Role role);
  const std::optional<std::string>& of(Role role) const;
  bool operator==(const FindingEvidence&) const = default;
};

enum class FixKind { sql, markdown, config };

struct Fix {
  FixKind kind = FixKind::sql;
  std::string text;
  bool operator==(const Fix&) const = default;
};

enum class FindingState { new_, baseline, waived };

struct Finding {
  std::string rule;
  Severity severity = Severity::medium;
  std::string message;
  std::optional<Behind> behind;
  ObjectRef object;
  /// The first one is where a reader should look.
  std::vector<Location> locations;
  FindingEvidence evidence;
  std::optional<Fix> fix;
  /// What tells this finding from others of its rule about the same object (a normalised
  /// definition, a heading path with an ordinal). Never a line.
  std::string key;
  /// Made by fingerprint() from rule, object and key; 16 hexadecimal digits.
  std::string fingerprint;
  FindingState state = FindingState::new_;

  bool operator==(const Finding&) const = default;
};

/// A stable name for a finding, the same on every machine and after lines have moved.
std::string fingerprint(std::string_view rule, const ObjectRef& object, std::string_view key);

/// Most severe first, then by place, object and rule: a total order, so that two runs agree.
void sort_findings(std::vector<Finding>& findings);

/// One question for all that a heuristic saw, with the configuration that answers it.
struct Question {
  std::string rule;
  std::string text;
  std::size_t count = 0;
  std::vector<std::string> examples;
  /// Lines of TOML.
  std::string config;
  bool operator==(const Question&) const = default;
};

}  // namespace schemaudit
