// Passwords that a word announces, as people and YAML write them.
//
//   labelled_passwords("**Password:** XX3x9")               XX3x9
//   labelled_passwords("DB_PASSWORD: XX11x")                XX11x
//   labelled_passwords("Password is `XX1`")                 XX1
//   labelled_passwords("{\"password\": \"XX19x\"}")         XX19x
//   labelled_passwords("password: varchar(255), required")  none
//
// In documents the word announces types, rules and algorithms far more often: a value is taken for
// a password only where letters are mixed with digits or symbols, and it is none of these.
#pragma once

#include <string_view>
#include <vector>

#include "analyzer/model/byte_span.h"

namespace schemaudit {

/// Of one line, in their order.
std::vector<ByteSpan> labelled_passwords(std::string_view line);

}  // namespace schemaudit
