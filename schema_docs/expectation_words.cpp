#include "schema_docs/expectation_words.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "analyzer/model/names.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/result_words.h"

namespace schemaudit {

namespace {

/// `expected result (v1):` and the like, off the front; false where it begins otherwise.
bool take_introduction(std::string_view& text, bool& of_rows) {
  if (!take_any(text, {"expected", "expects", "expect"})) return false;
  of_rows = take_any(text, {"row count", "rows", "number of rows"});
  if (!of_rows)
    take_any(text, {"results", "result", "output", "outcome", "values", "value", "count",
                    "response", "returns", "return", "to be", "to return"});
  if (!text.empty() && text.front() == '(')
    if (std::optional<std::string_view> inside = inside_parentheses(text, 0))
      text = trim(text.substr(inside->size() + 2));
  take_any(text, {":", "=", "-", "\xE2\x80\x94", "\xE2\x80\x93", "\xE2\x86\x92"});
  return true;
}

struct Obligation {
  std::string_view subject, result;
  bool negated = false;
};

/// `<subject> should return <result>`
std::optional<Obligation> obligation_in(std::string_view text) {
  const std::string folded = fold_case(text);
  static constexpr std::array<std::string_view, 4> kModals = {"should", "must", "shall",
                                                              "expected to"};
  for (std::string_view modal : kModals) {
    for (std::size_t at = folded.find(modal); at != std::string::npos;
         at = folded.find(modal, at + 1)) {
      if (at > 0 && folded[at - 1] != ' ') continue;
      std::string_view rest = text.substr(at + modal.size());
      if (rest.empty() || (rest.front() != ' ' && rest.front() != 'n')) continue;
      Obligation found;
      found.subject = trim(text.substr(0, at));
      for (std::string_view verb : {" is", " are"})
        if (modal == "expected to" && fold_case(found.subject).ends_with(verb))
          found.subject = trim(found.subject.substr(0, found.subject.size() - verb.size()));
      found.negated = take_any(rest, {"not", "never", "n't"});
      if (!take_any(rest, {"return", "be", "give", "show", "yield", "have", "contain", "equal",
                           "match", "produce", "list", "print", "output", "report", "display"}))
        continue;
      take(rest, "only");
      found.result = rest;
      // `rows that should be deleted` expects nothing.
      const std::vector<std::string> before = result_words_of(found.subject);
      if (!before.empty() && is_any(before.back(), {"that", "which", "who", "what", "they"}))
        continue;
      return found;
    }
  }
  return std::nullopt;
}

bool is_the_query(std::string_view subject) {
  take_any(subject, {"this", "the", "both", "following", "above"});
  take_any(subject, {"following", "above"});
  return subject.empty() ||
         is_any(subject, {"query", "queries", "it", "result", "results", "output", "there",
                          "select", "statement", "rows", "count", "value", "total", "this"});
}

/// `Nothing should be returned`, `No rows must be found`.
bool promises_nothing(const Obligation& obligation) {
  const std::vector<std::string> words = result_words_of(obligation.subject);
  const bool none = words.size() == 1
                        ? is_any(words[0], {"nothing"})
                        : words.size() == 2 && is_any(words[0], {"no"}) && is_row_word(words[1]);
  return none && !obligation.negated &&
         is_any(bare(obligation.result), {"returned", "found", "shown", "listed"});
}

std::optional<Expectation> judge_obligation(const Obligation& obligation) {
  if (promises_nothing(obligation)) {
    Expectation none;
    none.kind = ExpectationKind::count;
    none.of_rows = true;
    return none;
  }
  if (obligation.negated) {
    std::string_view rest = obligation.result;
    if (is_any(bare(rest), {"anything"})) {
      Expectation nothing;
      nothing.kind = ExpectationKind::count;
      nothing.of_rows = true;
      return nothing;
    }
    take(rest, "any");
    const std::vector<std::string> words = result_words_of(bare(rest));
    if (words.empty() || words.size() > 2 || !is_row_word(words.back())) return std::nullopt;
    Expectation none;
    none.kind = ExpectationKind::count;
    none.of_rows = words.size() == 1;
    return none;
  }
  std::optional<Expectation> expectation = judgeable(obligation.result, false);
  if (!expectation) return std::nullopt;
  if (expectation->kind == ExpectationKind::count || expectation->kind == ExpectationKind::cells)
    return expectation;
  std::string_view subject = obligation.subject;
  const ExpectedCell& cell = expectation->cells[0];
  const std::optional<std::int64_t> number = whole_number(cell.value);
  const bool of_each = take_any(subject, {"all", "each", "every"});
  const std::string folded = fold_case(subject);
  const bool counts = folded.ends_with("count") || folded.ends_with("counts") ||
                      folded.ends_with("violations") || folded.starts_with("number of") ||
                      folded.starts_with("the number of");
  if (number && (of_each || (counts && folded != "count"))) {
    Expectation count;
    count.kind = ExpectationKind::count;
    count.comparison = cell.comparison;
    count.count = *number;
    count.of_each = of_each;
    return counts || of_each ? std::optional(count) : std::nullopt;
  }
  if (of_each) return std::nullopt;
  if (is_the_query(subject)) return expectation;
  // `enabled should be false`
  if (std::optional<std::string> code = enclosed(subject, "`"))
    expectation->cells[0].column = *code;
  else if (is_identifier(subject))
    expectation->cells[0].column = std::string(subject);
  else
    return std::nullopt;
  expectation->kind = ExpectationKind::cells;
  return expectation;
}

Expectation told(Expectation expectation, std::string_view written) {
  expectation.text = excerpt_of(bare(written));
  return expectation;
}

}  // namespace

bool announces_expectation(std::string_view text) {
  const std::string plain = bare(text);
  std::string_view rest = trim(plain);
  if (rest.empty() || rest.back() != ':') return false;
  rest = trim(rest.substr(0, rest.size() - 1));
  bool of_rows = false;
  if (take_introduction(rest, of_rows)) return rest.empty();
  std::optional<Obligation> obligation = obligation_in(rest);
  return obligation && !obligation->negated && obligation->result.empty() &&
         is_the_query(obligation->subject);
}

Expectation expected_result(std::string_view text) {
  std::optional<Expectation> expectation = judgeable(text, false);
  return told(expectation ? std::move(*expectation) : prose(text), text);
}

std::optional<Expectation> expectation_in(std::string_view written) {
  const std::string plain = bare(written);
  std::string_view text = plain;
  if (text.size() > 2000) return std::nullopt;
  bool of_rows = false;
  if (take_introduction(text, of_rows)) {
    if (text.empty()) return std::nullopt;
    std::optional<Expectation> expectation = judgeable(text, false);
    if (of_rows && expectation && expectation->kind == ExpectationKind::value) {
      const ExpectedCell cell = expectation->cells[0];
      std::optional<std::int64_t> number = whole_number(cell.value);
      expectation.reset();
      if (number) {
        expectation = Expectation{};
        expectation->kind = ExpectationKind::count;
        expectation->comparison = cell.comparison;
        expectation->count = *number;
        expectation->of_rows = true;
      }
    }
    return told(expectation ? std::move(*expectation) : prose(text), written);
  }
  if (std::optional<Obligation> obligation = obligation_in(text)) {
    if (obligation->result.empty()) return std::nullopt;
    std::optional<Expectation> expectation = judge_obligation(*obligation);
    return told(expectation ? std::move(*expectation) : prose(text), written);
  }
  // `0 rows expected`, `Returns 5 rows`, `(0 rows)`: less sure words, taken where a count follows.
  std::string_view rest = text;
  if (is_any(rest,
             {"no rows", "zero rows", "nothing should come back", "no rows should come back"})) {
    rest = "no rows";
  } else if (fold_case(rest).ends_with(" expected")) {
    rest = trim(rest.substr(0, rest.size() - 9));
  } else if (rest.size() > 2 && rest.front() == '(' && rest.back() == ')') {
    rest = trim(rest.substr(1, rest.size() - 2));
  } else if (take_any(rest, {"returns", "result", "results"})) {
    take(rest, ":");
  } else {
    return std::nullopt;
  }
  bool qualified = false;
  std::string_view core = core_of(rest, qualified);
  if (qualified) return std::nullopt;
  std::optional<Expectation> expectation = count_in(core, true);
  if (!expectation) return std::nullopt;
  return told(std::move(*expectation), written);
}

std::vector<Expectation> expected_list(const std::vector<std::string>& items) {
  std::vector<Expectation> read;
  for (const std::string& item : items) {
    std::optional<Expectation> introduced = expectation_in(item);
    read.push_back(introduced ? std::move(*introduced) : expected_result(item));
  }
  auto all = [&](ExpectationKind kind) {
    return read.size() > 1 && std::all_of(read.begin(), read.end(), [&](const Expectation& each) {
             return each.kind == kind;
           });
  };
  if (!all(ExpectationKind::cells) && !all(ExpectationKind::value)) return read;
  Expectation whole;
  whole.kind = all(ExpectationKind::cells) ? ExpectationKind::cells : ExpectationKind::rows;
  for (Expectation& each : read) {
    whole.text += (whole.text.empty() ? "" : ", ") + each.text;
    for (ExpectedCell& cell : each.cells) {
      if (whole.kind == ExpectationKind::cells)
        whole.cells.push_back(std::move(cell));
      else
        whole.rows.push_back({std::move(cell)});
    }
  }
  return {whole};
}

Expectation expected_output(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.find('\n', at), text.size());
    if (!trim(text.substr(at, end - at)).empty()) lines.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  Expectation output;
  output.text = excerpt_of(text);
  output.why_not = "this output could not be read";
  if (lines.size() == 1) return expected_result(lines[0]);
  auto is_line = [](const std::string& line) {
    return line.find('-') != std::string::npos &&
           line.find_first_not_of("-+| ") == std::string::npos;
  };
  if (lines.size() < 2 || !is_line(lines[1])) return output;
  auto cells = [](std::string_view line) {
    std::vector<std::string> parts;
    for (;;) {
      std::size_t end = line.find('|');
      parts.emplace_back(trim(line.substr(0, end)));
      if (end == std::string_view::npos) return parts;
      line.remove_prefix(end + 1);
    }
  };
  Expectation table;
  table.kind = ExpectationKind::rows;
  table.text = output.text;
  table.columns = cells(lines[0]);
  for (std::size_t i = 2; i < lines.size(); ++i) {
    std::string_view line = trim(lines[i]);
    if (line.front() == '(' && line.back() == ')') break;
    std::vector<ExpectedCell> row;
    for (const std::string& value : cells(lines[i])) {
      if (value == "..." || value == "\xE2\x80\xA6") return output;
      row.push_back({"", ComparisonSign::equal, value, false});
    }
    if (row.size() != table.columns.size()) return output;
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace schemaudit
