#include "analyzer/postgres/answer_watch.h"

#include <sys/socket.h>

namespace schemaudit {

AnswerWatch::AnswerWatch(int socket, std::chrono::milliseconds limit)
    : socket_(socket), limit_(limit), end_(std::chrono::steady_clock::now() + limit) {
  thread_ = std::thread([this] { watch(); });
}

AnswerWatch::~AnswerWatch() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    over_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void AnswerWatch::restart() {
  std::lock_guard<std::mutex> lock(mutex_);
  end_ = std::chrono::steady_clock::now() + limit_;
}

void AnswerWatch::limit(std::chrono::milliseconds limit) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    limit_ = limit;
    end_ = std::chrono::steady_clock::now() + limit_;
  }
  // It may end sooner than the one that is waited for.
  changed_.notify_one();
}

bool AnswerWatch::expired() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return expired_;
}

std::string AnswerWatch::silence() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return "the server has not answered for " +
         std::to_string(std::chrono::ceil<std::chrono::seconds>(limit_).count()) + " s";
}

void AnswerWatch::watch() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!over_) {
    const auto end = end_;
    changed_.wait_until(lock, end);
    if (over_ || std::chrono::steady_clock::now() < end_) continue;
    expired_ = true;
    ::shutdown(socket_, SHUT_RDWR);
    return;
  }
}

}  // namespace schemaudit
