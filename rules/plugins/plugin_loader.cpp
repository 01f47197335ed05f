#include "rules/plugins/plugin_loader.h"

#include <dlfcn.h>

#include <algorithm>
#include <cstring>

#include "rules/plugins/plugin.h"

namespace schemaudit {

namespace {

constexpr const char* kEntry = "schemaudit_plugin_v1";

/// Why the plug-in does not fit this program; empty where it does.
std::string mismatch(const PluginDescription& plugin) {
  if (plugin.interface_version != kPluginInterface)
    return "it has version " + std::to_string(plugin.interface_version) +
           " of the plug-in interface, and this schemaudit needs version " +
           std::to_string(kPluginInterface);
  if (std::strcmp(plugin.headers_digest, SCHEMAUDIT_HEADERS_DIGEST) != 0)
    return std::string("it was built with the headers of schemaudit ") + plugin.tool_version +
           " (" + plugin.headers_digest + "), and needs those of " + SCHEMAUDIT_HEADERS_VERSION +
           " (" + SCHEMAUDIT_HEADERS_DIGEST + ")";
  if (std::strcmp(plugin.standard_library, SCHEMAUDIT_STANDARD_LIBRARY) != 0)
    return std::string("it was built with ") + plugin.standard_library + ", and needs " +
           SCHEMAUDIT_STANDARD_LIBRARY;
  return {};
}

bool is_kebab_case(std::string_view id) {
  return !id.empty() && id.front() != '-' && id.back() != '-' &&
         std::all_of(id.begin(), id.end(), [](char c) {
           return c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
         });
}

/// Why one of the rules cannot be taken in beside `known`; empty where all of them can.
std::string unfit_rule(const PluginDescription& plugin, const std::vector<const Rule*>& known) {
  for (std::size_t i = 0; i < plugin.rule_count; ++i) {
    const std::string id(plugin.rules[i]->info.id);
    if (!is_kebab_case(id))
      return "the id '" + id + "' of its rule is not in kebab-case, as in acme-no-blobs";
    if (plugin.rules[i]->info.category.empty()) return "its rule " + id + " has no category";
    for (const Rule* rule : known)
      if (rule->info.id == id)
        return "there is a rule " + id + " already; give its rule another id";
    for (std::size_t j = 0; j < i; ++j)
      if (plugin.rules[j]->info.id == id) return "it has two rules " + id;
  }
  return {};
}

/// Adds the rules of one plug-in, or says why not.
std::string load(const std::string& path, LoadedPlugins& into) {
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char* reason = dlerror();
    return reason ? reason : "it is no shared library";
  }
  void* symbol = dlsym(library, kEntry);
  if (!symbol)
    return std::string("it does not export ") + kEntry +
           ": its source has to end with SCHEMAUDIT_PLUGIN(...)";
  using Entry = const PluginDescription* (*)();
  const PluginDescription* plugin = reinterpret_cast<Entry>(symbol)();
  if (!plugin) return "it describes nothing";
  std::string reason = mismatch(*plugin);
  if (!reason.empty()) return reason + "; build it again with this version";
  reason = unfit_rule(*plugin, into.rules);
  if (!reason.empty()) return reason;
  into.rules.insert(into.rules.end(), plugin->rules, plugin->rules + plugin->rule_count);
  into.own.insert(into.own.end(), plugin->rules, plugin->rules + plugin->rule_count);
  return {};
}

}  // namespace

LoadedPlugins load_plugins(const std::vector<std::string>& paths) {
  LoadedPlugins plugins;
  plugins.rules = all_rules();
  std::vector<std::string> loaded;
  for (const std::string& path : paths) {
    if (std::find(loaded.begin(), loaded.end(), path) != loaded.end()) continue;
    loaded.push_back(path);
    std::string reason = load(path, plugins);
    if (reason.empty()) continue;
    plugins.error = "cannot use the plug-in " + path + ": " + reason;
    return plugins;
  }
  std::sort(plugins.rules.begin(), plugins.rules.end(),
            [](const Rule* a, const Rule* b) { return a->info.id < b->info.id; });
  return plugins;
}

}  // namespace schemaudit
