// What a rule calls the parts of a relation: the reference that a finding names, the name that its
// message uses, and the entry in the documents that speaks of the same.
//
//   object_of(users, email)   {"column", "public", "users", "email"}
//   name_of(users, email)     public.users.email
#pragma once

#include <string>

#include "rules/rule.h"

namespace schemaudit {

ObjectRef object_of(const Relation& relation);
ObjectRef object_of(const Relation& relation, const Column& column);
ObjectRef constraint_of(const Relation& relation, const std::string& name);
ObjectRef index_of(const Relation& relation, const std::string& name);
/// Of a kind such as `trigger` or `policy`.
ObjectRef object_in(const Relation& relation, const std::string& kind, const std::string& name);

/// `public.users.email`, quoted where SQL needs it.
std::string name_of(const Relation& relation, const Column& column);
std::string name_of(const Relation& relation, const std::string& column);

/// The docs entry of a relation of the context's schema; nullptr where there is none.
const Relation* documented(const SchemaContext& context, const Relation& relation);

}  // namespace schemaudit
