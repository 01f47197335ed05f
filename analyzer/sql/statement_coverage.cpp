#include "analyzer/sql/statement_coverage.h"

#include <algorithm>

#include "analyzer/sql/pg_tree.h"
#include "analyzer/sql/replay/alter_actions.h"
#include "analyzer/sql/replay/statement_kinds.h"

namespace schemaudit {

namespace {

std::string node_name(PgQuery__Node__NodeCase node) {
  const ProtobufCFieldDescriptor* field =
      protobuf_c_message_descriptor_get_field(&pg_query__node__descriptor, node);
  if (!field) return {};
  return static_cast<const ProtobufCMessageDescriptor*>(field->descriptor)->short_name;
}

std::string_view treatment_name(replay::Treatment treatment) {
  switch (treatment) {
    case replay::Treatment::replayed:
      return "replayed";
    case replay::Treatment::no_effect:
      return "no effect";
    case replay::Treatment::unanalysed:
      return "unanalysed";
  }
  return {};
}

std::vector<StatementCoverage> by_name(std::vector<StatementCoverage> coverage) {
  std::sort(coverage.begin(), coverage.end(),
            [](const StatementCoverage& a, const StatementCoverage& b) { return a.name < b.name; });
  return coverage;
}

std::string table_of(const char* heading, const std::vector<StatementCoverage>& coverage) {
  std::string table = "| " + std::string(heading) + " | Is | Remarks |\n|---|---|---|\n";
  for (const StatementCoverage& kind : coverage)
    if (!kind.name.empty())
      table += "| " + std::string(kind.name) + " | " + std::string(kind.treatment) + " | " +
               std::string(kind.note) + " |\n";
  return table;
}

}  // namespace

std::vector<StatementCoverage> statement_coverage() {
  std::vector<StatementCoverage> coverage;
  for (const replay::StatementKind& kind : replay::statement_kinds())
    coverage.push_back(
        {node_name(kind.node), kind.name, treatment_name(kind.treatment), kind.note});
  return by_name(std::move(coverage));
}

std::vector<StatementCoverage> alter_table_coverage() {
  std::vector<StatementCoverage> coverage;
  for (const replay::AlterAction& action : replay::alter_actions())
    coverage.push_back(
        {std::string(action.subtype), action.name, treatment_name(action.treatment), action.note});
  return by_name(std::move(coverage));
}

std::vector<std::string> grammar_alter_table_actions() {
  std::vector<std::string> actions;
  const ProtobufCEnumDescriptor& type = pg_query__alter_table_type__descriptor;
  for (unsigned i = 0; i < type.n_values; ++i)
    if (std::string name = type.values[i].name; name.starts_with("AT_"))
      actions.push_back(std::move(name));
  return actions;
}

std::vector<std::string> grammar_statements() {
  std::vector<std::string> statements;
  const ProtobufCMessageDescriptor& node = pg_query__node__descriptor;
  for (unsigned i = 0; i < node.n_fields; ++i) {
    std::string name =
        static_cast<const ProtobufCMessageDescriptor*>(node.fields[i].descriptor)->short_name;
    // RawStmt wraps every statement, and a SetOperationStmt is made by parse analysis only.
    if (name.ends_with("Stmt") && name != "RawStmt" && name != "SetOperationStmt")
      statements.push_back(std::move(name));
  }
  return statements;
}

std::vector<std::string> statement_nodes(const std::string& sql) {
  std::vector<std::string> nodes;
  Tree tree = parse_sql(sql);
  if (!tree.ok()) return nodes;
  for (std::size_t i = 0; i < tree.size(); ++i) {
    const PgQuery__Node* node = tree.raw(i).stmt;
    if (!node) continue;
    nodes.push_back(node_name(node->node_case));
    if (node->node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_STMT) continue;
    for (std::size_t j = 0; j < node->alter_table_stmt->n_cmds; ++j)
      if (const ProtobufCEnumValue* value = protobuf_c_enum_descriptor_get_value(
              &pg_query__alter_table_type__descriptor,
              static_cast<int>(node->alter_table_stmt->cmds[j]->alter_table_cmd->subtype)))
        nodes.emplace_back(value->name);
  }
  return nodes;
}

std::string statement_coverage_page() {
  std::string page =
      "# SQL statements and what is done with them\n\n"
      "<!-- Generated: SCHEMAUDIT_UPDATE=1 ctest -R StatementCoverage writes it anew. -->\n\n"
      "SQL files are replayed on a catalog without a server (see [sources](sources.md)). This is "
      "every\nkind of statement that the grammar knows. *Replayed* ones change the catalog as "
      "PostgreSQL would;\nthose with *no effect* change nothing that a schema holds here; "
      "*unanalysed* ones may change it in\nways that are not followed: each is listed with its "
      "line, and keeps a pass from being claimed.\n`--scratch` settles them by running the files "
      "on "
      "a throw-away server.\n\n";
  page += table_of("Statement", statement_coverage());
  page +=
      "\n## Actions of ALTER TABLE\n\n"
      "Those of ALTER INDEX, VIEW, MATERIALIZED VIEW, SEQUENCE and FOREIGN TABLE are among "
      "them.\n\n";
  page += table_of("Action", alter_table_coverage());
  return page;
}

}  // namespace schemaudit
