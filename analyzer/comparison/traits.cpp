#include "analyzer/comparison/traits.h"

#include <algorithm>
#include <set>

#include "analyzer/comparison/definitions.h"
#include "analyzer/comparison/index_comparison.h"

namespace schemaudit {

namespace {

using State = Trait::State;

Trait trait(std::string aspect, State state, std::string normal, std::string shown) {
  return {std::move(aspect), state, std::move(normal), std::move(shown)};
}

Trait text_trait(std::string aspect, const std::string& value) {
  return trait(std::move(aspect), State::value, value, value);
}

/// Empty where a source does not say.
Trait text_or_unknown(std::string aspect, const std::string& value) {
  return trait(std::move(aspect), value.empty() ? State::unknown : State::value, value, value);
}

Trait flag(std::string aspect, const std::optional<bool>& value, const char* yes, const char* no) {
  if (!value) return trait(std::move(aspect), State::unknown, {}, {});
  return trait(std::move(aspect), State::value, *value ? "yes" : "no", *value ? yes : no);
}

Trait number(std::string aspect, const std::optional<std::int64_t>& value) {
  if (!value) return trait(std::move(aspect), State::unknown, {}, {});
  return text_trait(std::move(aspect), std::to_string(*value));
}

Trait type_trait(std::string aspect, const std::optional<Type>& type) {
  if (!type) return trait(std::move(aspect), State::unknown, {}, {});
  Trait result = text_trait(std::move(aspect), type->normal);
  result.meaning = Trait::Meaning::type;
  return result;
}

Trait name_trait(std::string aspect, const QualifiedName& name) {
  Trait result = text_trait(std::move(aspect), to_string(name));
  result.meaning = Trait::Meaning::name;
  return result;
}

Trait names_trait(std::string aspect, const std::vector<std::string>& names) {
  return text_trait(std::move(aspect), "(" + join_identifiers(names) + ")");
}

/// In one line, for people.
std::string collapsed(const std::string& text) {
  std::string line;
  for (char c : text) {
    bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (space && (line.empty() || line.back() == ' ')) continue;
    line += space ? ' ' : c;
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

/// What nobody can decide is still the same where it is written the same.
const std::string& comparable(const Expression& value) {
  return value.decided ? value.normal : value.text;
}

Trait expression_trait(std::string aspect, const Expression& value) {
  return trait(std::move(aspect), value.decided ? State::value : State::undecided,
               comparable(value), collapsed(value.text));
}

Trait expression_trait(std::string aspect, const Fact<Expression>& value) {
  if (value.is_unknown()) return trait(std::move(aspect), State::unknown, {}, {});
  if (value.is_none()) return trait(std::move(aspect), State::none, {}, "none");
  return expression_trait(std::move(aspect), value.value());
}

Trait comment_trait(const Fact<std::string>& comment) {
  if (comment.is_unknown()) return trait("comment", State::unknown, {}, {});
  if (comment.is_none()) return trait("comment", State::none, {}, "none");
  return trait("comment", State::value, comment.value(), "'" + comment.value() + "'");
}

Trait inheritance_trait(bool inherited) {
  return flag("inheritance", inherited, "inherited", "its own");
}

void add_deferral(std::vector<Trait>& traits, const std::optional<bool>& deferrable,
                  const std::optional<bool>& initially_deferred) {
  traits.push_back(flag("deferrable", deferrable, "DEFERRABLE", "NOT DEFERRABLE"));
  traits.push_back(
      flag("initially deferred", initially_deferred, "INITIALLY DEFERRED", "INITIALLY IMMEDIATE"));
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

/// What a line's ends and indentation say of a function is nothing; what stands within is kept.
std::string lines_of(const std::string& body) {
  std::string lines;
  for (std::size_t at = 0; at <= body.size();) {
    std::size_t end = std::min(body.find('\n', at), body.size());
    std::size_t first = at, last = end;
    auto space = [&](std::size_t i) {
      return body[i] == ' ' || body[i] == '\t' || body[i] == '\r';
    };
    while (first < last && space(first)) ++first;
    while (last > first && space(last - 1)) --last;
    if (last > first) lines += body.substr(first, last - first) + "\n";
    at = end + 1;
  }
  return lines;
}

/// A body that the server keeps as a tree and prints in its own words.
bool is_parsed_body(const std::string& body) {
  std::string head = fold_case(body.substr(0, 12));
  return head.starts_with("begin atomic") || head.starts_with("return ");
}

Trait body_trait(const Function& function) {
  if (function.body.is_unknown()) return trait("body", State::unknown, {}, {});
  if (function.body.is_none()) return trait("body", State::none, {}, "none");
  const std::string& body = function.body.value();
  bool parsed = function.language == "sql" && is_parsed_body(body);
  return trait("body", parsed ? State::undecided : State::value, lines_of(body), collapsed(body));
}

}  // namespace

Element element_of(const Column& column) {
  Element element{"column", column.name, column.origin, {}, {}, {}};
  element.definition = column.type ? column.type->normal : "of an unknown type";
  if (column.nullable == std::optional(false)) element.definition += " NOT NULL";
  if (column.default_value.has_value())
    element.definition += " DEFAULT " + column.default_value->text;

  element.traits.push_back(type_trait("type", column.type));
  element.traits.push_back(flag("nullability", column.nullable, "NULL", "NOT NULL"));
  Trait value = expression_trait("default", column.default_value);
  // No default and a default of null are one thing; identity and generation tell themselves.
  bool filled = column.identity.has_value() || column.generated.has_value();
  if (filled || (value.state == State::value && value.normal == "null"))
    value = trait("default", State::none, {}, "none");
  element.traits.push_back(std::move(value));
  Trait identity = trait("identity", State::none, {}, "none");
  if (column.identity.is_unknown()) identity.state = State::unknown;
  if (column.identity.has_value())
    identity = text_trait("identity", column.identity.value() == IdentityKind::always
                                          ? "GENERATED ALWAYS"
                                          : "GENERATED BY DEFAULT");
  element.traits.push_back(std::move(identity));
  Trait generated = trait("generation", State::none, {}, "none");
  if (column.generated.is_unknown()) generated.state = State::unknown;
  if (column.generated.has_value()) {
    const char* kind = column.generated->kind == GeneratedKind::stored ? " STORED" : " VIRTUAL";
    generated = expression_trait("generation", column.generated->expression);
    generated.normal += kind;
    generated.shown += kind;
  }
  element.traits.push_back(std::move(generated));
  Trait collation = trait("collation", State::none, {}, "the type's own");
  if (column.collation.is_unknown()) collation.state = State::unknown;
  if (column.collation.has_value()) collation = name_trait("collation", column.collation.value());
  element.traits.push_back(std::move(collation));
  element.traits.push_back(inheritance_trait(column.inherited));
  element.traits.push_back(comment_trait(column.comment));
  return element;
}

Element element_of(const KeyConstraint& key, bool primary) {
  Element element{"constraint", key.name, key.origin, definition_of(key, primary), key.columns, {}};
  element.traits = {
      text_trait("kind", primary ? "PRIMARY KEY" : "UNIQUE"),
      names_trait("columns", key.columns),
      names_trait("included columns", key.include),
      flag("null treatment", key.nulls_not_distinct, "NULLS NOT DISTINCT", "NULLS DISTINCT"),
      flag("overlaps", key.without_overlaps, "WITHOUT OVERLAPS", "no period"),
      inheritance_trait(key.inherited),
      comment_trait(key.comment)};
  add_deferral(element.traits, key.deferrable, key.initially_deferred);
  return element;
}

Element element_of(const ForeignKey& key) {
  Element element{"constraint", key.name, key.origin, definition_of(key), key.columns, {}};
  auto action = [](const char* aspect, const std::optional<ReferentialAction>& value) {
    return text_or_unknown(aspect, value ? std::string(to_string(*value)) : std::string());
  };
  constexpr const char* kMatches[] = {"MATCH SIMPLE", "MATCH FULL", "MATCH PARTIAL"};
  Trait target_columns = names_trait("target columns", key.target_columns);
  if (key.target_columns.empty()) target_columns.state = State::unknown;
  element.traits = {text_trait("kind", "FOREIGN KEY"),
                    names_trait("columns", key.columns),
                    name_trait("target", key.target),
                    std::move(target_columns),
                    action("on delete", key.on_delete),
                    action("on update", key.on_update),
                    names_trait("columns set on delete", key.on_delete_columns),
                    text_trait("match", kMatches[static_cast<int>(key.match)]),
                    flag("validated", key.validated, "validated", "NOT VALID"),
                    flag("enforced", key.enforced, "ENFORCED", "NOT ENFORCED"),
                    inheritance_trait(key.inherited),
                    comment_trait(key.comment)};
  add_deferral(element.traits, key.deferrable, key.initially_deferred);
  return element;
}

Element element_of(const CheckConstraint& check) {
  Element element{"constraint", check.name, check.origin, definition_of(check), check.columns, {}};
  element.traits = {text_trait("kind", "CHECK"),
                    expression_trait("expression", check.expression),
                    flag("validated", check.validated, "validated", "NOT VALID"),
                    flag("enforced", check.enforced, "ENFORCED", "NOT ENFORCED"),
                    flag("no inherit", check.no_inherit, "NO INHERIT", "inherited by children"),
                    inheritance_trait(check.inherited),
                    comment_trait(check.comment)};
  return element;
}

Element element_of(const ExclusionConstraint& exclusion) {
  Element element{"constraint", exclusion.name, exclusion.origin, definition_of(exclusion), {}, {}};
  Trait elements = trait("elements", State::value, {}, {});
  for (const ExclusionElement& part : exclusion.elements) {
    elements.normal += comparable(part.key) + " WITH " + part.op + ", ";
    elements.shown += (elements.shown.empty() ? "" : ", ") + part.key.text + " WITH " + part.op;
    if (!part.key.decided) elements.state = State::undecided;
  }
  element.traits = {text_trait("kind", "EXCLUDE"),
                    text_trait("method", exclusion.method),
                    std::move(elements),
                    expression_trait("predicate", exclusion.predicate),
                    inheritance_trait(exclusion.inherited),
                    comment_trait(exclusion.comment)};
  return element;
}

Element element_of(const Index& index) {
  Element element{"index", index.name, index.origin, definition_of(index), {}, {}};
  Trait keys = trait("keys", State::value, {}, {});
  for (const IndexKey& key : index.keys) {
    std::string normal, shown;
    if (key.column) {
      normal = shown = quote_identifier(*key.column);
      element.columns.push_back(*key.column);
    } else if (key.expression) {
      normal = "(" + comparable(*key.expression) + ")";
      shown = "(" + key.expression->text + ")";
      if (!key.expression->decided) keys.state = State::undecided;
    }
    std::string more;
    if (!key.collation.empty()) more += " COLLATE " + quote_identifier(key.collation);
    if (!is_default_operator_class(key.operator_class)) more += " " + key.operator_class;
    if (key.descending) more += " DESC";
    if (key.nulls_first) more += key.descending ? " NULLS LAST" : " NULLS FIRST";
    keys.normal += normal + more + ", ";
    keys.shown += (keys.shown.empty() ? "" : ", ") + shown + more;
  }
  element.columns.insert(element.columns.end(), index.include.begin(), index.include.end());
  element.traits = {
      text_or_unknown("method", index.method),
      std::move(keys),
      names_trait("included columns", index.include),
      expression_trait("predicate", index.predicate),
      flag("uniqueness", index.unique, "unique", "not unique"),
      flag("null treatment", index.nulls_not_distinct, "NULLS NOT DISTINCT", "NULLS DISTINCT"),
      flag("validity", index.valid, "valid", "invalid"),
      text_trait("constraint", index.constraint.empty() ? std::string("none")
                                                        : quote_identifier(index.constraint)),
      inheritance_trait(index.inherited),
      comment_trait(index.comment)};
  return element;
}

Element element_of(const Trigger& trigger) {
  Element element{"trigger", trigger.name, trigger.origin, definition_of(trigger), {}, {}};
  element.traits = {text_trait("definition", trigger.definition),
                    name_trait("function", trigger.function),
                    flag("enabled", trigger.enabled, "enabled", "disabled"),
                    inheritance_trait(trigger.inherited), comment_trait(trigger.comment)};
  return element;
}

Element element_of(const Policy& policy) {
  Element element{"policy", policy.name, policy.origin, definition_of(policy), {}, {}};
  constexpr const char* kCommands[] = {"ALL", "SELECT", "INSERT", "UPDATE", "DELETE"};
  std::vector<std::string> roles = policy.roles;
  if (roles.empty()) roles = {"public"};
  std::sort(roles.begin(), roles.end());
  element.traits = {text_trait("command", kCommands[static_cast<int>(policy.command)]),
                    flag("kind", policy.permissive, "PERMISSIVE", "RESTRICTIVE"),
                    text_trait("roles", joined(roles)),
                    expression_trait("USING", policy.using_expression),
                    expression_trait("WITH CHECK", policy.check_expression)};
  return element;
}

Element element_of(const Grant& grant) {
  Element element{"grant", grant.grantee, {}, joined(grant.privileges), {}, {}};
  element.traits = {text_trait("privileges", joined(grant.privileges))};
  return element;
}

Element element_of(const Relation& relation) {
  Element element{relation.is_view() ? "view" : "table",
                  relation.name.name,
                  relation.origin,
                  "a " + std::string(to_string(relation.kind)),
                  {},
                  {}};
  std::string parents;
  for (const QualifiedName& parent : relation.inherits)
    parents += (parents.empty() ? "" : ", ") + to_string(parent);
  auto expression = [](const char* aspect, const std::optional<Expression>& value) {
    return value ? expression_trait(aspect, *value) : trait(aspect, State::none, {}, "none");
  };
  Trait owner = text_or_unknown("owner", relation.owner);
  owner.counts_when_unknown = false;
  element.traits = {text_trait("kind", "a " + std::string(to_string(relation.kind)))};
  if (relation.is_view()) {
    Trait definition = expression("definition", relation.definition);
    if (definition.state == State::none) definition.state = State::unknown;
    element.traits.push_back(std::move(definition));
  } else {
    PartitionOf none;
    const PartitionOf& partition = relation.partition_of ? *relation.partition_of : none;
    Trait parent = relation.partition_of ? name_trait("partition of", partition.parent)
                                         : trait("partition of", State::none, {}, "nothing");
    Trait bound = relation.partition_of ? expression_trait("partition bound", partition.bound)
                                        : trait("partition bound", State::none, {}, "none");
    element.traits.push_back(expression("partition key", relation.partition_key));
    element.traits.push_back(std::move(parent));
    element.traits.push_back(std::move(bound));
    Trait inherits = text_trait("parents", parents.empty() ? "none" : parents);
    inherits.meaning = Trait::Meaning::type;
    element.traits.push_back(std::move(inherits));
    element.traits.push_back(flag("row security", relation.row_security, "on", "off"));
    element.traits.push_back(
        flag("forced row security", relation.row_security_forced, "on", "off"));
    element.traits.push_back(flag("persistence", relation.unlogged, "unlogged", "logged"));
  }
  element.traits.push_back(comment_trait(relation.comment));
  element.traits.push_back(std::move(owner));
  return element;
}

Element element_of(const EnumType& type) {
  std::string labels;
  for (const std::string& label : type.labels)
    labels += (labels.empty() ? "'" : ", '") + label + "'";
  Element element{"enum", type.name.name, type.origin, "(" + labels + ")", {}, {}};
  element.traits = {text_trait("labels", "(" + labels + ")"), comment_trait(type.comment)};
  return element;
}

Element element_of(const Domain& domain) {
  Element element{"domain", domain.name.name, domain.origin, {}, {}, {}};
  element.definition = domain.base ? domain.base->normal : "of an unknown type";
  // In one order whatever the checks are called, which is a fact of its own.
  std::set<std::string> normal, shown, names;
  bool decided = true;
  for (const CheckConstraint& check : domain.checks) {
    normal.insert(comparable(check.expression));
    shown.insert(definition_of(check));
    names.insert(quote_identifier(check.name));
    decided = decided && check.expression.decided;
  }
  auto list = [](const std::set<std::string>& words, const char* separator) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : separator) + word;
    return text.empty() ? std::string("none") : text;
  };
  element.traits = {type_trait("type", domain.base),
                    flag("nullability", domain.nullable, "NULL", "NOT NULL"),
                    expression_trait("default", domain.default_value),
                    trait("checks", decided ? State::value : State::undecided, list(normal, " | "),
                          list(shown, ", ")),
                    text_trait("names of checks", list(names, ", ")),
                    comment_trait(domain.comment)};
  return element;
}

Element element_of(const OtherType& type) {
  Element element{"type", type.name.name, type.origin, type.definition, {}, {}};
  constexpr const char* kKinds[] = {"composite", "range", "base"};
  Trait definition = text_or_unknown("definition", type.definition);
  definition.meaning = Trait::Meaning::type;
  definition.counts_when_unknown = type.kind != OtherTypeKind::base;
  element.traits = {text_trait("kind", kKinds[static_cast<int>(type.kind)]), std::move(definition),
                    comment_trait(type.comment)};
  return element;
}

Element element_of(const Sequence& sequence) {
  Element element{"sequence", sequence.name.name, sequence.origin, "a sequence", {}, {}};
  Trait owned = trait("owned by", State::none, {}, "nothing");
  if (sequence.owned_by_table.is_unknown()) owned.state = State::unknown;
  if (sequence.owned_by_table.has_value()) {
    owned = name_trait("owned by", sequence.owned_by_table.value());
    owned.shown = owned.normal += "." + quote_identifier(sequence.owned_by_column);
  }
  element.traits = {type_trait("type", sequence.type),
                    number("start", sequence.start),
                    number("increment", sequence.increment),
                    number("minimum", sequence.minimum),
                    number("maximum", sequence.maximum),
                    number("cache", sequence.cache),
                    flag("cycle", sequence.cycle, "CYCLE", "NO CYCLE"),
                    std::move(owned),
                    comment_trait(sequence.comment)};
  return element;
}

Element element_of(const Function& function) {
  Element element{"function", signature_of(function), function.origin, {}, {}, {}};
  element.definition = function.returns ? "returning " + function.returns->normal : "a routine";
  constexpr const char* kKinds[] = {"function", "procedure", "aggregate", "window function"};
  Trait returns = type_trait("result", function.returns);
  // A procedure without OUT arguments returns nothing.
  returns.counts_when_unknown = function.kind != RoutineKind::procedure;
  Trait search_path = trait("search path", State::none, {}, "none of its own");
  if (function.search_path.is_unknown()) search_path.state = State::unknown;
  if (function.search_path.has_value())
    search_path = text_trait("search path", function.search_path.value());
  element.traits = {
      text_trait("kind", kKinds[static_cast<int>(function.kind)]),
      std::move(returns),
      text_or_unknown("language", function.language),
      flag("security", function.security_definer, "SECURITY DEFINER", "SECURITY INVOKER"),
      std::move(search_path),
      body_trait(function),
      comment_trait(function.comment)};
  return element;
}

Element element_of(const Extension& extension) {
  Element element{"extension", extension.name, extension.origin, "an extension", {}, {}};
  Trait schema = text_or_unknown("schema", extension.schema);
  Trait version = text_or_unknown("version", extension.version);
  schema.counts_when_unknown = version.counts_when_unknown = false;
  element.traits = {std::move(schema), std::move(version)};
  return element;
}

Element element_of(const Namespace& space) {
  Element element{"schema", space.name, space.origin, "a schema", {}, {}};
  Trait comment = comment_trait(space.comment);
  // The words initdb gives it.
  if (space.name == "public" && comment.normal == "standard public schema")
    comment = trait("comment", State::none, {}, "none");
  element.traits = {std::move(comment)};
  return element;
}

namespace {

/// `public.mood[]` -> `mood[]`, `TABLE(a public.mood)` -> `TABLE(a mood)`.
std::string without_schemas(const std::string& text) {
  std::string bare;
  std::size_t word = 0;
  bool quoted = false;
  for (char c : text) {
    if (c == '.' && !quoted && word < bare.size()) {
      bare.resize(word);
      continue;
    }
    if (c == '"') quoted = !quoted;
    bool part = quoted || c == '"' || c == '_' || c == '$' || (c >= 'a' && c <= 'z') ||
                (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                static_cast<unsigned char>(c) >= 0x80;
    bare += c;
    if (!part) word = bare.size();
  }
  return bare;
}

bool same_value(const Trait& a, const Trait& b) {
  if (a.normal == b.normal) return true;
  if (a.meaning == Trait::Meaning::text) return false;
  std::string x = without_schemas(a.normal), y = without_schemas(b.normal);
  return x == y && (x == a.normal || y == b.normal);
}

}  // namespace

Agreement compare_traits(const Trait& a, const Trait& b) {
  if (a.state == State::unknown || b.state == State::unknown) return Agreement::unknown;
  if (a.state == State::undecided || b.state == State::undecided) {
    if (a.state == State::none || b.state == State::none) return Agreement::different;
    if (a.state == b.state && !a.normal.empty() && a.normal == b.normal) return Agreement::same;
    return Agreement::undecided;
  }
  if (a.state != b.state) return Agreement::different;
  return same_value(a, b) ? Agreement::same : Agreement::different;
}

}  // namespace schemaudit
