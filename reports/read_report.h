// Reads a JSON report back, as render_json() writes it.
//
//   std::string error;
//   std::optional<Report> report = read_report(text, error);
//
// The chain of migrations and what documents were read to say are not taken back, nor are texts of
// rules, which are not in it.
#pragma once

#include <optional>
#include <string>

#include "analyzer/model/report.h"

namespace schemaudit {

/// Unset, with the reason, where `text` is no report of a version that this program reads, or one
/// whose verdict of `pass` its own findings or evidence contradict.
std::optional<Report> read_report(const std::string& text, std::string& error);

}  // namespace schemaudit
