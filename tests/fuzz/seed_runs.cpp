// The short run of a fuzz target without libFuzzer: every seed and kept case as it is, then as many
// changed ones as the second argument says. The same numbers give the same inputs.
//
//   fuzz_documents tests/fuzz/seeds/documents 500
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongest = 1u << 16;

std::vector<std::string> seeds_of(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<std::string> seeds;
  for (const fs::path& file : files) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    seeds.push_back(text.str());
  }
  return seeds;
}

void run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

/// A few changes, each of a kind that libFuzzer makes, too.
std::string changed(std::string input, const std::vector<std::string>& seeds,
                    std::mt19937& random) {
  auto below = [&](std::size_t bound) {
    return bound == 0 ? 0 : static_cast<std::size_t>(random()) % bound;
  };
  for (std::size_t i = 0, changes = 1 + below(4); i < changes; ++i) {
    const std::size_t at = below(input.size() + 1), length = below(40);
    switch (below(6)) {
      case 0:
        if (at < input.size()) input[at] = static_cast<char>(random());
        break;
      case 1:
        input.erase(at, length);
        break;
      case 2:
        input.insert(at, input.substr(below(input.size() + 1), length));
        break;
      case 3: {
        const std::string& other = seeds[below(seeds.size())];
        input.insert(at, other.substr(below(other.size() + 1), below(400)));
        break;
      }
      case 4:
        input.insert(at, std::string(below(200), "([{'\"`|#-*@\\\n \x01"[below(15)]));
        break;
      default:
        input.resize(at);
    }
    if (input.size() > kLongest) input.resize(kLongest);
  }
  return input;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return std::fprintf(stderr, "usage: %s SEEDS [RUNS]\n", argv[0]), 2;
  const std::vector<std::string> seeds = seeds_of(argv[1]);
  if (seeds.empty()) return std::fprintf(stderr, "%s holds no seed\n", argv[1]), 2;
  for (const std::string& seed : seeds) run(seed);
  const long runs = argc > 2 ? std::atol(argv[2]) : 0;
  std::mt19937 random(20261127);
  for (long i = 0; i < runs; ++i)
    run(changed(seeds[static_cast<std::size_t>(random()) % seeds.size()], seeds, random));
  std::printf("%zu seeds and %ld changed ones\n", seeds.size(), runs);
  return 0;
}
