#include "analyzer/postgres/scratch_folder.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>

#include "analyzer/postgres/afterwards.h"
#include "analyzer/postgres/held_signals.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

/// Children of a process that died may be writing into its folder for a moment.
void remove_for_good(const fs::path& folder, bool died) {
  constexpr int kMostAttempts = 40;
  int absent = 0;
  for (int attempt = 0; attempt < kMostAttempts && absent < (died ? 3 : 1); ++attempt) {
    if (attempt > 0) ::usleep(100'000);
    std::error_code failed;
    fs::remove_all(folder, failed);
    absent = fs::exists(folder, failed) ? 0 : absent + 1;
  }
}

}  // namespace

struct ScratchFolder::State {
  fs::path path;
  std::string error;
  std::optional<Afterwards> removal;
};

ScratchFolder::ScratchFolder(const std::string& name) : state_(std::make_unique<State>()) {
  hold_signals([&] {
    MadeFolder made = make_scratch_folder(name);
    state_->error = std::move(made.error);
    state_->path = std::move(made.path);
    if (!state_->error.empty()) return;
    state_->removal.emplace([path = state_->path](bool died) { remove_for_good(path, died); });
  });
}

ScratchFolder::~ScratchFolder() {
  if (!state_ || !state_->error.empty()) return;
  if (!state_->removal->arranged()) remove_for_good(state_->path, false);
}

ScratchFolder::ScratchFolder(ScratchFolder&&) noexcept = default;

const std::string& ScratchFolder::error() const {
  return state_->error;
}

const fs::path& ScratchFolder::path() const {
  return state_->path;
}

MadeFolder make_scratch_folder(const std::string& name, fs::path root) {
  std::error_code failed;
  if (root.empty()) root = fs::temp_directory_path(failed);
  MadeFolder made;
  std::string pattern = (root / (name + "-XXXXXX")).string();
  if (failed)
    made.error = "there is no folder for temporary files: " + failed.message();
  else if (!::mkdtemp(pattern.data()))
    made.error = "cannot make a folder like " + pattern + ": " + std::strerror(errno);
  else
    made.path = pattern;
  return made;
}

}  // namespace schemaudit
