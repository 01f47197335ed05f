// Words, names and lists as people write them in documents.
//
//   is_identifier("user_id")                 true
//   split_top_level("a, f(b, c)", ',')       {"a", "f(b, c)"}
//   contains_word("Roll back the change", "roll back")   true
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace schemaudit {

/// Without white space (also no-break and ideographic spaces) at both ends.
std::string_view trim(std::string_view text);

/// ASCII letters, digits and `_`, beginning with a letter or `_`.
bool is_identifier(std::string_view text);

/// `name` or `schema.name`, each an identifier or in double quotes.
bool is_qualified_identifier(std::string_view text);

bool starts_with(std::string_view text, std::string_view prefix);
bool ends_with(std::string_view text, std::string_view suffix);

/// Case does not count; begins and ends at a word's border.
bool contains_word(std::string_view text, std::string_view word);
bool contains_any_word(std::string_view text, std::initializer_list<std::string_view> words);

/// Splits at `separator` outside of parentheses, brackets and quotes; parts are trimmed.
std::vector<std::string> split_top_level(std::string_view text, char separator);

/// The text within the parenthesis that opens at `open`; unset where it never closes.
std::optional<std::string_view> inside_parentheses(std::string_view text, std::size_t open);

/// `12`, `twelve`; unset for everything else.
std::optional<std::size_t> parse_count(std::string_view word);

/// One line, at most some 100 characters, secrets taken out: an excerpt for people.
std::string excerpt_of(std::string_view text);

}  // namespace schemaudit
