// Whether two types are the same as far as both say. Private to analyzer/comparison.
//
//   Type said{"varchar", "character varying", true};   // loose
//   Type built{"varchar(20)", "character varying(20)"};
//   same_type(said, built, live)   true; if `said` were not loose, false
#pragma once

#include "analyzer/model/schema.h"

namespace schemaudit {

/// `left` may be loose (see Type::loose), and may name a type without its schema. `right` is
/// where the type is looked up when it is a domain.
bool same_type(const Type& left, const Type& right, const Schema& right_schema);

}  // namespace schemaudit
