// A name as SQL takes it in any case: in quotes, whatever it is made of. What people read is
// written by quote_identifier() of names.h.
//
//   quoted_name("users")       "users"
//   quoted_name("say \"hi\"")  "say ""hi"""
#pragma once

#include <string>
#include <string_view>

namespace schemaudit {

inline std::string quoted_name(std::string_view name) {
  std::string quoted = "\"";
  for (char c : name) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace schemaudit
