// One statement of every kind that the grammar knows, and one action of ALTER TABLE of every kind,
// to be run after one common set-up.
#pragma once

#include <vector>

namespace schemaudit {

struct StatementSample {
  /// The node's or enumerator's name: `CreateStmt`, `AT_AddColumn`.
  const char* node;
  const char* sql;
  /// Run before and behind it: what has to be there, and what shows that it did something.
  const char* before = "";
  const char* after = "";
};

extern const char* const kSampleSetup;

std::vector<StatementSample> statement_samples();
std::vector<StatementSample> alter_table_samples();

}  // namespace schemaudit
