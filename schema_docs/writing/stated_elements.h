// The elements that a correction is about, in the documents' schema and in the built one.
//
//   const ForeignKey* key = built_foreign_key(correction);    nullptr where there is none
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/schema.h"
#include "schema_docs/writing/correction.h"

namespace schemaudit {

const KeyConstraint* stated_key(const Correction& correction);
const KeyConstraint* built_key(const Correction& correction);
const ForeignKey* stated_foreign_key(const Correction& correction);
const ForeignKey* built_foreign_key(const Correction& correction);
const CheckConstraint* stated_check(const Correction& correction);
const CheckConstraint* built_check(const Correction& correction);
const Index* stated_index(const Correction& correction);
const Index* built_index(const Correction& correction);

/// The built relation with no more kinds of constraints than the documents tell of it: a table
/// that names no foreign keys goes on naming none.
Relation as_far_as_stated(const Relation& built, const Relation* stated);

/// The values that the built column may take: of its enum, or of the CHECK that lists them.
std::vector<std::string> built_values(const Correction& correction, const Schema& built);

/// What they are called in `column`'s table, be it an enum's name with or without its schema.
const EnumType* enum_of(const Column& column, const Schema& built);

}  // namespace schemaudit
