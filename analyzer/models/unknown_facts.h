// Takes back what the SQL of models says where the models could not be read to the end. Private
// to analyzer/models.
//
//   forget_unknown_facts({{{"public", "users"}, "state", "type"}}, schema);
//   // the column users.state has no type any more, and the enum made for it is gone
#pragma once

#include <vector>

#include "analyzer/model/schema.h"
#include "analyzer/models/model_statements.h"

namespace schemaudit {

/// Facts become unknown, and lists that may hold more are no longer complete. Those of tables that
/// `schema` lacks are passed over.
void forget_unknown_facts(const std::vector<UnknownInModel>& unknown, Schema& schema);

}  // namespace schemaudit
