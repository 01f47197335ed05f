// The names that the server chooses for what a statement does not name (PostgreSQL 15,
// src/backend/commands/indexcmds.c and catalog/pg_constraint.c). Private to analyzer/sql.
//
//   choose_relation_name(catalog, "orders", "id", "seq", schema, false)     orders_id_seq
//   choose_constraint_name(catalog, "orders", "total", "check", schema, {}) orders_total_check1
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/sql/pg_tree.h"
#include "analyzer/sql/replay/catalog.h"

namespace schemaudit::replay {

/// Bytes of a name at most (NAMEDATALEN - 1).
constexpr std::size_t kNameLength = 63;

/// `first_second_label`, both cut so that it fits, at ends of characters.
std::string make_object_name(std::string_view first, std::string_view second,
                             std::string_view label);

/// The first of `a_b_label`, `a_b_label1`, ... that no relation of the schema has, nor a
/// constraint where `is_constraint`.
std::string choose_relation_name(const Catalog& catalog, std::string_view first,
                                 std::string_view second, std::string_view label, ObjectId schema,
                                 bool is_constraint);

/// The same for a constraint without an index; `others` are names given by the same statement.
std::string choose_constraint_name(const Catalog& catalog, std::string_view first,
                                   std::string_view second, std::string_view label, ObjectId schema,
                                   const std::vector<std::string>& others);

/// `a_b_c`, cut as the server cuts it.
std::string joined_for_name(const std::vector<std::string>& columns);

enum class IndexUse { primary_key, unique_constraint, exclusion_constraint, plain };
/// `columns` are what index_column_names() gives.
std::string choose_index_name(const Catalog& catalog, std::string_view table, ObjectId schema,
                              const std::vector<std::string>& columns, IndexUse use);

/// Names of an index's columns as it stores them: each once (`expr`, `expr1`). An empty name
/// stands for an expression without a name of its own.
std::vector<std::string> index_column_names(const std::vector<std::string>& names);

/// The name an expression gives a column of a query or an index (FigureColname()); empty where
/// it gives none.
std::string figured_name(const PgQuery__Node& expression);

}  // namespace schemaudit::replay
