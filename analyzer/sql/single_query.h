// Whether a text is one SELECT that changes nothing by its grammar, and what it calls and reads.
//
//   SingleQuery query = read_single_query("SELECT count(*) FROM information_schema.tables");
//   query.refusal                   empty; "it is no query but an UPDATE" otherwise
//   query.relations[0].name         information_schema.tables
//   query.shape.count_columns       {0}
//
// WITH, VALUES and TABLE are SELECTs, too. Not one are: SELECT INTO, FOR UPDATE and the like, a
// WITH that changes rows, several statements, placeholders. Which of the called functions have
// effects the server has to say: see analyzer/postgres/query_preparation.h.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/names.h"

namespace schemaudit {

/// A name in the text, by its bytes.
struct NamePlace {
  QualifiedName name;
  std::size_t begin = 0, end = 0;
};

struct CalledFunction : NamePlace {
  std::size_t arguments = 0;
  /// Behind its closing parenthesis.
  std::size_t call_end = 0;
};

struct ReadRelation : NamePlace {
  bool has_alias = false;
  /// Behind `TABLE`, where no subquery may stand: from there.
  std::optional<std::size_t> table_command;
};

/// What can be told of a result before there is one.
struct QueryShape {
  /// Columns that hold count(...) in every row.
  std::vector<std::size_t> count_columns;
  /// It gives one row, whatever it reads: an aggregate without GROUP BY.
  bool one_row = false;
  bool ordered = false;
};

struct SingleQuery {
  /// Why it is not to be run; empty where it may be.
  std::string refusal;
  std::vector<CalledFunction> functions;
  /// Also those that are names of its own WITH.
  std::vector<ReadRelation> relations;
  /// Operators, and types that it casts to.
  std::vector<QualifiedName> operators, types;
  /// `information_schema.` in `information_schema.tables.table_name`.
  std::vector<NamePlace> column_qualifiers;
  QueryShape shape;
};

/// Never throws on any text.
SingleQuery read_single_query(const std::string& sql);

/// The same query with subqueries in place of relations of `schema`: those that `definitions` has
/// a text for. `query` is what read_single_query() gave for `sql`.
std::string with_subqueries(const std::string& sql, const SingleQuery& query,
                            std::string_view schema,
                            const std::map<std::string, std::string>& definitions);

/// The definition of a view of information_schema without its conditions on the privileges of the
/// role that asks, as pg_get_viewdef() gives it: what a superuser sees. Unset where it cannot be
/// read.
std::optional<std::string> without_privilege_conditions(const std::string& definition);

}  // namespace schemaudit
