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

struct MermaidDiagram {
  /// The entities that have attributes. A relation is a foreign key only where an attribute is
  /// marked as one.
  std::vector<TableClaim> tables;
  /// Entities without attributes that are related to one of those: a conceptual diagram, of
  /// which no entity has any, draws no tables.
  std::vector<DrawnTable> drawn;
  /// The first line of each entity that is no attribute, and how many of its lines are none.
  struct UnreadLines {
    int line = 0;
    std::size_t count = 0;
  };
  std::vector<UnreadLines> unread;
};

MermaidDiagram read_mermaid_diagram(std::string_view text, const std::string& uri, int first_line,
                                    int first_column);

}  // namespace schemaudit
