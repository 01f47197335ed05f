#include "schema_docs/writing/stated_elements.h"

#include "schema_docs/table_names.h"
#include "schema_docs/writing/sql_text.h"

namespace schemaudit {

namespace {

/// By its name where it has one, else by its place: of one place the first.
template <typename Element>
const Element* stated_in(const std::vector<Element>& elements, const Correction& correction) {
  if (!correction.is_stated) return nullptr;
  for (const Element& element : elements)
    if (element.origin == correction.at &&
        (correction.stated_name.empty() || element.name.empty() ||
         element.name == correction.stated_name))
      return &element;
  for (const Element& element : elements)
    if (!element.name.empty() && element.name == correction.stated_name) return &element;
  return nullptr;
}

template <typename Element>
const Element* built_in(const std::vector<Element>& elements, const Correction& correction) {
  if (!correction.is_built) return nullptr;
  for (const Element& element : elements)
    if (element.name == correction.built_name) return &element;
  return nullptr;
}

}  // namespace

const KeyConstraint* stated_key(const Correction& correction) {
  return correction.stated ? stated_in(correction.stated->unique_constraints, correction) : nullptr;
}
const KeyConstraint* built_key(const Correction& correction) {
  return correction.built ? built_in(correction.built->unique_constraints, correction) : nullptr;
}
const ForeignKey* stated_foreign_key(const Correction& correction) {
  return correction.stated ? stated_in(correction.stated->foreign_keys, correction) : nullptr;
}
const ForeignKey* built_foreign_key(const Correction& correction) {
  return correction.built ? built_in(correction.built->foreign_keys, correction) : nullptr;
}
const CheckConstraint* stated_check(const Correction& correction) {
  if (!correction.stated || !correction.is_stated) return nullptr;
  for (const CheckConstraint& check : correction.stated->checks)
    if (check.origin == correction.at &&
        correction.stated_text.find(check.expression.text) != std::string::npos)
      return &check;
  return stated_in(correction.stated->checks, correction);
}
const CheckConstraint* built_check(const Correction& correction) {
  return correction.built ? built_in(correction.built->checks, correction) : nullptr;
}
const Index* stated_index(const Correction& correction) {
  return correction.stated ? stated_in(correction.stated->indexes, correction) : nullptr;
}
const Index* built_index(const Correction& correction) {
  return correction.built ? built_in(correction.built->indexes, correction) : nullptr;
}

Relation as_far_as_stated(const Relation& built, const Relation* stated) {
  Relation part = built;
  if (!stated) return part;
  const Coverage& told = stated->coverage;
  if (!told.primary_key) part.primary_key.reset();
  if (!told.unique_constraints) part.unique_constraints.clear();
  if (!told.foreign_keys) part.foreign_keys.clear();
  if (!told.checks) part.checks.clear();
  return part;
}

const EnumType* enum_of(const Column& column, const Schema& built) {
  if (!column.type) return nullptr;
  for (const EnumType& type : built.enums)
    if (to_string(type.name) == column.type->normal || type.name.name == column.type->normal)
      return &type;
  return nullptr;
}

std::vector<std::string> built_values(const Correction& correction, const Schema& built) {
  if (!correction.built) return {};
  for (const Column& column : correction.built->columns) {
    if (snake_key(column.name) != snake_key(correction.column)) continue;
    if (const EnumType* type = enum_of(column, built)) return type->labels;
    for (const CheckConstraint& check : correction.built->checks)
      if (check.allowed && check.allowed->column == column.name)
        return values_in_order(*check.allowed, check.expression.text);
  }
  return {};
}

}  // namespace schemaudit
