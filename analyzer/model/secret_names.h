// Whose values are never shown: columns, and keys of JSON, that are named like a secret.
//
//   names_a_secret("reset_token")                                     true
//   without_secret_members(R"({"id": 1, "password": "hunter2"})")     {"id": 1, "password": "***"}
//   hides_values(answer, 1)          of `SELECT id, password FROM users`, and of `password AS p`
#pragma once

#include <string>
#include <string_view>

#include "analyzer/model/live_answers.h"

namespace schemaudit {

bool names_a_secret(std::string_view name);

/// JSON, or text with JSON in it, also where that is a string in JSON itself.
std::string without_secret_members(std::string_view text);

/// Whether the values of that column of the result are to be hidden. Truth values, dates and times
/// are none that anybody could log in with.
bool hides_values(const LiveAnswer& answer, std::size_t column);

/// As it may be shown: `***`, `NULL`, or the text without the secrets in it.
std::string shown_cell(const LiveAnswer& answer, std::size_t row, std::size_t column);

}  // namespace schemaudit
