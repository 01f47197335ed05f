#include "analyzer/sql/replay/collations.h"

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/replay/run.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

namespace {

bool is_certainly_no_text(const Catalog& catalog, TypeRef type) {
  type = base_of(catalog, type);
  if (type.type) {
    const Object* object = catalog.find(type.type);
    return object && (object->kind == Kind::enum_type || object->kind == Kind::composite_type ||
                      object->kind == Kind::range_type);
  }
  const TypeId builtin = schemaudit::builtin_type(type.spelling);
  if (builtin == kNoType) return false;
  const TypeId element = element_of(builtin);
  // Of the types of category Z some are text of their own kind (pg_node_tree).
  const char category = type_category(element == kNoType ? builtin : element);
  return category != 'S' && category != 'Z' && category != 'X' && category != 'P';
}

}  // namespace

void require_collatable(const Catalog& catalog, const TypeRef& type) {
  if (is_certainly_no_text(catalog, type))
    refuse("collations are not supported by type " + type_text(catalog, type));
}

}  // namespace schemaudit::replay
