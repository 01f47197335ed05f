// The waivers that comments of a SQL text give.
//
//   for (const InlineWaiver& waiver : waivers_in_sql({text, "migrations/0004.sql"})) ...
//
// A comment before a statement covers the statement; one within it covers the rest of its line,
// or, where it stands on a line of its own, the line after it.
#pragma once

#include <vector>

#include "analyzer/model/waiver.h"
#include "analyzer/sql/text.h"

namespace schemaudit {

std::vector<InlineWaiver> waivers_in_sql(const SqlText& text);

}  // namespace schemaudit
