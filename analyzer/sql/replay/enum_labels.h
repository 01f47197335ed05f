// Carries a renamed enum label into the expressions that name it. Private to analyzer/sql.
//
//   state mood DEFAULT 'ok' CHECK (state <> 'ok')
//   rename_enum_label_everywhere(run, mood, "ok", "fine");
//   state mood DEFAULT 'fine' CHECK (state <> 'fine')
#pragma once

#include <string>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// Literals that take the enum's type get the new label: defaults of its columns, casts to it,
/// comparisons with its columns. An expression in which the same text stands elsewhere is
/// undecided from then on.
void rename_enum_label_everywhere(Run& run, ObjectId type, const std::string& from,
                                  const std::string& to);

}  // namespace schemaudit::replay
