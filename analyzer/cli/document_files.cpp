#include "analyzer/cli/document_files.h"

#include <map>
#include <optional>
#include <utility>

#include "analyzer/cli/files.h"

namespace schemaudit {

namespace fs = std::filesystem;

DocumentFiles read_document_files(const std::vector<DocsPath>& paths, const fs::path& base) {
  DocumentFiles read;
  std::vector<std::pair<fs::path, DocumentState>> files;
  std::map<std::string, std::size_t> known;
  std::vector<UnreadPath> unread;
  for (const DocsPath& path : paths) {
    read.names += (read.names.empty() ? "" : ", ") + name_of_path(path.glob, base);
    PathList list = find_files(path.glob, base, {".md", ".markdown", ".mdx"});
    if (!list.error.empty()) {
      read.error = list.error;
      return read;
    }
    unread.insert(unread.end(), list.unread.begin(), list.unread.end());
    for (const fs::path& file : list.files) {
      auto [at, added] = known.emplace(shown_path(file, base), files.size());
      if (added)
        files.emplace_back(file, path.state);
      else if (path.state != DocumentState::current)
        files[at->second].second = path.state;
    }
  }
  std::vector<fs::path> found;
  for (const auto& [file, state] : files) found.push_back(file);
  read.unread = problems_of(still_unread(std::move(unread), found), base);
  for (const auto& [file, state] : files) {
    std::string uri = shown_path(file, base);
    std::string error;
    if (std::optional<std::string> text = read_file(file, error)) {
      read.documents.push_back({uri, std::move(*text), state});
      continue;
    }
    Problem problem;
    problem.kind = ProblemKind::unreadable;
    problem.origin.uri = uri;
    problem.message = error;
    read.unread.push_back(std::move(problem));
  }
  return read;
}

}  // namespace schemaudit
