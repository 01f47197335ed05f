#include "analyzer/cli/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace schemaudit {

namespace {

struct Pipe {
  int read_end = -1, write_end = -1;

  bool open() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return false;
    read_end = ends[0];
    write_end = ends[1];
    return true;
  }
  void close_write() {
    if (write_end >= 0) ::close(write_end);
    write_end = -1;
  }
  ~Pipe() {
    if (read_end >= 0) ::close(read_end);
    close_write();
  }
};

[[noreturn]] void become(const std::vector<std::string>& arguments, const std::string& folder,
                         int output, int errors) {
  // A group of its own, which ends as a whole, and with us.
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(errors, STDERR_FILENO);
  if (::chdir(folder.c_str()) != 0) ::_exit(126);
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  ::execvp(argv[0], argv.data());
  ::_exit(127);
}

/// Takes what is there; false at the end.
bool take(int from, std::string& into) {
  std::array<char, 65536> buffer;
  const ssize_t count = ::read(from, buffer.data(), buffer.size());
  if (count > 0) into.append(buffer.data(), static_cast<std::size_t>(count));
  return count > 0 || (count < 0 && errno == EINTR);
}

/// What went wrong stands at the end of a traceback.
std::string last_line(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
    text.pop_back();
  const std::size_t begin = text.rfind('\n');
  return begin == std::string::npos ? text : text.substr(begin + 1);
}

}  // namespace

ChildRun run_child(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
                   std::chrono::seconds limit) {
  ChildRun run;
  Pipe output, errors;
  if (!output.open() || !errors.open()) {
    run.error = std::string("no pipe could be made: ") + std::strerror(errno);
    return run;
  }
  const std::string in = folder.string();
  const pid_t child = ::fork();
  if (child == 0) become(arguments, in, output.write_end, errors.write_end);
  output.close_write();
  errors.close_write();
  if (child < 0) {
    run.error = arguments[0] + " could not be started: " + std::strerror(errno);
    return run;
  }
  const auto end = std::chrono::steady_clock::now() + limit;
  std::string complaint;
  bool output_open = true, errors_open = true;
  while (output_open || errors_open) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    pollfd waiting[2] = {{output_open ? output.read_end : -1, POLLIN, 0},
                         {errors_open ? errors.read_end : -1, POLLIN, 0}};
    const int ready = left.count() > 0 ? ::poll(waiting, 2, static_cast<int>(left.count())) : 0;
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0 || run.output.size() > kLargestChildOutput) {
      run.error = arguments[0] + (ready <= 0 ? " took too long" : " printed too much");
      ::kill(-child, SIGKILL);
      ::kill(child, SIGKILL);
      break;
    }
    if (waiting[0].revents) output_open = take(output.read_end, run.output);
    if (waiting[1].revents) errors_open = take(errors.read_end, complaint);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  if (!run.error.empty()) return run;
  if (run.exit_code == 127) run.error = arguments[0] + " is not installed";
  if (run.exit_code != 0 && run.error.empty())
    run.error = arguments[0] + " failed: " + last_line(complaint);
  return run;
}

}  // namespace schemaudit
