#include "schema_docs/writing/column_fact_editor.h"

#include <algorithm>
#include <utility>

#include "analyzer/model/names.h"
#include "analyzer/sql/builtin/builtin_catalog.h"
#include "schema_docs/column_words.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/writing/table_row_source.h"
#include "schema_docs/writing/upper_case.h"

namespace schemaudit {

namespace {

enum class Aspect {
  type,
  nullability,
  filling,
  primary_key,
  unique,
  reference,
  check,
  values,
  name
};

std::string type_of(const ColumnClaim& claim) {
  return claim.column.type ? claim.column.type->normal : std::string();
}

bool same_reference(const std::optional<ForeignKey>& a, const std::optional<ForeignKey>& b) {
  if (a.has_value() != b.has_value()) return false;
  return !a || (a->target == b->target && a->target_columns == b->target_columns &&
                a->on_delete == b->on_delete && a->on_update == b->on_update);
}

std::vector<std::string> checks_of(const ColumnClaim& claim) {
  std::vector<std::string> checks;
  for (const CheckConstraint& check : claim.checks) checks.push_back(check.expression.normal);
  std::sort(checks.begin(), checks.end());
  return checks;
}

/// Whether nothing but one aspect has changed.
bool same_but_for(Aspect aspect, const ColumnClaim& a, const ColumnClaim& b) {
  auto may_differ = [&](Aspect one) { return aspect == one; };
  // A key's columns are NOT NULL by it, and a default is read by its type.
  bool nullability_follows = may_differ(Aspect::nullability) || may_differ(Aspect::primary_key) ||
                             may_differ(Aspect::type);
  return (may_differ(Aspect::name) || a.column.name == b.column.name) &&
         (may_differ(Aspect::type) || type_of(a) == type_of(b)) &&
         (nullability_follows || a.column.nullable == b.column.nullable) &&
         (may_differ(Aspect::filling) || may_differ(Aspect::type) ||
          (a.column.default_value == b.column.default_value &&
           a.column.identity == b.column.identity && a.column.generated == b.column.generated)) &&
         (may_differ(Aspect::primary_key) || a.primary_key == b.primary_key) &&
         (may_differ(Aspect::unique) || a.unique == b.unique) &&
         (may_differ(Aspect::reference) ||
          (same_reference(a.foreign_key, b.foreign_key) &&
           same_reference(a.other_reference, b.other_reference))) &&
         (may_differ(Aspect::check) || may_differ(Aspect::type) || checks_of(a) == checks_of(b)) &&
         (may_differ(Aspect::values) || a.column.documented_values == b.column.documented_values);
}

bool same_fact(const Fact<Expression>& a, const Fact<Expression>& b) {
  if (!a.has_value() || !b.has_value()) return !a.has_value() && !b.has_value();
  return a->decided && b->decided ? a->normal == b->normal : a->text == b->text;
}

/// Whether the reader takes from `claim` what fills the built column, or at least nothing else.
bool fills_alike(const ColumnClaim& claim, const Column& built) {
  if (built.identity.has_value())
    return claim.column.identity == built.identity ||
           (claim.column.identity.is_unknown() && claim.column.default_value.is_unknown());
  if (built.generated.has_value())
    return claim.column.generated.has_value()
               ? claim.column.generated->expression.normal == built.generated->expression.normal
               : claim.column.default_value.is_unknown();
  if (!built.default_value.has_value())
    return !claim.column.default_value.has_value() && !claim.column.identity.has_value() &&
           !claim.column.generated.has_value();
  return same_fact(claim.column.default_value, built.default_value);
}

bool is_target(const ForeignKey& said, const ForeignKey& built) {
  return may_be_same(said.target, built.target) &&
         (said.target_columns.empty() || said.target_columns == built.target_columns);
}

/// The target at the front of `text`, in its own words, where it is the built one.
std::optional<std::string> right_target(std::string_view text, const ForeignKey& built) {
  std::size_t used = 0;
  std::optional<ForeignKey> said = read_target(text, used);
  if (!said || !is_target(*said, built)) return std::nullopt;
  return std::string(text.substr(0, used));
}

bool acts(const std::optional<ReferentialAction>& action) {
  return action.value_or(ReferentialAction::no_action) != ReferentialAction::no_action;
}

/// The phrase with the words of its actions as they are built, and nothing else touched; as it
/// stands where they do not have one place each.
std::string with_actions(const FactPhrase& phrase, std::string_view source,
                         const ForeignKey& built) {
  std::string text;
  std::size_t at = phrase.begin;
  bool deletes = false, updates = false;
  for (const ActionPlace& place : phrase.actions) {
    const std::optional<ReferentialAction>& action =
        place.on_update ? built.on_update : built.on_delete;
    if (!acts(action)) return std::string(phrase.in(source));
    (place.on_update ? updates : deletes) = true;
    const std::string_view written = source.substr(place.begin, place.end - place.begin);
    const std::string words(to_string(*action));
    text += std::string(source.substr(at, place.begin - at)) +
            (written == fold_case(written) ? fold_case(words) : words);
    at = place.end;
  }
  if (deletes != acts(built.on_delete) || updates != acts(built.on_update))
    return std::string(phrase.in(source));
  return text + std::string(source.substr(at, phrase.end - at));
}

bool names_target(const ColumnClaim& claim, const ForeignKey& built) {
  // Two references that are not alike settle nothing, though one of them be right.
  if (!claim.foreign_key || claim.other_reference) return false;
  const ForeignKey& key = *claim.foreign_key;
  if (!is_target(key, built)) return false;
  auto agrees = [](const std::optional<ReferentialAction>& said,
                   const std::optional<ReferentialAction>& is) {
    ReferentialAction actual = is.value_or(ReferentialAction::no_action);
    return said ? *said == actual : actual == ReferentialAction::no_action;
  };
  return agrees(key.on_delete, built.on_delete) && agrees(key.on_update, built.on_update);
}

/// `NO` for `YES`, `✗` for `✓`: the other word of the same pair.
std::string opposite(std::string_view cell) {
  static constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"yes", "no"},
      {"Yes", "No"},
      {"YES", "NO"},
      {"y", "n"},
      {"Y", "N"},
      {"true", "false"},
      {"True", "False"},
      {"TRUE", "FALSE"},
      {"t", "f"},
      {"\xE2\x9C\x93", "\xE2\x9C\x97"},
      {"\xE2\x9C\x94", "\xE2\x9C\x98"},
      {"\xE2\x9C\x85", "\xE2\x9D\x8C"},
      {"ja", "nein"},
      {"oui", "non"},
      {"NULL", "NOT NULL"},
      {"null", "not null"},
      {"nullable", "not null"}};
  for (const auto& [one, other] : kPairs) {
    if (cell == one) return std::string(other);
    if (cell == other) return std::string(one);
  }
  return {};
}

bool is_code(std::string_view cell) {
  return cell.size() > 2 && cell.front() == '`' && cell.back() == '`';
}

bool all_upper(std::string_view text) {
  return text.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos &&
         text.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string_view::npos;
}

}  // namespace

ColumnFactEditor::ColumnFactEditor(std::vector<FactPlace> places, ReadPlaces read,
                                   const ColumnWording& wording, const DocumentStyle& style)
    : places_(std::move(places)), read_(std::move(read)), wording_(wording), style_(style) {}

PhraseWays ColumnFactEditor::ways_of(const FactPlace& place) const {
  PhraseWays ways;
  ways.type_first = place.is_bullet || place.role == CellRole::type;
  ways.between = place.role == CellRole::type ? " " : style_.words.between;
  ways.before_prose = style_.words.before_prose;
  return ways;
}

std::optional<std::size_t> ColumnFactEditor::place_of(CellRole role) const {
  for (std::size_t i = 0; i < places_.size(); ++i)
    if (places_[i].role == role) return i;
  return std::nullopt;
}

bool ColumnFactEditor::take(std::size_t place, const std::vector<std::string>& texts,
                            const Accepts& accepts) {
  std::optional<ColumnClaim> before = read_(places_);
  if (!before) return false;
  for (const std::string& text : texts) {
    std::vector<FactPlace> edited = places_;
    edited[place].source = text;
    std::optional<ColumnClaim> after = read_(edited);
    if (!after || !accepts(*before, *after)) continue;
    places_ = std::move(edited);
    return true;
  }
  return false;
}

bool ColumnFactEditor::change(const std::vector<PhraseKind>& kinds, const RewritePhrase& rewrite,
                              const Accepts& accepts) {
  for (std::size_t i = 0; i < places_.size(); ++i)
    if (take(i, texts_with_changed(places_[i].source, kinds, ways_of(places_[i]), rewrite),
             accepts))
      return true;
  return false;
}

bool ColumnFactEditor::remove(const std::vector<PhraseKind>& kinds, const Accepts& accepts) {
  for (std::size_t i = 0; i < places_.size(); ++i)
    if (take(i, texts_without(places_[i].source, kinds, ways_of(places_[i])), accepts)) return true;
  return false;
}

bool ColumnFactEditor::insert(PhraseKind kind, const std::string& phrase, const Accepts& accepts) {
  if (phrase.empty()) return false;
  std::vector<std::size_t> order;
  auto add = [&](std::optional<std::size_t> place) {
    if (place && std::find(order.begin(), order.end(), *place) == order.end())
      order.push_back(*place);
  };
  if (places_.size() == 1 && places_[0].is_bullet) {
    add(0);
  } else {
    if (std::optional<std::size_t> cell = wording_.cell_of(kind); cell && *cell < places_.size())
      add(cell);
    for (CellRole role :
         {CellRole::constraints, CellRole::key, CellRole::description, CellRole::type})
      add(place_of(role));
  }
  for (std::size_t place : order)
    if (take(place, texts_with(places_[place].source, cell_text(phrase), ways_of(places_[place])),
             accepts))
      return true;
  return false;
}

bool ColumnFactEditor::set_whole_cell(CellRole role, const std::string& text,
                                      const Accepts& accepts) {
  std::optional<std::size_t> place = place_of(role);
  return place && take(*place, {cell_text(text)}, accepts);
}

bool ColumnFactEditor::set_type(const Column& built) {
  if (!built.type) return false;
  std::string words = wording_.type(built);
  Accepts accepts = [&](const ColumnClaim& before, const ColumnClaim& after) {
    if (!same_but_for(Aspect::type, before, after)) return false;
    const std::string normal = type_of(after);
    std::size_t dot = built.type->normal.rfind('.');
    return normal.empty() || normal == built.type->normal ||
           (dot != std::string::npos && normal == built.type->normal.substr(dot + 1));
  };
  RewritePhrase rewrite = [&](const FactPhrase& phrase, std::string_view source) {
    std::string_view written = phrase.in(source);
    std::string type = all_upper(written) && is_builtin_type(type_base(built.type->normal))
                           ? upper_case(words)
                           : words;
    return phrase.in_code ? in_code(type) : type;
  };
  return change({PhraseKind::type}, rewrite, accepts);
}

bool ColumnFactEditor::set_nullable(bool nullable) {
  Accepts accepts = [&](const ColumnClaim& before, const ColumnClaim& after) {
    return same_but_for(Aspect::nullability, before, after) &&
           after.column.nullable == std::optional(nullable);
  };
  Accepts no_longer_says = [&](const ColumnClaim& before, const ColumnClaim& after) {
    return same_but_for(Aspect::nullability, before, after) &&
           after.column.nullable != std::optional(!nullable);
  };
  for (CellRole role : {CellRole::nullable, CellRole::not_null, CellRole::required}) {
    std::optional<std::size_t> place = place_of(role);
    if (!place) continue;
    const std::string cell = places_[*place].source;
    bool yes = role == CellRole::nullable ? nullable : !nullable;
    std::vector<std::string> texts;
    if (std::string other = opposite(cell); !other.empty()) texts.push_back(other);
    texts.push_back(yes ? style_.table.yes : style_.table.no);
    texts.push_back(nullable ? "NULL" : "NOT NULL");
    if (role == CellRole::required && nullable) texts.push_back("");
    if (take(*place, texts, role == CellRole::required && nullable ? no_longer_says : accepts))
      return true;
  }
  const std::vector<PhraseKind> kinds = {nullable ? PhraseKind::not_null : PhraseKind::nullable};
  std::string words = wording_.nullability(nullable);
  if (words.empty()) {
    // Who does not write `nullable` says it by not writing NOT NULL.
    if (remove(kinds, no_longer_says)) return true;
    words = "nullable";
  }
  RewritePhrase rewrite = [&](const FactPhrase& phrase, std::string_view source) {
    std::string_view written = phrase.in(source);
    std::string text = all_upper(written) ? upper_case(words) : words;
    return phrase.in_code ? in_code(text) : text;
  };
  return change(kinds, rewrite, accepts) ||
         insert(nullable ? PhraseKind::nullable : PhraseKind::not_null, words, accepts) ||
         remove(kinds, no_longer_says);
}

bool ColumnFactEditor::set_filling(const Column& built) {
  Accepts accepts = [&](const ColumnClaim& before, const ColumnClaim& after) {
    return same_but_for(Aspect::filling, before, after) && fills_alike(after, built);
  };
  if (std::optional<std::size_t> place = place_of(CellRole::default_value)) {
    const std::string cell = places_[*place].source;
    DocumentStyle style = style_;
    if (!cell.empty()) style.table.default_in_code = is_code(cell) || built.generated.has_value();
    std::string text = ColumnWording(wording_.schema(), style).default_cell(built);
    std::vector<std::string> texts = {cell_text(text), cell_text(in_code(text))};
    if (wording_.filling(built).empty()) texts = {style_.table.no_default, "", "none"};
    if (take(*place, texts, accepts)) return true;
  }
  std::string words = wording_.filling(built);
  if (words.empty()) return remove({PhraseKind::filling}, accepts);
  std::string value = wording_.sql().default_value(built);
  RewritePhrase keep_lead = [&](const FactPhrase& phrase, std::string_view source) {
    if (value.empty() || phrase.value_begin == phrase.begin) return words;
    return std::string(source.substr(phrase.begin, phrase.value_begin - phrase.begin)) +
           cell_text(value) +
           std::string(source.substr(phrase.value_end, phrase.end - phrase.value_end));
  };
  RewritePhrase whole = [&](const FactPhrase&, std::string_view) { return cell_text(words); };
  return change({PhraseKind::filling}, keep_lead, accepts) ||
         change({PhraseKind::filling}, whole, accepts) ||
         insert(PhraseKind::filling, words, accepts);
}

bool ColumnFactEditor::set_primary_key(bool is_key) {
  Accepts accepts = [&](const ColumnClaim& before, const ColumnClaim& after) {
    return same_but_for(Aspect::primary_key, before, after) && after.primary_key == is_key;
  };
  if (set_whole_cell(CellRole::primary_key, is_key ? style_.table.yes : "", accepts)) return true;
  if (!is_key) return remove({PhraseKind::primary_key}, accepts);
  return insert(PhraseKind::primary_key, style_.words.primary_key, accepts);
}

bool ColumnFactEditor::set_unique(bool is_unique) {
  Accepts accepts = [&](const ColumnClaim& before, const ColumnClaim& after) {
    return same_but_for(Aspect::unique, before, after) && after.unique == is_unique;
  };
  if (set_whole_cell(CellRole::unique, is_unique ? style_.table.yes : "", accepts)) return true;
  if (!is_unique) return remove({PhraseKind::unique}, accepts);
  return insert(PhraseKind::unique, style_.words.unique, accepts);
}

bool ColumnFactEditor::set_reference(const ForeignKey* built) {
  Accepts accepts = [&](const ColumnClaim& before, const ColumnClaim& after) {
    return same_but_for(Aspect::reference, before, after) &&
           (built ? names_target(after, *built) : !after.foreign_key.has_value());
  };
  if (!built)
    return set_whole_cell(CellRole::foreign_key, "", accepts) ||
           remove({PhraseKind::reference}, accepts);
  // Where only the action differs and has a place of its own, that is the place.
  if (remove({PhraseKind::action}, accepts)) return true;
  RewritePhrase in_place = [&](const FactPhrase& phrase, std::string_view source) {
    return with_actions(phrase, source, *built);
  };
  if (change({PhraseKind::action, PhraseKind::reference}, in_place, accepts)) return true;
  std::string words = wording_.reference(*built);
  std::string target = wording_.target(*built);
  std::string actions = words.substr(style_.words.reference.before.size() + target.size() +
                                     style_.words.reference.after.size());
  std::string cell = target;
  if (std::optional<std::size_t> place = place_of(CellRole::foreign_key))
    cell = right_target(places_[*place].source, *built).value_or(target);
  if (set_whole_cell(CellRole::foreign_key, cell + actions, accepts)) return true;
  RewritePhrase keep_lead = [&](const FactPhrase& phrase, std::string_view source) {
    std::string marks;
    for (std::size_t at = phrase.value_end; at < phrase.end; ++at) {
      if (source[at] != '`' && source[at] != ')') break;
      marks += source[at];
    }
    // Whoever names only the table goes on naming only the table.
    std::string shown = target;
    std::string_view old = phrase.value_in(source);
    if (std::optional<std::string> right = right_target(old, *built))
      shown = *right;
    else if (old.find('.') == std::string_view::npos && old.find('(') == std::string_view::npos)
      shown = wording_.sql().name(built->target);
    return std::string(source.substr(phrase.begin, phrase.value_begin - phrase.begin)) + shown +
           marks + actions;
  };
  RewritePhrase whole = [&](const FactPhrase&, std::string_view) { return words; };
  RewritePhrase action = [&](const FactPhrase&, std::string_view) {
    return std::string(trim(actions));
  };
  return (!trim(actions).empty() && change({PhraseKind::action}, action, accepts)) ||
         change({PhraseKind::reference}, keep_lead, accepts) ||
         change({PhraseKind::reference}, whole, accepts) ||
         insert(PhraseKind::reference, words, accepts);
}

bool ColumnFactEditor::set_check(const CheckConstraint* stated, const CheckConstraint* built,
                                 const Relation& relation) {
  std::vector<std::string> wanted;
  if (std::optional<ColumnClaim> now = read_(places_)) wanted = checks_of(*now);
  if (stated) std::erase(wanted, stated->expression.normal);
  std::string text;
  if (built) {
    text = wording_.check(*built, relation);
    wanted.push_back(built->expression.normal);
    std::sort(wanted.begin(), wanted.end());
  }
  Accepts accepts = [&](const ColumnClaim& before, const ColumnClaim& after) {
    return same_but_for(Aspect::check, before, after) && checks_of(after) == wanted;
  };
  if (!built) return remove({PhraseKind::check}, accepts);
  RewritePhrase rewrite = [&](const FactPhrase& phrase, std::string_view) {
    std::string sql = wording_.sql().check(*built, relation);
    return cell_text(phrase.in_code ? in_code(sql) : sql);
  };
  if (stated && change({PhraseKind::check}, rewrite, accepts)) return true;
  return !stated && insert(PhraseKind::check, text, accepts);
}

bool ColumnFactEditor::set_values(const std::vector<std::string>& values) {
  Accepts accepts = [&](const ColumnClaim& before, const ColumnClaim& after) {
    if (!same_but_for(Aspect::values, before, after) || !after.column.documented_values)
      return false;
    std::vector<std::string> read = *after.column.documented_values, wanted = values;
    std::sort(read.begin(), read.end());
    std::sort(wanted.begin(), wanted.end());
    return read == wanted;
  };
  RewritePhrase rewrite = [&](const FactPhrase& phrase, std::string_view source) {
    std::string_view old = phrase.value_in(source);
    std::string quote = !old.empty() && (old[0] == '\'' || old[0] == '"' || old[0] == '`')
                            ? std::string(1, old[0])
                            : std::string();
    std::string separator = old.find(',') != std::string_view::npos   ? ", "
                            : old.find('|') != std::string_view::npos ? " \\| "
                            : old.find('/') != std::string_view::npos ? "/"
                                                                      : ", ";
    // Those that were there keep their order.
    std::vector<std::string> ordered;
    for (const std::string& value : read_word_list(old).value_or(std::vector<std::string>()))
      if (std::find(values.begin(), values.end(), value) != values.end()) ordered.push_back(value);
    for (const std::string& value : values)
      if (std::find(ordered.begin(), ordered.end(), value) == ordered.end())
        ordered.push_back(value);
    std::string list;
    for (const std::string& value : ordered)
      list += (list.empty() ? "" : separator) + quote + value + quote;
    return std::string(source.substr(phrase.begin, phrase.value_begin - phrase.begin)) + list +
           std::string(source.substr(phrase.value_end, phrase.end - phrase.value_end));
  };
  return change({PhraseKind::values}, rewrite, accepts);
}

bool ColumnFactEditor::set_name(const std::string& stated, const std::string& built) {
  std::optional<std::size_t> place = place_of(CellRole::name);
  if (!place) return false;
  std::string cell = places_[*place].source;
  std::size_t at = fold_case(cell).find(fold_case(stated));
  if (at == std::string::npos) return false;
  cell.replace(at, stated.size(), built);
  return take(*place, {cell}, [&](const ColumnClaim& before, const ColumnClaim& after) {
    return same_but_for(Aspect::name, before, after) && after.column.name == built;
  });
}

}  // namespace schemaudit
