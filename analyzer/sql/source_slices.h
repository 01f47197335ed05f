// Parts of a statement as they were written, found from where the parse tree says that they
// begin: trees tell no ends. Private to analyzer/sql.
//
//   text_in_parentheses("CHECK (a > (1)) NOT VALID", 0)    a > (1)
//   text_of_default("DEFAULT now() NOT NULL", 0)           now()
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace schemaudit {

/// What stands between the parenthesis that opens at or behind `from` and the one that closes it;
/// empty where none does.
std::string text_in_parentheses(std::string_view text, std::size_t from);

/// The expression behind the word DEFAULT at `from`, which ends where another column constraint
/// begins.
std::string text_of_default(std::string_view text, std::size_t from);

/// What stands behind the WHERE of a CREATE INDEX, its last clause.
std::string text_of_predicate(std::string_view create_index);

}  // namespace schemaudit
