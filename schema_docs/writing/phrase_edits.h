// Ways to put one fact into a text, to change it there, or to take it out, with every other word
// left as it is: each a whole text, the most natural first. The reader decides which one is read
// as it should be.
//
//   texts_with("not null, unique", "references users", ways)
//     "not null, unique, references users", ...
//   texts_without("not null, unique", {PhraseKind::unique}, ways)
//     "not null"
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "schema_docs/writing/fact_phrases.h"

namespace schemaudit {

struct PhraseWays {
  bool type_first = false;
  std::string between = ", ";
  std::string before_prose = "; ";
};

using RewritePhrase = std::function<std::string(const FactPhrase& phrase, std::string_view source)>;

std::vector<std::string> texts_with_changed(std::string_view source,
                                            const std::vector<PhraseKind>& kinds,
                                            const PhraseWays& ways, const RewritePhrase& rewrite);

std::vector<std::string> texts_without(std::string_view source,
                                       const std::vector<PhraseKind>& kinds,
                                       const PhraseWays& ways);

std::vector<std::string> texts_with(std::string_view source, const std::string& phrase,
                                    const PhraseWays& ways);

}  // namespace schemaudit
