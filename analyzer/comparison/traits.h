// The facts of one element of a schema as a list of values, so that two elements are compared
// fact by fact, whatever they are. Private to analyzer/comparison.
//
//   Element a = element_of(left_key), b = element_of(right_key);
//   // a.traits[i] and b.traits[i] are the same fact of each
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/schema.h"

namespace schemaudit {

struct Trait {
  enum class State { unknown, none, value, undecided };
  enum class Meaning {
    /// Equal where `normal` is.
    text,
    /// A type: one named without its schema may be one named with it.
    type,
    /// A name, like a type.
    name,
  };
  /// `nullability`
  std::string aspect;
  State state = State::unknown;
  std::string normal;
  std::string shown;
  Meaning meaning = Meaning::text;
  /// Seldom known, and nothing is missed where it is not: an owner that no file names.
  bool counts_when_unknown = true;
};

struct Element {
  /// As in ObjectRef::kind.
  std::string kind;
  std::string name;
  Origin origin;
  /// In short, for what is on one side only.
  std::string definition;
  /// Columns of its table without which it could not be.
  std::vector<std::string> columns;
  std::vector<Trait> traits;
};

Element element_of(const Column& column);
Element element_of(const KeyConstraint& key, bool primary);
Element element_of(const ForeignKey& key);
Element element_of(const CheckConstraint& check);
Element element_of(const ExclusionConstraint& exclusion);
Element element_of(const Index& index);
Element element_of(const Trigger& trigger);
Element element_of(const Policy& policy);
Element element_of(const Grant& grant);
/// Its own facts, not those of what is in it.
Element element_of(const Relation& relation);
Element element_of(const EnumType& type);
Element element_of(const Domain& domain);
Element element_of(const OtherType& type);
Element element_of(const Sequence& sequence);
Element element_of(const Function& function);
Element element_of(const Extension& extension);
Element element_of(const Namespace& space);

enum class Agreement { same, different, unknown, undecided };
Agreement compare_traits(const Trait& a, const Trait& b);

}  // namespace schemaudit
