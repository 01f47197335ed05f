// What the predicate of an index asks of a row, read from its normal form.
//
//   for (const std::string& condition : conditions_of(predicate))   a IS NOT NULL AND b > 0
//     if (auto column = column_not_null(condition)) ...             a, then nothing
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/expression.h"

namespace schemaudit {

/// The normal forms that have to hold together; empty where the predicate is undecided.
std::vector<std::string> conditions_of(const Expression& predicate);

/// The column of `column IS NOT NULL`; unset for any other condition.
std::optional<std::string> column_not_null(const std::string& condition);
/// The column of `column IS NULL`.
std::optional<std::string> column_null(const std::string& condition);
/// The column of `NOT column`, and of `column = false`.
std::optional<std::string> column_false(const std::string& condition);

/// Of `candidates`, those whose names stand in the expression.
std::vector<std::string> columns_in(const Expression& expression,
                                    const std::vector<std::string>& candidates);

}  // namespace schemaudit
