#include "analyzer/migrations/expectation_judge.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "analyzer/model/names.h"
#include "analyzer/model/secret_names.h"

namespace schemaudit {

namespace {

using Cell = std::optional<std::string>;

constexpr std::size_t kMostRowsMatched = 200;

std::string counted_rows(std::size_t count) {
  return count == 0 ? "no row" : count == 1 ? "1 row" : std::to_string(count) + " rows";
}

bool compare(std::int64_t left, ComparisonSign comparison, std::int64_t right) {
  switch (comparison) {
    case ComparisonSign::equal:
      return left == right;
    case ComparisonSign::not_equal:
      return left != right;
    case ComparisonSign::less:
      return left < right;
    case ComparisonSign::at_most:
      return left <= right;
    case ComparisonSign::more:
      return left > right;
    case ComparisonSign::at_least:
      return left >= right;
  }
  return false;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::string digits;
  for (char c : text)
    if (c != ',') digits += c;
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

bool is_whole_number_type(unsigned type) {
  return type == 20 || type == 21 || type == 23;
}

class Judge {
 public:
  Judge(const Expectation& expectation, const QueryRun& run, DocumentedQueryRunner& runner)
      : expectation_(expectation), run_(run), answer_(run.answer), runner_(runner) {}

  Judged judge() {
    switch (expectation_.kind) {
      case ExpectationKind::count:
        return judge_count(expectation_.comparison, expectation_.count, expectation_.of_rows);
      case ExpectationKind::value:
        return judge_value(expectation_.cells.at(0));
      case ExpectationKind::cells:
        return judge_cells();
      case ExpectationKind::rows:
        return judge_rows();
      case ExpectationKind::prose:
        break;
    }
    return not_evaluated(expectation_.why_not);
  }

 private:
  Judged decided(bool holds, std::string seen) const {
    return {holds ? VerificationState::passed : VerificationState::failed, std::move(seen), ""};
  }
  Judged not_evaluated(std::string why) const {
    return {VerificationState::not_evaluated, counted_rows(answer_.row_count), std::move(why)};
  }
  Judged not_proved(std::string why) const {
    return {VerificationState::not_proved, counted_rows(answer_.row_count), std::move(why)};
  }
  Judged too_many() const {
    return not_proved("only the first " + std::to_string(answer_.rows.size()) +
                      " rows were looked at");
  }

  bool one_cell() const { return answer_.row_count == 1 && answer_.columns.size() == 1; }

  Judged judge_row_count(ComparisonSign comparison, std::int64_t count) const {
    return decided(compare(static_cast<std::int64_t>(answer_.row_count), comparison, count),
                   counted_rows(answer_.row_count));
  }

  Judged judge_counts(const std::vector<std::size_t>& columns, ComparisonSign comparison,
                      std::int64_t count) const {
    if (answer_.rows.size() < answer_.row_count) return too_many();
    for (std::size_t row = 0; row < answer_.rows.size(); ++row)
      for (std::size_t column : columns) {
        const Cell& cell = answer_.rows[row].at(column);
        std::optional<std::int64_t> number = cell ? whole_number(*cell) : std::nullopt;
        if (!number || !compare(*number, comparison, count))
          return decided(false, named(column) + " is " + shown_cell(run_, row, column) +
                                    (answer_.row_count > 1 ? " in one row" : ""));
      }
    if (answer_.rows.size() == 1 && columns.size() == 1)
      return decided(true, named(columns[0]) + " is " + shown_cell(run_, 0, columns[0]));
    return decided(true, "so it is in " + counted_rows(answer_.row_count));
  }

  Judged judge_count(ComparisonSign comparison, std::int64_t count, bool of_rows) {
    const QueryShape& shape = run_.shape;
    const std::vector<std::size_t>& counts = shape.count_columns;
    const bool none = comparison == ComparisonSign::equal && count == 0;
    if (expectation_.of_each) {
      if (counts.empty()) return not_evaluated("which of its columns are counts cannot be told");
      if (answer_.row_count == 0) return not_proved("there is no row to judge");
      return judge_counts(counts, comparison, count);
    }
    if (shape.one_row && counts.size() == 1) {
      Judged by_value = judge_counts(counts, comparison, count);
      // A query that counts gives one row, whatever it counts.
      const bool one_row = of_rows && comparison == ComparisonSign::equal && count == 1;
      if (one_row && by_value.state == VerificationState::failed)
        return not_evaluated("the query counts: one row that it gives, or 1 that it counts?");
      return by_value;
    }
    if (shape.one_row && counts.size() > 1) {
      if (none) return judge_counts(counts, comparison, count);
      return not_evaluated("the query counts " + std::to_string(counts.size()) +
                           " things, and nothing tells which one is meant");
    }
    if (!counts.empty() && none && !of_rows) return judge_counts(counts, comparison, count);
    Judged by_rows = judge_row_count(comparison, count);
    if (!of_rows && none && one_cell() && is_whole_number_type(answer_.types[0])) {
      Judged by_value = judge_counts({0}, comparison, count);
      if (by_value.state != by_rows.state)
        return not_evaluated("it can be read as the number of rows, 1, or as the value of " +
                             named(0));
    }
    return by_rows;
  }

  Judged judge_value(const ExpectedCell& expected) {
    if (one_cell()) return judge_cell(0, 0, expected);
    std::optional<std::int64_t> number =
        expected.quoted ? std::nullopt : whole_number(expected.value);
    if (number) return judge_count(expected.comparison, *number, false);
    if (answer_.row_count == 0) return decided(false, "no row");
    return not_evaluated("the result has " + counted_rows(answer_.row_count) + " and " +
                         std::to_string(answer_.columns.size()) +
                         " columns, and nothing tells which cell is meant");
  }

  Judged judge_cell(std::size_t row, std::size_t column, const ExpectedCell& expected) {
    const Cell& cell = answer_.rows.at(row).at(column);
    std::optional<bool> holds = this->holds(column, cell, expected);
    if (!holds)
      return not_proved("values of the type of " + named(column) + " cannot be compared so");
    return decided(*holds, named(column) + " is " + shown_cell(run_, row, column));
  }

  std::optional<bool> holds(std::size_t column, const Cell& cell, const ExpectedCell& expected) {
    if (!expected.quoted && fold_case(expected.value) == "null") {
      if (expected.comparison == ComparisonSign::equal) return !cell;
      if (expected.comparison == ComparisonSign::not_equal) return cell.has_value();
    }
    if (!cell) return false;
    if (*cell == expected.value && expected.comparison == ComparisonSign::equal) return true;
    return runner_.compares(answer_.types.at(column), *cell, expected.comparison, expected.value);
  }

  std::optional<std::size_t> column_of(std::string name) const {
    if (std::size_t dot = name.rfind('.'); dot != std::string::npos) name = name.substr(dot + 1);
    for (std::size_t i = 0; i < answer_.columns.size(); ++i)
      if (answer_.columns[i] == name) return i;
    for (std::size_t i = 0; i < answer_.columns.size(); ++i)
      if (fold_case(answer_.columns[i]) == fold_case(name)) return i;
    return std::nullopt;
  }

  Judged judge_cells() {
    if (answer_.row_count == 0) return decided(false, "no row");
    if (answer_.rows.size() < answer_.row_count) return too_many();
    std::string seen;
    for (const ExpectedCell& expected : expectation_.cells) {
      std::optional<std::size_t> column = column_of(expected.column);
      if (!column && run_.shape.count_columns.size() == 1 &&
          fold_case(expected.column).find("count") != std::string::npos)
        column = run_.shape.count_columns[0];
      if (!column && answer_.columns.size() == 1) column = 0;
      if (!column)
        return not_proved("the result has no column " + expected.column + "; it has " + columns());
      std::optional<std::size_t> other = expected.quoted ? std::nullopt : column_of(expected.value);
      for (std::size_t row = 0; row < answer_.rows.size(); ++row) {
        ExpectedCell wanted = expected;
        if (other) {
          const Cell& value = answer_.rows[row][*other];
          wanted.value = value.value_or("null");
          wanted.quoted = value.has_value();
        }
        Judged judged = judge_cell(row, *column, wanted);
        if (other) judged.seen += ", " + named(*other) + " is " + shown_cell(run_, row, *other);
        if (judged.state != VerificationState::passed) {
          if (answer_.rows.size() > 1) judged.seen += " in row " + std::to_string(row + 1);
          return judged;
        }
        if (answer_.rows.size() == 1) seen += (seen.empty() ? "" : ", ") + judged.seen;
      }
    }
    return decided(true, seen.empty() ? "so it is in " + counted_rows(answer_.row_count) : seen);
  }

  Judged judge_rows() {
    const auto& wanted = expectation_.rows;
    if (answer_.row_count != wanted.size())
      return decided(false, counted_rows(answer_.row_count) + "; " + counted_rows(wanted.size()) +
                                " expected");
    if (wanted.size() > kMostRowsMatched)
      return not_proved("only " + std::to_string(kMostRowsMatched) + " rows are compared");
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < expectation_.columns.size(); ++i) {
      std::optional<std::size_t> column = column_of(expectation_.columns[i]);
      if (!column)
        return not_proved("the result has no column " + expectation_.columns[i] + "; it has " +
                          columns());
      places.push_back(*column);
    }
    if (places.empty()) {
      if (wanted.empty()) return decided(true, "no row");
      if (answer_.columns.size() != wanted[0].size())
        return not_evaluated("the result has " + std::to_string(answer_.columns.size()) +
                             " columns, and nothing tells which one is meant");
      for (std::size_t i = 0; i < wanted[0].size(); ++i) places.push_back(i);
    }
    std::vector<bool> taken(answer_.rows.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      std::optional<std::size_t> found;
      for (std::size_t row = 0; row < answer_.rows.size() && !found; ++row) {
        if (taken[row] || (run_.shape.ordered && row != i)) continue;
        std::optional<bool> same = row_holds(row, wanted[i], places);
        if (!same) return not_proved("values of some type in it cannot be compared");
        if (*same) found = row;
      }
      if (!found) {
        std::string text;
        for (std::size_t cell = 0; cell < wanted[i].size(); ++cell) {
          const bool hidden = cell < places.size() && hides_values(answer_, places[cell]);
          text += (text.empty() ? "" : ", ") + (hidden ? "***" : wanted[i][cell].value);
        }
        return decided(false, "no row (" + text + ")" +
                                  (run_.shape.ordered ? " at place " + std::to_string(i + 1) : ""));
      }
      taken[*found] = true;
    }
    return decided(true, counted_rows(answer_.row_count));
  }

  std::optional<bool> row_holds(std::size_t row, const std::vector<ExpectedCell>& wanted,
                                const std::vector<std::size_t>& places) {
    for (std::size_t i = 0; i < wanted.size() && i < places.size(); ++i) {
      const Cell& cell = answer_.rows[row].at(places[i]);
      // psql prints nothing for NULL.
      if (wanted[i].value.empty() && (!cell || cell->empty())) continue;
      std::optional<bool> same = holds(places[i], cell, wanted[i]);
      if (!same || !*same) return same;
    }
    return true;
  }

  std::string named(std::size_t column) const {
    return column < answer_.columns.size() ? answer_.columns[column] : "it";
  }

  std::string columns() const {
    std::string text;
    for (const std::string& column : answer_.columns) text += (text.empty() ? "" : ", ") + column;
    return text.empty() ? "none" : text;
  }

  const Expectation& expectation_;
  const QueryRun& run_;
  const LiveAnswer& answer_;
  DocumentedQueryRunner& runner_;
};

}  // namespace

std::string shown_cell(const QueryRun& run, std::size_t row, std::size_t column) {
  const std::vector<std::size_t>& counts = run.shape.count_columns;
  if (std::find(counts.begin(), counts.end(), column) == counts.end())
    return shown_cell(run.answer, row, column);
  return run.answer.rows.at(row).at(column).value_or("NULL");
}

Judged judge(const Expectation& expectation, const QueryRun& run, DocumentedQueryRunner& runner) {
  Judged judged = Judge(expectation, run, runner).judge();
  if (run.doubt.empty() || judged.state == VerificationState::not_evaluated) return judged;
  // Rows that were hidden would only be more of what should not be there.
  const bool none_expected = expectation.kind == ExpectationKind::count &&
                             expectation.comparison == ComparisonSign::equal &&
                             expectation.count == 0;
  if (judged.state == VerificationState::failed && none_expected) return judged;
  return {VerificationState::not_proved, judged.seen, run.doubt};
}

}  // namespace schemaudit
