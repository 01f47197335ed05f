#include "analyzer/sql/replay/statement_kinds.h"

#include <unordered_map>

#include "analyzer/sql/replay/alter_table.h"
#include "analyzer/sql/replay/comments.h"
#include "analyzer/sql/replay/domains.h"
#include "analyzer/sql/replay/drop.h"
#include "analyzer/sql/replay/grants.h"
#include "analyzer/sql/replay/indexes.h"
#include "analyzer/sql/replay/maintenance.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/policies.h"
#include "analyzer/sql/replay/rename.h"
#include "analyzer/sql/replay/routines.h"
#include "analyzer/sql/replay/schemas_extensions.h"
#include "analyzer/sql/replay/sequences.h"
#include "analyzer/sql/replay/session_statements.h"
#include "analyzer/sql/replay/set_schema.h"
#include "analyzer/sql/replay/tables.h"
#include "analyzer/sql/replay/triggers.h"
#include "analyzer/sql/replay/type_statements.h"
#include "analyzer/sql/replay/unanalysed.h"
#include "analyzer/sql/replay/views.h"

namespace schemaudit::replay {

namespace {

void define(Run& run, const PgQuery__DefineStmt& define) {
  if (define.kind == PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE) create_aggregate(run, define);
  if (define.kind == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE) create_base_type(run, define);
  if (define.kind == PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR) run.session.has_own_operators = true;
}

/// The relation that a statement changes rows of.
const PgQuery__RangeVar* changed_relation(const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_INSERT_STMT:
      return node.insert_stmt->relation;
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
      return node.update_stmt->relation;
    case PG_QUERY__NODE__NODE_DELETE_STMT:
      return node.delete_stmt->relation;
    case PG_QUERY__NODE__NODE_MERGE_STMT:
      return node.merge_stmt->relation;
    case PG_QUERY__NODE__NODE_TRUNCATE_STMT:
      return node.truncate_stmt->n_relations > 0 ? node.truncate_stmt->relations[0]->range_var
                                                 : nullptr;
    default:
      return nullptr;
  }
}

/// Whether rows that are there get other values.
bool updates_rows(const PgQuery__Node& node) {
  if (node.node_case == PG_QUERY__NODE__NODE_INSERT_STMT) {
    const PgQuery__OnConflictClause* clause = node.insert_stmt->on_conflict_clause;
    return clause && clause->action == PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_UPDATE;
  }
  return node.node_case == PG_QUERY__NODE__NODE_UPDATE_STMT ||
         node.node_case == PG_QUERY__NODE__NODE_MERGE_STMT;
}

void row_statement(Run& run, const PgQuery__Node& node) {
  const PgQuery__RangeVar* range = changed_relation(node);
  if (!range) return;
  ObjectId table = find_relation(run, name_of(*range));
  if (!table) {
    bool system = std::string_view(range->schemaname) == "pg_catalog" ||
                  (!*range->schemaname && std::string_view(range->relname).starts_with("pg_"));
    if (system) give_up("changes the system catalog " + std::string(range->relname) + " itself");
    return;
  }
  run.changed(node.node_case == PG_QUERY__NODE__NODE_TRUNCATE_STMT ? ChangeKind::truncate
                                                                   : ChangeKind::rows,
              table)
      .updates_rows = updates_rows(node);
  require_harmless_calls(run, node);
}

void query_statement(Run& run, const PgQuery__SelectStmt& query) {
  if (set_by_query(run, query)) return;
  PgQuery__Node node = PG_QUERY__NODE__INIT;
  node.node_case = PG_QUERY__NODE__NODE_SELECT_STMT;
  node.select_stmt = const_cast<PgQuery__SelectStmt*>(&query);
  require_harmless_calls(run, node);
  if (is_select_into(query)) select_into(run, *node.select_stmt);
}

/// EXPLAIN ANALYZE runs what it explains, CREATE TABLE AS among it.
void explain(Run& run, const PgQuery__ExplainStmt& explain) {
  if (!explain.query) return;
  for (std::size_t i = 0; i < explain.n_options; ++i) {
    const PgQuery__DefElem& option = *explain.options[i]->def_elem;
    if (std::string_view(option.defname) != "analyze") continue;
    const std::string value = option.arg ? fold_case(string_of(option.arg)) : "true";
    if (value == "false" || value == "off" || value == "0") return;
    const StatementKind* kind = statement_kind(*explain.query);
    if (kind && kind->run) kind->run(run, *explain.query);
    return;
  }
}

}  // namespace

const std::vector<StatementKind>& statement_kinds() {
  static const std::vector<StatementKind> kKinds = {
      {PG_QUERY__NODE__NODE_ALTER_COLLATION_STMT, "ALTER COLLATION", Treatment::no_effect, nullptr,
       ""},
      {PG_QUERY__NODE__NODE_ALTER_DATABASE_REFRESH_COLL_STMT,
       "ALTER DATABASE REFRESH COLLATION VERSION", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_ALTER_DATABASE_SET_STMT, "ALTER DATABASE SET", Treatment::no_effect,
       nullptr, "A search_path set for a database counts for later sessions only."},
      {PG_QUERY__NODE__NODE_ALTER_DATABASE_STMT, "ALTER DATABASE", Treatment::no_effect, nullptr,
       ""},
      {PG_QUERY__NODE__NODE_ALTER_DEFAULT_PRIVILEGES_STMT, "ALTER DEFAULT PRIVILEGES",
       Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) {
         alter_default_privileges(run, *node.alter_default_privileges_stmt);
       },
       "For tables, and what PUBLIC may do with functions."},
      {PG_QUERY__NODE__NODE_ALTER_DOMAIN_STMT, "ALTER DOMAIN", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { alter_domain(run, *node.alter_domain_stmt); }, ""},
      {PG_QUERY__NODE__NODE_ALTER_ENUM_STMT, "ALTER TYPE ADD VALUE, RENAME VALUE",
       Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { alter_enum(run, *node.alter_enum_stmt); }, ""},
      {PG_QUERY__NODE__NODE_ALTER_EVENT_TRIG_STMT, "ALTER EVENT TRIGGER", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_ALTER_EXTENSION_CONTENTS_STMT, "ALTER EXTENSION ADD, DROP",
       Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) {
         change_extension_members(run, *node.alter_extension_contents_stmt);
       },
       ""},
      {PG_QUERY__NODE__NODE_ALTER_EXTENSION_STMT, "ALTER EXTENSION UPDATE", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) {
         update_extension(run, *node.alter_extension_stmt);
       },
       ""},
      {PG_QUERY__NODE__NODE_ALTER_FDW_STMT, "ALTER FOREIGN DATA WRAPPER", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_ALTER_FOREIGN_SERVER_STMT, "ALTER SERVER", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_ALTER_FUNCTION_STMT, "ALTER FUNCTION, PROCEDURE, ROUTINE",
       Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { alter_function(run, *node.alter_function_stmt); },
       ""},
      {PG_QUERY__NODE__NODE_ALTER_OBJECT_DEPENDS_STMT, "ALTER ... DEPENDS ON EXTENSION",
       Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT, "ALTER ... SET SCHEMA", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) {
         set_schema_statement(run, *node.alter_object_schema_stmt);
       },
       ""},
      {PG_QUERY__NODE__NODE_ALTER_OP_FAMILY_STMT, "ALTER OPERATOR FAMILY", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_ALTER_OPERATOR_STMT, "ALTER OPERATOR", Treatment::no_effect, nullptr,
       ""},
      {PG_QUERY__NODE__NODE_ALTER_OWNER_STMT, "ALTER ... OWNER TO", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { alter_owner(run, *node.alter_owner_stmt); },
       "Owners of relations and schemas."},
      {PG_QUERY__NODE__NODE_ALTER_POLICY_STMT, "ALTER POLICY", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { alter_policy(run, *node.alter_policy_stmt); }, ""},
      {PG_QUERY__NODE__NODE_ALTER_PUBLICATION_STMT, "ALTER PUBLICATION", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_ALTER_ROLE_SET_STMT, "ALTER ROLE SET", Treatment::no_effect, nullptr,
       ""},
      {PG_QUERY__NODE__NODE_ALTER_ROLE_STMT, "ALTER ROLE", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_ALTER_SEQ_STMT, "ALTER SEQUENCE", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { alter_sequence(run, *node.alter_seq_stmt); }, ""},
      {PG_QUERY__NODE__NODE_ALTER_STATS_STMT, "ALTER STATISTICS", Treatment::no_effect, nullptr,
       ""},
      {PG_QUERY__NODE__NODE_ALTER_SUBSCRIPTION_STMT, "ALTER SUBSCRIPTION", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_ALTER_SYSTEM_STMT, "ALTER SYSTEM", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_ALTER_TABLE_MOVE_ALL_STMT, "ALTER TABLE ALL IN TABLESPACE",
       Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_ALTER_TABLE_SPACE_OPTIONS_STMT, "ALTER TABLESPACE",
       Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_ALTER_TABLE_STMT,
       "ALTER TABLE, INDEX, VIEW, SEQUENCE, FOREIGN TABLE, TYPE ... ATTRIBUTE", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { alter_table(run, *node.alter_table_stmt); },
       "Storage, statistics targets, tablespaces, clustering and replica identity are no part of a "
       "schema here."},
      {PG_QUERY__NODE__NODE_ALTER_TSCONFIGURATION_STMT, "ALTER TEXT SEARCH CONFIGURATION",
       Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_ALTER_TSDICTIONARY_STMT, "ALTER TEXT SEARCH DICTIONARY",
       Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_ALTER_TYPE_STMT, "ALTER TYPE SET", Treatment::no_effect, nullptr,
       "Properties of base types."},
      {PG_QUERY__NODE__NODE_ALTER_USER_MAPPING_STMT, "ALTER USER MAPPING", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_CALL_STMT, "CALL", Treatment::unanalysed,
       [](Run& run, const PgQuery__Node& node) { call_statement(run, *node.call_stmt); },
       "Without effect where the procedure is known not to change a schema."},
      {PG_QUERY__NODE__NODE_CHECK_POINT_STMT, "CHECKPOINT", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_CLOSE_PORTAL_STMT, "CLOSE", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_CLUSTER_STMT, "CLUSTER", Treatment::no_effect,
       [](Run& run, const PgQuery__Node& node) { cluster(run, *node.cluster_stmt); }, ""},
      {PG_QUERY__NODE__NODE_COMMENT_STMT, "COMMENT ON", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { comment_on(run, *node.comment_stmt); }, ""},
      {PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT, "CREATE TYPE AS (...)", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) {
         create_composite(run, *node.composite_type_stmt);
       },
       ""},
      {PG_QUERY__NODE__NODE_CONSTRAINTS_SET_STMT, "SET CONSTRAINTS", Treatment::no_effect, nullptr,
       ""},
      {PG_QUERY__NODE__NODE_COPY_STMT, "COPY", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_CREATE_AM_STMT, "CREATE ACCESS METHOD", Treatment::no_effect, nullptr,
       ""},
      {PG_QUERY__NODE__NODE_CREATE_CAST_STMT, "CREATE CAST", Treatment::no_effect,
       [](Run& run, const PgQuery__Node&) { run.session.has_own_casts = true; },
       "Casts that users make are not looked up in expressions."},
      {PG_QUERY__NODE__NODE_CREATE_CONVERSION_STMT, "CREATE CONVERSION", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT, "CREATE DOMAIN", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { create_domain(run, *node.create_domain_stmt); },
       ""},
      {PG_QUERY__NODE__NODE_CREATE_ENUM_STMT, "CREATE TYPE AS ENUM", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { create_enum(run, *node.create_enum_stmt); }, ""},
      {PG_QUERY__NODE__NODE_CREATE_EVENT_TRIG_STMT, "CREATE EVENT TRIGGER", Treatment::unanalysed,
       nullptr, "Its function may answer every later statement with another."},
      {PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT, "CREATE EXTENSION", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) {
         create_extension(run, *node.create_extension_stmt);
       },
       "What the contrib extensions, PostGIS and pgvector bring is known; of others the names that "
       "statements use are taken on trust."},
      {PG_QUERY__NODE__NODE_CREATE_FDW_STMT, "CREATE FOREIGN DATA WRAPPER", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_CREATE_FOREIGN_SERVER_STMT, "CREATE SERVER", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_CREATE_FOREIGN_TABLE_STMT, "CREATE FOREIGN TABLE", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) {
         create_table(run, *node.create_foreign_table_stmt->base_stmt, Kind::foreign_table);
       },
       ""},
      {PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT, "CREATE FUNCTION, PROCEDURE", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) {
         create_function(run, *node.create_function_stmt);
       },
       "Bodies in SQL are checked, others kept."},
      {PG_QUERY__NODE__NODE_CREATE_OP_CLASS_STMT, "CREATE OPERATOR CLASS", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_CREATE_OP_FAMILY_STMT, "CREATE OPERATOR FAMILY", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_CREATE_PLANG_STMT, "CREATE LANGUAGE", Treatment::no_effect,
       [](Run& run, const PgQuery__Node& node) { create_language(run, *node.create_plang_stmt); },
       ""},
      {PG_QUERY__NODE__NODE_CREATE_POLICY_STMT, "CREATE POLICY", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { create_policy(run, *node.create_policy_stmt); },
       ""},
      {PG_QUERY__NODE__NODE_CREATE_PUBLICATION_STMT, "CREATE PUBLICATION", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_CREATE_RANGE_STMT, "CREATE TYPE AS RANGE", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { create_range(run, *node.create_range_stmt); }, ""},
      {PG_QUERY__NODE__NODE_CREATE_ROLE_STMT, "CREATE ROLE", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT, "CREATE SCHEMA", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { create_schema(run, *node.create_schema_stmt); },
       "With the objects it names."},
      {PG_QUERY__NODE__NODE_CREATE_SEQ_STMT, "CREATE SEQUENCE", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { create_sequence(run, *node.create_seq_stmt); },
       ""},
      {PG_QUERY__NODE__NODE_CREATE_STATS_STMT, "CREATE STATISTICS", Treatment::no_effect, nullptr,
       ""},
      {PG_QUERY__NODE__NODE_CREATE_STMT, "CREATE TABLE", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { create_table(run, *node.create_stmt); },
       "LIKE, INHERITS, PARTITION BY and OF, OF type, temporary and unlogged included."},
      {PG_QUERY__NODE__NODE_CREATE_SUBSCRIPTION_STMT, "CREATE SUBSCRIPTION", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT, "CREATE TABLE AS, CREATE MATERIALIZED VIEW",
       Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) {
         create_table_as(run, *node.create_table_as_stmt);
       },
       "Columns that cannot be inferred are unknown."},
      {PG_QUERY__NODE__NODE_CREATE_TABLE_SPACE_STMT, "CREATE TABLESPACE", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_CREATE_TRANSFORM_STMT, "CREATE TRANSFORM", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_CREATE_TRIG_STMT, "CREATE TRIGGER", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { create_trigger(run, *node.create_trig_stmt); },
       ""},
      {PG_QUERY__NODE__NODE_CREATE_USER_MAPPING_STMT, "CREATE USER MAPPING", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_CREATEDB_STMT, "CREATE DATABASE", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_DEALLOCATE_STMT, "DEALLOCATE", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_DECLARE_CURSOR_STMT, "DECLARE", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_DEFINE_STMT,
       "CREATE AGGREGATE, TYPE, OPERATOR, COLLATION, TEXT SEARCH ...", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { define(run, *node.define_stmt); },
       "Aggregates and types; the others are no part of a schema here."},
      {PG_QUERY__NODE__NODE_DELETE_STMT, "DELETE", Treatment::no_effect,
       [](Run& run, const PgQuery__Node& node) { row_statement(run, node); },
       "Of rows; a change of a system catalog is unanalysed."},
      {PG_QUERY__NODE__NODE_DISCARD_STMT, "DISCARD", Treatment::no_effect,
       [](Run& run, const PgQuery__Node& node) { discard(run, *node.discard_stmt); }, ""},
      {PG_QUERY__NODE__NODE_DO_STMT, "DO", Treatment::unanalysed,
       [](Run& run, const PgQuery__Node& node) { do_statement(run, *node.do_stmt); },
       "With what it may touch, where its text tells."},
      {PG_QUERY__NODE__NODE_DROP_OWNED_STMT, "DROP OWNED", Treatment::unanalysed, nullptr, ""},
      {PG_QUERY__NODE__NODE_DROP_ROLE_STMT, "DROP ROLE", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_DROP_STMT, "DROP ...", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { drop_statement(run, *node.drop_stmt); },
       "With CASCADE and RESTRICT by the dependencies of what is replayed."},
      {PG_QUERY__NODE__NODE_DROP_SUBSCRIPTION_STMT, "DROP SUBSCRIPTION", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_DROP_TABLE_SPACE_STMT, "DROP TABLESPACE", Treatment::no_effect, nullptr,
       ""},
      {PG_QUERY__NODE__NODE_DROP_USER_MAPPING_STMT, "DROP USER MAPPING", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_DROPDB_STMT, "DROP DATABASE", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_EXECUTE_STMT, "EXECUTE", Treatment::unanalysed, nullptr, ""},
      {PG_QUERY__NODE__NODE_EXPLAIN_STMT, "EXPLAIN", Treatment::no_effect,
       [](Run& run, const PgQuery__Node& node) { explain(run, *node.explain_stmt); },
       "With ANALYZE, what it explains is run."},
      {PG_QUERY__NODE__NODE_FETCH_STMT, "FETCH, MOVE", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_GRANT_ROLE_STMT, "GRANT, REVOKE of roles", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_GRANT_STMT, "GRANT, REVOKE", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { grant(run, *node.grant_stmt); },
       "Of tables and views, and what PUBLIC may do with functions and schemas; those of columns, "
       "sequences and the like are no part of a schema here."},
      {PG_QUERY__NODE__NODE_IMPORT_FOREIGN_SCHEMA_STMT, "IMPORT FOREIGN SCHEMA",
       Treatment::unanalysed, nullptr, ""},
      {PG_QUERY__NODE__NODE_INDEX_STMT, "CREATE INDEX", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { create_index(run, *node.index_stmt); }, ""},
      {PG_QUERY__NODE__NODE_INSERT_STMT, "INSERT", Treatment::no_effect,
       [](Run& run, const PgQuery__Node& node) { row_statement(run, node); },
       "Of rows; a change of a system catalog is unanalysed."},
      {PG_QUERY__NODE__NODE_LISTEN_STMT, "LISTEN", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_LOAD_STMT, "LOAD", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_LOCK_STMT, "LOCK", Treatment::no_effect,
       [](Run& run, const PgQuery__Node& node) { lock(run, *node.lock_stmt); }, ""},
      {PG_QUERY__NODE__NODE_MERGE_STMT, "MERGE", Treatment::no_effect,
       [](Run& run, const PgQuery__Node& node) { row_statement(run, node); }, ""},
      {PG_QUERY__NODE__NODE_NOTIFY_STMT, "NOTIFY", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_PLASSIGN_STMT, "assignment in PL/pgSQL", Treatment::no_effect, nullptr,
       ""},
      {PG_QUERY__NODE__NODE_PREPARE_STMT, "PREPARE", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_REASSIGN_OWNED_STMT, "REASSIGN OWNED", Treatment::unanalysed, nullptr,
       "It changes owners."},
      {PG_QUERY__NODE__NODE_REFRESH_MAT_VIEW_STMT, "REFRESH MATERIALIZED VIEW",
       Treatment::no_effect,
       [](Run& run, const PgQuery__Node& node) { refresh(run, *node.refresh_mat_view_stmt); }, ""},
      {PG_QUERY__NODE__NODE_REINDEX_STMT, "REINDEX", Treatment::no_effect,
       [](Run& run, const PgQuery__Node& node) { reindex(run, *node.reindex_stmt); }, ""},
      {PG_QUERY__NODE__NODE_RENAME_STMT, "ALTER ... RENAME", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { rename_statement(run, *node.rename_stmt); }, ""},
      {PG_QUERY__NODE__NODE_REPLICA_IDENTITY_STMT, "REPLICA IDENTITY", Treatment::no_effect,
       nullptr, ""},
      {PG_QUERY__NODE__NODE_RETURN_STMT, "RETURN", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_RULE_STMT, "CREATE RULE", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { create_rule(run, *node.rule_stmt); },
       "Known to those that need or drop it; no part of a schema here."},
      {PG_QUERY__NODE__NODE_SEC_LABEL_STMT, "SECURITY LABEL", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_SELECT_STMT, "SELECT, VALUES, TABLE", Treatment::no_effect,
       [](Run& run, const PgQuery__Node& node) { query_statement(run, *node.select_stmt); },
       "SELECT INTO is replayed; a call of a function that may change a schema is unanalysed."},
      {PG_QUERY__NODE__NODE_TRANSACTION_STMT, "BEGIN, COMMIT, ROLLBACK, SAVEPOINT",
       Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { transaction(run, *node.transaction_stmt); }, ""},
      {PG_QUERY__NODE__NODE_TRUNCATE_STMT, "TRUNCATE", Treatment::no_effect,
       [](Run& run, const PgQuery__Node& node) { row_statement(run, node); }, ""},
      {PG_QUERY__NODE__NODE_UNLISTEN_STMT, "UNLISTEN", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_UPDATE_STMT, "UPDATE", Treatment::no_effect,
       [](Run& run, const PgQuery__Node& node) { row_statement(run, node); },
       "Of rows; a change of a system catalog is unanalysed."},
      {PG_QUERY__NODE__NODE_VACUUM_STMT, "VACUUM, ANALYZE", Treatment::no_effect,
       [](Run& run, const PgQuery__Node& node) { vacuum(run, *node.vacuum_stmt); }, ""},
      {PG_QUERY__NODE__NODE_VARIABLE_SET_STMT, "SET, RESET", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { set_variable(run, *node.variable_set_stmt); },
       "search_path and role."},
      {PG_QUERY__NODE__NODE_VARIABLE_SHOW_STMT, "SHOW", Treatment::no_effect, nullptr, ""},
      {PG_QUERY__NODE__NODE_VIEW_STMT, "CREATE VIEW", Treatment::replayed,
       [](Run& run, const PgQuery__Node& node) { create_view(run, *node.view_stmt); },
       "Columns that cannot be inferred are unknown."},
  };
  return kKinds;
}

const StatementKind* statement_kind(const PgQuery__Node& node) {
  static const std::unordered_map<int, const StatementKind*> kByNode = [] {
    std::unordered_map<int, const StatementKind*> by_node;
    for (const StatementKind& kind : statement_kinds()) by_node.emplace(kind.node, &kind);
    return by_node;
  }();
  auto at = kByNode.find(node.node_case);
  return at == kByNode.end() ? nullptr : at->second;
}

}  // namespace schemaudit::replay
