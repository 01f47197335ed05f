#include "analyzer/engine/scope.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>

namespace schemaudit {

bool is_out_of_scope(const QualifiedName& name, const Config& config, const SourceResult& reader) {
  if (TableSelector{config.ignore}.matches(name)) return true;
  if (!config.schemas.empty() && !name.schema.empty() &&
      std::find(config.schemas.begin(), config.schemas.end(), name.schema) == config.schemas.end())
    return true;
  return std::any_of(reader.left_out.begin(), reader.left_out.end(), [&](const LeftOut& left_out) {
    const std::string& what = left_out.what;
    if (what == name.name || what == to_string(name)) return true;
    if (what == "schema " + quote_identifier(name.schema)) return true;
    if (!name.schema.empty()) return false;
    std::string tail = "." + name.name;
    return what.size() > tail.size() &&
           what.compare(what.size() - tail.size(), tail.size(), tail) == 0;
  });
}

void restrict_to_scope(SourceResult& source, const Config& config) {
  if (config.schemas.empty() && config.ignore.empty()) return;
  const SourceResult nobody;
  std::map<std::string, std::size_t> schemas;
  auto take_out = [&](auto& list, bool by_name) {
    std::erase_if(list, [&](const auto& object) {
      const QualifiedName& name = object.name;
      const bool outside = by_name ? is_out_of_scope(name, config, nobody)
                                   : is_out_of_scope({name.schema, {}}, config, nobody);
      if (outside && TableSelector{config.ignore}.matches(name))
        source.left_out.push_back({to_string(name), "[scope] ignore", 1});
      else if (outside)
        ++schemas["schema " + quote_identifier(name.schema)];
      return outside;
    });
  };
  take_out(source.schema.relations, true);
  take_out(source.schema.enums, false);
  take_out(source.schema.domains, false);
  take_out(source.schema.other_types, false);
  take_out(source.schema.sequences, false);
  take_out(source.schema.functions, false);
  std::erase_if(source.schema.namespaces, [&](const Namespace& space) {
    return is_out_of_scope({space.name, {}}, config, nobody);
  });
  for (const auto& [schema, count] : schemas)
    source.left_out.push_back({schema, "[scope] schemas", count});
}

}  // namespace schemaudit
