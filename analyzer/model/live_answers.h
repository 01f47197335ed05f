// What queries of the config gave on the live database: the evidence of `[[check]]` and of the
// rows that an isolation policy requires.
//
//   const LiveAnswer& answer = input.live_answers->checks[0];
//   if (!answer.error.empty()) ...                 // nothing is proven
//   if (answer.row_count == 1 && answer.rows[0][0] == "off") ...
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace schemaudit {

struct LiveAnswer {
  /// Why there is no answer, without secrets; empty where there is one.
  std::string error;
  /// The server's code for it; empty where it is not the server's.
  std::string sqlstate;
  std::vector<std::string> columns;
  /// The server's numbers for the columns' types (pg_type.oid).
  std::vector<unsigned> types = {};
  /// The names that the columns have in their table; empty where the server does not tell.
  std::vector<std::string> table_columns = {};
  /// The first rows as text, NULL unset: one more than are expected, and some to show.
  std::vector<std::vector<std::optional<std::string>>> rows;
  /// How many there are in all.
  std::size_t row_count = 0;
  bool operator==(const LiveAnswer&) const = default;
};

struct LiveAnswers {
  /// One for each of Config::checks, in order.
  std::vector<LiveAnswer> checks;
  /// One for each required row, policy by policy, in order: the nearest row that there is, by how
  /// many of the values it has; columns as the policy names them. No row where the table is empty.
  std::vector<LiveAnswer> required_rows;

  std::size_t asked() const { return checks.size() + required_rows.size(); }
  /// How many of them gave no answer.
  std::size_t unanswered() const;
  bool operator==(const LiveAnswers&) const = default;
};

}  // namespace schemaudit
