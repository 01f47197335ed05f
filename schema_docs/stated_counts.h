// Counts that a document states of its own schema: `exactly four tables`, `- **Indexes:** 28+`.
//
//   std::optional<StatedCount> count = stated_count_in("Tables: 12", place);
//   check_stated_counts(...)   problems where no reasonable way of counting gives that number
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/report.h"
#include "analyzer/model/schema.h"
#include "analyzer/model/source.h"

namespace schemaudit {

enum class Counted { tables, indexes, foreign_keys, checks, unique_constraints };

struct StatedCount {
  Counted what = Counted::tables;
  std::size_t count = 0;
  /// `28+`, `at least 5`.
  bool at_least = false;
  Origin origin;
  std::string words;
};

/// The lines of a section about one kind (`### Check Constraints`): what it lists may be what
/// was counted.
struct CountedSection {
  Counted what = Counted::tables;
  int first_line = 0;
  int last_line = 0;
};

/// `text` is one line, a bullet or a label. Sentences about rows, phases, or what is left to do
/// state no count of the schema.
std::optional<StatedCount> stated_count_in(std::string_view text, const Origin& origin);

struct CheckedCounts {
  /// One for each count, in their order.
  std::vector<CountReading> readings;
  std::vector<Problem> problems;
};

/// Compares with what `schema` holds from the document at `uri`. `sql` is all SQL of the
/// document that states schema, `tables` how many tables it was read to state.
CheckedCounts check_stated_counts(const std::vector<StatedCount>& counts,
                                  const std::vector<CountedSection>& sections, const Schema& schema,
                                  const std::string& uri, std::string_view sql, std::size_t tables);

/// The words of a text that could be names: letters, digits and underscores.
std::set<std::string, std::less<>> identifiers_in(std::string_view text);

/// The tables that an overview counts, which other documents state: it has to name most of them
/// (`words`), so that a count of something else is never taken for one of the whole schema.
CheckedCounts check_overview_counts(const std::vector<StatedCount>& counts, const Schema& schema,
                                    const std::string& uri,
                                    const std::set<std::string, std::less<>>& words);

}  // namespace schemaudit
