#include "analyzer/sql/typed_value.h"

#include <cstdint>
#include <cstdlib>

#include "analyzer/sql/literal.h"

namespace schemaudit {

namespace {

std::string cast_text(std::string_view inner, std::string_view type) {
  std::string text = "cast(";
  text += inner;
  text += ", ";
  text += type;
  text += ')';
  return text;
}

/// make_const(): the smallest of integer, bigint and numeric that holds it.
TypeId own_type(std::string_view number) {
  if (number.find_first_of(".xXoObB") != std::string_view::npos) return kNumeric;
  bool negative = number.starts_with('-');
  std::string_view digits = number.substr(negative ? 1 : 0);
  if (digits.size() > 19) return kNumeric;
  std::uint64_t value = 0;
  for (char c : digits) value = value * 10 + static_cast<std::uint64_t>(c - '0');
  if (value <= (negative ? 2147483648ULL : 2147483647ULL)) return kInteger;
  return value <= (negative ? 9223372036854775808ULL : 9223372036854775807ULL) ? kBigint : kNumeric;
}

bool is_text_or_varchar(TypeId type) {
  return type == kText || type == kVarchar;
}

bool is_plain_number(std::string_view text) {
  return !text.empty() && ((text.front() >= '0' && text.front() <= '9') || text.front() == '-');
}

/// A literal as a constant of a builtin type.
Value constant_of(const std::string& raw, TypeId type, std::string_view type_name, bool& decided) {
  std::string canonical = canonical_literal(raw, type_name, &decided);
  if (is_numeric_type(type) && is_plain_number(canonical)) {
    Value number = number_value(canonical, type);
    if (raw.find_first_of(" \t\n") == std::string::npos) number.raw = raw;
    return number;
  }
  if (type == kBoolean && canonical.front() != '\'') return boolean_value(canonical == "true");
  Value value;
  value.text = cast_text(canonical, builtin_type_name(type));
  value.type = type;
  value.implicit = true;
  value.bare = std::move(canonical);
  value.bare_type = kUnknownLiteral;
  value.constant = true;
  value.raw = raw;
  return value;
}

Value with_cast(Value value, TypeId to, std::string_view type_name, bool implicit) {
  Value cast;
  cast.text = cast_text(value.text, type_name);
  cast.type = to;
  cast.implicit = implicit;
  if (implicit) {
    cast.bare = std::move(value.text);
    cast.bare_type = value.type;
  }
  cast.collation = std::move(value.collation);
  return cast;
}

}  // namespace

std::string Value::collated(const std::string& inner) const {
  return collation.empty() ? inner : "collate(" + inner + ", " + collation + ")";
}

Value plain_value(std::string text, TypeId type) {
  Value value;
  value.text = std::move(text);
  value.type = type;
  return value;
}

Value literal_value(std::string_view text) {
  Value value;
  value.text = quote_literal(text);
  value.type = kUnknownLiteral;
  value.constant = true;
  value.raw = text;
  return value;
}

Value null_value() {
  return plain_value("null", kUnknownLiteral);
}

Value boolean_value(bool value) {
  Value constant = plain_value(value ? "true" : "false", kBoolean);
  constant.constant = true;
  constant.raw = constant.text;
  return constant;
}

Value number_value(std::string_view digits, TypeId type) {
  Value value;
  value.bare = canonical_number(digits);
  value.bare_type = own_type(value.bare);
  bool has_point = digits.find_first_of(".eE") != std::string_view::npos;
  value.type = type != kNoType ? type : has_point ? kNumeric : value.bare_type;
  value.constant = true;
  value.raw = digits;
  if (value.type == value.bare_type) {
    value.text = value.bare;
    return value;
  }
  value.text = cast_text(value.bare, builtin_type_name(value.type));
  value.implicit = cast_context(value.bare_type, value.type) == 'i';
  return value;
}

Value coerced(Value value, TypeId to, bool& decided) {
  if (to == kNoType || to == value.type || value.type == kNoType || to == kAny) return value;
  std::string collation = value.collation;
  if (value.type == kUnknownLiteral) {
    if (value.constant) {
      Value constant = constant_of(value.raw, to, builtin_type_name(to), decided);
      constant.collation = std::move(collation);
      return constant;
    }
    return with_cast(std::move(value), to, builtin_type_name(to), true);
  }
  if (value.is_number() && is_numeric_type(to) && cast_context(value.type, to) == 'i') {
    Value number = number_value(value.raw, to);
    number.collation = std::move(collation);
    return number;
  }
  if (is_text_or_varchar(value.type) && is_text_or_varchar(to)) {
    if (value.constant && value.implicit) value.text = cast_text(value.bare, builtin_type_name(to));
    value.type = to;
    value.type_name.clear();
    return value;
  }
  // What the server does to arrays of varchar it does to their elements.
  if (is_text_or_varchar(element_of(value.type)) && is_text_or_varchar(element_of(to))) {
    value.type = to;
    value.type_name.clear();
    return value;
  }
  if (type_category(to) == 'P') return value;
  return with_cast(std::move(value), to, builtin_type_name(to), true);
}

Value cast_to(Value value, const std::string& type_name, bool trusting, bool& decided) {
  const TypeId to = builtin_type(type_name);
  const bool modified = to != kNoType && type_name != builtin_type_name(to);
  if (to == kNoType) {
    // A user's type: a literal of it is what it would be without the cast.
    if (value.type == kUnknownLiteral) {
      value.type = kNoType;
      value.type_name = type_name;
      return value;
    }
    if (value.type == kNoType && value.type_name == type_name) return value;
    value = with_cast(std::move(value), kNoType, type_name, false);
    value.type_name = type_name;
    return value;
  }
  if (value.type == kUnknownLiteral && value.constant) {
    Value constant = constant_of(value.raw, to, type_name, decided);
    if (modified && !fits_modifiers(value.raw, type_name)) {
      constant = with_cast(std::move(constant), to, type_name, false);
    }
    constant.type_name = modified ? type_name : std::string();
    constant.collation = std::move(value.collation);
    return constant;
  }
  if (value.type == kUnknownLiteral) return coerced(std::move(value), to, decided);
  if (value.type == kNoType) {
    bool string = is_text_or_varchar(to) || to == kBpchar;
    bool trusted = !modified && (string || !value.type_name.empty());
    const bool from_user_type = string && !value.type_name.empty();
    if (trusting && trusted) {
      value.type = kNoType;
      return value;
    }
    value = with_cast(std::move(value), to, type_name, trusted);
    value.from_user_type = from_user_type;
    if (modified) value.type_name = type_name;
    return value;
  }
  if (value.type == to && (!modified || value.type_name == type_name)) {
    if (!modified) value.type_name.clear();
    return value;
  }
  if (value.is_number() && is_numeric_type(to)) {
    std::string number = canonical_number(value.raw);
    bool whole = number.find('.') == std::string::npos;
    bool fits = modified ? fits_modifiers(value.raw, type_name)
                         : (to == kNumeric || to == kDouble || to == kReal || whole);
    if (fits) {
      std::string collation = value.collation;
      value = number_value(value.raw, to);
      value.collation = std::move(collation);
      if (modified) value.type_name = type_name;
      return value;
    }
  }
  // A number's zeros show in its text.
  if (value.is_number() && is_string_type(to)) {
    value.text = cast_text(value.raw, builtin_type_name(value.type));
    value.implicit = false;
    value.constant = false;
  }
  if (!modified) {
    bool implicit = cast_context(value.type, to) == 'i';
    if (implicit) return coerced(std::move(value), to, decided);
    return with_cast(std::move(value), to, type_name, false);
  }
  value = with_cast(std::move(value), to, type_name, false);
  value.type_name = type_name;
  return value;
}

}  // namespace schemaudit
