// Whether two names that are spelled differently may be the same: `RESUME_CHUNKS`,
// `ResumeChunks`, `resume_chunk` and `resume_chunks`. Private to analyzer/comparison.
//
//   snake_case("HTTPServerLog")        http_server_log
//   singular_form("ResumeChunks")      resume_chunk
//   name_similarity("mail", "email")   0.8
#pragma once

#include <string>
#include <string_view>

namespace schemaudit {

/// `ResumeChunks` -> `resume_chunks`, `RESUME_CHUNKS` -> `resume_chunks`.
std::string snake_case(std::string_view name);

/// snake_case() with the last word in the singular, by the regular English endings.
std::string singular_form(std::string_view name);

/// 1 for equal names, 0 for nothing in common.
double name_similarity(std::string_view a, std::string_view b);

}  // namespace schemaudit
