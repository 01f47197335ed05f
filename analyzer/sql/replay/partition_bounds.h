// What partition bounds hold, told from their normal forms. Private to analyzer/sql.
//
//   bounds_overlap("FOR VALUES FROM (1) TO (10)", "FOR VALUES FROM (5) TO (20)", {})   true
#pragma once

#include <string>
#include <vector>

namespace schemaudit::replay {

/// Of each part of a partition key: whether its values are text, of which '110' is below '80'.
using TextKeys = std::vector<bool>;

/// Why the server would refuse the bound whatever other partitions there are; empty where it
/// would not, or that cannot be told.
std::string fault_of_bound(const std::string& bound, const TextKeys& text);
/// Whether partitions of one table with these bounds would share rows; false where that cannot be
/// told.
bool bounds_overlap(const std::string& a, const std::string& b, const TextKeys& text);
/// Whether one of two hash bounds' moduli is no factor of the other.
bool moduli_clash(const std::string& a, const std::string& b);

}  // namespace schemaudit::replay
