#include "schema_docs/result_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "analyzer/model/names.h"
#include "schema_docs/prose_words.h"

namespace schemaudit {

bool take(std::string_view& text, std::string_view words) {
  std::string_view rest = trim(text);
  if (rest.size() < words.size() || fold_case(rest.substr(0, words.size())) != words) return false;
  const bool in_word = rest.size() > words.size() &&
                       std::isalnum(static_cast<unsigned char>(rest[words.size()])) != 0;
  if (in_word && std::isalnum(static_cast<unsigned char>(words.back())) != 0) return false;
  text = trim(rest.substr(words.size()));
  return true;
}

bool take_any(std::string_view& text, Words words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view each) { return take(text, each); });
}

bool is_any(std::string_view text, Words words) {
  const std::string folded = fold_case(trim(text));
  return std::find(words.begin(), words.end(), folded) != words.end();
}

std::string bare(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 2, "**") == 0) {
      ++i;
      continue;
    }
    plain += text[i] == '\n' || text[i] == '\t' ? ' ' : text[i];
  }
  std::string_view rest = trim(plain);
  bool again = true;
  while (again) {
    again = false;
    for (std::string_view mark :
         {std::string_view("- "), std::string_view("* "), std::string_view("> "),
          std::string_view("=> "), std::string_view("-> "), std::string_view("\xE2\x86\x92"),
          std::string_view("\xE2\x87\x92"), std::string_view("\xE2\x9C\x85"),
          std::string_view("\xE2\x9C\x93"), std::string_view("\xE2\x80\xA2")})
      // `> 0` is no quotation.
      if (rest.starts_with(mark) &&
          !(mark == "> " && rest.find_first_of("0123456789") == mark.size())) {
        rest = trim(rest.substr(mark.size()));
        again = true;
      }
  }
  while (!rest.empty() && (rest.back() == '.' || rest.back() == ';' || rest.back() == '!'))
    rest = trim(rest.substr(0, rest.size() - 1));
  return std::string(rest);
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool separates = text[i] == ',' && i > 0 && (text.size() - i) % 4 == 0;
    if (!separates) digits += text[i];
  }
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error == std::errc() && end == digits.data() + digits.size() && !digits.empty())
    return number;
  if (std::optional<std::size_t> counted = parse_count(fold_case(text)))
    return static_cast<std::int64_t>(*counted);
  if (is_any(text, {"zero", "no"})) return 0;
  return std::nullopt;
}

namespace {

bool is_number(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  if (text.empty() || std::isdigit(static_cast<unsigned char>(text.front())) == 0) return false;
  std::size_t points = 0;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    if (c == '.') return ++points == 1;
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
  });
}

bool is_literal(std::string_view text) {
  return is_number(text) || is_any(text, {"true", "false", "null"});
}

std::optional<ComparisonSign> take_comparison(std::string_view& text) {
  static constexpr std::array<std::pair<std::string_view, ComparisonSign>, 21> kWords = {{
      {"at least", ComparisonSign::at_least},
      {"no fewer than", ComparisonSign::at_least},
      {"no less than", ComparisonSign::at_least},
      {"at most", ComparisonSign::at_most},
      {"no more than", ComparisonSign::at_most},
      {"up to", ComparisonSign::at_most},
      {"more than", ComparisonSign::more},
      {"greater than", ComparisonSign::more},
      {"less than", ComparisonSign::less},
      {"fewer than", ComparisonSign::less},
      {"exactly", ComparisonSign::equal},
      {"equal to", ComparisonSign::equal},
      {">=", ComparisonSign::at_least},
      {"\xE2\x89\xA5", ComparisonSign::at_least},
      {"<=", ComparisonSign::at_most},
      {"\xE2\x89\xA4", ComparisonSign::at_most},
      {"<>", ComparisonSign::not_equal},
      {"!=", ComparisonSign::not_equal},
      {">", ComparisonSign::more},
      {"<", ComparisonSign::less},
      {"==", ComparisonSign::equal},
  }};
  for (const auto& [words, comparison] : kWords)
    if (take(text, words)) return comparison;
  if (take(text, "=")) return ComparisonSign::equal;
  return std::nullopt;
}

}  // namespace

std::optional<std::string> enclosed(std::string_view text, std::string_view marks) {
  if (text.size() < 2 || text.front() != text.back() ||
      marks.find(text.front()) == std::string_view::npos ||
      text.substr(1, text.size() - 2).find(text.front()) != std::string_view::npos)
    return std::nullopt;
  return std::string(text.substr(1, text.size() - 2));
}

namespace {

/// A literal, a quoted text, a code span, or in code any text.
std::optional<ExpectedCell> cell_of(std::string_view text, bool in_code) {
  text = trim(text);
  ExpectedCell cell;
  if (std::optional<std::string> quoted = enclosed(text, "'\"")) {
    cell.value = *quoted;
    cell.quoted = true;
    return cell;
  }
  if (std::optional<std::string> code = enclosed(text, "`")) return cell_of(*code, true);
  if (text.empty() || text.find('`') != std::string_view::npos) return std::nullopt;
  if (!in_code && !is_literal(text) && text.find(' ') != std::string_view::npos)
    return std::nullopt;
  cell.value = std::string(text);
  return cell;
}

/// `enabled = false`, `status: 'open'`, `ended_at is null`.
std::optional<ExpectedCell> condition_in(std::string_view text, bool in_code) {
  if (std::optional<std::string> code = enclosed(trim(text), "`")) return condition_in(*code, true);
  text = trim(text);
  std::size_t end = 0;
  if (!text.empty() && (text.front() == '`' || text.front() == '"')) {
    end = text.find(text.front(), 1);
    if (end == std::string_view::npos) return std::nullopt;
    ++end;
  } else {
    while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 ||
                                 text[end] == '_' || text[end] == '.'))
      ++end;
  }
  std::string_view name = text.substr(0, end), rest = trim(text.substr(end));
  const bool marked = !name.empty() && (name.front() == '`' || name.front() == '"');
  if (marked) name = name.substr(1, name.size() - 2);
  if (name.empty() || (!marked && is_number(name))) return std::nullopt;
  ComparisonSign comparison = ComparisonSign::equal;
  bool described = false;
  if (take(rest, ":")) {
    described = true;
  } else if (take(rest, "is not")) {
    comparison = ComparisonSign::not_equal;
    described = true;
  } else if (take(rest, "is")) {
    described = true;
  } else {
    // `everything up to date` compares nothing.
    described = !rest.empty() && std::isalpha(static_cast<unsigned char>(rest.front())) != 0;
    std::optional<ComparisonSign> sign = take_comparison(rest);
    if (!sign) return std::nullopt;
    comparison = *sign;
  }
  std::optional<ExpectedCell> cell = cell_of(rest, in_code);
  if (!cell) return std::nullopt;
  // `Note: see below` names no column.
  const bool marked_value = !rest.empty() && (rest.front() == '`' || rest.front() == '\'');
  if (described && !in_code && !is_literal(cell->value) && !marked_value) return std::nullopt;
  cell->column = std::string(name);
  cell->comparison = comparison;
  return cell;
}

std::vector<std::string> split_conditions(std::string_view text) {
  std::vector<std::string> parts;
  for (const std::string& part : split_top_level(text, ',')) {
    std::string_view rest = part;
    take(rest, "and");
    for (std::size_t at; (at = fold_case(rest).find(" and ")) != std::string::npos;) {
      parts.emplace_back(trim(rest.substr(0, at)));
      rest = trim(rest.substr(at + 5));
    }
    parts.emplace_back(rest);
  }
  return parts;
}

std::optional<Expectation> conditions_in(std::string_view text, bool in_code) {
  Expectation expectation;
  expectation.kind = ExpectationKind::cells;
  if (std::optional<std::string> code = enclosed(trim(text), "`"))
    return conditions_in(*code, true);
  for (const std::string& part : split_conditions(text)) {
    std::optional<ExpectedCell> cell = condition_in(part, in_code);
    if (!cell) return std::nullopt;
    expectation.cells.push_back(std::move(*cell));
  }
  if (expectation.cells.empty()) return std::nullopt;
  return expectation;
}

bool is_unit(std::string_view word) {
  return is_any(word,
                {"ms",           "s",       "sec",    "secs",    "second", "seconds", "millisecond",
                 "milliseconds", "min",     "minute", "minutes", "hour",   "hours",   "day",
                 "days",         "percent", "kb",     "mb",      "gb",     "byte",    "bytes",
                 "times",        "x"});
}

}  // namespace

std::vector<std::string> result_words_of(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string& word : split_top_level(text, ' '))
    if (!word.empty()) words.push_back(word);
  return words;
}

bool is_row_word(std::string_view word) {
  return is_any(word, {"row", "rows", "record", "records", "result", "results", "entry", "entries",
                       "tuple", "tuples", "match", "matches"});
}

namespace {

bool means_nothing(std::string_view text) {
  return is_any(text, {"none", "nothing", "empty", "empty result", "empty results", "empty set",
                       "empty result set", "empty output", "empty table", "no output", "no data",
                       "nothing returned"});
}

}  // namespace

std::optional<Expectation> count_in(std::string_view text, bool strict) {
  Expectation expectation;
  expectation.kind = ExpectationKind::count;
  if (means_nothing(text)) {
    expectation.of_rows = true;
    return expectation;
  }
  if (std::optional<ComparisonSign> comparison = take_comparison(text))
    expectation.comparison = *comparison;
  std::vector<std::string> words = result_words_of(text);
  while (words.size() > 1 && is_any(words.back(), {"returned", "found", "total", "each", "back"}))
    words.pop_back();
  if (words.size() < 2) return std::nullopt;
  std::string first = words[0];
  if (first.size() > 1 && first.back() == '+') {
    expectation.comparison = ComparisonSign::at_least;
    first.pop_back();
  }
  std::optional<std::int64_t> number = whole_number(first);
  if (!number || is_unit(words[1])) return std::nullopt;
  expectation.count = *number;
  const std::string& last = words.back();
  const bool rows = is_row_word(last);
  // `no rows at all` is one thing, `no attributable mutations` another: a negation by itself
  // tells what is counted only where that is rows.
  if (is_any(first, {"no"}) && !rows) return std::nullopt;
  expectation.of_rows = rows && words.size() == 2;
  if (strict && !rows && *number != 0) return std::nullopt;
  if (words.size() > (*number == 0 ? 5u : rows ? 4u : 3u)) return std::nullopt;
  if (!rows && last.back() != 's' && *number != 1) return std::nullopt;
  return expectation;
}

namespace {

/// Words that make of a number a condition or an estimate.
bool is_qualified(std::string_view text) {
  return contains_any_word(text, {"if", "unless", "when", "until", "per", "or", "depending",
                                  "approximately", "about", "roughly", "around", "unchanged",
                                  "same", "before", "after", "except", "between", "varies"});
}

}  // namespace

std::string_view core_of(std::string_view text, bool& qualified) {
  bool in_code = false;
  std::size_t cut = text.size();
  for (std::size_t i = 0; i < text.size() && cut == text.size(); ++i) {
    if (text[i] == '`' || text[i] == '\'' || text[i] == '"') in_code = !in_code;
    if (in_code) continue;
    for (std::string_view mark :
         {std::string_view(" ("), std::string_view(" - "), std::string_view(" -- "),
          std::string_view(" \xE2\x80\x94 "), std::string_view(" \xE2\x80\x93 "),
          std::string_view("; "), std::string_view(". "), std::string_view(", ")})
      if (text.compare(i, mark.size(), mark) == 0) cut = i;
  }
  std::string_view core = trim(text.substr(0, cut)), tail = trim(text.substr(cut));
  while (!tail.empty() && std::isalnum(static_cast<unsigned char>(tail.front())) == 0)
    tail.remove_prefix(1);
  const std::string folded = fold_case(tail);
  for (std::string_view word : {"or ", "unless ", "except ", "until ", "before ", "plus ", "and "})
    qualified = qualified || folded.starts_with(word);
  if (folded.starts_with("if ") && !folded.starts_with("if not") && !folded.starts_with("if any"))
    qualified = true;
  qualified = qualified || is_qualified(core);
  return core;
}

namespace {

/// `50ms`, `0.5 s`, `two seconds`
bool speaks_of_time(std::string_view text) {
  const std::string folded = fold_case(text);
  for (std::size_t at = folded.find_first_of("0123456789"); at != std::string::npos;
       at = folded.find_first_of("0123456789", at)) {
    at = std::min(folded.find_first_not_of("0123456789.", at), folded.size());
    std::size_t end = at;
    while (end < folded.size() && std::isalpha(static_cast<unsigned char>(folded[end])) != 0) ++end;
    if (is_any(std::string_view(folded).substr(at, end - at), {"ms", "s", "sec", "min"}))
      return true;
  }
  return contains_any_word(text, {"ms", "milliseconds", "seconds", "second", "minutes"});
}

}  // namespace

Expectation prose(std::string_view text) {
  Expectation expectation;
  expectation.why_not =
      speaks_of_time(text) ? "how long a query takes is not judged" : "it is stated in words";
  return expectation;
}

std::optional<Expectation> judgeable(std::string_view written, bool strict) {
  const std::string plain = bare(written);
  std::string_view text = plain;
  // Before anything is taken off: `a = 1` begins with no article.
  if (std::optional<Expectation> cells = conditions_in(text, false)) return cells;
  take_any(text, {"is", "are", "be"});
  take_any(text, {"exactly", "only", "just"});
  take_any(text, {"a", "an", "the"});
  if (text.empty()) return std::nullopt;
  bool qualified = false;
  std::string_view core = core_of(text, qualified);
  if (qualified || core.empty()) return std::nullopt;
  if (std::optional<Expectation> cells = conditions_in(core, false)) return cells;
  if (std::optional<std::string> code = enclosed(core, "`"))
    if (std::optional<Expectation> count = count_in(*code, strict)) return count;
  if (std::optional<Expectation> count = count_in(core, strict)) return count;

  Expectation expectation;
  expectation.kind = ExpectationKind::value;
  std::string_view rest = core;
  std::optional<ComparisonSign> comparison = take_comparison(rest);
  std::optional<ExpectedCell> cell = cell_of(rest, false);
  if (!cell) return std::nullopt;
  const bool marked = rest.front() == '`' || rest.front() == '\'' || rest.front() == '"';
  if (!marked && !is_literal(cell->value)) {
    if (!is_any(cell->value, {"zero"})) return std::nullopt;
    cell->value = "0";
  }
  if (comparison) cell->comparison = *comparison;
  expectation.cells = {std::move(*cell)};
  return expectation;
}

}  // namespace schemaudit
