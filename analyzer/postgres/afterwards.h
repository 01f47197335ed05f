// Something that is done when an object is gone or its whole process is, a Ctrl-C, a kill and a
// crash included: by a child process that holds a pipe from this one. Private to analyzer/postgres.
//
//   Afterwards sweep([](bool died) { remove_folder(); });
#pragma once

#include <sys/types.h>

#include <functional>

namespace schemaudit {

class Afterwards {
 public:
  /// `work` is done in the child, where nothing of this process but its memory is left. `died`:
  /// the object is gone with its process, whose own children may still be at work.
  explicit Afterwards(const std::function<void(bool died)>& work);
  /// Returns when the work is done.
  ~Afterwards();
  Afterwards(const Afterwards&) = delete;
  Afterwards& operator=(const Afterwards&) = delete;

  /// Whether there is a child to do it.
  bool arranged() const { return child_ > 0; }

 private:
  pid_t child_ = -1;
  int lifeline_ = -1;
};

}  // namespace schemaudit
