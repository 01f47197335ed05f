// The normal form of expression trees. Private to analyzer/sql.
//
//   std::string normal = normal_of(*tree_node, {types, "jsonb"});
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/sql/normal_form.h"
#include "analyzer/sql/pg_tree.h"

namespace schemaudit {

struct ExpressionContext {
  ColumnTypes types;
  /// The type the whole expression is assigned to, for a default; empty elsewhere.
  std::string_view assigned_to = {};
};

std::string normal_of(const PgQuery__Node& node, const ExpressionContext& context);

/// A value of a partition's bound. `key_type` is empty where it is not known: then one value of
/// several types (a number, a date at midnight) has one form.
std::string normal_of_bound(const PgQuery__Node& node, std::string_view key_type = {});

/// Of any statement, for views: names without schemas, white space and case gone. `decided` is
/// set to false where the text cannot tell what is read (`SELECT *`).
std::string normal_of_query(const PgQuery__Node& node, bool& decided);

/// `text` is what was written; the tree is its own.
Expression expression_from(const PgQuery__Node& node, std::string text,
                           const ExpressionContext& context);

std::vector<std::string> columns_of(const PgQuery__Node& node);
std::optional<AllowedValues> allowed_values_of(const PgQuery__Node& node);

}  // namespace schemaudit
