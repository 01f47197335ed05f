// Whose values are never shown: columns, and keys of JSON, that are named like a secret.
//
//   names_a_secret("reset_token")                                     true
//   without_secret_members(R"({"id": 1, "password": "hunter2"})")     {"id": 1, "password": "***"}
//   hides_values(answer, 1)          of `SELECT id, password FROM users`, and of `password AS p`
//   without_secret_values("Key (id, token)=(1, x) already exists.", "23505")
//                                    Key (id, token)=(***) already exists.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

/// A server's message about data that it cannot take (SQLSTATE class 22), `invalid input syntax for
/// type integer: "x"`, with `***` for the value where `sql`, which it refuses, names a secret.
std::string without_secret_literal(std::string_view message, std::string_view sqlstate,
                                   std::string_view sql);

/// The DETAIL of a server about a row that it refuses, in any language, with `***` for the row's
/// values where a column is named like a secret. `Failing row contains (1, x).` (SQLSTATE 23502,
/// 23514, 44000) does not name its columns: they are `columns`, and all is hidden where those are
/// not known.
std::string without_secret_values(std::string_view detail, std::string_view sqlstate,
                                  const std::optional<std::vector<std::string>>& columns = {});

}  // namespace schemaudit
