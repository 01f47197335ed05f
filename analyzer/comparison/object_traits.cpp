// What is in a schema: tables themselves, types, sequences, functions, extensions.
#include <algorithm>
#include <set>

#include "analyzer/comparison/definitions.h"
#include "analyzer/comparison/trait_values.h"

namespace schemaudit {

namespace {

using State = Trait::State;

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
    Trait rights = flag("rights", relation.security_invoker, "those of who asks", "its owner's");
    rights.counts_when_unknown = false;
    element.traits.push_back(std::move(rights));
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
  Trait callers = flag("callers", function.public_may_execute, "everybody", "named roles");
  callers.counts_when_unknown = false;
  element.traits = {
      text_trait("kind", kKinds[static_cast<int>(function.kind)]),
      std::move(returns),
      text_or_unknown("language", function.language),
      flag("security", function.security_definer, "SECURITY DEFINER", "SECURITY INVOKER"),
      std::move(search_path),
      std::move(callers),
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
  Trait makers = flag("makers of objects", space.public_may_create, "everybody", "named roles");
  makers.counts_when_unknown = false;
  element.traits = {std::move(comment), std::move(makers)};
  return element;
}

}  // namespace schemaudit
