// A temporary folder that is gone when this object is, and when its process is killed.
//
//   ScratchFolder folder("schemaudit-revision");
//   if (!folder.error().empty()) ...
//   write(folder.path() / "tree" / "a.md");
#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace schemaudit {

class ScratchFolder {
 public:
  /// In the folder for temporary files, with a name that begins so.
  explicit ScratchFolder(const std::string& name);
  ~ScratchFolder();
  ScratchFolder(ScratchFolder&&) noexcept;
  ScratchFolder& operator=(ScratchFolder&&) = delete;

  /// Why there is none; empty where there is one.
  const std::string& error() const;
  const std::filesystem::path& path() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct MadeFolder {
  std::string path;
  /// What happened; empty where the folder is there.
  std::string error;
};

/// A new private folder, for whoever removes it himself; `root` empty: where temporary files go.
MadeFolder make_scratch_folder(const std::string& name, std::filesystem::path root = {});

}  // namespace schemaudit
