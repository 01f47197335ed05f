// What the program is at, on one line of a terminal that is written anew in place and cleared at
// the end. It comes up once the program has been at work for a second, and where standard error
// is no terminal nothing is ever written.
//
//   const Activity activity("reading the documents");
//   activity.at("docs/users.md");             // reading the documents: docs/users.md, 3 s
//   beside_progress([] { std::fputs("a message\n", stderr); });
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace schemaudit {

/// Shown from its beginning to its end, unless another begins within, or beside it on another
/// thread.
class Activity {
 public:
  explicit Activity(const std::string& what);
  ~Activity();
  Activity(const Activity&) = delete;
  Activity& operator=(const Activity&) = delete;

  /// A part of it, in place of the part before.
  void at(const std::string& part) const;

 private:
  std::size_t number_;
};

/// Prints to standard error with the line out of the way.
void beside_progress(const std::function<void()>& print);

}  // namespace schemaudit
