#include "analyzer/engine/scope.h"

#include <algorithm>
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

}  // namespace schemaudit
