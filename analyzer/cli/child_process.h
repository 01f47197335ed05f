// Runs another program and keeps what it prints.
//
//   ChildRun run = run_child({"python3", "-I", reader, folder}, base, std::chrono::minutes(2));
//   if (!run.error.empty()) ...
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace schemaudit {

struct ChildRun {
  int exit_code = -1;
  std::string output;
  /// What happened, where it could not be run, took too long, printed too much or failed.
  std::string error;
};

/// More than that no helper of ours prints.
constexpr std::size_t kLargestChildOutput = 256u << 20;

/// Looks `arguments[0]` up on the PATH; in `folder`, with nothing on standard input.
ChildRun run_child(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
                   std::chrono::seconds limit);

}  // namespace schemaudit
