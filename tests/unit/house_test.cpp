// The folders keep to what they may include: the table of the design, as a test. A new room or a
// new arrow is a decision, and is made here.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace schemaudit {
namespace {

namespace fs = std::filesystem;

struct Room {
  /// The project's folders whose headers it may include, besides its own.
  std::vector<std::string> rooms;
  /// Headers of third-party libraries that its .cpp files may include.
  std::vector<std::string> libraries;
};

const std::map<std::string, Room>& house() {
  static const std::map<std::string, Room> kHouse = {
      {"analyzer/model", {{}, {"openssl/"}}},
      {"analyzer/sql", {{"analyzer/model"}, {"pg_query"}}},
      {"analyzer/postgres", {{"analyzer/model", "analyzer/sql"}, {"pqxx/", "libpq-fe.h"}}},
      {"schema_docs", {{"analyzer/model", "analyzer/sql"}, {"cmark-gfm"}}},
      {"analyzer/migrations",
       {{"analyzer/model", "analyzer/sql", "analyzer/postgres", "schema_docs",
         "analyzer/comparison"},
        {}}},
      {"analyzer/models", {{"analyzer/model", "analyzer/sql"}, {}}},
      {"analyzer/comparison", {{"analyzer/model"}, {}}},
      {"rules", {{"analyzer/model", "analyzer/comparison", "rules/facts", "rules/findings"}, {}}},
      {"rules/facts", {{"analyzer/model", "analyzer/comparison", "rules"}, {}}},
      {"rules/findings", {{"analyzer/model", "analyzer/comparison", "rules", "rules/facts"}, {}}},
      {"rules/sql",
       {{"analyzer/model", "analyzer/comparison", "rules", "rules/findings"}, {"sqlite3.h"}}},
      {"rules/plugins", {{"analyzer/model", "analyzer/comparison", "rules"}, {"dlfcn.h"}}},
      {"reports", {{"analyzer/model"}, {"graphviz/"}}},
      {"analyzer/engine",
       {{"analyzer/model", "analyzer/comparison", "rules", "rules/facts", "rules/findings",
         "rules/sql"},
        {"toml++/"}}},
      {"analyzer/cli",
       {{"analyzer/model", "analyzer/sql", "analyzer/postgres", "schema_docs",
         "analyzer/migrations", "analyzer/models", "analyzer/comparison", "rules", "rules/facts",
         "rules/sql", "rules/plugins", "reports", "analyzer/engine"},
        {"CLI/"}}},
  };
  return kHouse;
}

// May stand in any .cpp file, and in no header.
const std::vector<std::string> kEverywhere = {"nlohmann/", "fmt/"};

// Headers that only the .cpp files of their own folder include: a library's types in them stay
// in that folder all the same.
const std::set<std::string> kPrivateHeaders = {"analyzer/sql/pg_tree.h",
                                               "analyzer/sql/tree_walk.h",
                                               "analyzer/sql/tree_pack.h",
                                               "analyzer/postgres/pqxx_compat.h",
                                               "analyzer/postgres/catalog_session.h",
                                               "analyzer/postgres/scratch_supervisor.h",
                                               "analyzer/postgres/scratch_sweeper.h",
                                               "analyzer/postgres/afterwards.h",
                                               "analyzer/postgres/watched_statement.h",
                                               "analyzer/engine/toml_reader.h",
                                               "analyzer/engine/config_policies.h",
                                               "analyzer/models/prisma_tree.h",
                                               "analyzer/models/prisma_tokens.h"};

// Whole folders of such headers.
const std::vector<std::string> kPrivateFolders = {"analyzer/sql/replay/"};

std::string folder_of(const std::string& path) {
  std::string found;
  for (const auto& [folder, room] : house())
    if (path.starts_with(folder + "/") && folder.size() > found.size()) found = folder;
  return found;
}

struct Include {
  std::string name;
  bool quoted = false;
};

std::vector<Include> includes_of(const fs::path& file) {
  std::vector<Include> includes;
  std::ifstream text(file);
  for (std::string line; std::getline(text, line);) {
    if (!line.starts_with("#include ")) continue;
    std::size_t begin = line.find_first_of("<\"");
    std::size_t end = line.find_first_of(">\"", begin + 1);
    if (begin == std::string::npos || end == std::string::npos) continue;
    includes.push_back({line.substr(begin + 1, end - begin - 1), line[begin] == '"'});
  }
  return includes;
}

bool starts_with_any(const std::string& text, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return text.starts_with(prefix); });
}

bool is_standard(const std::string& name) {
  return name.find('.') == std::string::npos && name.find('/') == std::string::npos;
}

bool is_system(const std::string& name) {
  return name.starts_with("sys/") || name == "unistd.h" || name == "fcntl.h" ||
         name == "signal.h" || name == "pwd.h" || name == "grp.h" || name == "pthread.h" ||
         name == "poll.h" || name == "dirent.h" || name == "time.h" || name == "locale.h";
}

TEST(House, EachFolderIncludesOnlyWhatItMay) {
  fs::path root = SCHEMAUDIT_SOURCE_DIR;
  std::size_t files = 0;
  for (const auto& [folder, room] : house()) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      std::string path = fs::relative(entry.path(), root).generic_string();
      bool header = path.ends_with(".h");
      if (!header && !path.ends_with(".cpp")) continue;
      if (folder_of(path) != folder) continue;
      ++files;
      for (const Include& include : includes_of(entry.path())) {
        if (include.quoted) {
          std::string from = folder_of(include.name);
          bool allowed = from == folder ||
                         std::find(room.rooms.begin(), room.rooms.end(), from) != room.rooms.end();
          EXPECT_TRUE(allowed) << path << " includes " << include.name;
          bool is_private = kPrivateHeaders.count(include.name) > 0 ||
                            starts_with_any(include.name, kPrivateFolders);
          EXPECT_TRUE(from == folder || !is_private)
              << path << " includes " << include.name << ", which is private to " << from;
          continue;
        }
        bool hidden =
            !header || kPrivateHeaders.count(path) > 0 || starts_with_any(path, kPrivateFolders);
        if (is_standard(include.name) || (is_system(include.name) && hidden)) continue;
        bool library = starts_with_any(include.name, room.libraries) ||
                       starts_with_any(include.name, kEverywhere);
        EXPECT_TRUE(library) << path << " includes <" << include.name << ">";
        EXPECT_TRUE(hidden) << path << " is a header and includes <" << include.name << ">";
      }
    }
  }
  EXPECT_GT(files, 100u);
}

// A server of our own is other programs, which take an environment and an exit; and what libpq
// takes from the environment is a part of a connection.
const std::set<std::string> kTouchTheProcess = {
    "analyzer/postgres/afterwards.cpp",      "analyzer/postgres/conninfo.cpp",
    "analyzer/postgres/scratch_server.cpp",  "analyzer/postgres/scratch_supervisor.cpp",
    "analyzer/postgres/server_programs.cpp",
};

TEST(House, OnlyTheCommandLinePrintsReadsTheEnvironmentOrExits) {
  fs::path root = SCHEMAUDIT_SOURCE_DIR;
  for (const auto& [folder, room] : house()) {
    if (folder == "analyzer/cli") continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      if (entry.path().extension() != ".cpp") continue;
      if (kTouchTheProcess.count(fs::relative(entry.path(), root).generic_string())) continue;
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);)
        for (const char* call : {"std::cout", "std::cerr", "printf(stderr", "std::getenv(",
                                 "std::exit(", "_exit(", "std::puts("})
          EXPECT_EQ(line.find(call), std::string::npos) << entry.path() << ": " << line;
    }
  }
}

// Two types of one name, each fine in its own folder, are one type to the linker: the program
// then destroys the one as the other. It has happened.
TEST(House, NoTwoHeadersDefineATypeOfOneName) {
  fs::path root = SCHEMAUDIT_SOURCE_DIR;
  std::map<std::string, std::string> defined_in;
  for (const auto& [folder, room] : house()) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      std::string path = fs::relative(entry.path(), root).generic_string();
      if (!path.ends_with(".h") || folder_of(path) != folder) continue;
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        std::string rest;
        for (const char* word : {"struct ", "enum class ", "class "})
          if (line.starts_with(word)) rest = line.substr(std::string(word).size());
        if (rest.empty() || line.find('{') == std::string::npos) continue;
        std::string name = rest.substr(0, rest.find_first_of(" :{"));
        auto [known, added] = defined_in.emplace(name, path);
        EXPECT_TRUE(added || known->second == path)
            << name << " stands in " << known->second << " and in " << path;
      }
    }
  }
}

}  // namespace
}  // namespace schemaudit
