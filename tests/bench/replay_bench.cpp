// Times the replay of a generated dump beside what libpg_query alone needs for the same text, in
// one process and in turn, and the growth of both. Prints medians.
//
//   replay_bench 5000            ratio for 5,000 tables
//   replay_bench 100 1000 50000  growth
//   replay_bench --write 5000    the dump itself
//   replay_bench --parse FILE    the bare parse of a file, to be timed as a process

#include <malloc.h>
#include <pg_query.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/sql/deep_stack.h"
#include "analyzer/sql/replay.h"
#include "tests/bench/generated_dump.h"

namespace {

using namespace schemaudit;

double seconds(const auto& work) {
  auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

long peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

void bench(int tables) {
  const SqlText text{generated_dump(tables), "dump.sql"};
  const int runs = tables > 20000 ? 1 : tables > 5000 ? 3 : 5;
  std::vector<double> bare, replayed, ratios;
  std::size_t statements = 0, problems = 0, relations = 0;
  for (int i = 0; i < runs; ++i) {
    bare.push_back(seconds([&] {
      run_with_deep_stack(text.text.size(), [&] {
        PgQueryProtobufParseResult result = pg_query_parse_protobuf(text.text.c_str());
        if (result.error) std::abort();
        pg_query_free_protobuf_parse_result(result);
      });
    }));
    replayed.push_back(seconds([&] {
      Replay replay;
      replay.run(text);
      SourceResult result = replay.finish();
      statements = result.statements.total;
      problems = result.problems.size();
      relations = result.schema.relations.size();
    }));
    ratios.push_back(replayed.back() / bare.back());
  }
  if (problems > 0 || relations != static_cast<std::size_t>(tables)) {
    std::fprintf(stderr, "the dump was not replayed whole: %zu problems, %zu tables\n", problems,
                 relations);
    std::exit(1);
  }
  std::printf(
      "%6d tables  %7zu statements  %6.1f MB  bare parse %7.3f s  replay %7.3f s  ratio %.2f  "
      "%.1f us a statement  peak %ld MB\n",
      tables, statements, static_cast<double>(text.text.size()) / 1e6, median(bare),
      median(replayed), median(ratios), median(replayed) / static_cast<double>(statements) * 1e6,
      peak_megabytes());
  std::fflush(stdout);
}

int parse_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  const std::string sql = text.str();
  int failed = 0;
  run_with_deep_stack(sql.size(), [&] {
    PgQueryProtobufParseResult result = pg_query_parse_protobuf(sql.c_str());
    failed = result.error ? 1 : 0;
    pg_query_free_protobuf_parse_result(result);
  });
  return failed;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "--parse") return parse_file(argv[2]);
  if (argc == 3 && std::string_view(argv[1]) == "--write") {
    std::fputs(generated_dump(std::atoi(argv[2])).c_str(), stdout);
    return 0;
  }
  for (int i = 1; i < argc; ++i) bench(std::atoi(argv[i]));
  return 0;
}
