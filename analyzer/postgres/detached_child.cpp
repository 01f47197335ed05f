#include "analyzer/postgres/detached_child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <vector>

namespace schemaudit {

void detach() {
  ::setsid();
  for (int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGTSTP}) ::signal(signal, SIG_IGN);
}

void close_all_but(int kept, int also_kept) {
  std::vector<int> open;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", error))
    open.push_back(std::atoi(entry.path().filename().c_str()));
  for (int descriptor : open)
    if (descriptor > 2 && descriptor != kept && descriptor != also_kept) ::close(descriptor);
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
