// The tokens of a Prisma schema file. Private to analyzer/models.
//
//   std::vector<PrismaToken> tokens = prisma_tokens(file);    // the last one is `end`
#pragma once

#include <string>
#include <vector>

#include "analyzer/models/prisma_schema.h"

namespace schemaudit {

struct PrismaToken {
  enum class Kind {
    word,
    /// A string, its escapes resolved.
    text,
    number,
    /// `@@`, or one character.
    sign,
    new_line,
    end
  } kind = Kind::end;
  std::string text;
  /// From 1; columns in code points.
  int line = 1, column = 1;
};

/// Comments are left out. Two `end`s stand at the end, so that one may look ahead.
std::vector<PrismaToken> prisma_tokens(const PrismaFile& file);

}  // namespace schemaudit
