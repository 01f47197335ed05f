#include "analyzer/cli/command_source.h"

#include <chrono>
#include <utility>

#include "analyzer/cli/child_process.h"
#include "analyzer/cli/progress.h"
#include "analyzer/model/digest.h"
#include "analyzer/model/redact.h"
#include "analyzer/model/snapshot.h"
#include "analyzer/sql/replay.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

OpenedSource failed(const std::string& name, const std::string& why) {
  OpenedSource opened;
  opened.error = "the command `" + name + "` " + why;
  return opened;
}

SourceResult replayed(const std::string& sql) {
  Replay replay;
  replay.run({sql, ""});
  SourceResult source = replay.finish();
  for (Problem& problem : source.problems)
    if (problem.origin.line > 0)
      problem.message = "line " + std::to_string(problem.origin.line) +
                        " of what the command prints: " + problem.message;
  return source;
}

}  // namespace

OpenedSource open_command(const std::string& command, const fs::path& base) {
  const std::string name = redact(command);
  const Activity activity("running " + name);
  ChildRun run = run_child({"sh", "-c", command}, base, std::chrono::minutes(5));
  // The child is a shell: what it says stands behind its name.
  if (!run.error.empty())
    return failed(
        name, run.exit_code == 127 ? "is not installed" : "did not succeed: " + redact(run.error));
  const std::size_t first = run.output.find_first_not_of(" \t\r\n");
  if (first == std::string::npos)
    return failed(name, "printed nothing: it has to print SQL or a snapshot");
  OpenedSource opened;
  if (run.output[first] == '{') {
    SnapshotReading reading = read_snapshot(run.output);
    if (!reading.source) return failed(name, "printed no snapshot: " + reading.error);
    opened.source = std::move(reading.source);
  } else {
    opened.source = replayed(run.output);
  }
  opened.source->role = Role::declared;
  opened.source->kind = "command";
  opened.source->name = name;
  opened.source->digest = sha256_hex(run.output);
  return opened;
}

}  // namespace schemaudit
