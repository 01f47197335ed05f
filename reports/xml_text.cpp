#include "reports/xml_text.h"

#include "reports/visible_text.h"

namespace schemaudit {

std::string escape_xml(std::string_view text) {
  std::string escaped;
  for (const char c : visible_block(text)) {
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else if (c == '>')
      escaped += "&gt;";
    else if (c == '"')
      escaped += "&quot;";
    else if (c == '#')
      // Runners of CI obey `##[...]` in a log.
      escaped += "&#35;";
    else if (c == '\n')
      escaped += "&#10;";
    else if (c == '\t')
      escaped += "&#9;";
    else
      escaped += c;
  }
  return escaped;
}

}  // namespace schemaudit
