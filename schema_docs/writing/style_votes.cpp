#include "schema_docs/writing/style_votes.h"

#include <algorithm>

#include "analyzer/model/names.h"
#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/claims.h"
#include "schema_docs/column_list.h"
#include "schema_docs/column_words.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/writing/sql_clauses.h"
#include "schema_docs/writing/table_row_source.h"

namespace schemaudit {

namespace {

std::string_view line_at(const std::vector<std::string>& lines, int number) {
  if (number < 1 || static_cast<std::size_t>(number) > lines.size()) return {};
  return lines[static_cast<std::size_t>(number) - 1];
}

bool has_letter(std::string_view text, bool upper) {
  return std::any_of(text.begin(), text.end(),
                     [&](char c) { return upper ? c >= 'A' && c <= 'Z' : c >= 'a' && c <= 'z'; });
}

bool is_code(std::string_view cell) {
  return cell.size() > 2 && cell.front() == '`' && cell.back() == '`';
}

/// What stands between two facts, if it is nothing but that.
bool is_separator(std::string_view text) {
  return !text.empty() && text.size() <= 3 &&
         text.find_first_not_of(" ,;./+") == std::string_view::npos;
}

bool states(const ColumnFacts& facts, PhraseKind kind) {
  switch (kind) {
    case PhraseKind::type:
      return facts.type.has_value();
    case PhraseKind::primary_key:
      return facts.primary_key;
    case PhraseKind::unique:
      return facts.unique;
    case PhraseKind::not_null:
      return facts.nullable == std::optional(false);
    case PhraseKind::nullable:
      return facts.nullable == std::optional(true);
    case PhraseKind::reference:
      return facts.foreign_key.has_value();
    case PhraseKind::filling:
      return facts.default_text.has_value();
    case PhraseKind::check:
      return !facts.checks.empty();
    case PhraseKind::values:
      return facts.values.has_value();
    case PhraseKind::action:
      return facts.actions.on_delete || facts.actions.on_update;
  }
  return false;
}

/// `required` and `cannot be null` say it only in some places, or in sentences: nobody learns to
/// write them everywhere.
bool speaks_of_null(std::string_view written) {
  const std::string folded = fold_case(written);
  return folded == "nn" ||
         (folded.find("null") != std::string::npos && folded.find(" be ") == std::string::npos);
}

/// `| Yes |` for a nullable column: the words are kept with the meaning that they have.
std::optional<bool> yes_or_no_in(std::string_view cell) {
  std::string folded = fold_case(cell);
  for (std::string_view word : {"yes", "y", "true", "t", "x", "\xE2\x9C\x93", "\xE2\x9C\x94",
                                "\xE2\x9C\x85", "ja", "oui", "si", "\xE2\x97\x8B"})
    if (folded == word) return true;
  for (std::string_view word :
       {"no", "n", "false", "f", "\xE2\x9C\x97", "\xE2\x9C\x98", "\xE2\x9D\x8C", "nein", "non"})
    if (folded == word) return false;
  return std::nullopt;
}

}  // namespace

std::string Votes::winner(const std::string& otherwise) const {
  std::string best = otherwise;
  int most = 0;
  for (const auto& [what, count] : counts_) {
    if (count <= most) continue;
    most = count;
    best = what;
  }
  return best;
}

bool Votes::says_yes(bool otherwise) const {
  return empty() ? otherwise : winner("false") == "true";
}

void StyleVotes::reference(std::string_view phrase, std::string_view target, int weight) {
  std::size_t at = static_cast<std::size_t>(target.data() - phrase.data());
  std::string before(phrase.substr(0, at));
  std::string after;
  for (std::size_t end = at + target.size(); end < phrase.size() && phrase[end] == '`'; ++end)
    after += '`';
  if (before.find('(') != std::string::npos) after += ')';
  bool parentheses = target.find('(') != std::string_view::npos;
  bool dotted = target.find('.') != std::string_view::npos;
  std::string form = parentheses ? "in_parentheses" : dotted ? "column" : "table";
  votes_["reference"].add(before + "\n" + after + "\n" + form, weight);
}

void StyleVotes::type(const std::string& written, const std::string& normal, int weight) {
  const std::string base = type_base(normal);
  std::string word(written.substr(0, written.find_first_of("([")));
  // The zone may stand behind the precision: `timestamp(3) with time zone`.
  std::size_t close = written.find(')');
  if (written.find('(') != std::string::npos && close != std::string::npos)
    word += written.substr(close + 1);
  while (word.ends_with("[]")) word.resize(word.size() - 2);
  word = std::string(trim(word));
  if (word.empty() || !is_builtin_type(base)) return;
  types_[base].add(word, weight);
  if (has_letter(word, true) != has_letter(word, false))
    votes_["upper types"].add(has_letter(word, true), weight);
}

void StyleVotes::words(std::string_view source, std::string_view plain, bool type_first,
                       CellRole role, int weight) {
  ColumnWordsOptions reading;
  reading.type_cell = type_first;
  const ColumnFacts facts = read_column_facts(plain, reading);
  std::vector<FactPhrase> phrases = find_fact_phrases(source, {type_first});
  std::erase_if(phrases, [&](const FactPhrase& phrase) { return !states(facts, phrase.kind); });
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    const FactPhrase& phrase = phrases[i];
    where_[phrase.kind].add(std::to_string(static_cast<int>(role)), weight);
    std::string written(phrase.in(source));
    switch (phrase.kind) {
      case PhraseKind::type:
        if (facts.type) type(facts.type->text, facts.type->normal, weight);
        votes_["type in code"].add(phrase.in_code, weight);
        break;
      case PhraseKind::primary_key:
        votes_["primary key"].add(written, weight);
        break;
      case PhraseKind::unique:
        if (!fold_case(written).starts_with("must ")) votes_["unique"].add(written, weight);
        break;
      case PhraseKind::not_null:
        if (speaks_of_null(written)) votes_["not null"].add(written, weight);
        break;
      case PhraseKind::nullable:
        if (speaks_of_null(written)) votes_["nullable"].add(written, weight);
        break;
      case PhraseKind::reference:
        reference(phrase.in(source), phrase.value_in(source), weight);
        break;
      case PhraseKind::filling: {
        std::string before(source.substr(phrase.begin, phrase.value_begin - phrase.begin));
        bool code = before.ends_with("`");
        while (before.ends_with("`")) before.pop_back();
        if (before.empty()) break;
        votes_["default"].add(before, weight);
        votes_["default in code"].add(code, weight);
        break;
      }
      case PhraseKind::check:
        votes_["check in code"].add(phrase.in_code, weight);
        break;
      case PhraseKind::values:
      case PhraseKind::action:
        break;
    }
    std::size_t next = i + 1 < phrases.size() ? phrases[i + 1].begin : source.size();
    std::string between(source.substr(phrase.end, next - phrase.end));
    bool fact_follows = i + 1 < phrases.size();
    if (fact_follows && is_separator(between) && phrase.kind != PhraseKind::type)
      votes_["between"].add(between, weight);
    if (fact_follows && is_separator(between) && phrase.kind == PhraseKind::type)
      votes_["after type"].add(between, weight);
    if (fact_follows || trim(between).empty()) continue;
    for (std::string_view mark :
         {std::string_view("; "), std::string_view(". "), std::string_view(" - "),
          std::string_view(" \xE2\x80\x94 "), std::string_view(": "), std::string_view(", ")})
      if (between.starts_with(mark)) {
        votes_["before prose"].add(std::string(mark), weight);
        break;
      }
  }
}

void StyleVotes::column_table(const Block& table, const ColumnTableShape& shape,
                              const std::vector<std::string>& lines, int weight) {
  const SourceRow header(line_at(lines, table.rows[0].line));
  const SourceRow rule(line_at(lines, table.rows[0].line + 1));
  if (header.size() != shape.roles.size()) return;
  ColumnTableStyle style;
  std::string key;
  for (std::size_t c = 0; c < header.size(); ++c) {
    style.header.emplace_back(header.cell(c));
    style.rule.emplace_back(rule.cell(c));
    key += style.header.back() + "|";
  }
  style.roles = shape.roles;
  style.opens = header.opens();
  style.closes = header.closes();
  style.lined_up = table.rows.size() > 1;
  style.rule_spaced = line_at(lines, table.rows[0].line + 1).find("| ") != std::string_view::npos;
  for (const TableRow& row : table.rows) {
    const SourceRow source(line_at(lines, row.line));
    for (std::size_t c = 0; c + (style.closes ? 0 : 1) < header.size(); ++c)
      if (source.width(c) != header.width(c)) style.lined_up = false;
  }
  headers_.add(key, weight);
  tables_.emplace(key, style);
  votes_["opens"].add(style.opens, weight);
  votes_["lined up"].add(style.lined_up, weight);

  for (std::size_t r = 1; r < table.rows.size(); ++r) {
    const TableRow& row = table.rows[r];
    const SourceRow source(line_at(lines, row.line));
    if (row.source_cells > shape.roles.size()) continue;
    for (std::size_t c = 0; c < row.cells.size() && c < source.size(); ++c) {
      std::string_view cell = source.cell(c);
      if (cell.empty() && !style.lined_up)
        votes_["wide empty cells"].add(source.width(c) > 1, weight);
      std::string plain = row.cells[c].text();
      CellRole role = shape.roles[c];
      if (role == CellRole::name) votes_["table name in code"].add(is_code(cell), weight);
      if (role == CellRole::nullable || role == CellRole::not_null) {
        std::optional<bool> yes = yes_or_no_in(trim(plain));
        if (yes) votes_[*yes ? "yes" : "no"].add(std::string(cell), weight);
      }
      if (role == CellRole::default_value) {
        if (!cell.empty() && trim(plain) != "-" && trim(plain) != "\xE2\x80\x94")
          votes_["default cell in code"].add(is_code(cell), weight);
        else
          votes_["no default"].add(std::string(cell), weight);
      }
      if (role == CellRole::type || role == CellRole::constraints || role == CellRole::key ||
          role == CellRole::description)
        words(cell, plain, role == CellRole::type, role, weight);
    }
  }
}

void StyleVotes::list(const Block& list, const std::vector<std::string>& lines, int weight) {
  for (const Block& item : list.children) {
    if (item.children.empty() || item.children[0].kind != BlockKind::paragraph) continue;
    const Block& paragraph = item.children[0];
    BulletOptions options;
    options.column_list = true;
    BulletFacts facts = read_bullet(paragraph.inlines, options);
    if (facts.columns.size() != 1) continue;
    std::string_view line = line_at(lines, paragraph.line);
    const std::string& name = facts.columns[0].column.name;
    std::size_t at = fold_case(line).find(fold_case(name));
    if (at == std::string::npos) continue;
    bool code = at > 0 && line[at - 1] == '`';
    std::size_t mark = line.find_first_not_of(" \t");
    std::string bullet(line.substr(mark, at - (code ? 1 : 0) - mark));
    if (bullet.size() <= 4) votes_["bullet"].add(bullet, weight);
    std::size_t end = at + name.size() + (code ? 1 : 0);
    if (end > line.size()) continue;
    votes_["bullet name in code"].add(code, weight);
    std::string_view rest = line.substr(end);
    for (std::string_view between :
         {std::string_view(": "), std::string_view(" - "), std::string_view(" \xE2\x80\x94 "),
          std::string_view(" \xE2\x80\x93 "), std::string_view(" (")})
      if (rest.starts_with(between)) {
        votes_["after name"].add(std::string(between), weight);
        rest.remove_prefix(between.size());
        break;
      }
    if (rest.ends_with(")") && rest.find('(') == std::string_view::npos) rest.remove_suffix(1);
    std::string plain(rest);
    plain.erase(std::remove(plain.begin(), plain.end(), '`'), plain.end());
    words(rest, plain, true, CellRole::other, weight);
  }
}

void StyleVotes::sql(const Block& fence, int weight) {
  const std::string& text = fence.literal;
  for (const TableStatement& table : table_statements(text)) {
    votes_["fence language"].add(fence.language, weight);
    votes_["lower key words"].add(text[table.begin] == 'c', weight);
    std::vector<std::size_t> type_columns, name_lengths;
    // A table may stand on one line with all its columns: none of it is looked at twice.
    std::size_t line = 0, seen = 0;
    for (const TableElement& element : table.elements) {
      if (element.column.empty()) continue;
      const std::string_view unseen =
          std::string_view(text).substr(seen, element.begin - std::min(seen, element.begin));
      if (std::size_t end = unseen.rfind('\n'); end != std::string_view::npos)
        line = seen + end + 1;
      seen = element.begin;
      const std::string_view indent = std::string_view(text).substr(line, element.begin - line);
      bool own_line = indent.find_first_not_of(" \t") == std::string_view::npos;
      if (own_line) votes_["indent"].add(std::string(indent), weight);
      std::string_view written = element.in(text);
      ColumnClauses parts = column_clauses(written);
      if (parts.type.empty()) continue;
      std::string type_text(parts.type.in(written));
      if (std::optional<ParsedColumn> parsed = parse_column("c " + type_text);
          parsed && parsed->column.type && fold_case(type_text).find("serial") == std::string::npos)
        type(type_text, parsed->column.type->normal, weight);
      type_columns.push_back(parts.type.begin);
      name_lengths.push_back(parts.name.end);
    }
    if (type_columns.size() < 2) continue;
    bool same = std::all_of(type_columns.begin(), type_columns.end(),
                            [&](std::size_t at) { return at == type_columns[0]; });
    bool lengths_differ = std::any_of(name_lengths.begin(), name_lengths.end(),
                                      [&](std::size_t l) { return l != name_lengths[0]; });
    if (lengths_differ) votes_["aligned"].add(same, weight);
  }
}

void StyleVotes::settle(DocumentStyle& style) const {
  auto text = [&](const char* about, std::string& into) {
    auto found = votes_.find(about);
    if (found != votes_.end()) into = found->second.winner(into);
  };
  auto flag = [&](const char* about, bool& into) {
    auto found = votes_.find(about);
    if (found != votes_.end()) into = found->second.says_yes(into);
  };
  FactWording& words = style.words;
  words.says_nullability |= votes_.count("not null") > 0 || votes_.count("nullable") > 0;
  words.says_filling |= votes_.count("default") > 0;
  text("not null", words.not_null);
  text("nullable", words.nullable);
  text("primary key", words.primary_key);
  text("unique", words.unique);
  text("default", words.filling_before);
  flag("default in code", words.filling_in_code);
  flag("check in code", words.check_in_code);
  text("between", words.between);
  text("before prose", words.before_prose);
  flag("upper types", words.types.upper);
  for (const auto& [base, votes] : types_) words.types.words[base] = votes.winner(base);
  if (auto found = votes_.find("reference"); found != votes_.end()) {
    std::string wording = found->second.winner("");
    std::size_t first = wording.find('\n'), second = wording.find('\n', first + 1);
    words.reference.before = wording.substr(0, first);
    words.reference.after = wording.substr(first + 1, second - first - 1);
    std::string form = wording.substr(second + 1);
    words.reference.target = form == "table"    ? ReferenceWording::Target::table
                             : form == "column" ? ReferenceWording::Target::column
                                                : ReferenceWording::Target::in_parentheses;
  }
  if (auto found = tables_.find(headers_.winner("")); found != tables_.end()) {
    ColumnTableStyle table = found->second;
    table.name_in_code = style.table.name_in_code;
    table.yes = style.table.yes;
    table.no = style.table.no;
    table.default_in_code = style.table.default_in_code;
    table.no_default = style.table.no_default;
    table.where = style.table.where;
    style.table = std::move(table);
  }
  flag("lined up", style.table.lined_up);
  flag("wide empty cells", style.table.wide_empty);
  flag("table name in code", style.table.name_in_code);
  flag("type in code", style.table.type_in_code);
  flag("default cell in code", style.table.default_in_code);
  text("no default", style.table.no_default);
  text("yes", style.table.yes);
  text("no", style.table.no);
  for (const auto& [kind, votes] : where_) {
    CellRole role = static_cast<CellRole>(std::stoi(votes.winner("0")));
    if (role != CellRole::other) style.table.where[kind] = role;
  }
  text("bullet", style.list.bullet);
  flag("bullet name in code", style.list.name_in_code);
  text("after name", style.list.after_name);
  text("fence language", style.fence_language);
  flag("lower key words", style.sql.lower_keywords);
  text("indent", style.sql.indent);
  flag("aligned", style.sql.aligned);
  style.sql.types = words.types;
}

}  // namespace schemaudit
