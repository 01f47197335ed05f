#include "schema_docs/writing/sql_text.h"

#include <algorithm>
#include <utility>

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/claims.h"
#include "analyzer/sql/normal_form.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/writing/upper_case.h"

namespace schemaudit {

namespace {

std::string in_case(std::string_view text, bool lower) {
  return lower ? fold_case(text) : std::string(text);
}

/// What stands in the middle and at the end of a normal form besides its base.
struct TypeParts {
  std::string base, modifier, brackets;
};

TypeParts parts_of_type(std::string_view normal) {
  TypeParts parts;
  std::string text(normal);
  while (text.ends_with("[]")) {
    text.resize(text.size() - 2);
    parts.brackets += "[]";
  }
  std::size_t open = text.find('(');
  std::size_t close = open == std::string::npos ? open : text.find(')', open);
  if (close != std::string::npos) {
    parts.modifier = text.substr(open, close - open + 1);
    text.erase(open, close - open + 1);
  }
  parts.base = std::move(text);
  return parts;
}

/// The end of the type name that a cast names at `at`.
std::size_t past_cast_type(std::string_view text, std::size_t at) {
  static constexpr std::string_view kTwoWords[] = {"character varying",
                                                   "double precision",
                                                   "timestamp without time zone",
                                                   "timestamp with time zone",
                                                   "time without time zone",
                                                   "time with time zone",
                                                   "bit varying"};
  std::size_t end = at;
  for (std::string_view words : kTwoWords)
    if (text.substr(at, words.size()) == words) end = std::max(end, at + words.size());
  if (end == at)
    while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) ||
                                 text[end] == '_' || text[end] == '.' || text[end] == '"'))
      ++end;
  if (end < text.size() && text[end] == '(') {
    std::size_t close = text.find(')', end);
    if (close != std::string_view::npos) end = close + 1;
  }
  while (text.substr(end, 2) == "[]") end += 2;
  return end;
}

std::string without_outer_parentheses(std::string text) {
  while (text.size() > 2 && text.front() == '(') {
    std::optional<std::string_view> inside = inside_parentheses(text, 0);
    if (!inside || inside->size() + 2 != text.size()) break;
    text = std::string(*inside);
  }
  return text;
}

/// `(status)::text` with its cast gone is `(status)`: a name or a number needs none.
std::string without_needless_parentheses(std::string text) {
  for (std::size_t open = text.find('('); open != std::string::npos;
       open = text.find('(', open + 1)) {
    bool call = open > 0 && (std::isalnum(static_cast<unsigned char>(text[open - 1])) ||
                             text[open - 1] == '_' || text[open - 1] == '"');
    std::size_t close = text.find_first_of("()", open + 1);
    if (call || close == std::string::npos || text[close] != ')') continue;
    std::string_view inside = std::string_view(text).substr(open + 1, close - open - 1);
    bool plain = !inside.empty() && std::all_of(inside.begin(), inside.end(), [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.';
    });
    if (!plain || fold_case(inside) == "select") continue;
    std::string name(inside);
    text.replace(open, close - open + 1, name);
  }
  return text;
}

}  // namespace

std::string type_base(std::string_view normal) {
  return parts_of_type(normal).base;
}

std::string TypeWording::write(const Type& type) const {
  TypeParts parts = parts_of_type(type.normal);
  auto found = words.find(parts.base);
  std::string base = found != words.end() ? found->second : parts.base;
  static constexpr std::pair<std::string_view, std::string_view> kShort[] = {
      {"character varying", "varchar"},
      {"character", "char"},
      {"timestamp with time zone", "timestamptz"}};
  bool zone = parts.base.find(" with") != std::string::npos;
  if (found == words.end()) {
    for (const auto& [longer, shorter] : kShort)
      if (parts.base == longer) base = std::string(shorter);
    if (upper && is_builtin_type(parts.base)) base = upper_case(base);
  }
  if (parts.modifier.empty()) return base + parts.brackets;
  // `timestamp(3) with time zone`: the precision stands within the words.
  std::size_t space = zone ? base.find(' ') : std::string::npos;
  if (space != std::string::npos)
    return base.substr(0, space) + parts.modifier + base.substr(space) + parts.brackets;
  return base + parts.modifier + parts.brackets;
}

std::string sql_identifier(std::string_view name) {
  std::string quoted = quote_identifier(name);
  if (quoted.empty() || quoted.front() == '"') return quoted;
  // A key word that is no name: only the grammar knows them all.
  return parse_column(quoted + " integer") ? quoted : "\"" + quoted + "\"";
}

std::string sql_literal(std::string_view text) {
  std::string literal = "'";
  for (char c : text) {
    if (c == '\'') literal += '\'';
    literal += c;
  }
  return literal + "'";
}

std::string short_expression(const Expression& expression, const Relation* relation,
                             std::string_view context_type) {
  if (!expression.decided || expression.normal.empty()) return expression.text;
  const ColumnTypes types = relation ? column_types_of(*relation) : ColumnTypes();
  auto means_the_same = [&](const std::string& text) {
    Expression read = normalise_expression(text, types, context_type);
    return read.decided && read.normal == expression.normal;
  };
  std::string text = expression.text;
  for (std::size_t at = text.rfind("::"); at != std::string::npos && at > 0;
       at = text.rfind("::", at - 1)) {
    std::string shorter = text;
    shorter.erase(at, past_cast_type(text, at + 2) - at);
    if (means_the_same(shorter)) text = std::move(shorter);
  }
  for (std::string shorter : {without_needless_parentheses(text), without_outer_parentheses(text),
                              without_outer_parentheses(without_needless_parentheses(text))})
    if (shorter.size() < text.size() && means_the_same(shorter)) text = shorter;
  return text;
}

std::string default_constraint_name(const Relation& relation,
                                    const std::vector<std::string>& columns,
                                    std::string_view ending) {
  std::string name = relation.name.name;
  for (const std::string& column : columns) name += "_" + column;
  return name + "_" + std::string(ending);
}

std::vector<const Index*> plain_indexes(const Relation& relation) {
  std::vector<const Index*> plain;
  for (const Index& index : relation.indexes)
    if (index.constraint.empty() && !index.inherited) plain.push_back(&index);
  return plain;
}

std::string SqlWriter::word(std::string_view upper) const {
  return in_case(upper, wording_.lower_keywords);
}

std::string SqlWriter::list(const std::vector<std::string>& names) const {
  std::string text = "(";
  for (std::size_t i = 0; i < names.size(); ++i) text += (i ? ", " : "") + sql_identifier(names[i]);
  return text + ")";
}

std::string SqlWriter::name(const QualifiedName& name) const {
  bool bare = name.schema.empty() || (!wording_.qualified && name.schema == "public");
  if (bare && !name.schema.empty()) {
    // Where another schema has the same name, only the full one is plain.
    for (const Relation& relation : schema_.relations)
      if (relation.name.name == name.name && relation.name.schema != name.schema) bare = false;
  }
  return (bare ? "" : sql_identifier(name.schema) + ".") + sql_identifier(name.name);
}

std::string SqlWriter::type(const Column& column) const {
  if (!column.type) return "text";
  std::string type = wording_.types.write(*column.type);
  constexpr std::string_view kPublic = "public.";
  return type.starts_with(kPublic) && !wording_.qualified ? type.substr(kPublic.size()) : type;
}

std::string SqlWriter::default_value(const Column& column) const {
  if (!column.default_value.has_value()) return {};
  return short_expression(column.default_value.value(), nullptr,
                          column.type ? std::string_view(column.type->normal) : std::string_view());
}

namespace {

/// `now() AT TIME ZONE 'UTC'` needs parentheses behind DEFAULT.
std::string as_default(const std::string& value) {
  return parse_column("c text DEFAULT " + value + " NOT NULL") ? value : "(" + value + ")";
}

}  // namespace

std::string SqlWriter::filling(const Column& column) const {
  if (column.generated.has_value())
    return word("GENERATED ALWAYS AS") + " (" + column.generated->expression.text + ") " +
           word(column.generated->kind == GeneratedKind::stored ? "STORED" : "VIRTUAL");
  if (column.identity.has_value())
    return word(column.identity.value() == IdentityKind::always
                    ? "GENERATED ALWAYS AS IDENTITY"
                    : "GENERATED BY DEFAULT AS IDENTITY");
  if (!column.default_value.has_value()) return {};
  return word("DEFAULT") + " " + as_default(default_value(column));
}

namespace {

std::string deferrability(const std::optional<bool>& deferrable,
                          const std::optional<bool>& deferred, const SqlWriter& writer) {
  if (!deferrable.value_or(false)) return {};
  return " " +
         writer.word(deferred.value_or(false) ? "DEFERRABLE INITIALLY DEFERRED" : "DEFERRABLE");
}

}  // namespace

namespace {

/// `status IN ('a', 'b')`, as opposed to numbers.
bool lists_texts(const CheckConstraint& check) {
  const std::vector<std::string>& values = check.allowed->values;
  return values.size() > 1 && std::all_of(values.begin(), values.end(), [&](const auto& value) {
           return check.expression.text.find(sql_literal(value)) != std::string::npos;
         });
}

}  // namespace

std::vector<std::string> values_in_order(const AllowedValues& allowed, std::string_view text) {
  std::vector<std::pair<std::size_t, std::string>> placed;
  for (const std::string& value : allowed.values)
    placed.emplace_back(text.find(sql_literal(value)), value);
  std::stable_sort(placed.begin(), placed.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> values;
  for (auto& [at, value] : placed) values.push_back(std::move(value));
  return values;
}

std::string SqlWriter::key(const KeyConstraint& key, bool primary) const {
  std::string text = word(primary ? "PRIMARY KEY" : "UNIQUE") + " ";
  if (key.nulls_not_distinct) text += word("NULLS NOT DISTINCT") + " ";
  text += list(key.columns);
  if (!key.include.empty()) text += " " + word("INCLUDE") + " " + list(key.include);
  return text + deferrability(key.deferrable, key.initially_deferred, *this);
}

std::string SqlWriter::references(const ForeignKey& key) const {
  std::string text = word("REFERENCES") + " " + name(key.target);
  if (!key.target_columns.empty()) text += " " + list(key.target_columns);
  if (key.match == MatchType::full) text += " " + word("MATCH FULL");
  auto action = [&](std::string_view on, const std::optional<ReferentialAction>& taken) {
    if (taken && *taken != ReferentialAction::no_action)
      text += " " + word(on) + " " + word(to_string(*taken));
  };
  action("ON DELETE", key.on_delete);
  if (!key.on_delete_columns.empty()) text += " " + list(key.on_delete_columns);
  action("ON UPDATE", key.on_update);
  return text + deferrability(key.deferrable, key.initially_deferred, *this);
}

std::string SqlWriter::foreign_key(const ForeignKey& key) const {
  return word("FOREIGN KEY") + " " + list(key.columns) + " " + references(key) +
         (key.validated == std::optional(false) ? " " + word("NOT VALID") : "");
}

std::string SqlWriter::check(const CheckConstraint& check, const Relation& relation) const {
  std::string condition;
  if (check.allowed && check.expression.decided && lists_texts(check)) {
    std::string values;
    for (const std::string& value : values_in_order(*check.allowed, check.expression.text))
      values += (values.empty() ? "" : ", ") + sql_literal(value);
    std::string in = sql_identifier(check.allowed->column) + " " + word("IN") + " (" + values + ")";
    if (normalise_expression(in, column_types_of(relation)).normal == check.expression.normal)
      condition = std::move(in);
  }
  if (condition.empty()) condition = short_expression(check.expression, &relation);
  return word("CHECK") + " (" + condition + ")" +
         (check.no_inherit ? " " + word("NO INHERIT") : "") +
         (check.validated == std::optional(false) ? " " + word("NOT VALID") : "");
}

std::string SqlWriter::exclusion(const ExclusionConstraint& exclusion) const {
  std::string text =
      word("EXCLUDE USING") + " " + (exclusion.method.empty() ? "gist" : exclusion.method) + " (";
  for (std::size_t i = 0; i < exclusion.elements.size(); ++i)
    text += (i ? ", " : "") + exclusion.elements[i].key.text + " " + word("WITH") + " " +
            exclusion.elements[i].op;
  text += ")";
  if (exclusion.predicate.has_value())
    text += " " + word("WHERE") + " (" + without_outer_parentheses(exclusion.predicate->text) + ")";
  return text;
}

std::string SqlWriter::constraint_name(const std::string& given,
                                       std::string_view default_name) const {
  if (given.empty()) return {};
  bool is_default = given == default_name;
  // A second one of a kind is told by a number (users_check1).
  if (!is_default && given.size() > default_name.size() && given.starts_with(default_name))
    is_default = given.find_first_not_of("0123456789", default_name.size()) == std::string::npos;
  if (is_default && !wording_.constraint_names) return {};
  return word("CONSTRAINT") + " " + sql_identifier(given) + " ";
}

namespace {

/// A call stands bare among the keys of an index, any other expression in parentheses.
std::string as_index_key(const std::string& expression) {
  std::string bare = without_outer_parentheses(expression);
  std::size_t open = bare.find('(');
  bool call = open != std::string::npos && open > 0 && is_identifier(bare.substr(0, open));
  std::optional<std::string_view> inside = call ? inside_parentheses(bare, open) : std::nullopt;
  return inside && open + inside->size() + 2 == bare.size() ? bare : "(" + bare + ")";
}

}  // namespace

std::string SqlWriter::index_keys(const Index& index) const {
  std::string text;
  for (const IndexKey& key : index.keys) {
    if (!text.empty()) text += ", ";
    if (key.column)
      text += sql_identifier(*key.column);
    else if (key.expression)
      text += as_index_key(key.expression->text);
    if (!key.collation.empty()) text += " " + word("COLLATE") + " " + "\"" + key.collation + "\"";
    if (!key.operator_class.empty()) text += " " + key.operator_class;
    if (key.descending) text += " " + word("DESC");
    if (key.nulls_first) text += " " + word(key.descending ? "NULLS LAST" : "NULLS FIRST");
  }
  return text;
}

std::string SqlWriter::index(const Relation& relation, const Index& index) const {
  std::string text = word(index.unique.value_or(false) ? "CREATE UNIQUE INDEX" : "CREATE INDEX");
  if (!index.name.empty()) text += " " + sql_identifier(index.name);
  text += " " + word("ON") + " " + name(relation.name);
  if (!index.method.empty() && index.method != "btree")
    text += " " + word("USING") + " " + index.method;
  text += " (" + index_keys(index) + ")";
  if (!index.include.empty()) text += " " + word("INCLUDE") + " " + list(index.include);
  if (index.nulls_not_distinct) text += " " + word("NULLS NOT DISTINCT");
  if (index.predicate.has_value())
    text += " " + word("WHERE") + " " + short_expression(index.predicate.value(), &relation);
  return text;
}

std::string SqlWriter::trigger(const Relation& relation, const Trigger& trigger) const {
  // The definition is `BEFORE UPDATE FOR EACH ROW WHEN (...)`; ON stands before FOR EACH.
  std::size_t each = trigger.definition.find(" FOR EACH");
  std::string events = trigger.definition.substr(0, each);
  std::string rest = each == std::string::npos ? "" : trigger.definition.substr(each);
  return "CREATE TRIGGER " + sql_identifier(trigger.name) + " " + events + " ON " +
         to_string(relation.name) + rest + " EXECUTE FUNCTION " + name(trigger.function) + "()";
}

std::string SqlWriter::enumeration(const EnumType& type) const {
  std::string labels;
  for (const std::string& label : type.labels)
    labels += (labels.empty() ? "" : ", ") + sql_literal(label);
  return word("CREATE TYPE") + " " + name(type.name) + " " + word("AS ENUM") + " (" + labels + ")";
}

std::string SqlWriter::domain(const Domain& domain) const {
  std::string text = word("CREATE DOMAIN") + " " + name(domain.name) + " " + word("AS") + " " +
                     (domain.base ? wording_.types.write(*domain.base) : "text");
  if (domain.default_value.has_value())
    text += " " + word("DEFAULT") + " " + as_default(domain.default_value->text);
  if (domain.nullable == std::optional(false)) text += " " + word("NOT NULL");
  for (const CheckConstraint& check : domain.checks)
    text += " " + word("CHECK") + " (" + without_outer_parentheses(check.expression.text) + ")";
  return text;
}

}  // namespace schemaudit
