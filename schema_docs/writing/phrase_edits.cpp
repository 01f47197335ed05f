#include "schema_docs/writing/phrase_edits.h"

#include <algorithm>
#include <array>

#include "schema_docs/prose_words.h"

namespace schemaudit {

namespace {

bool is_one_of(PhraseKind kind, const std::vector<PhraseKind>& kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

/// What divides two facts or a fact and a sentence, longest first.
constexpr std::array<std::string_view, 12> kSeparators = {
    " \xE2\x80\x94 ", " - ", "; ", ", ", ". ", ": ", " / ", "/", ";", ",", ".", " "};

std::size_t separator_before(std::string_view source, std::size_t at) {
  for (std::string_view separator : kSeparators)
    if (at >= separator.size() &&
        source.substr(at - separator.size(), separator.size()) == separator)
      return separator.size();
  return 0;
}

std::size_t separator_behind(std::string_view source, std::size_t at) {
  for (std::string_view separator : kSeparators)
    if (source.substr(at, separator.size()) == separator) return separator.size();
  return 0;
}

}  // namespace

std::vector<std::string> texts_with_changed(std::string_view source,
                                            const std::vector<PhraseKind>& kinds,
                                            const PhraseWays& ways, const RewritePhrase& rewrite) {
  std::vector<std::string> texts;
  for (const FactPhrase& phrase : find_fact_phrases(source, {ways.type_first})) {
    if (!is_one_of(phrase.kind, kinds)) continue;
    texts.push_back(std::string(source.substr(0, phrase.begin)) + rewrite(phrase, source) +
                    std::string(source.substr(phrase.end)));
  }
  return texts;
}

std::vector<std::string> texts_without(std::string_view source,
                                       const std::vector<PhraseKind>& kinds,
                                       const PhraseWays& ways) {
  std::vector<std::string> texts;
  for (const FactPhrase& phrase : find_fact_phrases(source, {ways.type_first})) {
    if (!is_one_of(phrase.kind, kinds)) continue;
    std::size_t begin = phrase.begin, end = phrase.end;
    // `(nullable)`: the parenthesis goes with what is in it.
    if (begin > 0 && source[begin - 1] == '(' && end < source.size() && source[end] == ')') {
      --begin;
      ++end;
    }
    std::size_t behind = separator_behind(source, end), before = separator_before(source, begin);
    auto cut = [&](std::size_t from, std::size_t to) {
      std::string text = std::string(source.substr(0, from)) + std::string(source.substr(to));
      while (text.ends_with(' ')) text.pop_back();
      texts.push_back(std::move(text));
    };
    if (begin == 0 || before == 0) {
      cut(begin, end + behind);
    } else {
      cut(begin - before, end);
      cut(begin, end + behind);
    }
  }
  return texts;
}

std::vector<std::string> texts_with(std::string_view source, const std::string& phrase,
                                    const PhraseWays& ways) {
  std::vector<std::string> texts;
  if (trim(source).empty()) return {phrase};
  std::vector<FactPhrase> phrases = find_fact_phrases(source, {ways.type_first});
  // Behind the facts that stand at the front, one after the other.
  std::size_t at = 0;
  for (const FactPhrase& one : phrases) {
    std::string_view gap = source.substr(at, one.begin > at ? one.begin - at : 0);
    if (gap.size() > 3 || gap.find_first_not_of(" ,;/") != std::string_view::npos) break;
    at = one.end;
  }
  std::string_view rest = source.substr(at);
  if (at > 0) {
    bool only_type = phrases.size() == 1 && phrases[0].kind == PhraseKind::type;
    for (const std::string& between :
         {only_type && rest.empty() && ways.between == ", " && ways.type_first ? std::string(" ")
                                                                               : ways.between,
          std::string(", "), std::string("; "), std::string(" ")})
      texts.push_back(std::string(source.substr(0, at)) + between + phrase + std::string(rest));
  }
  for (const std::string& mark :
       {ways.before_prose, std::string("; "), std::string(". "), std::string(", ")})
    texts.push_back(phrase + mark + std::string(source));
  texts.push_back(std::string(source) + " (" + phrase + ")");
  return texts;
}

}  // namespace schemaudit
