#include "analyzer/cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

namespace schemaudit {

TextStyle style_for(const std::string& path, const std::string& color) {
  TextStyle style;
  style.color = color == "always";
  if (path != "-" || !::isatty(STDOUT_FILENO)) return style;
  if (color == "auto" && !std::getenv("NO_COLOR")) style.color = true;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) style.width = size.ws_col;
  return style;
}

}  // namespace schemaudit
