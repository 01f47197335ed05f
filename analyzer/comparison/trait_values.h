// How the traits of elements are made from the facts of the model. Private to
// analyzer/comparison.
//
//   element.traits.push_back(flag("nullability", column.nullable, "NULL", "NOT NULL"));
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/comparison/traits.h"

namespace schemaudit {

Trait trait(std::string aspect, Trait::State state, std::string normal, std::string shown);
Trait text_trait(std::string aspect, const std::string& value);
/// Empty where a source does not say.
Trait text_or_unknown(std::string aspect, const std::string& value);
Trait flag(std::string aspect, const std::optional<bool>& value, const char* yes, const char* no);
Trait number(std::string aspect, const std::optional<std::int64_t>& value);
Trait type_trait(std::string aspect, const std::optional<Type>& type);
Trait name_trait(std::string aspect, const QualifiedName& name);
Trait names_trait(std::string aspect, const std::vector<std::string>& names);
Trait expression_trait(std::string aspect, const Expression& value);
Trait expression_trait(std::string aspect, const Fact<Expression>& value);
Trait comment_trait(const Fact<std::string>& comment);
Trait inheritance_trait(bool inherited);

/// What nobody can decide is still the same where it is written the same.
const std::string& comparable(const Expression& value);
/// In one line, for people.
std::string collapsed(const std::string& text);
/// `a, b`
std::string joined(const std::vector<std::string>& words);

}  // namespace schemaudit
