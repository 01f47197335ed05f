#include "schema_docs/unread_blocks.h"

#include <utility>

#include "schema_docs/prose_words.h"

namespace schemaudit {

void UnreadBlocks::tell(const Block& block, std::string message, const std::string& what,
                        std::string_view excerpt) {
  Problem problem;
  problem.kind = ProblemKind::unread_schema;
  problem.origin = {uri_, block.line, block.column};
  problem.object = {"document", "", "", uri_};
  problem.message = std::move(message);
  problem.key = sections_.path() + ": " + what + " " + std::to_string(++count_);
  problem.excerpt = excerpt_of(excerpt);
  read_.problems.push_back(std::move(problem));
}

void UnreadBlocks::tell_line(const Block& block, std::string message, const std::string& what,
                             int line) {
  if (line == 0) line = block.line;
  const bool is_there = line > 0 && static_cast<std::size_t>(line) <= lines_.size();
  tell(block, std::move(message), what,
       is_there ? lines_[static_cast<std::size_t>(line) - 1] : std::string());
  read_.problems.back().origin.line = line;
}

}  // namespace schemaudit
