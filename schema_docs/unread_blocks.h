// Tells of blocks that look like schema and could not be read.
//
//   UnreadBlocks unread(uri, markdown.lines, sections, read);
//   unread.tell(block, "A prisma model is not read.", "model fence", block.literal);
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "schema_docs/document_reader.h"
#include "schema_docs/markdown.h"
#include "schema_docs/sections.h"

namespace schemaudit {

class UnreadBlocks {
 public:
  /// All of them outlive this.
  UnreadBlocks(std::string uri, const std::vector<std::string>& lines, const Sections& sections,
               ReadDocument& read)
      : uri_(std::move(uri)), lines_(lines), sections_(sections), read_(read) {}

  /// `what` names the kind of block in the problem's key, which stays when lines move.
  void tell(const Block& block, std::string message, const std::string& what,
            std::string_view excerpt);
  /// With the source of that line, the block's first one by default.
  void tell_line(const Block& block, std::string message, const std::string& what, int line = 0);

 private:
  std::string uri_;
  const std::vector<std::string>& lines_;
  const Sections& sections_;
  ReadDocument& read_;
  std::size_t count_ = 0;
};

}  // namespace schemaudit
