// Whether what was written of a table is read as the table that was meant, by the project's own
// reader.
//
//   ReadBack read = read_back(text, users, schema, {});
//   read.wrong     "the default of email is read as 'x'"; empty: every fact that is read is right
//   read.unsaid    "the nullability of email"; empty: all of the table is said
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/schema.h"

namespace schemaudit {

struct ReadBack {
  std::vector<std::string> wrong, unsaid;
};

/// `text` is a document that states `built` and nothing else but `with` it: its types.
ReadBack read_back(const std::string& uri, std::string_view text, const Relation& built,
                   const Schema& schema);

}  // namespace schemaudit
