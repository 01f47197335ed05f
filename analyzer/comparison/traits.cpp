#include "analyzer/comparison/traits.h"

#include <cstdint>

#include "analyzer/comparison/trait_values.h"

namespace schemaudit {

using State = Trait::State;

Trait trait(std::string aspect, State state, std::string normal, std::string shown) {
  return {std::move(aspect), state, std::move(normal), std::move(shown)};
}

Trait text_trait(std::string aspect, const std::string& value) {
  return trait(std::move(aspect), State::value, value, value);
}

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

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
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
