// The Content-Security-Policy of the HTML report: nothing but the page's own style and script
// may run, and nothing may be loaded.
//
//   content_policy(style, script)
//       default-src 'none'; script-src 'sha256-...'; style-src 'sha256-...'; ...
#pragma once

#include <string>
#include <string_view>

namespace schemaudit {

/// `style` and `script` are the exact bytes between their tags.
std::string content_policy(std::string_view style, std::string_view script);

/// `sha256-` and the digest in base64, as a policy names it.
std::string policy_hash(std::string_view bytes);

}  // namespace schemaudit
