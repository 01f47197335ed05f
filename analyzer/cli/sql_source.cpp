#include "analyzer/cli/sql_source.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "analyzer/cli/adopted_origins.h"
#include "analyzer/cli/command_source.h"
#include "analyzer/cli/decoded_text.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/progress.h"
#include "analyzer/model/digest.h"
#include "analyzer/postgres/introspect.h"
#include "analyzer/postgres/run_files.h"
#include "analyzer/sql/replay.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

struct SqlPaths {
  std::vector<fs::path> files;
  /// A path that does not exist, or names nothing.
  std::string error;
  /// What of a folder could not be read.
  std::vector<UnreadPath> unread;
};

void add_path(const std::string& path, const fs::path& base, const std::string& place,
              SqlPaths& found) {
  PathList list = find_files(path, base, {".sql"});
  if (!list.error.empty()) {
    if (found.error.empty()) found.error = place + list.error;
    return;
  }
  found.unread.insert(found.unread.end(), list.unread.begin(), list.unread.end());
  found.files.insert(found.files.end(), list.files.begin(), list.files.end());
}

/// One path a line, relative to the list's own folder; `#` begins a comment.
void add_list(const std::string& named, const fs::path& base, SqlPaths& found) {
  fs::path file = fs::path(named).is_absolute() ? fs::path(named) : base / named;
  const std::string path = shown_path(file, base);
  std::error_code status;
  if (!fs::exists(file, status)) {
    found.error = path + " does not exist";
    return;
  }
  std::string error;
  std::optional<std::string> text = read_file(file, error);
  if (!text) {
    found.error = error;
    return;
  }
  std::istringstream lines(*text);
  const std::size_t before = found.files.size() + found.unread.size();
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    line.resize(std::min(line.find('#'), line.size()));
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r'))
      line.pop_back();
    line.erase(0, std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.empty()) continue;
    add_path(line, file.parent_path(), path + ":" + std::to_string(number) + ": ", found);
  }
  if (found.files.size() + found.unread.size() == before && found.error.empty())
    found.error = path + " lists no file";
}

Problem unreadable(const std::string& uri, const std::string& message, int line = 0) {
  Problem problem;
  problem.kind = ProblemKind::unreadable;
  problem.origin = {uri, line, 0};
  problem.message = message;
  return problem;
}

/// The text of a file, without byte order mark, and its bytes' digest; what was wrong with it goes
/// to `problems`.
std::optional<SqlText> read_sql(const fs::path& file, const std::string& uri,
                                std::vector<Problem>& problems, std::string& digest) {
  std::error_code status;
  std::uintmax_t size = fs::file_size(file, status);
  if (!status && size > kLargestSqlFile) {
    problems.push_back(unreadable(
        uri,
        "the file has " + std::to_string(size >> 20) + " MB, and more than " +
            std::to_string(kLargestSqlFile >> 20) +
            " MB are not read: a dump of the schema alone (pg_dump --schema-only) is smaller"));
    return std::nullopt;
  }
  std::string error;
  std::optional<std::string> text = read_file(file, error);
  if (!text) {
    problems.push_back(unreadable(uri, error));
    return std::nullopt;
  }
  digest = sha256_hex(*text);
  DecodedText decoded = decoded_text(std::move(*text), TextLanguage::sql);
  if (!decoded.fault.empty()) problems.push_back(unreadable(uri, decoded.fault, decoded.line));
  if (!decoded.text) return std::nullopt;
  return SqlText{std::move(*decoded.text), uri, 1, 1};
}

/// Files that undo others do it here, too: whoever names a folder of migrations may not expect it.
void note_ways_back(const std::vector<SqlText>& files, std::vector<std::string>& notes) {
  auto named_down = std::find_if(files.begin(), files.end(), [](const SqlText& file) {
    return file.uri.ends_with(".down.sql") || file.uri.ends_with(".undo.sql");
  });
  if (named_down != files.end())
    notes.push_back("note: " + named_down->uri +
                    " and its like are run, too, and undo what was made: name the others by a "
                    "glob, e.g. 'migrations/*.up.sql'");
  for (const char* mark : {"-- +goose Down", "-- migrate:down", "-- +migrate Down"}) {
    auto holds = std::find_if(files.begin(), files.end(), [&](const SqlText& file) {
      return file.text.find(mark) != std::string::npos;
    });
    if (holds == files.end()) continue;
    notes.push_back("note: " + holds->uri + " has a section \"" + mark +
                    "\", which is run like the rest of it");
    break;
  }
}

/// What the scratch server holds after the files; unset where it could not be had.
OpenedSource settle(const std::vector<SqlText>& files, SourceResult replayed,
                    ScratchDatabases& scratch) {
  const Activity activity("on a scratch database");
  activity.at("making it");
  OpenedSource opened;
  ScratchDatabase database = scratch.make();
  if (database.conninfo.empty()) {
    opened.error = database.error;
    opened.usage_error = database.usage_error;
    return opened;
  }
  activity.at("running the files");
  RunFilesOptions options;
  options.own_server = scratch.own_server();
  FileRun run = run_files(database.conninfo, files, options);
  if (!run.error.empty()) {
    // A schema of the half that was run would be told to lack the rest.
    opened.error = "the SQL could not be run on the scratch server: " + run.error;
    return opened;
  }
  LiveOptions live;
  live.conninfo = database.conninfo;
  // All of them were made by the files.
  live.schemas = {"*"};
  activity.at("reading what the files made");
  LiveReading reading = introspect(live);
  if (!reading.source) {
    opened.error = reading.error;
    return opened;
  }
  opened.source = std::move(reading.source);
  SourceResult& source = *opened.source;
  // Whoever ran the files owns what no file gives to somebody: that says nothing.
  for (Relation& relation : source.schema.relations)
    if (relation.owner == run.role) relation.owner.clear();
  adopt_origins(source.schema, replayed.schema);
  // Its name is a random one on a server that the user names.
  if (source.server) source.server->database = "scratch";
  for (Problem& problem : run.problems)
    if (problem.kind == ProblemKind::unreadable || problem.origin.from_file())
      source.problems.push_back(std::move(problem));
  source.changes = std::move(replayed.changes);
  source.statements = run.statements;
  return opened;
}

}  // namespace

SqlFiles read_sql_files(const std::vector<std::string>& paths, const fs::path& base) {
  SqlPaths found;
  SqlFiles files;
  for (const std::string& path : paths) {
    bool is_list = path.starts_with("@");
    files.name += (files.name.empty() ? "" : ", ") +
                  (is_list ? "@" + name_of_path(path.substr(1), base) : name_of_path(path, base));
    if (is_list)
      add_list(path.substr(1), base, found);
    else
      add_path(path, base, "", found);
  }
  files.error = found.error;
  if (!files.error.empty()) return files;
  files.unread = problems_of(still_unread(std::move(found.unread), found.files), base);
  std::string digested;
  for (const fs::path& file : found.files) {
    std::string uri = shown_path(file, base);
    std::string digest;
    std::optional<SqlText> text = read_sql(file, uri, files.unread, digest);
    if (!text) continue;
    files.files.push_back({uri, digest});
    digested += uri + "\n" + sha256_hex(text->text) + "\n";
    files.texts.push_back(std::move(*text));
  }
  files.digest = sha256_hex(digested);
  return files;
}

OpenedSource open_sql(const std::vector<std::string>& paths, const fs::path& base,
                      ScratchDatabases* scratch) {
  if (paths.size() == 1 && paths.front().starts_with("command:"))
    return open_command(paths.front().substr(8), base);
  const Activity activity("replaying the SQL files");
  SqlFiles read = read_sql_files(paths, base);
  OpenedSource opened;
  if (!read.error.empty()) {
    opened.error = read.error;
    opened.usage_error = true;
    return opened;
  }
  const std::vector<SqlText>& files = read.texts;
  Replay replay;
  for (const SqlText& file : files) {
    activity.at(file.uri);
    replay.run(file);
  }
  SourceResult replayed = replay.finish();
  if (scratch) {
    opened = settle(files, std::move(replayed), *scratch);
    if (!opened.source) return opened;
  } else {
    opened.source = std::move(replayed);
  }
  note_ways_back(files, opened.notes);
  SourceResult& source = *opened.source;
  source.role = Role::declared;
  source.kind = "sql";
  source.name = read.name;
  source.digest = read.digest;
  source.files = std::move(read.files);
  source.problems.insert(source.problems.begin(), read.unread.begin(), read.unread.end());
  return opened;
}

}  // namespace schemaudit
