// Has the server prepare documented queries, never run them: which are broken, and where.
//
//   prepare_queries(session, options.queries, reading);
//   reading.broken_queries[0].error     column "m" does not exist
#pragma once

#include <vector>

#include "analyzer/postgres/catalog_session.h"
#include "analyzer/postgres/introspect.h"

namespace schemaudit {

/// Changes the session's search_path.
void prepare_queries(CatalogSession& session, const std::vector<DocumentedQuery>& queries,
                     LiveReading& reading);

}  // namespace schemaudit
