#include "analyzer/postgres/scratch_supervisor.h"

#include <fcntl.h>
#include <grp.h>
#include <locale.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "analyzer/postgres/detached_child.h"

namespace schemaudit {

namespace {

constexpr char kReady[] = "ready";
constexpr auto kStartLimit = std::chrono::seconds(60);

using Arguments = std::vector<std::string>;

std::vector<char*> as_argv(const Arguments& arguments) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  return argv;
}

bool has_c_utf8() {
  locale_t found = ::newlocale(LC_ALL_MASK, "C.UTF-8", nullptr);
  if (!found) return false;
  ::freelocale(found);
  return true;
}

Arguments initdb_arguments(const ClusterPlan& plan) {
  return {plan.programs.initdb,
          "--pgdata=" + plan.folder + "/data",
          "--username=postgres",
          "--auth=trust",
          "--encoding=UTF8",
          has_c_utf8() ? "--locale=C.UTF-8" : "--locale=C",
          "--no-sync"};
}

Arguments postgres_arguments(const ClusterPlan& plan) {
  Arguments arguments = {plan.programs.postgres, "-D", plan.folder + "/data", "-k", plan.folder};
  for (const char* setting :
       {"listen_addresses=", "unix_socket_permissions=0700", "fsync=off", "full_page_writes=off",
        "synchronous_commit=off", "autovacuum=off", "wal_level=minimal", "max_wal_senders=0",
        "shared_buffers=32MB", "max_connections=40", "max_locks_per_transaction=1024",
        "logging_collector=off", "log_destination=stderr"}) {
    arguments.push_back("-c");
    arguments.push_back(setting);
  }
  return arguments;
}

class Supervisor {
 public:
  Supervisor(ClusterPlan plan, int lifeline, int report)
      : plan_(std::move(plan)), lifeline_(lifeline), report_(report) {}

  void run() {
    std::string error = start();
    std::string answer = error.empty() ? kReady : error;
    if (::write(report_, answer.data(), answer.size()) < 0) {
      // The parent is gone: the pipe below says so, too.
    }
    ::close(report_);
    if (error.empty()) wait_for_parent_or_server();
    stop_server();
    remove_folder();
  }

 private:
  std::string start() {
    pid_t initdb = spawn(initdb_arguments(plan_));
    if (initdb < 0) return "fork: " + std::string(std::strerror(errno));
    int status = 0;
    while (::waitpid(initdb, &status, WNOHANG) == 0) {
      if (parent_gone(10)) {
        ::kill(initdb, SIGKILL);
        ::waitpid(initdb, &status, 0);
        return "interrupted";
      }
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return "initdb failed: " + last_words();

    server_ = spawn(postgres_arguments(plan_));
    if (server_ < 0) return "fork: " + std::string(std::strerror(errno));
    auto deadline = std::chrono::steady_clock::now() + kStartLimit;
    while (!accepts_connections()) {
      if (::waitpid(server_, &status, WNOHANG) != 0) {
        server_ = -1;
        return "postgres ended at once: " + last_words();
      }
      if (parent_gone(10)) return "interrupted";
      if (std::chrono::steady_clock::now() > deadline)
        return "postgres did not accept connections: " + last_words();
    }
    return {};
  }

  pid_t spawn(const Arguments& arguments) {
    std::string log = plan_.folder + "/log";
    pid_t child = ::fork();
    if (child != 0) return child;
    // Of its own, so that a Ctrl-C meant for the parent does not reach it.
    ::setsid();
    if (plan_.user && (::setgroups(0, nullptr) != 0 || ::setgid(plan_.user->gid) != 0 ||
                       ::setuid(plan_.user->uid) != 0))
      ::_exit(126);
    // After setuid, which clears it. Only a second net: the supervisor may be killed, too.
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    for (int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) ::signal(signal, SIG_DFL);
    direct_output_to(log.c_str());
    ::umask(0077);
    if (::chdir(plan_.folder.c_str()) != 0) ::_exit(126);
    std::string path = "PATH=" + plan_.programs.initdb.substr(0, plan_.programs.initdb.rfind('/')) +
                       ":/usr/local/bin:/usr/bin:/bin";
    Arguments environment = {path, "LC_ALL=C", "TZ=UTC", "HOME=" + plan_.folder};
    if (const char* preload = std::getenv("LD_LIBRARY_PATH"))
      environment.push_back(std::string("LD_LIBRARY_PATH=") + preload);
    std::vector<char*> argv = as_argv(arguments);
    std::vector<char*> envp = as_argv(environment);
    ::execve(argv[0], argv.data(), envp.data());
    ::_exit(127);
  }

  /// The last line of postmaster.pid tells the server's state; pg_ctl looks there, too.
  bool accepts_connections() const {
    std::ifstream file(plan_.folder + "/data/postmaster.pid");
    std::string line;
    for (int number = 1; std::getline(file, line); ++number)
      if (number == 8) return line.rfind("ready", 0) == 0;
    return false;
  }

  bool parent_gone(int milliseconds) const { return pipe_closed(lifeline_, milliseconds); }

  void wait_for_parent_or_server() {
    int status = 0;
    while (!parent_gone(500))
      if (::waitpid(server_, &status, WNOHANG) != 0) {
        server_ = -1;
        break;
      }
    // Without a server there is still a folder, which the parent may be looking into.
    while (server_ < 0 && !parent_gone(60'000)) {
    }
  }

  bool server_ended_within(std::chrono::milliseconds limit) {
    auto deadline = std::chrono::steady_clock::now() + limit;
    int status = 0;
    while (std::chrono::steady_clock::now() < deadline) {
      if (::waitpid(server_, &status, WNOHANG) != 0) return true;
      ::usleep(2'000);
    }
    return false;
  }

  void stop_server() {
    if (server_ < 0) return;
    // Nothing in it is worth a checkpoint: at once, then by force.
    ::kill(server_, SIGQUIT);
    if (!server_ended_within(std::chrono::seconds(6))) {
      ::kill(server_, SIGKILL);
      int status = 0;
      ::waitpid(server_, &status, 0);
    }
    server_ = -1;
  }

  void remove_folder() {
    // Backends of a server that was told to quit may still be closing their files.
    for (int attempt = 0; attempt < 50; ++attempt) {
      std::error_code error;
      std::filesystem::remove_all(plan_.folder, error);
      if (!error) return;
      ::usleep(20'000);
    }
  }

  std::string last_words() const {
    std::ifstream file(plan_.folder + "/log");
    std::string line, said;
    while (std::getline(file, line)) {
      if (line.find("FATAL") == std::string::npos && line.find("rror") == std::string::npos)
        continue;
      said = line;
    }
    return said.empty() ? "it gave no reason" : said;
  }

  ClusterPlan plan_;
  int lifeline_;
  int report_;
  pid_t server_ = -1;
};

[[noreturn]] void supervise(const ClusterPlan& plan, int lifeline, int report) {
  close_all_but(lifeline, report);
  direct_output_to("/dev/null");
  if (::chdir("/") != 0) ::_exit(1);
  Supervisor(plan, lifeline, report).run();
  ::_exit(0);
}

}  // namespace

SupervisedCluster supervise_cluster(const ClusterPlan& plan) {
  SupervisedCluster cluster;
  int life[2], report[2];
  if (::pipe2(life, O_CLOEXEC) != 0) {
    cluster.error = std::string("pipe: ") + std::strerror(errno);
    return cluster;
  }
  if (::pipe2(report, O_CLOEXEC) != 0) {
    cluster.error = std::string("pipe: ") + std::strerror(errno);
    ::close(life[0]);
    ::close(life[1]);
    return cluster;
  }
  cluster.supervisor = fork_detached();
  if (cluster.supervisor == 0) supervise(plan, life[0], report[1]);
  ::close(life[0]);
  ::close(report[1]);
  cluster.lifeline = life[1];
  if (cluster.supervisor < 0) {
    cluster.error = std::string("fork: ") + std::strerror(errno);
  } else {
    std::string answer;
    char buffer[512];
    ssize_t count;
    while ((count = ::read(report[0], buffer, sizeof buffer)) > 0 || (count < 0 && errno == EINTR))
      if (count > 0) answer.append(buffer, static_cast<std::size_t>(count));
    if (answer != kReady) cluster.error = answer.empty() ? "it ended without a word" : answer;
  }
  ::close(report[0]);
  if (!cluster.error.empty()) stop_cluster(cluster);
  return cluster;
}

void stop_cluster(SupervisedCluster& cluster) {
  if (cluster.lifeline >= 0) ::close(cluster.lifeline);
  cluster.lifeline = -1;
  if (cluster.supervisor > 0) {
    int status = 0;
    while (::waitpid(cluster.supervisor, &status, 0) < 0 && errno == EINTR) {
    }
  }
  cluster.supervisor = -1;
}

}  // namespace schemaudit
