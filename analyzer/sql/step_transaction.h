// What is told of a text that a tool runs in one transaction, and that begins or undoes one itself:
// in the same words by the replay and by what runs it on a server.
//
//   tell(origin, kUnendedBegin);
#pragma once

#include <string_view>

namespace schemaudit {

/// Outside of a tool's transaction, too: whoever only runs the text undoes it.
inline constexpr std::string_view kNeverCommitted =
    "the transaction that begins here is never committed: what it did is undone";

inline constexpr std::string_view kUnendedBegin =
    "this BEGIN is never ended: a tool that runs the file in one transaction commits what follows, "
    "and psql undoes it; write the COMMIT, or take the BEGIN away";

inline constexpr std::string_view kUndoesStep =
    "this ROLLBACK also undoes what stands before it outside of BEGIN where a tool runs the file "
    "in one transaction, and psql keeps that; put what is to be undone behind a BEGIN, alone in "
    "its file, or take the ROLLBACK away";

}  // namespace schemaudit
