// A fact that a source may state, may deny, or may say nothing about.
//
//   Fact<Expression> unknown;                    // the document does not mention a default
//   auto none = Fact<Expression>::none();        // the catalog has no default
//   Fact<Expression> now = Expression{"now()"};  // there is one, and this is it
//
// std::optional covers facts that always have a value once they are known (a type,
// nullability); Fact is for those that may be known to be absent (a default, a comment).
#pragma once

#include <optional>
#include <utility>

namespace schemaudit {

template <typename T>
class Fact {
 public:
  Fact() = default;
  Fact(T value) : known_(true), value_(std::move(value)) {}  // NOLINT: reads as a value

  static Fact none() {
    Fact fact;
    fact.known_ = true;
    return fact;
  }

  bool is_unknown() const { return !known_; }
  bool is_known() const { return known_; }
  /// Known to be absent.
  bool is_none() const { return known_ && !value_; }
  bool has_value() const { return value_.has_value(); }
  /// Only where has_value().
  const T& value() const { return *value_; }
  T& value() { return *value_; }
  const T* operator->() const { return &*value_; }

  bool operator==(const Fact&) const = default;

 private:
  bool known_ = false;
  std::optional<T> value_;
};

}  // namespace schemaudit
