// What a child process does first that has to outlive its parent's end and clean up after it.
// Private to analyzer/postgres.
//
//   int child = fork_detached();
//   if (child == 0) { close_all_but(lifeline, report); direct_output_to("/dev/null"); ... }
#pragma once

namespace schemaudit {

/// As fork(); the child has a session of its own, and is deaf from its first moment to a Ctrl-C that
/// is meant for the parent.
int fork_detached();

/// A pipe of the parent that a child keeps open would keep another child alive, or a reader of
/// this program's output waiting.
void close_all_but(int kept, int also_kept);

void direct_output_to(const char* path);

/// Waits up to `milliseconds`, or for ever where negative, for the other end of the pipe to close.
bool pipe_closed(int lifeline, int milliseconds);

}  // namespace schemaudit
