// What fuzzing starts from is what the targets read: from a seed that is cut, or refused in its
// first line, no change of it comes any further.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "analyzer/model/baseline.h"
#include "analyzer/model/snapshot.h"

namespace schemaudit {
namespace {

namespace fs = std::filesystem;

const fs::path kSeeds = fs::path(SCHEMAUDIT_SOURCE_DIR) / "tests/fuzz/seeds";

/// -max_len in scripts/fuzz.
constexpr std::size_t kMostBytes = 16384;

std::string text_of(const fs::path& file) {
  std::ifstream text(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(text), {}};
}

TEST(FuzzSeeds, FitIntoTheLengthThatIsFuzzed) {
  std::size_t seeds = 0;
  for (const auto& entry : fs::recursive_directory_iterator(kSeeds)) {
    if (!entry.is_regular_file()) continue;
    ++seeds;
    EXPECT_LE(entry.file_size(), kMostBytes) << entry.path();
  }
  EXPECT_GT(seeds, 30u);
}

TEST(FuzzSeeds, OfSnapshotsAreRead) {
  for (const auto& entry : fs::directory_iterator(kSeeds / "snapshot")) {
    const std::string text = text_of(entry.path());
    std::string error;
    const bool is_baseline = read_baseline(text, error).has_value();
    EXPECT_TRUE(is_baseline || read_snapshot(text).source)
        << entry.path() << ": " << read_snapshot(text).error;
  }
}

}  // namespace
}  // namespace schemaudit
