// The files of reports/html, which CMake puts into the program (reports/embed_assets.cmake).
//
//   kHtmlPage    page.html, in which {{style}}, {{body}} and {{script}} are to be filled
//   kHtmlStyle   report.css
#pragma once

#include <string_view>

namespace schemaudit {

extern const std::string_view kHtmlPage;
extern const std::string_view kHtmlStyle;
extern const std::string_view kHtmlScript;

}  // namespace schemaudit
