#include "schema_docs/column_words.h"

#include <algorithm>
#include <array>

#include "analyzer/model/names.h"
#include "analyzer/sql/claims.h"
#include "analyzer/sql/normal_form.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/word_bytes.h"

namespace schemaudit {

namespace {

/// Words for a type that PostgreSQL does not have: the type stays unknown, the rest is read.
constexpr std::array<std::string_view, 13> kForeignTypes = {
    "string", "datetime", "number",   "array", "object", "enum", "long",
    "blob",   "tinyint",  "unsigned", "email", "url",    "str"};

/// What `required` or `optional`, standing alone, says of NULL where it is an attribute.
std::optional<bool> obligation_in(std::string_view text) {
  text = trim(text);
  while (!text.empty() && (text.back() == '.' || text.back() == '`')) text.remove_suffix(1);
  while (!text.empty() && text.front() == '`') text.remove_prefix(1);
  const std::string word = fold_case(text);
  if (word == "required" || word == "mandatory") return false;
  if (word == "optional") return true;
  return std::nullopt;
}

/// `per tenant`, `if no email is given`: what stands before it holds of some rows only.
bool is_condition(std::string_view text) {
  const std::string folded = fold_case(trim(text));
  for (std::string_view word :
       {"per ", "within ", "in each ", "for each ", "if ", "when ", "unless ", "except ",
        "only for ", "only if ", "only when ", "only where ", "but only ", "but not "})
    if (folded.starts_with(word)) return true;
  return false;
}

/// Sentences that end in a full stop; one begins with a capital letter, a digit or code.
std::vector<std::string_view> sentences_of(std::string_view text) {
  std::vector<std::string_view> sentences;
  std::size_t begin = 0;
  for (std::size_t at = 0; at + 2 < text.size(); ++at) {
    const char next = text[at + 2];
    const bool ends = text[at] == '.' && (text[at + 1] == ' ' || text[at + 1] == '\n') &&
                      !(next >= 'a' && next <= 'z');
    if (!ends) continue;
    sentences.push_back(trim(text.substr(begin, at - begin)));
    begin = at + 2;
  }
  std::string_view last = trim(text.substr(begin));
  if (!last.empty() && last.back() == '.') last.remove_suffix(1);
  sentences.push_back(last);
  return sentences;
}

/// Reads one segment (`uuid FK -> jobs.id`) from left to right.
class SegmentReader {
 public:
  SegmentReader(std::string_view text, bool type_cell)
      : text_(trim(text)), folded_(fold_case(trim(text))), type_cell_(type_cell) {}

  /// Facts of the segment; `whole` tells whether all of it was understood.
  ColumnFacts read() {
    facts_.whole = read_phrases();
    for (ForeignKey& reference : references_)
      add_reference(std::move(reference), facts_.foreign_key, facts_.other_reference);
    return std::move(facts_);
  }

 private:
  /// False where something is not understood.
  bool read_phrases() {
    bool first = true;
    skip();
    while (at_ < text_.size()) {
      bool understood = (first && type()) || key() || nullability() || reference() ||
                        default_value() || generation() || check() || action() || filler();
      first = false;
      if (!understood) return false;
      skip();
    }
    return true;
  }

  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '.' ||
                                  text_[at_] == '`' || text_[at_] == '/' || text_[at_] == '+'))
      ++at_;
  }

  bool take(std::string_view word) {
    std::string_view rest = std::string_view(folded_).substr(at_);
    if (!starts_with(rest, word)) return false;
    bool letters = is_word_byte(word.back());
    if (letters && rest.size() > word.size() && is_word_byte(rest[word.size()])) return false;
    at_ += word.size();
    return true;
  }

  bool type() {
    if (take("json(b)")) return true;
    std::size_t length = type_prefix(text_.substr(at_), type_cell_);
    if (length > 0) {
      std::string_view written = text_.substr(at_, length);
      std::string folded = fold_case(written);
      std::optional<Type> type = read_plain_type(written, type_cell_);
      if (!type) return false;
      if (folded.find("serial") != std::string::npos) {
        facts_.serial = true;
        bool big = starts_with(folded, "big") || folded == "serial8";
        bool small = starts_with(folded, "small") || folded == "serial2";
        type->normal = big ? "bigint" : small ? "smallint" : "integer";
      }
      facts_.type = std::move(type);
      at_ += length;
      return true;
    }
    for (std::string_view word : kForeignTypes) {
      if (!take(word)) continue;
      if (at_ < text_.size() && text_[at_] == '(')
        if (std::optional<std::string_view> inside = inside_parentheses(text_, at_)) {
          if (word == "enum") facts_.values = read_word_list(*inside);
          at_ += inside->size() + 2;
        }
      if (text_.substr(at_, 2) == "[]") at_ += 2;
      return true;
    }
    return false;
  }

  bool key() {
    if (take("primary key") || take("pk")) return facts_.primary_key = true;
    if (take("must be unique") || take("unique key") || take("unique constraint") || take("uk") ||
        take("uq"))
      return facts_.unique = true;
    std::size_t before = at_;
    if (take("unique")) {
      skip();
      if (at_ < text_.size() && text_[at_] == '(') {
        at_ = before;
        return false;
      }
      return facts_.unique = true;
    }
    return false;
  }

  bool nullability() {
    if (take("not null") || take("not nullable") || take("non-null") || take("non null") ||
        take("non-nullable") || take("nn") || take("cannot be null") || take("can't be null") ||
        take("must not be null") || take("may not be null")) {
      facts_.nullable = false;
      return true;
    }
    if (take("nullable") || take("null") || take("can be null") || take("may be null")) {
      facts_.nullable = true;
      return true;
    }
    // `text required`, and nothing behind it: `text required by law` is a sentence.
    if (!facts_.type) return false;
    std::optional<bool> obligation = obligation_in(text_.substr(at_));
    if (!obligation) return false;
    facts_.obligation = obligation;
    at_ = text_.size();
    return true;
  }

  bool arrow() { return take("->") || take("=>") || take("\xE2\x86\x92") || take("\xE2\x9E\x9C"); }

  bool reference() {
    std::size_t before = at_;
    bool key = take("foreign key") || take("fk");
    skip();
    bool points = arrow() || take("references") || take("ref:") || take("ref");
    if (key && !points) points = take("to") || take(":");
    skip();
    if (!key && !points) {
      at_ = before;
      return false;
    }
    std::size_t open = at_;
    if (key && !points && open < text_.size() && text_[open] == '(') {
      std::optional<std::string_view> inside = inside_parentheses(text_, open);
      std::size_t used = 0;
      std::optional<ForeignKey> target = inside ? read_target(trim(*inside), used) : std::nullopt;
      if (target && used == trim(*inside).size()) {
        references_.push_back(std::move(*target));
        at_ = open + inside->size() + 2;
      }
      return true;
    }
    std::size_t used = 0;
    std::optional<ForeignKey> target = read_target(text_.substr(at_), used);
    // `foreign key` alone names no target: it says nothing that could be compared.
    if (!target || !(points || key)) return key;
    // `FK customers(id)` points without an arrow; `FK customers` may be any word.
    if (key && !points && target->target_columns.empty()) return true;
    references_.push_back(std::move(*target));
    at_ += used;
    return true;
  }

  bool default_value() {
    if (!take("default") && !take("defaults to")) return false;
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == ':' || text_[at_] == '=' || text_[at_] == '`'))
      ++at_;
    std::size_t begin = at_;
    char quote = 0;
    for (; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (quote) {
        if (c == quote) quote = 0;
        continue;
      }
      if (c == '\'') quote = c;
      if (c == ' ' || c == '`') break;
      if (c == '(') {
        std::optional<std::string_view> inside = inside_parentheses(text_, at_);
        if (!inside) return false;
        at_ += inside->size() + 1;
      }
    }
    // `default 'open'. What follows is a sentence.`
    std::size_t end = at_;
    while (end > begin + 1 && text_[end - 1] == '.') --end;
    if (begin == end) return false;
    facts_.default_text = std::string(text_.substr(begin, end - begin));
    return true;
  }

  bool generation() {
    if (take("generated always as identity")) {
      facts_.identity = IdentityKind::always;
      return true;
    }
    if (take("generated by default as identity")) {
      facts_.identity = IdentityKind::by_default;
      return true;
    }
    std::size_t before = at_;
    if (!take("generated always as")) return false;
    std::size_t open = text_.find_first_not_of(' ', at_);
    std::optional<std::string_view> inside = open != std::string_view::npos && text_[open] == '('
                                                 ? inside_parentheses(text_, open)
                                                 : std::nullopt;
    if (!inside) {
      at_ = before;
      return false;
    }
    at_ = open + inside->size() + 2;
    skip();
    Generated generated;
    if (take("virtual"))
      generated.kind = GeneratedKind::virtual_;
    else
      take("stored");
    generated.expression = normalise_expression(*inside);
    facts_.generated = std::move(generated);
    return true;
  }

  bool check() {
    std::size_t before = at_;
    if (!take("check")) return false;
    std::size_t open = text_.find_first_not_of(' ', at_);
    if (open != std::string_view::npos && text_[open] == '(') {
      if (std::optional<std::string_view> inside = inside_parentheses(text_, open)) {
        facts_.checks.push_back("CHECK (" + std::string(*inside) + ")");
        at_ = open + inside->size() + 2;
        return true;
      }
    }
    at_ = before;
    return false;
  }

  bool action() {
    struct Words {
      std::string_view text;
      ReferentialAction action;
    };
    static constexpr std::array<Words, 5> kActions = {
        {{"cascade", ReferentialAction::cascade},
         {"set null", ReferentialAction::set_null},
         {"set default", ReferentialAction::set_default},
         {"restrict", ReferentialAction::restrict},
         {"no action", ReferentialAction::no_action}}};
    std::size_t before = at_;
    bool update = take("on update");
    bool deleting = !update && take("on delete");
    skip();
    for (const Words& words : kActions) {
      if (!take(words.text)) continue;
      skip();
      if (!update && !deleting) {
        update = take("on update");
        deleting = !update && (take("on delete") || take("delete"));
        if (!update && !deleting) break;
      }
      ReferenceActions stated;
      (update ? stated.on_update : stated.on_delete) = words.action;
      act(stated);
      return true;
    }
    at_ = before;
    return false;
  }

  /// Actions are of the reference before them.
  void act(const ReferenceActions& stated) {
    auto take = [](std::optional<ReferentialAction>& known,
                   const std::optional<ReferentialAction>& one) {
      if (one) known = one;
    };
    if (references_.empty()) {
      take(facts_.actions.on_delete, stated.on_delete);
      take(facts_.actions.on_update, stated.on_update);
      return;
    }
    std::optional<ForeignKey> known = references_.back(), other;
    add_actions(stated, known, other);
    references_.back() = std::move(*known);
    if (other) references_.push_back(std::move(*other));
  }

  /// What may stand between facts and says nothing that is compared.
  bool filler() {
    if (at_ < text_.size() && text_[at_] == '(') {
      std::optional<std::string_view> inside = inside_parentheses(text_, at_);
      if (!inside) return false;
      ColumnFacts nested = read_column_facts(*inside, {});
      if (!nested.whole) return false;
      merge(nested);
      at_ += inside->size() + 2;
      return true;
    }
    return take("auto increment") || take("autoincrement") || take("auto-increment") ||
           take("indexed") || take("identity") || take("and");
  }

  void merge(const ColumnFacts& nested) {
    if (!facts_.type) facts_.type = nested.type;
    if (!facts_.nullable) facts_.nullable = nested.nullable;
    if (!facts_.obligation) facts_.obligation = nested.obligation;
    facts_.primary_key |= nested.primary_key;
    facts_.unique |= nested.unique;
    if (nested.foreign_key) references_.push_back(*nested.foreign_key);
    if (nested.other_reference) references_.push_back(*nested.other_reference);
    act(nested.actions);
    if (nested.default_text) facts_.default_text = nested.default_text;
  }

  std::string_view text_;
  std::string folded_;
  bool type_cell_;
  std::size_t at_ = 0;
  ColumnFacts facts_;
  /// In their order, each with its actions.
  std::vector<ForeignKey> references_;
};

void merge_segment(ColumnFacts& all, ColumnFacts&& part) {
  if (part.type && !all.type) all.type = std::move(part.type);
  if (part.nullable) all.nullable = part.nullable;
  if (part.obligation) all.obligation = part.obligation;
  all.primary_key |= part.primary_key;
  all.unique |= part.unique;
  all.serial |= part.serial;
  if (part.foreign_key)
    add_reference(std::move(*part.foreign_key), all.foreign_key, all.other_reference);
  if (part.other_reference) all.other_reference = std::move(part.other_reference);
  if (part.default_text) all.default_text = std::move(part.default_text);
  if (part.identity) all.identity = part.identity;
  if (part.generated) all.generated = std::move(part.generated);
  if (part.values) all.values = std::move(part.values);
  for (std::string& check : part.checks) all.checks.push_back(std::move(check));
}

bool same_target(const ForeignKey& a, const ForeignKey& b) {
  return a.target == b.target && a.target_columns == b.target_columns;
}

/// The parenthesis at the end of prose: `Link to the application (nullable)`.
std::optional<std::string_view> closing_parenthesis(std::string_view text) {
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.remove_suffix(1);
  if (text.empty() || text.back() != ')') return std::nullopt;
  std::size_t open = text.rfind('(');
  if (open == std::string_view::npos || open == 0) return std::nullopt;
  return text.substr(open + 1, text.size() - open - 2);
}

}  // namespace

bool ColumnFacts::empty() const {
  return !type && !nullable && !primary_key && !unique && !foreign_key && !default_text &&
         !identity && !generated && checks.empty() && !values && !serial;
}

ColumnFacts read_column_facts(std::string_view text, const ColumnWordsOptions& options) {
  ColumnFacts all;
  text = trim(text);
  if (text.empty()) return all;
  std::size_t lead = 0;
  if (std::optional<std::vector<std::string>> values = read_values(text, &lead)) {
    // `text, NOT NULL, one of 'a', 'b'`: what stands before the values counts, too.
    std::string_view before = trim(text.substr(0, lead));
    while (!before.empty() &&
           (before.back() == ',' || before.back() == ' ' || before.back() == '('))
      before.remove_suffix(1);
    if (!before.empty()) all = read_column_facts(before, options);
    all.values = std::move(values);
    return all;
  }
  bool whole = true;
  bool first = true;
  std::vector<std::string> segments;
  for (const std::string& part : split_top_level(text, ';'))
    for (std::string& segment : split_top_level(part, ',')) segments.push_back(std::move(segment));
  std::optional<bool> obligation;
  // As they were without the last segment, which alone a condition is about.
  std::optional<bool> obligation_before;
  bool unique_before = false;
  for (const std::string& segment : segments) {
    if (segment.empty()) continue;
    if (is_condition(segment)) {
      all.unique = unique_before;
      obligation = obligation_before;
      whole = false;
      continue;
    }
    unique_before = all.unique;
    obligation_before = obligation;
    if (std::optional<bool> said = obligation_in(segment)) {
      obligation = said;
      first = false;
      continue;
    }
    SegmentReader reader(segment, options.type_cell && first);
    ColumnFacts part = reader.read();
    first = false;
    // `FK users.id / FK teams.id depending on kind`: no foreign key can be that.
    if (!part.whole && part.other_reference &&
        !same_target(*part.foreign_key, *part.other_reference)) {
      part.foreign_key.reset();
      part.other_reference.reset();
    }
    if (part.actions.on_delete) all.actions.on_delete = part.actions.on_delete;
    if (part.actions.on_update) all.actions.on_update = part.actions.on_update;
    bool key_first = part.foreign_key.has_value() && !part.type;
    if (part.whole || key_first || (options.type_cell && part.type)) {
      whole &= part.whole;
      merge_segment(all, std::move(part));
    } else {
      whole = false;
    }
  }
  // Beside prose `optional` may be about what fills the column.
  if (obligation == std::optional(true) && !whole) obligation.reset();
  ReferenceActions in_sentences;
  if (!whole) {
    const std::vector<std::string_view> sentences = sentences_of(text);
    for (std::string_view sentence : sentences) {
      if (sentences.size() < 2) break;
      if (std::optional<bool> said = obligation_in(sentence)) {
        obligation = said;
        continue;
      }
      ColumnFacts stated = read_column_facts(sentence, {});
      // A type in a sentence is too often an example.
      if (!stated.whole || stated.type) continue;
      if (stated.actions.on_delete || stated.actions.on_update) in_sentences = stated.actions;
      merge_segment(all, std::move(stated));
    }
  }
  // Alone, the word may speak of a form or of an API.
  if (obligation && (options.attributes || !all.empty())) {
    all.obligation = obligation;
  } else if (obligation) {
    whole = false;
  }
  add_actions(all.actions, all.foreign_key, all.other_reference);
  add_actions(in_sentences, all.foreign_key, all.other_reference);
  // Of a sentence that says more (`cascade delete of its lines`) nothing goes to another cell.
  if (all.foreign_key)
    all.actions = {};
  else if (!whole)
    all.actions = in_sentences;
  all.whole = whole;
  if (!whole) {
    if (std::optional<std::string_view> note = closing_parenthesis(text)) {
      ColumnFacts noted = read_column_facts(*note, {});
      // A type in a remark is too often an example.
      noted.type.reset();
      if (noted.whole) merge_segment(all, std::move(noted));
    }
  }
  return all;
}

void settle_obligation(ColumnClaim& claim) {
  Column& column = claim.column;
  if (!claim.obligation || column.nullable) return;
  const bool is_filled = column.default_value.has_value() || column.identity.has_value() ||
                         column.generated.has_value();
  if (!*claim.obligation || !is_filled) column.nullable = claim.obligation;
}

void apply_facts(const ColumnFacts& facts, ColumnClaim& claim) {
  Column& column = claim.column;
  if (facts.type && !column.type) column.type = facts.type;
  if (facts.nullable) column.nullable = facts.nullable;
  if (facts.obligation) claim.obligation = facts.obligation;
  if (facts.serial && !facts.nullable) column.nullable = false;
  if (facts.primary_key) {
    claim.primary_key = true;
    if (!column.nullable) column.nullable = false;
  }
  claim.unique |= facts.unique;
  if (facts.values) column.documented_values = facts.values;
  if (facts.serial && column.default_value.is_unknown()) {
    Expression next;
    next.text = "nextval(...)";
    next.decided = false;
    column.default_value = next;
  }
  if (facts.default_text) {
    std::string folded = fold_case(*facts.default_text);
    if (folded == "null") {
      column.default_value = Fact<Expression>::none();
    } else {
      column.default_value = normalise_expression(
          *facts.default_text, {}, column.type ? column.type->normal : std::string_view());
    }
  }
  if (facts.identity) column.identity = *facts.identity;
  if (facts.generated) column.generated = *facts.generated;
  if (facts.foreign_key) {
    ForeignKey key = *facts.foreign_key;
    key.columns = {column.name};
    key.origin = column.origin;
    add_reference(std::move(key), claim.foreign_key, claim.other_reference);
  }
  if (facts.other_reference) claim.other_reference = facts.other_reference;
  if (facts.actions.on_delete) claim.actions.on_delete = facts.actions.on_delete;
  if (facts.actions.on_update) claim.actions.on_update = facts.actions.on_update;
  add_actions(claim.actions, claim.foreign_key, claim.other_reference);
  for (const std::string& check : facts.checks) {
    std::optional<ParsedConstraint> parsed = parse_constraint(check);
    if (!parsed) continue;
    if (auto* constraint = std::get_if<CheckConstraint>(&parsed->constraint)) {
      constraint->origin = column.origin;
      claim.checks.push_back(std::move(*constraint));
    }
  }
}

}  // namespace schemaudit
