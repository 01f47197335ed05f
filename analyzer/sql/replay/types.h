// Types as statements name them, resolved to the catalog's own or pg_catalog's. Private to
// analyzer/sql.
//
//   TypeRef type = resolve_type(run, *definition.type_name);
//   type_text(run.catalog, type)      public.mood[]
#pragma once

#include <string>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// Refuses where there is no such type. `serial` and its kin are no types here.
TypeRef resolve_type(Run& run, const PgQuery__TypeName& type);

/// As format_type() has it with an empty search_path.
std::string type_text(const Catalog& catalog, const TypeRef& type);

/// A base or other type by its spelling alone.
TypeRef builtin_type(std::string spelling);

/// What a domain is of, in the end; any other type itself.
TypeRef base_of(const Catalog& catalog, TypeRef type);

/// Notes that column `own_column` of `object` needs the type, if it is one of ours.
void need_type(std::vector<Need>& needs, const TypeRef& type, int own_column = 0,
               NeedKind kind = NeedKind::normal);

}  // namespace schemaudit::replay
