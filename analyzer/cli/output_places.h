// Where results go: which places are streams, and which are one and the same.
//
//   descriptor_of("/dev/stdout")                 // 1, as of "-"
//   is_one_place("report.json", "./report.json") // true
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace schemaudit {

/// Of `-`, `/dev/stdout`, `/dev/fd/63` and what leads there; unset for everything else.
std::optional<int> descriptor_of(const std::string& path);

/// A descriptor of this process, a device or a pipe: written to as it is, and nothing is lost.
bool is_stream(const std::string& path);

/// Whether what is written to one is written to the other, by links, too.
bool is_one_place(const std::string& a, const std::string& b);

/// One line that names the output which would be written over a file that was read; empty where
/// there is none. Outputs that are empty name nothing.
std::string fault_of_outputs(const std::vector<std::string>& outputs,
                             const std::vector<std::filesystem::path>& inputs);

}  // namespace schemaudit
