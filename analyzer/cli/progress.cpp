#include "analyzer/cli/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "analyzer/model/redact.h"
#include "reports/visible_text.h"

namespace schemaudit {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kSilence = std::chrono::seconds(1);
constexpr auto kInterval = std::chrono::milliseconds(200);
constexpr std::size_t kUsualWidth = 80;
/// Of what the program is at, in characters, where there is no room for all of it.
constexpr std::size_t kLeastWhat = 10;

bool shows_lines(int file) {
  const char* terminal = std::getenv("TERM");
  return ::isatty(file) && !(terminal && std::string_view(terminal) == "dumb");
}

std::size_t width_of(int file) {
  winsize size{};
  if (::ioctl(file, TIOCGWINSZ, &size) != 0 || size.ws_col < 2) return kUsualWidth;
  return size.ws_col;
}

std::size_t characters_in(const std::string& text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) at += code_point_at(text, at).length;
  return count;
}

std::string shortened(const std::string& text, std::size_t characters) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size() && count < characters; ++count)
    at += code_point_at(text, at).length;
  return text.substr(0, at);
}

/// A process has one terminal, whoever is at work in it.
class TerminalLine {
 public:
  static TerminalLine& of_process() {
    static TerminalLine line;
    return line;
  }

  ~TerminalLine() {
    if (!writer_.joinable()) return;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      over_ = true;
      erase();
    }
    changed_.notify_one();
    writer_.join();
  }

  /// The number of the activity.
  std::size_t begin(const std::string& what) {
    if (!shown_) return 0;
    std::lock_guard<std::mutex> lock(mutex_);
    open_.push_back({++last_, what, {}, Clock::now()});
    if (writer_.joinable()) return last_;
    first_ = open_.back().since;
    writer_ = std::thread([this] { write(); });
    return last_;
  }

  void part(std::size_t number, const std::string& part) {
    if (!shown_) return;
    std::lock_guard<std::mutex> lock(mutex_);
    for (Open& activity : open_)
      if (activity.number == number) activity.part = part;
  }

  void end(std::size_t number) {
    if (!shown_) return;
    std::lock_guard<std::mutex> lock(mutex_);
    std::erase_if(open_, [&](const Open& activity) { return activity.number == number; });
    if (open_.empty()) erase();
  }

  void beside(const std::function<void()>& print) {
    std::lock_guard<std::mutex> lock(mutex_);
    erase();
    print();
  }

 private:
  struct Open {
    std::size_t number;
    std::string what, part;
    Clock::time_point since;
  };

  void write() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!changed_.wait_for(lock, kInterval, [this] { return over_; }))
      if (!open_.empty() && Clock::now() - first_ >= kSilence) draw(open_.back());
  }

  void draw(const Open& activity) {
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - activity.since).count();
    const std::string behind = seconds > 0 ? ", " + std::to_string(seconds) + " s" : "";
    const std::size_t width = width_of(STDERR_FILENO) - 1;
    const std::size_t room = width - std::min(width, behind.size());
    std::string text = visible_line(redact(activity.what));
    if (!activity.part.empty()) {
      // The part changes and is what one looks for: the rest makes room for it.
      const std::string part = ": " + visible_line(redact(activity.part));
      const std::size_t needed = characters_in(part) + 3;
      if (characters_in(text) + needed > room && needed + kLeastWhat < room)
        text = shortened(text, room - needed) + "...";
      text += part;
    }
    put("\r" + shortened(text, room) + behind + "\033[K");
    written_ = true;
  }

  void erase() {
    if (written_) put("\r\033[K");
    written_ = false;
  }

  static void put(const std::string& text) {
    if (::write(STDERR_FILENO, text.data(), text.size()) < 0) {
      // Nobody looks on any more.
    }
  }

  const bool shown_ = shows_lines(STDERR_FILENO);
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Open> open_;
  std::size_t last_ = 0;
  Clock::time_point first_;
  bool written_ = false;
  bool over_ = false;
  std::thread writer_;
};

}  // namespace

Activity::Activity(const std::string& what) : number_(TerminalLine::of_process().begin(what)) {}

Activity::~Activity() {
  TerminalLine::of_process().end(number_);
}

void Activity::at(const std::string& part) const {
  TerminalLine::of_process().part(number_, part);
}

void beside_progress(const std::function<void()>& print) {
  TerminalLine::of_process().beside(print);
}

}  // namespace schemaudit
