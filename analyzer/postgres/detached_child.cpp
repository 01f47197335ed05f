#include "analyzer/postgres/detached_child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <limits>

#include "analyzer/postgres/held_signals.h"

namespace schemaudit {

int fork_detached() {
  // A terminal sends to all of a group: between fork() and setsid() the child is still in it.
  int child = -1;
  hold_signals([&] {
    child = ::fork();
    if (child != 0) return;
    ::setsid();
    for (int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGTSTP}) ::signal(signal, SIG_IGN);
  });
  return child;
}

void close_all_but(int kept, int also_kept) {
  // Not by /proc, which a bare chroot has not: a lifeline that stays open here never ends.
  const auto [first, second] = std::minmax(kept, also_kept);
  auto close_between = [](int begin, int last) {
    if (begin > last || ::close_range(begin, last, 0) == 0) return;
    // A kernel before 5.9 does not know it.
    const auto limit = static_cast<int>(std::min<long>(::sysconf(_SC_OPEN_MAX), 1 << 20));
    for (int descriptor = begin; descriptor <= std::min(last, limit); ++descriptor)
      ::close(descriptor);
  };
  close_between(3, first - 1);
  close_between(first + 1, second - 1);
  close_between(second + 1, std::numeric_limits<int>::max());
}

void direct_output_to(const char* path) {
  int input = ::open("/dev/null", O_RDONLY);
  int output = ::open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (input >= 0) ::dup2(input, 0);
  if (output >= 0) {
    ::dup2(output, 1);
    ::dup2(output, 2);
  }
  if (input > 2) ::close(input);
  if (output > 2) ::close(output);
}

bool pipe_closed(int lifeline, int milliseconds) {
  pollfd watched{lifeline, POLLIN, 0};
  if (::poll(&watched, 1, milliseconds) <= 0) return false;
  char byte;
  return ::read(lifeline, &byte, 1) <= 0;
}

}  // namespace schemaudit
