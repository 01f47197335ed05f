// What goes to standard error: one line each, without secrets or control characters.
//
//   complain("cannot reach postgresql://app:s3cret@db/shop");
//       schemaudit: cannot reach postgresql://app:***@db/shop
#pragma once

#include <string>

namespace schemaudit {

/// `schemaudit: <text>`
void complain(const std::string& text);
/// Like complain(), for what is no fault: which sources were found.
void tell(const std::string& text);

}  // namespace schemaudit
