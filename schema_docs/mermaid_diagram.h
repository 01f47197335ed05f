// mermaid's entity relationship diagrams.
//
//   erDiagram
//     USERS ||--o{ ORDERS : places
//     USERS { uuid id PK
//             text email UK "log-in name" }
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema_docs/table_claim.h"

namespace schemaudit {

/// The entities that have attributes; an entity that is only drawn may be no table. A relation
/// is a foreign key only where an attribute is marked as one.
std::vector<TableClaim> read_mermaid_diagram(std::string_view text, const std::string& uri,
                                             int first_line, int first_column);

}  // namespace schemaudit
