// What a text that only runs later may do to a schema, as far as its tokens tell: bodies of
// functions and DO blocks, in SQL, PL/pgSQL or any other language. Private to analyzer/sql.
//
//   TextEffects effects = effects_of("BEGIN CREATE TABLE x (); EXECUTE stmt; END");
//   // effects.statements == {"create table x"}, effects.dynamic
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/names.h"

namespace schemaudit::replay {

struct TextEffects {
  /// `create table x`, `alter type y`: in order, each once. Temporary objects are left out.
  std::vector<std::string> statements;
  /// It runs SQL that it makes at run time, of which nothing can be told.
  bool dynamic = false;
  /// What it may call: `f(`.
  std::vector<QualifiedName> calls;

  bool any() const { return dynamic || !statements.empty(); }
};

TextEffects effects_of(std::string_view body);

/// `may create table x, alter type y`, `runs SQL it makes at run time: may touch anything`.
std::string shown_effects(const TextEffects& effects);

/// The text within a string token's quotes, of whichever kind they are.
std::string text_of_string(std::string_view token);

}  // namespace schemaudit::replay
