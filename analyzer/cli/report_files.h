// Reports in the formats that the user asked for, and the attestation over them.
//
//   write_reports(report, {{"text", "-"}, {"html", "report.html"}}, "auto");
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "analyzer/cli/audit_options.h"
#include "analyzer/model/audit_input.h"
#include "analyzer/model/report.h"

namespace schemaudit {

/// `text`, `json`, `html`, `sarif`, `gitlab`, `junit`, `github`, `markdown`.
const std::vector<std::string>& report_formats();

/// Of `base`, below its repository: git's, else the one that GITHUB_WORKSPACE or CI_PROJECT_DIR
/// name.
std::string below_repository(const std::filesystem::path& base);

/// False where one could not be written, which the user is told.
bool write_reports(const Report& report, const std::vector<OutputFormat>& formats,
                   const std::string& color);

/// Why there can be no attestation in `path` (empty: none is asked for), one line; empty where
/// there can.
std::string fault_of_attestation(const std::string& path, const std::vector<OutputFormat>& formats);

/// Digests of the report files as they were written, and of the inputs. False where it could not
/// be written, which the user is told.
bool write_attestation(const Report& report, const AuditInput& input,
                       const std::filesystem::path& base, const std::vector<OutputFormat>& formats,
                       const std::string& path);

}  // namespace schemaudit
