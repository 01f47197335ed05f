#include "analyzer/cli/whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "analyzer/cli/write_all.h"
#include "analyzer/postgres/held_signals.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

/// A descriptor to write to; its errors are those of errno.
class OpenFile {
 public:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  ~OpenFile() { close(); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  bool is_open() const { return descriptor_ >= 0; }

  /// With the permissions of the file that it is to replace.
  bool fill(const std::string& content, const fs::path& target) {
    if (!write_all(descriptor_, content)) return false;
    // Not every file system has them.
    struct stat old {};
    if (::stat(target.c_str(), &old) == 0) ::fchmod(descriptor_, old.st_mode & 07777);
    return true;
  }

  /// Gives the file a name, if it has none yet.
  bool link(const fs::path& name) const {
    const std::string here = "/proc/self/fd/" + std::to_string(descriptor_);
    return ::linkat(AT_FDCWD, here.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
  }

  /// Some file systems say only now that the disk is full.
  bool close() {
    const int descriptor = descriptor_;
    descriptor_ = -1;
    return descriptor < 0 || ::close(descriptor) == 0;
  }

 private:
  int descriptor_;
};

std::string fault() {
  return std::strerror(errno);
}

/// Where files without a name are not to be had, it has one while it is written.
std::string write_beside(const fs::path& part, const fs::path& target, const std::string& content) {
  std::string said;
  hold_signals([&] {
    OpenFile file(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (file.is_open() && file.fill(content, target) && file.close() &&
        ::rename(part.c_str(), target.c_str()) == 0)
      return;
    said = fault();
    ::unlink(part.c_str());
  });
  return said;
}

/// Gives a file its name; only where something stands there is a second one needed. False where
/// the system does not let it, or the second is taken.
bool put(OpenFile& file, const fs::path& part, const fs::path& target) {
  bool done = false;
  hold_signals([&] {
    done = file.link(target);
    if (done || errno != EEXIST || !file.link(part)) return;
    done = ::rename(part.c_str(), target.c_str()) == 0;
    if (!done) ::unlink(part.c_str());
  });
  return done;
}

}  // namespace

std::string write_whole(const fs::path& target, const std::string& content) {
  const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
  const fs::path part = target.string() + ".part" + std::to_string(::getpid());
  OpenFile file(::open(folder.c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666));
  if (!file.is_open()) {
    if (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)
      return write_beside(part, target, content);
    return fault();
  }
  if (!file.fill(content, target)) return fault();
  return put(file, part, target) ? std::string() : write_beside(part, target, content);
}

}  // namespace schemaudit
