// The formats of what `schemaudit verify` found.
//
//   std::string text = verify_text(report, style);
#pragma once

#include <string>

#include "analyzer/migrations/verification.h"
#include "reports/renderer.h"

namespace schemaudit {

std::string verify_text(const VerificationReport& report, const TextStyle& style);
std::string verify_json(const VerificationReport& report);
/// The JSON Schema (2020-12) that verify_json() keeps to.
std::string verify_json_schema();

}  // namespace schemaudit
