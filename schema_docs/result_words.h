// A query's result as people write it: a count, a value, cells by their columns.
//
//   judgeable("0 rows", false)               count, 0
//   judgeable("at least 3 users", false)     count, at least 3
//   judgeable("`a = 1`, `b = 2`", false)     cells
//   judgeable("quick enough", false)         unset
//
// Between the readers of expectations; expectation_words.h is for everybody.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/expectation.h"

namespace schemaudit {

using Words = std::initializer_list<std::string_view>;

/// Case-blind, at a word's end; takes the words off where the text begins with them.
bool take(std::string_view& text, std::string_view words);
bool take_any(std::string_view& text, Words words);
/// Case-blind, all of the text.
bool is_any(std::string_view text, Words words);

/// Without bullets, arrows, ticks, emphasis and a full stop; on one line.
std::string bare(std::string_view text);
std::vector<std::string> result_words_of(std::string_view text);
/// What stands between the quotes or back-ticks that enclose all of it; unset otherwise.
std::optional<std::string> enclosed(std::string_view text, std::string_view marks);
/// `12`, `1,000`, `twelve`, `zero`.
std::optional<std::int64_t> whole_number(std::string_view text);
/// `rows`, `records`, `matches`
bool is_row_word(std::string_view word);

/// Without what only explains it: a parenthesis, what stands behind a dash or a comma. Sets
/// `qualified` where that, or the rest, makes a condition or an estimate of it.
std::string_view core_of(std::string_view text, bool& qualified);

/// `0 rows`, `no records`, `at least 3 active users`, `5+ rows`. `strict`: rows only, or zero.
std::optional<Expectation> count_in(std::string_view text, bool strict);

/// Anything but prose; `strict` as in count_in().
std::optional<Expectation> judgeable(std::string_view written, bool strict);
Expectation prose(std::string_view text);

}  // namespace schemaudit
