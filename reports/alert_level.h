// The three levels that formats of other tools know, for our five severities.
//
//   alert_level(Severity::high)    AlertLevel::error
#pragma once

#include "analyzer/model/finding.h"

namespace schemaudit {

enum class AlertLevel { error, warning, note };

inline AlertLevel alert_level(Severity severity) {
  if (severity >= Severity::high) return AlertLevel::error;
  return severity == Severity::medium ? AlertLevel::warning : AlertLevel::note;
}

/// The word for the lowest level differs between formats.
inline const char* alert_word(Severity severity, const char* note) {
  switch (alert_level(severity)) {
    case AlertLevel::error:
      return "error";
    case AlertLevel::warning:
      return "warning";
    case AlertLevel::note:
      break;
  }
  return note;
}

}  // namespace schemaudit
