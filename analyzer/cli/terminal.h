// What standard output is: whether to paint it, and how wide it is.
#pragma once

#include <string>

#include "reports/renderer.h"

namespace schemaudit {

/// `color` is auto, always or never; `path` is where the text goes, `-` for standard output.
TextStyle style_for(const std::string& path, const std::string& color);

}  // namespace schemaudit
