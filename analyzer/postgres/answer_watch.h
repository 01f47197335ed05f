// Ends a connection on which the server has fallen silent: its own time limits are of no use then.
//
//   AnswerWatch watch(connection.sock(), std::chrono::seconds(135));
//   watch.restart();               // before each statement
//   ...                            // blocks in libpq, which fails once the socket is shut down
//   if (watch.expired()) ...
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace schemaudit {

class AnswerWatch {
 public:
  /// `socket` has to stay open as long as this lives.
  AnswerWatch(int socket, std::chrono::milliseconds limit);
  ~AnswerWatch();
  AnswerWatch(const AnswerWatch&) = delete;
  AnswerWatch& operator=(const AnswerWatch&) = delete;

  void restart();
  /// Whether the time ran out, and the socket was shut down.
  bool expired() const;

 private:
  void watch();

  const int socket_;
  const std::chrono::milliseconds limit_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::chrono::steady_clock::time_point end_;
  bool over_ = false;
  bool expired_ = false;
  std::thread thread_;
};

}  // namespace schemaudit
