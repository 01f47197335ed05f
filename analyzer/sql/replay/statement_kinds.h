// Every kind of statement that the grammar knows, and what the replay does with it: one table,
// from which statements are run and the documentation's coverage table is made. Private to
// analyzer/sql.
//
//   const StatementKind* kind = statement_kind(node);   // CREATE TABLE, of a CreateStmt
//   if (kind && kind->run) kind->run(run, node);
#pragma once

#include <string_view>
#include <vector>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

enum class Treatment {
  /// Carried out on the catalog.
  replayed,
  /// Cannot change what a Schema holds.
  no_effect,
  /// May change the schema; reported.
  unanalysed,
};

struct StatementKind {
  PgQuery__Node__NodeCase node;
  /// `CREATE TABLE`
  std::string_view name;
  Treatment treatment;
  /// nullptr where nothing is to be done.
  void (*run)(Run& run, const PgQuery__Node& node);
  /// What part of it is not followed, for the documentation; may be empty.
  std::string_view note;
};

const std::vector<StatementKind>& statement_kinds();
/// nullptr for a node that is no statement this program knows.
const StatementKind* statement_kind(const PgQuery__Node& node);

}  // namespace schemaudit::replay
