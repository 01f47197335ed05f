// JSON reports of any bytes: one that is read is rendered in every format.
#include <cstddef>
#include <cstdint>
#include <string>

#include "reports/attestation.h"
#include "reports/read_report.h"
#include "reports/renderer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string error;
  const std::optional<schemaudit::Report> report =
      schemaudit::read_report(std::string(reinterpret_cast<const char*>(data), size), error);
  if (!report) return 0;
  schemaudit::render_text(*report, {true, 80});
  schemaudit::render_json(*report);
  schemaudit::render_html(*report);
  schemaudit::render_sarif(*report);
  schemaudit::render_gitlab(*report);
  schemaudit::render_junit(*report);
  schemaudit::render_github(*report);
  schemaudit::render_markdown(*report);
  schemaudit::render_attestation(*report, {}, {}, "");
  return 0;
}
