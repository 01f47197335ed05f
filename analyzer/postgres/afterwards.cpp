#include "analyzer/postgres/afterwards.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "analyzer/postgres/detached_child.h"

namespace schemaudit {

namespace {

/// Whether the other end said so before it closed.
bool ends_in_order(int lifeline) {
  char byte = 0;
  ssize_t count = 0;
  while ((count = ::read(lifeline, &byte, 1)) < 0 && errno == EINTR) {
  }
  return count > 0;
}

}  // namespace

Afterwards::Afterwards(const std::function<void(bool died)>& work) {
  int life[2];
  if (::pipe2(life, O_CLOEXEC) != 0) return;
  child_ = fork_detached();
  if (child_ == 0) {
    close_all_but(life[0], life[0]);
    direct_output_to("/dev/null");
    if (::chdir("/") != 0) ::_exit(1);
    work(!ends_in_order(life[0]));
    ::_exit(0);
  }
  ::close(life[0]);
  if (child_ < 0)
    ::close(life[1]);
  else
    lifeline_ = life[1];
}

Afterwards::~Afterwards() {
  if (child_ < 0) return;
  const char byte = 0;
  if (::write(lifeline_, &byte, 1) < 0) {
    // Then it does what it would after a crash.
  }
  ::close(lifeline_);
  int status = 0;
  while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace schemaudit
