#include "analyzer/sql/replay/column_identity.h"

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/sql/replay/columns.h"
#include "analyzer/sql/replay/inheritance.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/sequences.h"

namespace schemaudit::replay {

namespace {

/// Since PostgreSQL 17 partitions share the identity of their table. `what` as in "add identity to
/// a column".
void require_whole_tree(Run& run, const AlterPlace& place, const std::string& what) {
  if (!partitions_share_identity()) return;
  const Object& table = run.catalog.at(place.table);
  if (table.kind == Kind::partitioned_table && !place.recurse)
    refuse("cannot " + what + " of only the partitioned table");
  if (has_columns(table.kind) && run.catalog.relation(place.table).partition_of)
    refuse("cannot " + what + " of a partition");
}

/// Below the table, too, where partitions are to share the identity.
void require_no_default(Run& run, ObjectId table, int column) {
  const Attribute& own = attribute_at(run, table, column);
  if (own.default_value)
    refuse(column_in_message(run, table, own.name) + " already has a default value");
  if (!partitions_share_identity() || run.catalog.at(table).kind != Kind::partitioned_table) return;
  for (ObjectId partition : run.catalog.children(table))
    if (const int below = column_in_child(run.catalog, table, column, partition))
      require_no_default(run, partition, below);
}

}  // namespace

void add_column_identity(Run& run, const AlterPlace& place, const PgQuery__AlterTableCmd& command) {
  require_whole_tree(run, place, "add identity to a column");
  const std::string name = command.name;
  int column = column_named(run, place.table, name);
  const Attribute& before = attribute_at(run, place.table, column);
  if (!command.def || command.def->node_case != PG_QUERY__NODE__NODE_CONSTRAINT) return;
  if (!before.not_null)
    refuse(column_in_message(run, place.table, name) +
           " must be declared NOT NULL before identity can be added");
  if (before.identity)
    refuse(column_in_message(run, place.table, name) + " is already an identity column");
  require_no_default(run, place.table, column);
  std::string sequence =
      serial_name(run, run.catalog.at(place.table).schema, run.catalog.at(place.table).name, name);
  make_identity(run, place.table, column, sequence, *command.def->constraint);
  share_identity(run, place.table, column);
  run.column_changed(ChangeKind::column_property, place.table, name);
}

void set_column_identity(Run& run, const AlterPlace& place, const PgQuery__AlterTableCmd& command) {
  require_whole_tree(run, place, "change identity column");
  const std::string name = command.name;
  int column = column_named(run, place.table, name);
  if (!attribute_at(run, place.table, column).identity)
    refuse(column_in_message(run, place.table, name) + " is not an identity column");
  if (!command.def || command.def->node_case != PG_QUERY__NODE__NODE_LIST) return;
  const PgQuery__List& options = *command.def->list;
  std::vector<PgQuery__Node*> of_sequence;
  for (std::size_t i = 0; i < options.n_items; ++i) {
    const PgQuery__DefElem& option = *options.items[i]->def_elem;
    if (std::string_view(option.defname) != "generated") {
      of_sequence.push_back(options.items[i]);
      continue;
    }
    long long kind = 0;
    if (integer_of(option.arg, kind))
      run.catalog.edit_relation(place.table).attributes[column - 1].identity =
          kind == 'a' ? IdentityKind::always : IdentityKind::by_default;
  }
  share_identity(run, place.table, column);
  ObjectId sequence = identity_sequence(run.catalog, place.table, column);
  if (sequence && !of_sequence.empty())
    change_sequence(run, sequence, of_sequence.size(), of_sequence.data());
  run.column_changed(ChangeKind::column_property, place.table, name);
}

void drop_column_identity(Run& run, const AlterPlace& place,
                          const PgQuery__AlterTableCmd& command) {
  require_whole_tree(run, place, "drop identity from a column");
  const std::string name = command.name;
  int column = column_named(run, place.table, name);
  if (!attribute_at(run, place.table, column).identity) {
    if (command.missing_ok) return;
    refuse(column_in_message(run, place.table, name) + " is not an identity column");
  }
  run.catalog.edit_relation(place.table).attributes[column - 1].identity.reset();
  share_identity(run, place.table, column);
  if (ObjectId sequence = identity_sequence(run.catalog, place.table, column))
    run.catalog.erase(sequence);
  run.column_changed(ChangeKind::column_property, place.table, name);
}

}  // namespace schemaudit::replay
