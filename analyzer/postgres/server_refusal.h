// What a server, or libpq in its place, said instead of an answer. Thrown and caught within
// analyzer/postgres.
//
//   catch (const ServerRefusal& refusal) {
//     if (refusal.sqlstate == kLockNotAvailable) ...
//   }
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace schemaudit {

inline constexpr const char* kInsufficientPrivilege = "42501";
inline constexpr const char* kLockNotAvailable = "55P03";
/// An object went while the server looked at it: the snapshot still has it, its caches do not.
inline constexpr const char* kInternalError = "XX000";
/// What was read with one snapshot has names of two in it; of the program's own, for a server's
/// own word of it would be an internal error, too.
inline constexpr const char* kAlteredMeanwhile = "altered meanwhile";

struct ServerRefusal : std::runtime_error {
  explicit ServerRefusal(const std::string& message, std::string state = {}, std::size_t at = 0)
      : std::runtime_error(message), sqlstate(std::move(state)), position(at) {}

  /// Empty where no server said it.
  std::string sqlstate;
  /// Where in the statement, in characters from 1; 0: nowhere.
  std::size_t position = 0;
};

}  // namespace schemaudit
