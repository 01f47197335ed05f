// Whether a snapshot and what the server says of it speak of the same names.
//
//   const std::vector<ReplacedName> replaced = replaced_names(session);  // in the snapshot
//   if (!replaced.empty() && have_changed(session, replaced)) ...        // it is read anew
//
// Rows are those of the snapshot, whatever others commit meanwhile. Functions such as
// pg_get_viewdef() and format_type() put names in that are true now: a column that somebody renames
// between two statements is `age` in its table and `years` in the view on it. What goes altogether
// is a refusal (server_refusal.h).
#pragma once

#include <string>
#include <vector>

#include "analyzer/postgres/catalog_session.h"

namespace schemaudit {

/// A row of a catalog that another transaction has replaced since, or is about to, or tried to.
struct ReplacedName {
  /// `pg_class`
  std::string catalog;
  /// The object, and the number of its column; both as digits.
  std::string oid, number;
  /// A digest of the names in the row.
  std::string digest;
};

/// Of all that the snapshot has, apart from temporary objects; mostly none. One statement, the
/// last before the snapshot ends.
std::vector<ReplacedName> replaced_names(CatalogSession& session);

/// Whether one of them has another name by now, or is gone. Opens a new snapshot.
bool have_changed(CatalogSession& session, const std::vector<ReplacedName>& replaced);

}  // namespace schemaudit
