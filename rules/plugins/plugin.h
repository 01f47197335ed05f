// What a plug-in gives to schemaudit: rules of its own, in a shared library.
//
//   #include "rules/plugins/plugin.h"
//
//   const schemaudit::Rule no_blobs{{.id = "acme-no-blobs", ...}, check};
//   SCHEMAUDIT_PLUGIN(&no_blobs)
//
// It is built with `find_package(schemaudit)` and `schemaudit::plugin`, and loaded with
// `schemaudit audit --plugin libacme.so`. Rules are C++ values, so both sides have to be built
// from the same headers: the description says which, and any other is refused. See
// docs/plugins.md.
#pragma once

#include <cstddef>
#include <cstdint>

#include "rules/plugins/headers_digest.h"
#include "rules/rule.h"

// What else changes the layout of the values that both sides share.
#if defined(_GLIBCXX_DEBUG)
#define SCHEMAUDIT_STANDARD_LIBRARY "libstdc++ (debug)"
#elif defined(__GLIBCXX__) && _GLIBCXX_USE_CXX11_ABI
#define SCHEMAUDIT_STANDARD_LIBRARY "libstdc++"
#elif defined(__GLIBCXX__)
#define SCHEMAUDIT_STANDARD_LIBRARY "libstdc++ (old ABI)"
#else
#define SCHEMAUDIT_STANDARD_LIBRARY "libc++"
#endif

namespace schemaudit {

/// Of the struct below: plain C, so that every version can read every other's.
inline constexpr std::uint32_t kPluginInterface = 1;

struct PluginDescription {
  std::uint32_t interface_version;
  /// Of the headers it was built with, as `schemaudit --version` says it.
  const char* tool_version;
  /// Of the text of those headers.
  const char* headers_digest;
  const char* standard_library;
  const Rule* const* rules;
  std::size_t rule_count;
};

}  // namespace schemaudit

/// Exports the rules, given by their addresses, under the one name that is looked for.
#define SCHEMAUDIT_PLUGIN(...)                                                              \
  extern "C" const schemaudit::PluginDescription* schemaudit_plugin_v1() {                  \
    static const schemaudit::Rule* const rules[] = {__VA_ARGS__};                           \
    static const schemaudit::PluginDescription description{schemaudit::kPluginInterface,    \
                                                           SCHEMAUDIT_HEADERS_VERSION,      \
                                                           SCHEMAUDIT_HEADERS_DIGEST,       \
                                                           SCHEMAUDIT_STANDARD_LIBRARY,     \
                                                           rules,                           \
                                                           sizeof rules / sizeof rules[0]}; \
    return &description;                                                                    \
  }
