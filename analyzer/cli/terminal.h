// What standard output is: whether to paint it, and how wide it is.
//
//   style_for("-", "auto")            as wide as the terminal, painted unless NO_COLOR is set
//   style_for("report.txt", "auto")   neither, as where standard output is a pipe
#pragma once

#include <string>

#include "reports/renderer.h"

namespace schemaudit {

/// `color` is auto, always or never; `path` is where the text goes, `-` for standard output.
TextStyle style_for(const std::string& path, const std::string& color);

}  // namespace schemaudit
