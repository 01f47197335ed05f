#include "tests/cli/sql_corpora.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>
#include <tuple>

#include "analyzer/sql/pieces.h"
#include "tests/support/program.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

std::string corpora_folder() {
  return shared_folder() + "/corpora/";
}

/// `V12.1__more.sql` -> 12, 1
std::vector<long long> version_of(const std::string& name) {
  std::vector<long long> version;
  std::size_t at = name.starts_with("V") ? 1 : 0;
  while (at < name.size() && name[at] >= '0' && name[at] <= '9') {
    long long number = 0;
    for (; at < name.size() && name[at] >= '0' && name[at] <= '9'; ++at)
      number = number * 10 + (name[at] - '0');
    version.push_back(number);
    if (at < name.size() && name[at] == '.') ++at;
  }
  return version;
}

std::vector<std::string> paths_in(const std::string& folder, const std::string& head,
                                  const std::string& tail) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(corpora_folder() + folder, ignored)) {
    std::string name = entry.path().filename().string();
    if (name.starts_with(head) && name.ends_with(tail)) names.push_back(name);
  }
  std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
    return std::make_tuple(version_of(a), a) < std::make_tuple(version_of(b), b);
  });
  for (std::string& name : names) name = folder + "/" + name;
  return names;
}

void blank(std::string& text, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end && i < text.size(); ++i)
    if (text[i] != '\n') text[i] = ' ';
}

/// Only the lines behind `from` and before `to`.
std::string section(const std::string& text, const std::string& from, const std::string& to) {
  std::istringstream lines(text);
  std::string kept;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.find(to) != std::string::npos) inside = false;
    if (inside) kept += line;
    kept += '\n';
    if (line.find(from) != std::string::npos) inside = true;
  }
  return kept;
}

SqlText file_at(const std::string& path) {
  return {read_whole(corpora_folder() + path), path, 1, 1};
}

std::vector<SqlText> files_at(const std::vector<std::string>& paths) {
  std::vector<SqlText> files;
  for (const std::string& path : paths) files.push_back(file_at(path));
  return files;
}

std::vector<SqlText> sections_at(const std::string& folder, const std::string& from,
                                 const std::string& to) {
  std::vector<SqlText> files = files_at(paths_in(folder, "", ".sql"));
  for (SqlText& file : files) file.text = section(file.text, from, to);
  return files;
}

/// One database is made, and psql connected to it, before.
SqlText chinook() {
  SqlText file = file_at("chinook/ChinookDatabase/DataSources/Chinook_PostgreSql_SerialPKs.sql");
  for (const Piece& piece : cut_pieces(file.text)) {
    std::string_view text = piece.in(file.text);
    if (text.starts_with("DROP DATABASE") || text.starts_with("CREATE DATABASE") ||
        text.starts_with("\\c "))
      blank(file.text, piece.begin, piece.end);
  }
  return file;
}

constexpr const char* kConcourse = "concourse-golang-migrate/atc/db/migration/migrations";
constexpr const char* kGolangMigrate =
    "golang-migrate-examples/database/postgres/examples/migrations";
constexpr const char* kMarquez = "marquez-flyway/api/src/main/resources/marquez/db/migration";

}  // namespace

std::vector<SqlCorpus> sql_corpora() {
  std::vector<SqlCorpus> corpora;
  corpora.push_back({"chinook", {chinook()}});
  corpora.push_back({"adventureworks", {file_at("adventureworks/install.sql")}});
  for (const char* part : {"temporal/schema.sql", "temporal/versioned/v1.0/schema.sql",
                           "visibility/schema.sql", "visibility/versioned/v1.0/schema.sql"})
    corpora.push_back({std::string("temporal ") + part,
                       {file_at(std::string("temporal/schema/postgresql/v12/") + part)}});
  corpora.push_back({"golang-migrate", files_at(paths_in(kGolangMigrate, "", ".up.sql"))});
  corpora.push_back({"concourse", files_at(paths_in(kConcourse, "", ".up.sql"))});
  for (const char* folder :
       {"goose-examples/examples/sql-migrations", "goose-examples/testdata/migrations"})
    corpora.push_back({folder, sections_at(folder, "-- +goose Up", "-- +goose Down")});
  corpora.push_back({"dbmate", sections_at("dbmate-examples/testdata/db/migrations",
                                           "-- migrate:up", "-- migrate:down")});
  std::vector<SqlText> measure =
      sections_at("measure-dbmate/self-host/postgres", "-- migrate:up", "-- migrate:down");
  // Its own set-up makes the schema and names it in the URL that dbmate is given.
  measure.insert(measure.begin(), {"CREATE SCHEMA measure;\nSET search_path TO measure, public;\n",
                                   "measure-dbmate/setup.sql"});
  corpora.push_back({"measure", std::move(measure)});
  SqlCorpus marquez{"marquez", files_at(paths_in(kMarquez, "V", ".sql"))};
  // Flyway runs what is repeatable after what has a version.
  for (SqlText& file : files_at(paths_in(kMarquez, "R__", ".sql")))
    marquez.files.push_back(std::move(file));
  corpora.push_back(std::move(marquez));
  return corpora;
}

std::vector<MigrationCorpus> migration_corpora() {
  return {
      {"golang-migrate", kGolangMigrate, "golang-migrate"},
      {"concourse", kConcourse, "golang-migrate"},
      {"goose-examples/examples/sql-migrations", "goose-examples/examples/sql-migrations", "goose"},
      {"goose-examples/testdata/migrations", "goose-examples/testdata/migrations", "goose"},
      {"dbmate", "dbmate-examples/testdata/db/migrations", "dbmate"},
      {"marquez", kMarquez, "flyway"}};
}

std::vector<SqlCorpus> corpora_of_blocks() {
  std::vector<SqlCorpus> corpora;
  for (const char* part : {"multitenant", "tenant"})
    corpora.push_back(
        {std::string("supabase-storage ") + part,
         files_at(paths_in(std::string("supabase-storage/migrations/") + part, "", ".sql"))});
  return corpora;
}

std::vector<SqlCorpus> corpora_beyond_this_server() {
  SqlText pagila = file_at("pagila/pagila-schema.sql");
  // uuidv7() is of PostgreSQL 18; nearly every table has it, and nothing else is so new.
  constexpr std::string_view kNewer = "uuidv7()";
  for (std::size_t at; (at = pagila.text.find(kNewer)) != std::string::npos;)
    pagila.text.replace(at, kNewer.size(), "gen_random_uuid()");
  return {{"pagila", {pagila}},
          {"pagila jsonb", {pagila, file_at("pagila/pagila-schema-jsonb.sql")}},
          {"htm", {file_at("htm-tbls-docs/db/schema.sql")}}};
}

std::vector<SqlText> ways_back(const std::string& corpus) {
  std::vector<SqlText> files;
  if (corpus == "concourse") files = files_at(paths_in(kConcourse, "", ".down.sql"));
  if (corpus == "golang-migrate") files = files_at(paths_in(kGolangMigrate, "", ".down.sql"));
  for (const char* folder :
       {"goose-examples/examples/sql-migrations", "goose-examples/testdata/migrations"})
    if (corpus == folder) files = sections_at(folder, "-- +goose Down", "-- +goose Up");
  if (corpus == "dbmate")
    files =
        sections_at("dbmate-examples/testdata/db/migrations", "-- migrate:down", "-- migrate:up");
  if (corpus == "measure")
    files = sections_at("measure-dbmate/self-host/postgres", "-- migrate:down", "-- migrate:up");
  std::reverse(files.begin(), files.end());
  return files;
}

int build_with_psql(const SqlCorpus& corpus, const std::string& db) {
  TemporaryFolder folder;
  std::vector<std::string> arguments = {"psql", "-qX", "-d", db};
  for (const SqlText& file : corpus.files) {
    arguments.push_back("-f");
    arguments.push_back(folder.write(file.uri, file.text));
  }
  pid_t child = ::fork();
  if (child == 0) {
    ::setenv("PGCLIENTENCODING", "UTF8", 1);
    int nothing = ::open("/dev/null", O_RDWR);
    for (int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nothing, stream);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    ::execvp(argv[0], argv.data());
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

SqlCorpus without_rows(SqlCorpus corpus) {
  constexpr std::array<std::string_view, 6> kRows = {"insert", "update",   "delete",
                                                     "merge",  "truncate", "copy"};
  for (SqlText& file : corpus.files)
    for (const Piece& piece : cut_pieces(file.text)) {
      std::string_view text = piece.in(file.text);
      bool rows = piece.kind == Piece::Kind::copy_data || text.starts_with("\\copy") ||
                  (piece.kind == Piece::Kind::sql &&
                   std::find(kRows.begin(), kRows.end(), first_word(text)) != kRows.end());
      if (rows) blank(file.text, piece.begin, piece.end);
    }
  return corpus;
}

int statement_line(const SqlText& text, int line, int column) {
  LineIndex lines(text);
  int found = line;
  for (const Piece& piece : cut_pieces(text.text)) {
    Origin begin = lines.origin(piece.begin);
    if (std::tie(begin.line, begin.column) > std::tie(line, column)) break;
    found = begin.line;
  }
  return found;
}

}  // namespace schemaudit
