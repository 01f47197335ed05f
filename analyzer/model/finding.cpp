#include "analyzer/model/finding.h"

#include <algorithm>
#include <tuple>

#include "analyzer/model/digest.h"
#include "analyzer/model/source.h"

namespace schemaudit {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::low:
      return "low";
    case Severity::medium:
      return "medium";
    case Severity::high:
      return "high";
    case Severity::critical:
      return "critical";
  }
  return "";
}

std::string_view to_string(Role role) {
  switch (role) {
    case Role::documented:
      return "documented";
    case Role::declared:
      return "declared";
    case Role::modelled:
      return "modelled";
    case Role::live:
      return "live";
    case Role::before:
      return "before";
  }
  return "";
}

std::string_view to_string(Behind behind) {
  switch (behind) {
    case Behind::docs:
      return "docs";
    case Behind::migrations:
      return "migrations";
    case Behind::models:
      return "models";
    case Behind::live:
      return "live";
  }
  return "";
}

std::string_view to_string(DocumentState state) {
  switch (state) {
    case DocumentState::current:
      return "current";
    case DocumentState::planned:
      return "planned";
    case DocumentState::retired:
      return "retired";
    case DocumentState::not_schema:
      return "not-schema";
  }
  return "";
}

std::optional<Severity> parse_severity(std::string_view text) {
  for (Severity severity :
       {Severity::info, Severity::low, Severity::medium, Severity::high, Severity::critical})
    if (to_string(severity) == text) return severity;
  return std::nullopt;
}

std::string to_string(const ObjectRef& object) {
  std::string text;
  // A column may be called like its table.
  const bool is_within = object.kind == "column" || object.kind == "constraint" ||
                         object.kind == "index" || object.kind == "trigger" ||
                         object.kind == "policy";
  const bool is_table = object.name == object.table && !is_within;
  for (const std::string& part :
       {object.schema, object.table, is_table ? std::string() : object.name}) {
    if (part.empty()) continue;
    if (!text.empty()) text += ".";
    text += part;
  }
  return text;
}

std::optional<std::string>& FindingEvidence::of(Role role) {
  switch (role) {
    case Role::documented:
      return documented;
    case Role::declared:
      return declared;
    case Role::modelled:
      return modelled;
    case Role::live:
      return live;
    case Role::before:
      break;
  }
  return before;
}

const std::optional<std::string>& FindingEvidence::of(Role role) const {
  return const_cast<FindingEvidence*>(this)->of(role);
}

std::string fingerprint(std::string_view rule, const ObjectRef& object, std::string_view key) {
  // Unit separators keep ("ab", "c") apart from ("a", "bc").
  std::string text(rule);
  for (std::string_view part :
       {std::string_view(object.kind), std::string_view(object.schema),
        std::string_view(object.table), std::string_view(object.name), key}) {
    text += '\x1f';
    text += part;
  }
  return sha256_hex(text).substr(0, 16);
}

void sort_findings(std::vector<Finding>& findings) {
  auto place = [](const Finding& finding) {
    return finding.locations.empty() ? Origin{} : finding.locations.front().origin;
  };
  std::sort(findings.begin(), findings.end(), [&](const Finding& a, const Finding& b) {
    if (a.severity != b.severity) return a.severity > b.severity;
    Origin at_a = place(a), at_b = place(b);
    if (at_a != at_b) return at_a < at_b;
    auto names = [](const Finding& f) {
      return std::tie(f.object.schema, f.object.table, f.object.name, f.object.kind, f.rule, f.key,
                      f.message);
    };
    return names(a) < names(b);
  });
}

}  // namespace schemaudit
