#include "analyzer/sql/replay/unanalysed.h"

#include <algorithm>
#include <array>
#include <set>

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/replay/ddl_in_text.h"
#include "analyzer/sql/replay/do_blocks.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/tree_walk.h"

namespace schemaudit::replay {

namespace {

/// Functions of extensions that change tables or run SQL in another session.
bool changes_schema_by_name(std::string_view name) {
  static constexpr std::array<std::string_view, 6> kNames = {
      "addgeometrycolumn",  "dropgeometrycolumn",        "dropgeometrytable",
      "updategeometrysrid", "populate_geometry_columns", "create_hypertable"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

/// What a function's body may do, and those that it calls.
class CalledFunctions {
 public:
  explicit CalledFunctions(Run& run) : run_(run) {}

  /// Empty where it changes no schema.
  std::string effects_of_routine(ObjectId routine) {
    if (!seen_.insert(routine).second) return {};
    const Object& object = run_.catalog.at(routine);
    const auto& detail = std::get<RoutineDetail>(object.detail);
    if (detail.language == "extension")
      return changes_schema_by_name(object.name) ? "changes tables" : std::string();
    if (!detail.body || detail.language == "c" || detail.language == "internal") return {};
    TextEffects effects = effects_of(*detail.body);
    if (effects.any()) return shown_effects(effects);
    return effects_of_calls(effects.calls);
  }

  std::string effects_of_calls(const std::vector<QualifiedName>& calls) {
    for (const QualifiedName& call : calls)
      for (ObjectId routine : find_routines(run_, call))
        if (std::string effects = effects_of_routine(routine); !effects.empty())
          return "calls " + to_string(call) + "(), which " + effects;
    return {};
  }

 private:
  Run& run_;
  std::set<ObjectId> seen_;
};

/// `trusted`: a function of which nothing is known is taken to change rows at most.
void require_harmless(Run& run, const QualifiedName& name, int location, bool trusted) {
  if (is_system_schema(name.schema)) return;
  std::vector<ObjectId> routines = find_routines(run, name);
  if (routines.empty()) {
    if (changes_schema_by_name(name.name)) give_up(to_string(name) + "() changes tables", location);
    bool builtin = name.schema.empty() && is_builtin_function(name.name);
    if (!trusted && !builtin && run.session.has_unknown_objects)
      give_up("nothing is known of " + to_string(name) + "(): it may touch anything", location);
    return;
  }
  std::string effects = CalledFunctions(run).effects_of_calls({name});
  if (!effects.empty()) give_up(effects, location);
}

}  // namespace

void do_statement(Run& run, const PgQuery__DoStmt& block) {
  if (follow_do_block(run, block)) return;
  std::string body;
  for (std::size_t i = 0; i < block.n_args; ++i)
    if (std::string_view(block.args[i]->def_elem->defname) == "as")
      body = string_of(block.args[i]->def_elem->arg);
  TextEffects effects = effects_of(body);
  if (effects.any()) give_up("DO block " + shown_effects(effects));
  if (std::string called = CalledFunctions(run).effects_of_calls(effects.calls); !called.empty())
    give_up("DO block " + called);
}

void call_statement(Run& run, const PgQuery__CallStmt& call) {
  if (!call.funccall) return;
  QualifiedName name = name_of(call.funccall->n_funcname, call.funccall->funcname);
  if (find_routines(run, name).empty() && !is_system_schema(name.schema) &&
      !run.session.has_unknown_objects)
    refuse("procedure " + to_string(name) + " does not exist", call.funccall->location);
  require_harmless(run, name, call.funccall->location, false);
}

void require_harmless_calls(Run& run, const PgQuery__Node& statement) {
  // People call functions for what they do in a SELECT; elsewhere for the value they give.
  const bool trusted = statement.node_case != PG_QUERY__NODE__NODE_SELECT_STMT;
  walk_tree(const_cast<PgQuery__Node&>(statement).base, [&](ProtobufCMessage& message) {
    if (auto* call = as<PgQuery__FuncCall>(message))
      require_harmless(run, name_of(call->n_funcname, call->funcname), call->location, trusted);
    return true;
  });
}

}  // namespace schemaudit::replay
