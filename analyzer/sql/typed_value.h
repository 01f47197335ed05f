// A value in an expression with its type, and the casts PostgreSQL puts around it. Private to
// analyzer/sql.
//
//   Value five = number_value("5", kInteger);
//   Value wide = coerced(five, kNumeric, decided);     // text `cast(5, numeric)`, bare `5`
//
// The server stores `price > 5` as `(price > (5)::numeric)`: both become one tree once each
// operator has cast its operands to what it takes. From that tree the casts are left out again
// that the server would add by itself, so that the normal form is short, and that of a source
// which does not know the types of its columns is the same.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/sql/builtin/builtin_catalog.h"

namespace schemaudit {

struct Value {
  /// With every cast.
  std::string text;
  /// kNoType: not known, or no builtin type.
  TypeId type = kNoType;
  /// As format_type() spells it, where it is more than `type`: with a length, or of a user.
  std::string type_name;
  /// Set where the outermost cast is one that the server may have added: then `bare` is what is
  /// below it.
  bool implicit = false;
  std::string bare;
  TypeId bare_type = kNoType;
  /// A literal or number; `raw` is its text without quotes.
  bool constant = false;
  std::string raw;
  std::string collation;
  /// Cast to text from a type that is not builtin: a domain's own cast, or an enum's that somebody
  /// asked for.
  bool from_user_type = false;

  bool is_number() const { return constant && is_numeric_type(type); }
  /// For printing, in full and without the outermost cast where that is implicit.
  std::string full() const { return collated(text); }
  std::string short_form() const { return collated(implicit ? bare : text); }
  TypeId short_type() const { return implicit ? bare_type : type; }

 private:
  std::string collated(const std::string& inner) const;
};

/// What is no constant.
Value plain_value(std::string text, TypeId type);
/// `'abc'` whose type is yet to be told by where it stands.
Value literal_value(std::string_view text);
Value null_value();
Value boolean_value(bool value);
/// With the type the number has by itself, or another numeric one.
Value number_value(std::string_view digits, TypeId type = kNoType);

/// What coerce_type() does without being asked to. `decided` is set to false where a literal's
/// value depends on settings or the moment.
Value coerced(Value value, TypeId to, bool& decided);

/// An explicit cast. `trusting`: the column's types are not known, and casts of what has no
/// known type are taken for the server's own.
Value cast_to(Value value, const std::string& type_name, bool trusting, bool& decided);

/// The operands' texts without the casts that the server would add again by itself: those are
/// left out where `resolve(types)` says that the choice of operator is the same without them.
template <typename Resolve>
std::vector<std::string> shortest_texts(const std::vector<Value>& values, const Resolve& resolve) {
  std::vector<TypeId> types(values.size());
  std::vector<std::string> texts(values.size());
  bool any = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    types[i] = values[i].short_type();
    any = any || values[i].implicit;
  }
  if (!any || resolve(types)) {
    for (std::size_t i = 0; i < values.size(); ++i) texts[i] = values[i].short_form();
    return texts;
  }
  // One by one then, in an order that does not depend on which stands left.
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < values.size(); ++i) {
    types[i] = values[i].type;
    texts[i] = values[i].full();
    if (values[i].implicit) order.push_back(i);
  }
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return values[a].bare < values[b].bare; });
  for (std::size_t i : order) {
    types[i] = values[i].bare_type;
    if (resolve(types))
      texts[i] = values[i].short_form();
    else
      types[i] = values[i].type;
  }
  return texts;
}

}  // namespace schemaudit
