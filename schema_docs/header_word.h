// What the header of a table's column says, as readers of tables compare it.
//
//   header_word(table.rows[0].cells[c]) == "definition"   of `| **Definition** |`
#pragma once

#include <string>

#include "analyzer/model/names.h"
#include "schema_docs/markdown.h"
#include "schema_docs/prose_words.h"

namespace schemaudit {

inline std::string header_word(const Inlines& cell) {
  return fold_case(trim(cell.text()));
}

}  // namespace schemaudit
