#include "analyzer/model/origin.h"

namespace schemaudit {

std::string to_string(const Origin& origin) {
  if (!origin.from_file()) return "catalog";
  std::string text = origin.uri;
  if (origin.line > 0) text += ":" + std::to_string(origin.line);
  if (origin.line > 0 && origin.column > 0) text += ":" + std::to_string(origin.column);
  return text;
}

}  // namespace schemaudit
