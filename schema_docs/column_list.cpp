#include "schema_docs/column_list.h"

#include <algorithm>
#include <array>

#include "analyzer/model/names.h"
#include "analyzer/sql/claims.h"
#include "schema_docs/column_words.h"
#include "schema_docs/prose_words.h"

namespace schemaudit {

namespace {

bool begins_constraint(std::string_view text) {
  std::string folded = fold_case(text);
  for (std::string_view word :
       {std::string_view("unique"), std::string_view("primary key"), std::string_view("check"),
        std::string_view("exclude using"), std::string_view("foreign key")}) {
    if (!starts_with(folded, word)) continue;
    std::size_t next = folded.find_first_not_of(' ', word.size());
    if (word == "unique" && next != std::string::npos &&
        starts_with(std::string_view(folded).substr(next), "nulls "))
      return true;
    if (word == "exclude using" || (next != std::string::npos && folded[next] == '(')) return true;
  }
  return starts_with(folded, "constraint ") && folded.find('(') != std::string::npos;
}

/// The constraint at the front of `text`, up to where it ends; prose may follow.
std::string_view constraint_part(std::string_view text) {
  std::size_t open = text.find('(');
  if (open == std::string_view::npos) return {};
  std::optional<std::string_view> inside = inside_parentheses(text, open);
  if (!inside) return {};
  std::size_t end = open + inside->size() + 2;
  std::string folded = fold_case(text);
  std::size_t next = folded.find_first_not_of(' ', end);
  if (next != std::string::npos && starts_with(std::string_view(folded).substr(next), "references"))
    return text;
  // `UNIQUE (a) WHERE b` is an index, which this is not.
  if (next != std::string::npos && starts_with(std::string_view(folded).substr(next), "where"))
    return {};
  return text.substr(0, end);
}

bool add_constraint(std::string_view text, const Origin& origin, BulletFacts& facts) {
  if (!begins_constraint(text)) return false;
  // All of it where all of it is SQL: `UNIQUE (a) DEFERRABLE`; else what stands before the prose.
  std::optional<ParsedConstraint> parsed = parse_constraint(trim(text));
  if (!parsed) {
    std::string_view part = constraint_part(trim(text));
    if (!part.empty()) parsed = parse_constraint(part);
  }
  if (!parsed) return false;
  if (auto* key = std::get_if<KeyConstraint>(&parsed->constraint)) {
    key->origin = origin;
    if (parsed->primary_key)
      facts.primary_key = std::move(*key);
    else
      facts.unique_constraints.push_back(std::move(*key));
  } else if (auto* foreign = std::get_if<ForeignKey>(&parsed->constraint)) {
    foreign->origin = origin;
    facts.foreign_keys.push_back(std::move(*foreign));
  } else if (auto* check = std::get_if<CheckConstraint>(&parsed->constraint)) {
    if (check->expression.text.find("...") != std::string::npos) return false;
    check->origin = origin;
    facts.checks.push_back(std::move(*check));
  } else if (auto* exclusion = std::get_if<ExclusionConstraint>(&parsed->constraint)) {
    exclusion->origin = origin;
    facts.exclusions.push_back(std::move(*exclusion));
  }
  facts.states_facts = true;
  return true;
}

/// Columns whose name alone tells that a list of words after it is the list of its values.
bool names_a_choice(std::string_view column) {
  std::string folded = fold_case(column);
  for (std::string_view word :
       {std::string_view("status"), std::string_view("state"), std::string_view("kind"),
        std::string_view("type"), std::string_view("role"), std::string_view("level"),
        std::string_view("plan"), std::string_view("tier"), std::string_view("category"),
        std::string_view("mode"), std::string_view("stage"), std::string_view("priority")})
    if (folded == word || ends_with(folded, "_" + std::string(word))) return true;
  return false;
}

struct Names {
  std::vector<std::string> names;
  /// Of the marked text, where the names end.
  std::size_t end = 0;
  bool in_code = false;
  /// What stood in the code span beside the name: `id uuid PRIMARY KEY`.
  std::string code_rest;
};

std::size_t identifier_end(std::string_view text, std::size_t at) {
  while (at < text.size() &&
         (std::isalnum(static_cast<unsigned char>(text[at])) || text[at] == '_'))
    ++at;
  return at;
}

/// `` `id` ``, `` `a`, `b` ``, `` `id uuid NOT NULL` `` or `` `users.email` ``.
std::optional<Names> names_in_code(std::string_view text, const std::string& table) {
  Names found;
  found.in_code = true;
  std::size_t at = 0;
  while (at < text.size() && text[at] == '`') {
    std::size_t close = text.find('`', at + 1);
    if (close == std::string_view::npos) return std::nullopt;
    std::string_view code = trim(text.substr(at + 1, close - at - 1));
    std::size_t end = identifier_end(code, 0);
    if (end < code.size() && code[end] == '.' &&
        fold_case(code.substr(0, end)) == fold_case(table)) {
      code.remove_prefix(end + 1);
      end = identifier_end(code, 0);
    }
    if (!is_identifier(code.substr(0, end))) return std::nullopt;
    std::string_view rest = code.substr(end);
    if (!rest.empty()) {
      bool divides = rest[0] == ' ' || rest[0] == ':' || rest[0] == '(' || starts_with(rest, "->");
      if (!divides || !found.names.empty()) return std::nullopt;
      std::string_view words = trim(rest[0] == ':' ? rest.substr(1) : rest);
      if (!words.empty() && words.front() == '(')
        if (std::optional<std::string_view> inside = inside_parentheses(words, 0);
            inside && inside->size() + 2 == words.size())
          words = trim(*inside);
      found.code_rest = std::string(words);
    }
    found.names.emplace_back(code.substr(0, end));
    found.end = close + 1;
    at = found.end;
    if (!found.code_rest.empty()) break;
    std::size_t next = text.find_first_not_of(' ', at);
    if (next == std::string_view::npos) break;
    if (text[next] != ',' && text[next] != '/') break;
    next = text.find_first_not_of(' ', next + 1);
    if (next == std::string_view::npos || text[next] != '`') break;
    at = next;
  }
  if (found.names.empty()) return std::nullopt;
  return found;
}

/// `owner_user_id NOT NULL`, `sections, current_schema (JSONB)`, `kind: pdf, docx`.
std::optional<Names> names_in_text(std::string_view text) {
  Names found;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = identifier_end(text, at);
    std::string_view name = text.substr(at, end - at);
    if (!is_identifier(name)) break;
    std::string_view rest = text.substr(end);
    bool comma = starts_with(rest, ",");
    bool stops = rest.empty() || comma || rest[0] == ':' || rest[0] == '(' || rest[0] == ' ' ||
                 starts_with(rest, "->");
    if (!stops) break;
    // `no cascading effects`: only facts may follow a bare name without a mark between.
    if (!rest.empty() && rest[0] == ' ') {
      std::string_view next = trim(rest);
      bool marked = next.empty() || next[0] == '(' || next[0] == '-' || next[0] == ':' ||
                    starts_with(next, "\xE2\x80\x94") || starts_with(next, "\xE2\x80\x93") ||
                    starts_with(next, "\xE2\x86\x92");
      std::size_t paren = next.rfind(" (");
      std::string_view bare = paren == std::string_view::npos ? next : next.substr(0, paren);
      if (!marked && read_column_facts(next, {}).empty() && read_column_facts(bare, {}).empty())
        break;
    }
    found.names.emplace_back(name);
    found.end = end;
    if (!comma) break;
    at = text.find_first_not_of(' ', end + 1);
    if (at == std::string_view::npos) break;
  }
  if (found.names.empty()) return std::nullopt;
  return found;
}

/// `mood` of `mood, NOT NULL`; empty where it begins with more than a word.
std::string first_word_of(std::string_view remark) {
  std::string word(trim(remark.substr(0, remark.find(','))));
  word.erase(std::remove(word.begin(), word.end(), '`'), word.end());
  std::string_view core = word;
  while (ends_with(core, "[]")) core.remove_suffix(2);
  return is_qualified_identifier(core) ? word : std::string();
}

/// What follows the names, without the mark that divides them: `: `, ` - `, ` (...)`.
std::string_view after_mark(std::string_view rest) {
  rest = trim(rest);
  for (std::string_view mark :
       {std::string_view(":"), std::string_view("\xE2\x80\x94"), std::string_view("\xE2\x80\x93"),
        std::string_view("\xEF\xBC\x9A"), std::string_view("--"), std::string_view("- "),
        std::string_view(",")})
    if (starts_with(rest, mark)) return trim(rest.substr(mark.size()));
  return rest;
}

/// `(text) - unique, required`: the facts before it make attributes of the words behind the mark.
void add_remark(std::string_view remark, ColumnFacts& facts) {
  ColumnWordsOptions attributes;
  attributes.attributes = true;
  ColumnFacts more = read_column_facts(remark, attributes);
  facts.unique |= more.unique;
  if (more.obligation) facts.obligation = more.obligation;
  facts.primary_key |= more.primary_key;
  if (!facts.nullable) facts.nullable = more.nullable;
  if (!facts.values) facts.values = std::move(more.values);
  if (more.foreign_key)
    add_reference(std::move(*more.foreign_key), facts.foreign_key, facts.other_reference);
  if (!facts.default_text) facts.default_text = std::move(more.default_text);
  if (!facts.identity) facts.identity = more.identity;
  if (!facts.generated) facts.generated = std::move(more.generated);
  if (facts.checks.empty()) facts.checks = std::move(more.checks);
}

ColumnFacts facts_after_name(std::string_view rest) {
  std::string_view detail = after_mark(rest);
  // `(UUID) for distributed tracing`: the parenthesis speaks of the column, the rest is prose.
  if (!detail.empty() && detail.front() == '(') {
    if (std::optional<std::string_view> inside = inside_parentheses(detail, 0)) {
      ColumnFacts facts = read_column_facts(*inside, {});
      std::string_view prose = after_mark(detail.substr(inside->size() + 2));
      if (facts.empty()) return read_column_facts(prose, {});
      add_remark(prose, facts);
      return facts;
    }
  }
  ColumnFacts facts = read_column_facts(detail, {});
  // `NOT NULL (B2C model)`, `uuid - the owner`: facts, then a remark.
  if (facts.empty() || !facts.whole) {
    std::size_t end = std::string_view::npos, behind = end;
    for (std::string_view mark :
         {std::string_view(" ("), std::string_view(" - "), std::string_view(" \xE2\x80\x94 "),
          std::string_view(" \xE2\x80\x93 "), std::string_view(". "), std::string_view(": ")}) {
      const std::size_t at = detail.find(mark);
      if (at >= end) continue;
      end = at;
      behind = at + mark.size();
    }
    if (end != std::string_view::npos) {
      ColumnFacts front = read_column_facts(detail.substr(0, end), {});
      if (front.whole && !front.empty()) {
        if (!front.values) front.values = facts.values;
        if (!front.nullable) front.nullable = facts.nullable;
        if (!front.obligation) front.obligation = facts.obligation;
        if (!front.foreign_key) front.foreign_key = facts.foreign_key;
        front.unique |= facts.unique;
        add_remark(detail.substr(behind), front);
        return front;
      }
    }
  }
  return facts;
}

}  // namespace

bool BulletFacts::empty() const {
  return columns.empty() && !primary_key && unique_constraints.empty() && foreign_keys.empty() &&
         checks.empty() && exclusions.empty();
}

std::string with_code_marks(const Inlines& inlines) {
  std::string text;
  for (const InlineSpan& span : inlines.spans) {
    if (span.style == SpanStyle::html) continue;
    if (span.style == SpanStyle::code)
      text += "`" + span.text + "`";
    else
      text += span.text;
  }
  return text;
}

BulletFacts read_bullet(const Inlines& bullet, const BulletOptions& options) {
  BulletFacts facts;
  std::string marked = with_code_marks(bullet);
  std::string_view text = trim(marked);
  if (text.empty()) return facts;

  std::string plain = bullet.text();
  if (add_constraint(trim(plain), options.origin, facts)) return facts;
  // `Idempotency: UNIQUE (owner_user_id, idempotency_key)`
  std::size_t colon = plain.find(": ");
  if (colon != std::string::npos &&
      add_constraint(trim(std::string_view(plain).substr(colon + 2)), options.origin, facts))
    return facts;

  std::optional<Names> names =
      text.front() == '`' ? names_in_code(text, options.table) : names_in_text(text);
  if (!names) return facts;
  std::string_view rest = text.substr(names->end);
  if (options.constraint_list) {
    std::string after(trim(rest));
    after.erase(std::remove(after.begin(), after.end(), '`'), after.end());
    add_constraint(after, options.origin, facts);
    return facts;
  }

  ColumnFacts detail;
  std::string_view remark = after_mark(rest);
  if (!names->code_rest.empty()) {
    ColumnWordsOptions typed;
    typed.type_cell = true;
    detail = read_column_facts(names->code_rest, typed);
    if (detail.empty()) return facts;
    ColumnFacts more = read_column_facts(remark, {});
    if (!detail.values) detail.values = more.values;
  } else {
    detail = facts_after_name(rest);
  }
  if (!detail.values && names->names.size() == 1 && names_a_choice(names->names[0]) &&
      !starts_with(trim(rest), "("))
    detail.values = read_word_list(remark);

  bool with_underscore =
      std::all_of(names->names.begin(), names->names.end(),
                  [](const auto& name) { return name.find('_') != std::string::npos; });
  bool capital = !names->in_code && names->names[0][0] >= 'A' && names->names[0][0] <= 'Z';
  facts.looks_like_column = names->in_code || with_underscore;
  facts.states_facts = !detail.empty();
  // `Stage: for UX progress updates` may as well be a sentence; `Status: queued, running` not.
  if (capital && !detail.values && !with_underscore) return BulletFacts{};
  if (!facts.looks_like_column && !facts.states_facts && !options.column_list) return BulletFacts{};
  // A bare word and a remark, without a mark between, is a sentence.
  if (!facts.looks_like_column && !facts.states_facts && trim(rest).empty() && !options.column_list)
    return BulletFacts{};

  bool only_facts = detail.whole && !detail.empty();
  std::string comment(remark);
  comment.erase(std::remove(comment.begin(), comment.end(), '`'), comment.end());
  if (comment.size() > 2 && comment.front() == '(')
    if (std::optional<std::string_view> inside = inside_parentheses(comment, 0);
        inside && inside->size() + 2 == comment.size())
      comment = std::string(*inside);
  for (const std::string& name : names->names) {
    ColumnClaim claim;
    claim.column.name = capital ? fold_case(name) : name;
    claim.column.origin = options.origin;
    if (!only_facts && !comment.empty() && names->names.size() == 1) claim.column.comment = comment;
    apply_facts(detail, claim);
    settle_obligation(claim);
    if (!claim.column.type) claim.named_type = first_word_of(remark);
    facts.columns.push_back(std::move(claim));
  }
  return facts;
}

void add_bullet(BulletFacts&& bullet, TableClaim& claim) {
  for (ColumnClaim& column : bullet.columns) claim.columns.push_back(std::move(column));
  if (bullet.primary_key) claim.primary_key = std::move(bullet.primary_key);
  for (auto& key : bullet.unique_constraints) claim.unique_constraints.push_back(std::move(key));
  for (auto& key : bullet.foreign_keys) claim.foreign_keys.push_back(std::move(key));
  for (auto& check : bullet.checks) claim.checks.push_back(std::move(check));
  for (auto& exclusion : bullet.exclusions) claim.exclusions.push_back(std::move(exclusion));
}

}  // namespace schemaudit
