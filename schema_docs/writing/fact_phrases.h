// The phrases of a cell or a bullet that state facts of a column, with where they stand in the
// source: what a refresh replaces, and what a style is learned from.
//
//   find_fact_phrases("uuid FK -> `jobs.id`, NOT NULL. The job.", {.type_first = true})
//     type "uuid", reference "FK -> `jobs.id`", not_null "NOT NULL"
//
// It finds where a phrase may be; whether the reader takes it for a fact there is for the reader
// (column_words.h) to say.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace schemaudit {

enum class PhraseKind {
  type,
  primary_key,
  unique,
  not_null,
  nullable,
  reference,
  filling,
  check,
  values,
  /// `ON DELETE CASCADE` without the reference that it belongs to.
  action
};

/// Where the words of one action stand: `SET NULL` of `ON DELETE SET NULL` and `SET NULL on
/// delete`.
struct ActionPlace {
  std::size_t begin = 0, end = 0;
  bool on_update = false;
};

struct FactPhrase {
  PhraseKind kind = PhraseKind::type;
  /// Of the source, with the code marks where they enclose the phrase and nothing else.
  std::size_t begin = 0, end = 0;
  bool in_code = false;
  /// What it is about, without what announces it: the target of a reference, the value behind
  /// `default`, the list of values.
  std::size_t value_begin = 0, value_end = 0;
  /// Of a reference or of actions: those whose words can be put in place of others.
  std::vector<ActionPlace> actions = {};

  std::string_view in(std::string_view source) const { return source.substr(begin, end - begin); }
  std::string_view value_in(std::string_view source) const {
    return source.substr(value_begin, value_end - value_begin);
  }
};

struct PhraseOptions {
  /// The text begins with a type: a type cell, or what follows a name in a bullet.
  bool type_first = false;
};

std::vector<FactPhrase> find_fact_phrases(std::string_view source, const PhraseOptions& options);

}  // namespace schemaudit
