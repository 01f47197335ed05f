// What `schemaudit doc` did or would do, as text for people and as JSON.
//
//   doc_text(done, DocAction::check)
//       docs/users.md: would be refreshed, 1 disagreement settled
#pragma once

#include <string>

#include "analyzer/cli/docs_in_line.h"

namespace schemaudit {

enum class DocAction { write, check, preview };

std::string doc_text(const DocsInLine& done, DocAction action);
std::string doc_json(const DocsInLine& done, DocAction action);
/// All changes as one patch.
std::string doc_diff(const DocsInLine& done);

}  // namespace schemaudit
