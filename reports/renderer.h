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
/// The contract of DESIGN.md section 4: see docs/report.md.
std::string render_json(const Report& report);
/// One self-contained page that reads well with scripts off.
std::string render_html(const Report& report);

/// The JSON Schema (2020-12) that render_json() keeps to.
std::string report_json_schema();

}  // namespace schemaudit
