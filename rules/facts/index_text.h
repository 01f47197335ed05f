// An index as SQL, short enough to be shown beside others.
//
//   describe(index)             UNIQUE btree (tenant_id, lower(email)) WHERE deleted_at IS NULL
//   drop_statement(relation, index)   DROP INDEX public.users_email_idx;
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/schema.h"

namespace schemaudit {

std::string describe(const Index& index);

/// Drops the constraint where the index carries one out.
std::string drop_statement(const Relation& relation, const Index& index);

/// `CREATE INDEX ON public.orders (user_id);`
std::string create_statement(const Relation& relation, const std::vector<std::string>& columns);

}  // namespace schemaudit
