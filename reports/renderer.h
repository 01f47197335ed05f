// Renderers: each turns a Report into one format and sees nothing else.
//
//   std::string page = render_html(report);
#pragma once

#include <string>

#include "analyzer/model/report.h"

namespace schemaudit {

struct TextStyle {
  bool color = false;
  /// Columns of the terminal; 0 for no wrapping.
  int width = 0;
};

/// For people at a terminal.
std::string render_text(const Report& report, const TextStyle& style);
/// The contract that docs/report.md states.
std::string render_json(const Report& report);
/// One self-contained page that reads well with scripts off.
std::string render_html(const Report& report);
/// SARIF 2.1.0 for code scanning; without what is waived.
std::string render_sarif(const Report& report);
/// GitLab's Code Quality.
std::string render_gitlab(const Report& report);
/// JUnit XML.
std::string render_junit(const Report& report);
/// GitHub's workflow commands, which annotate the lines of a pull request.
std::string render_github(const Report& report);
/// For a step summary or a comment, below 60,000 bytes.
std::string render_markdown(const Report& report);

/// The JSON Schema (2020-12) that render_json() keeps to.
std::string report_json_schema();

}  // namespace schemaudit
