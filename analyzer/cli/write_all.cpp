#include "analyzer/cli/write_all.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace schemaudit {

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = ::write(descriptor, content.data(), content.size());
    if (count >= 0) {
      content.remove_prefix(static_cast<std::size_t>(count));
      continue;
    }
    if (errno == EINTR) continue;
    pollfd waiting{descriptor, POLLOUT, 0};
    if (errno != EAGAIN || ::poll(&waiting, 1, -1) < 0) return false;
  }
  return true;
}

}  // namespace schemaudit
