#include "schema_docs/writing/sql_fence_refresh.h"

#include <algorithm>

#include "analyzer/model/names.h"
#include "analyzer/sql/claims.h"
#include "schema_docs/table_names.h"
#include "schema_docs/writing/line_differences.h"
#include "schema_docs/writing/source_places.h"
#include "schema_docs/writing/stated_elements.h"
#include "schema_docs/writing/upper_case.h"

namespace schemaudit {

namespace {

bool all_upper(std::string_view text) {
  return text.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = line_end(text, at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

std::string_view without_return(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

SqlFenceRefresh::SqlFenceRefresh(const Block& fence, const Schema& built,
                                 const DocumentStyle& style, const std::vector<std::string>& lines)
    : block_(fence),
      built_(built),
      style_(style_of_block(style, fence, lines)),
      writer_(built, style_.sql),
      text_(fence.literal) {}

void SqlFenceRefresh::replace(std::size_t begin, std::size_t end, const std::string& with) {
  text_.replace(begin, end - begin, with);
  shifts_.push_back({begin, end, with.size()});
}

std::optional<std::size_t> SqlFenceRefresh::offset_of(const Origin& origin) const {
  if (origin.line < block_.literal_line) return std::nullopt;
  std::size_t at = 0;
  for (int line = block_.literal_line; line < origin.line; ++line) {
    at = block_.literal.find('\n', at);
    if (at == std::string::npos) return std::nullopt;
    ++at;
  }
  for (int column = block_.literal_column; column < origin.column && at < block_.literal.size();
       ++column) {
    ++at;
    while (at < block_.literal.size() &&
           (static_cast<unsigned char>(block_.literal[at]) & 0xC0) == 0x80)
      ++at;
  }
  for (const Shift& shift : shifts_) {
    if (at >= shift.end)
      at = at - (shift.end - shift.begin) + shift.length;
    else if (at > shift.begin)
      at = shift.begin;
  }
  return std::min(at, text_.size());
}

std::size_t SqlFenceRefresh::refused() const {
  ClaimReader reader;
  SqlReading reading = reader.read({text_, "", 1, 1}, {});
  return static_cast<std::size_t>(std::count_if(
      reading.problems.begin(), reading.problems.end(),
      [](const Problem& problem) { return problem.kind == ProblemKind::invalid_sql; }));
}

std::optional<TableStatement> SqlFenceRefresh::table_of(const Correction& correction) const {
  if (!correction.stated) return std::nullopt;
  for (const TableStatement& table : table_statements(text_))
    if (table.name.name == correction.stated->name.name &&
        may_be_same(table.name, correction.stated->name))
      return table;
  for (const TableStatement& table : table_statements(text_))
    if (snake_key(table.name.name) == snake_key(correction.stated->name.name)) return table;
  return std::nullopt;
}

void SqlFenceRefresh::insert_element(const TableStatement& table, std::optional<std::size_t> behind,
                                     const std::string& element) {
  if (table.elements.empty()) return replace(table.open + 1, table.open + 1, element);
  const std::size_t like = behind.value_or(0);
  const TableElement& neighbour = table.elements[like];
  const std::size_t begin = line_begin(text_, neighbour.begin);
  const std::string indent = text_.substr(begin, neighbour.begin - begin);
  const bool own_lines = is_blank(indent);
  if (!behind) {
    replace(neighbour.begin, neighbour.begin, element + "," + (own_lines ? "\n" + indent : " "));
    return;
  }
  if (neighbour.comma == std::string_view::npos) {
    // The last one: a comma behind it, and its comment stays on its line.
    std::size_t at = own_lines && only_comment_follows(text_, neighbour.end)
                         ? line_end(text_, neighbour.end)
                         : neighbour.end;
    replace(at, at, own_lines ? "\n" + indent + element : " " + element);
    replace(neighbour.end, neighbour.end, ",");
    return;
  }
  std::size_t at = own_lines && only_comment_follows(text_, neighbour.comma + 1)
                       ? line_end(text_, neighbour.comma)
                       : neighbour.comma + 1;
  replace(at, at, own_lines ? "\n" + indent + element + "," : " " + element + ",");
}

void SqlFenceRefresh::remove_element(const TableStatement& table, std::size_t at) {
  const TableElement& element = table.elements[at];
  const bool last = element.comma == std::string_view::npos;
  std::size_t begin = element.begin, end = last ? element.end : element.comma + 1;
  const std::size_t first_line = line_begin(text_, begin);
  const bool own_lines =
      is_blank(text_.substr(first_line, begin - first_line)) && only_comment_follows(text_, end);
  if (own_lines) {
    begin = first_line;
    end = std::min(line_end(text_, end) + 1, text_.size());
  } else {
    while (end < text_.size() && text_[end] == ' ') ++end;
  }
  replace(begin, end, "");
  if (last && at > 0 && table.elements[at - 1].comma != std::string_view::npos)
    replace(table.elements[at - 1].comma, table.elements[at - 1].comma + 1, "");
}

bool SqlFenceRefresh::add_column(const Correction& correction) {
  const Column* column = correction.built->find_column(correction.built_name);
  std::optional<TableStatement> table = table_of(correction);
  if (!column || !table) return false;
  std::optional<std::size_t> behind;
  for (const Column& other : correction.built->columns) {
    if (other.name == column->name) break;
    for (std::size_t i = 0; i < table->elements.size(); ++i)
      if (!table->elements[i].column.empty() &&
          snake_key(table->elements[i].column) == snake_key(other.name))
        behind = i;
  }
  SqlWording wording = writer_.wording();
  wording.aligned = false;
  std::string text = SqlWriter(built_, wording).column(*correction.built, *column);
  // Constraints that the documents leave out of this table are left out here, too: what they
  // claim is compared by itself.
  if (!table->elements.empty()) {
    const TableElement& neighbour = table->elements[behind.value_or(0)];
    ColumnClauses like = column_clauses(neighbour.in(text_));
    std::size_t name = sql_identifier(column->name).size();
    bool spaced = like.type.begin > like.name.end + 1 || style_.sql.aligned;
    if (spaced && like.type.begin > name + 1) text.insert(name, like.type.begin - name - 1, ' ');
  }
  insert_element(*table, behind, text);
  return true;
}

bool SqlFenceRefresh::remove_column(const Correction& correction) {
  std::optional<TableStatement> table = table_of(correction);
  if (!table || table->elements.size() < 2) return false;
  for (std::size_t i = 0; i < table->elements.size(); ++i) {
    if (table->elements[i].column != correction.column) continue;
    remove_element(*table, i);
    return true;
  }
  return false;
}

bool SqlFenceRefresh::rename_column(const Correction& correction) {
  std::optional<TableStatement> table = table_of(correction);
  const TableElement* element = table ? table->find_column(correction.column) : nullptr;
  if (!element) return false;
  ColumnClauses parts = column_clauses(element->in(text_));
  replace(element->begin + parts.name.begin, element->begin + parts.name.end,
          sql_identifier(correction.built_name));
  return true;
}

bool SqlFenceRefresh::set_type(const Correction& correction) {
  std::optional<TableStatement> table = table_of(correction);
  const TableElement* element = table ? table->find_column(correction.column) : nullptr;
  const Column* built = correction.built->find_column(correction.built_name);
  if (!element || !built || !built->type) return false;
  ColumnClauses parts = column_clauses(element->in(text_));
  if (parts.type.empty()) return false;
  std::string_view old = parts.type.in(element->in(text_));
  std::string type = writer_.type(*built);
  bool serial = fold_case(old).find("serial") != std::string::npos;
  if (serial && built->default_value.has_value() &&
      built->default_value->text.starts_with("nextval("))
    type = built->type->normal == "bigint"     ? "bigserial"
           : built->type->normal == "smallint" ? "smallserial"
                                               : "serial";
  if (all_upper(old) && built->type->normal.find('.') == std::string::npos &&
      !enum_of(*built, built_))
    type = upper_case(type);
  // What stands behind a shorter or longer type keeps its column, as long as there is room.
  std::size_t begin = element->begin + parts.type.begin, end = element->begin + parts.type.end;
  std::size_t spaces = text_.find_first_not_of(' ', end);
  spaces = (spaces == std::string::npos ? text_.size() : spaces) - end;
  if (spaces > 1) {
    std::size_t room = end - begin + spaces;
    if (room > type.size()) {
      type.resize(room, ' ');
      end += spaces;
    }
  }
  replace(begin, end, type);
  return true;
}

bool SqlFenceRefresh::set_nullable(const Correction& correction) {
  std::optional<TableStatement> table = table_of(correction);
  const TableElement* element = table ? table->find_column(correction.column) : nullptr;
  const Column* built = correction.built->find_column(correction.built_name);
  if (!element || !built || !built->nullable) return false;
  const std::size_t at = element->begin;
  ColumnClauses parts = column_clauses(element->in(text_));
  const ColumnClause* stated =
      parts.find(*built->nullable ? ClauseKind::not_null : ClauseKind::null);
  if (*built->nullable) {
    if (!stated) return false;
    std::size_t begin = at + stated->begin;
    while (begin > at && (text_[begin - 1] == ' ' || text_[begin - 1] == '\n')) --begin;
    replace(begin, at + stated->end, "");
    return true;
  }
  if (stated) {
    replace(at + stated->begin, at + stated->end, writer_.word("NOT NULL"));
    return true;
  }
  std::size_t behind = parts.type.empty() ? parts.name.end : parts.type.end;
  if (const ColumnClause* collate = parts.find(ClauseKind::collate)) behind = collate->end;
  replace(at + behind, at + behind, " " + writer_.word("NOT NULL"));
  return true;
}

bool SqlFenceRefresh::set_filling(const Correction& correction) {
  std::optional<TableStatement> table = table_of(correction);
  const TableElement* element = table ? table->find_column(correction.column) : nullptr;
  const Column* built = correction.built->find_column(correction.built_name);
  if (!element || !built) return false;
  const std::size_t at = element->begin;
  ColumnClauses parts = column_clauses(element->in(text_));
  const ColumnClause* stated = parts.find(ClauseKind::default_value);
  if (!stated) stated = parts.find(ClauseKind::generated);
  std::string filling = writer_.filling(*built);
  if (!parts.type.empty()) {
    std::string type = fold_case(parts.type.in(element->in(text_)));
    // What serial stands for is its default: without that it is a plain number.
    if (type.find("serial") != std::string::npos && !stated) {
      replace(at + parts.type.begin, at + parts.type.end,
              writer_.type(*built) + " " + writer_.word("NOT NULL") +
                  (filling.empty() ? "" : " " + filling));
      return true;
    }
  }
  if (stated && filling.empty()) {
    std::size_t begin = at + stated->begin;
    while (begin > at && text_[begin - 1] == ' ') --begin;
    replace(begin, at + stated->end, "");
  } else if (stated) {
    replace(at + stated->begin, at + stated->end, filling);
  } else {
    std::size_t behind = parts.type.empty() ? parts.name.end : parts.type.end;
    for (ClauseKind kind : {ClauseKind::collate, ClauseKind::not_null, ClauseKind::null})
      if (const ColumnClause* clause = parts.find(kind)) behind = std::max(behind, clause->end);
    replace(at + behind, at + behind, " " + filling);
  }
  return true;
}

bool SqlFenceRefresh::change(const Correction& correction) {
  switch (correction.what) {
    case CorrectionKind::column:
      return correction.is_built ? add_column(correction) : remove_column(correction);
    case CorrectionKind::column_name:
      return rename_column(correction);
    case CorrectionKind::type:
      return set_type(correction);
    case CorrectionKind::nullability:
      return set_nullable(correction);
    case CorrectionKind::filling:
      return set_filling(correction);
    case CorrectionKind::primary_key:
    case CorrectionKind::unique:
    case CorrectionKind::foreign_key:
    case CorrectionKind::check:
      return constraint(correction);
    case CorrectionKind::index:
      return index(correction);
    case CorrectionKind::enum_labels:
      return enum_labels(correction);
    default:
      return false;
  }
}

bool SqlFenceRefresh::apply(const Correction& correction) {
  if (!correction.built && correction.what != CorrectionKind::enum_labels) return false;
  const std::string before = text_;
  const std::vector<Shift> shifts_before = shifts_;
  const std::size_t refused_before = refused();
  if (change(correction) && refused() <= refused_before) return true;
  text_ = before;
  shifts_ = shifts_before;
  return false;
}

void SqlFenceRefresh::append(const std::vector<std::string>& statements) {
  for (const std::string& statement : statements) {
    std::string lead = text_.empty() || text_.ends_with('\n') ? "" : "\n";
    replace(text_.size(), text_.size(), lead + statement + "\n");
  }
}

bool SqlFenceRefresh::commit(TextEdits& edits, const std::vector<std::string>& lines) const {
  if (text_ == block_.literal) return true;
  const std::vector<std::string_view> before = lines_of(block_.literal), after = lines_of(text_);
  const std::size_t first = static_cast<std::size_t>(block_.literal_line);
  std::vector<std::string> leads;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (first + i > lines.size()) return false;
    std::string_view source = lines[first + i - 1], written = without_return(before[i]);
    if (!source.ends_with(written)) return false;
    leads.emplace_back(source.substr(0, source.size() - written.size()));
  }
  auto lead_of = [&](std::size_t line) {
    if (line < leads.size() && !is_blank(before[line])) return leads[line];
    return leads.empty() ? std::string() : leads.front();
  };
  for (const LineDifference& change : line_differences(before, after)) {
    std::size_t paired =
        std::min(change.old_end - change.old_begin, change.new_end - change.new_begin);
    for (std::size_t i = 0; i < paired; ++i)
      edits.replace(
          static_cast<int>(first + change.old_begin + i),
          lead_of(change.old_begin + i) + std::string(without_return(after[change.new_begin + i])));
    for (std::size_t i = change.old_begin + paired; i < change.old_end; ++i)
      edits.remove(static_cast<int>(first + i));
    std::vector<std::string> added;
    for (std::size_t i = change.new_begin + paired; i < change.new_end; ++i)
      added.push_back(lead_of(change.old_begin > 0 ? change.old_begin - 1 : 0) +
                      std::string(without_return(after[i])));
    if (!added.empty())
      edits.insert_before(static_cast<int>(first + change.old_begin + paired), added);
  }
  return true;
}

}  // namespace schemaudit
