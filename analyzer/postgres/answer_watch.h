// Ends a connection on which the server has fallen silent: its own time limits are of no use then.
//
//   AnswerWatch watch(PQsocket(connection), std::chrono::seconds(15));
//   watch.limit(statement_timeout + kAnswerGrace);    // once it is known
//   watch.restart();               // before each statement
//   ...                            // blocks in libpq, which fails once the socket is shut down
//   if (watch.expired()) print(watch.silence());
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace schemaudit {

/// What a server gets beyond its own time limit to say that it has stopped a statement.
inline constexpr std::chrono::milliseconds kAnswerGrace{5000};

class AnswerWatch {
 public:
  /// `socket` has to stay open as long as this lives.
  AnswerWatch(int socket, std::chrono::milliseconds limit);
  ~AnswerWatch();
  AnswerWatch(const AnswerWatch&) = delete;
  AnswerWatch& operator=(const AnswerWatch&) = delete;

  void restart();
  /// Another one from now on.
  void limit(std::chrono::milliseconds limit);
  /// Whether the time ran out, and the socket was shut down.
  bool expired() const;
  /// `the server has not answered for 15 s`
  std::string silence() const;

 private:
  void watch();

  const int socket_;
  std::chrono::milliseconds limit_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::chrono::steady_clock::time_point end_;
  bool over_ = false;
  bool expired_ = false;
  std::thread thread_;
};

}  // namespace schemaudit
