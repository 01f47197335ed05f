// A schema as text for people: one line for each relation, column, constraint and index.
#pragma once

#include <string>

#include "analyzer/model/schema.h"

namespace schemaudit {

std::string schema_text(const Schema& schema);

}  // namespace schemaudit
