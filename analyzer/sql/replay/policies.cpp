#include "analyzer/sql/replay/policies.h"

#include <algorithm>

#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/grants.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/object_names.h"

namespace schemaudit::replay {

namespace {

std::vector<std::string> roles_of(const Run& run, std::size_t count, PgQuery__Node* const* nodes) {
  std::vector<std::string> roles;
  for (std::size_t i = 0; i < count; ++i) {
    const PgQuery__RoleSpec& role = *nodes[i]->role_spec;
    // Among others PUBLIC makes them superfluous.
    if (role.roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC) return {"public"};
    roles.push_back(role_name(run, role));
  }
  if (roles.empty()) roles.emplace_back("public");
  std::sort(roles.begin(), roles.end());
  return roles;
}

PolicyCommand command_of(std::string_view name) {
  if (name == "select") return PolicyCommand::select;
  if (name == "insert") return PolicyCommand::insert;
  if (name == "update") return PolicyCommand::update;
  if (name == "delete") return PolicyCommand::delete_;
  return PolicyCommand::all;
}

void require_fitting(PolicyCommand command, bool has_using, bool has_check) {
  if (has_check && (command == PolicyCommand::select || command == PolicyCommand::delete_))
    refuse("WITH CHECK cannot be applied to SELECT or DELETE");
  if (has_using && command == PolicyCommand::insert)
    refuse("only WITH CHECK expression allowed for INSERT");
}

ObjectId policed_table(Run& run, const PgQuery__RangeVar& name) {
  ObjectId table = relation_named(run, name);
  if (!table) refuse("permission denied: " + quoted(name.relname) + " is a system catalog");
  const Kind kind = run.catalog.at(table).kind;
  if (kind != Kind::table && kind != Kind::partitioned_table)
    refuse(quoted(name.relname) + " is not a table", name.location);
  return table;
}

StoredExpression condition(Run& run, PgQuery__Node& node, ObjectId table,
                           std::vector<Need>& needs) {
  ExpressionScope scope;
  scope.table = table;
  return store_expression(run, node, shown_text(node), scope, needs);
}

}  // namespace

void create_policy(Run& run, const PgQuery__CreatePolicyStmt& create) {
  ObjectId table = policed_table(run, *create.table);
  if (find_on_table(run.catalog, table, Kind::policy, create.policy_name))
    refuse("policy " + quoted(create.policy_name) + " for table " +
           quoted(run.catalog.at(table).name) + " already exists");
  PolicyDetail detail;
  detail.table = table;
  detail.command = command_of(create.cmd_name ? create.cmd_name : "");
  detail.permissive = create.permissive != 0;
  detail.roles = roles_of(run, create.n_roles, create.roles);
  require_fitting(detail.command, create.qual != nullptr, create.with_check != nullptr);
  std::vector<Need> needs;
  if (create.qual) detail.using_expression = condition(run, *create.qual, table, needs);
  if (create.with_check) detail.check_expression = condition(run, *create.with_check, table, needs);
  Object object;
  object.kind = Kind::policy;
  object.schema = run.catalog.at(table).schema;
  object.name = create.policy_name;
  object.origin = run.origin;
  object.needs = std::move(needs);
  object.needs.push_back({table, 0, NeedKind::automatic, 0});
  object.detail = std::move(detail);
  ObjectId policy = run.catalog.add(std::move(object));
  run.catalog.edit_relation(table).policies.push_back(policy);
  run.changed(ChangeKind::create, policy);
}

void alter_policy(Run& run, const PgQuery__AlterPolicyStmt& alter) {
  ObjectId table = policed_table(run, *alter.table);
  ObjectId policy = find_on_table(run.catalog, table, Kind::policy, alter.policy_name);
  if (!policy)
    refuse("policy " + quoted(alter.policy_name) + " for table " +
           quoted(run.catalog.at(table).name) + " does not exist");
  PolicyDetail detail = run.catalog.detail<PolicyDetail>(policy);
  require_fitting(detail.command, alter.qual != nullptr, alter.with_check != nullptr);
  if (alter.n_roles > 0) detail.roles = roles_of(run, alter.n_roles, alter.roles);
  std::vector<Need> needs;
  if (alter.qual) detail.using_expression = condition(run, *alter.qual, table, needs);
  if (alter.with_check) detail.check_expression = condition(run, *alter.with_check, table, needs);
  Object& object = run.catalog.edit(policy);
  // What the other condition needs is not told apart: it stays.
  if (alter.qual && (alter.with_check || !detail.check_expression))
    std::erase_if(object.needs, [](const Need& need) { return need.kind == NeedKind::normal; });
  object.detail = std::move(detail);
  for (const Need& need : needs) run.catalog.depend(policy, need);
  run.changed(ChangeKind::property, policy);
}

}  // namespace schemaudit::replay
