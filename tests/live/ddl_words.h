// The small pieces of random DDL: names that are easy to get wrong, types, defaults, conditions.
//
//   DdlWords words(7);
//   words.identifier(words.new_name())     "a""b"
//   words.condition(table, schema)         length(code) > 3
//
// The same seed gives the same pieces, whichever standard library it runs with.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "analyzer/model/schema.h"

namespace schemaudit {

class DdlWords {
 public:
  explicit DdlWords(std::uint64_t seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }
  bool chance(unsigned percent) { return below(100) < percent; }
  template <typename T>
  const T& one_of(const std::vector<T>& choices) {
    return choices[below(choices.size())];
  }
  std::string word(std::vector<std::string> choices) { return choices[below(choices.size())]; }
  /// Up to `most` of them, at least one, none twice.
  std::vector<std::string> some_of(std::vector<std::string> choices, std::size_t most);

  /// Plain, hostile, or so long that it is cut.
  std::string new_name();
  static std::string identifier(const std::string& name);
  static std::string list(const std::vector<std::string>& names);
  static std::string qualified(const QualifiedName& name);
  static std::string literal(const std::string& text);

  /// Any type: one of PostgreSQL's, or one that `schema` holds.
  std::string type(const Schema& schema);
  /// A type that keys and indexes like.
  std::string key_type();
  /// A default that fits the type.
  std::string value(const std::string& type, const Schema& schema);
  /// A condition on one or two of its columns, or on none.
  std::string condition(const std::vector<Column>& columns, const Schema& schema);
  /// Something to index that is no bare column; empty where no column offers one.
  std::string expression(const std::vector<Column>& columns, const Schema& schema);

 private:
  std::string condition_on(const Column& column, const Schema& schema);

  std::mt19937_64 random_;
};

/// What a type is like: `integer`, `text`, `enum public.mood`.
std::string family_of(const std::string& type, const Schema& schema);

}  // namespace schemaudit
