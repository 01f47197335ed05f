// PARTITION BY and FOR VALUES as the model has them, in the words of the server. Private to
// analyzer/sql.
//
//   partition_key(*create.partspec, types).normal     RANGE (created_at)
//   partition_bound(*create.partbound).normal         FOR VALUES FROM ('2026-01-01') TO (MAXVALUE)
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/schema.h"
#include "analyzer/sql/expression_tree.h"
#include "analyzer/sql/pg_tree.h"

namespace schemaudit {

Expression partition_bound(const PgQuery__PartitionBoundSpec& bound);
/// `columns` are those whose own collation needs no word.
Expression partition_key(const PgQuery__PartitionSpec& spec, const ColumnTypes& types,
                         const std::vector<Column>& columns = {});
/// ` COLLATE "C" text_pattern_ops`: what stands behind a part of a partition key; a part in its
/// type's own order has neither.
std::string partition_key_options(const std::string& collation, const std::string& operator_class);

}  // namespace schemaudit
