// What goes to standard error: one line each, without secrets or control characters.
#pragma once

#include <string>

namespace schemaudit {

/// `schemaudit: <text>`
void complain(const std::string& text);
/// Like complain(), for what is no fault: which sources were found.
void tell(const std::string& text);

}  // namespace schemaudit
