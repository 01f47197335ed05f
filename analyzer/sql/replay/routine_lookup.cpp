#include "analyzer/sql/replay/routine_lookup.h"

#include <algorithm>

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/builtin/newer_functions.h"
#include "analyzer/sql/expression_tree.h"
#include "analyzer/sql/replay/coercion.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

namespace {

bool takes(const RoutineDetail& detail, std::size_t count) {
  if (detail.language == "extension") return true;
  const std::size_t most = detail.arguments.size();
  if (detail.variadic && count > most) return true;
  return count <= most && count + detail.defaults >= most;
}

/// The types of a call's arguments, empty where it takes more to tell: a literal takes any.
std::vector<std::string> argument_types(const PgQuery__FuncCall& call, const ColumnTypes& types) {
  std::vector<std::string> found;
  for (std::size_t i = 0; i < call.n_args; ++i) {
    const PgQuery__Node& argument = *call.args[i];
    const bool reads = !columns_of(argument).empty();
    const bool named = argument.node_case == PG_QUERY__NODE__NODE_NAMED_ARG_EXPR;
    found.push_back(named || (reads && !types) ? std::string() : settled_type(argument, types));
  }
  return found;
}

bool takes_types(Run& run, const RoutineDetail& detail, const std::vector<std::string>& types) {
  for (std::size_t i = 0; i < types.size() && i < detail.arguments.size(); ++i) {
    if (detail.variadic && i + 1 == detail.arguments.size()) break;
    if (!types[i].empty() && !may_be_passed(run, types[i], detail.arguments[i])) return false;
  }
  return true;
}

/// Of those that take as many arguments of these types, the one whose types are the most alike.
ObjectId best_fit(Run& run, const std::vector<ObjectId>& routines,
                  const std::vector<std::string>& types, std::size_t count) {
  ObjectId best = kNoObject;
  std::size_t best_score = 0;
  for (ObjectId routine : routines) {
    const auto& detail = run.catalog.detail<RoutineDetail>(routine);
    if (!takes(detail, count) || !takes_types(run, detail, types)) continue;
    std::size_t score = detail.arguments.size() == count ? 1 : 0;
    for (std::size_t i = 0; i < types.size() && i < detail.arguments.size(); ++i) {
      if (types[i].empty()) continue;
      if (is_the_type(run, types[i], detail.arguments[i])) score += 100;
      if (is_preferred_type(schemaudit::builtin_type(detail.arguments[i].spelling))) score += 2;
    }
    if (!best || score > best_score) {
      best = routine;
      best_score = score;
    }
  }
  return best;
}

bool fits_builtin(const Run& run, const PgQuery__FuncCall& call, const std::string& name,
                  const std::vector<std::string>& arguments) {
  if (call.func_variadic || call.agg_within_group || run.session.has_own_casts) return true;
  std::vector<TypeId> types;
  for (std::size_t i = 0; i < call.n_args; ++i) {
    if (call.args[i]->node_case == PG_QUERY__NODE__NODE_NAMED_ARG_EXPR) return true;
    types.push_back(schemaudit::builtin_type(arguments[i]));
  }
  return may_take_arguments(name, types);
}

/// `f(x)` may be a column f of a row x.
bool may_be_column(const Run& run, const PgQuery__FuncCall& call, const std::string& name) {
  if (call.n_args != 1 || call.args[0]->node_case != PG_QUERY__NODE__NODE_COLUMN_REF) return false;
  bool found = false;
  run.catalog.for_each([&](const Object& object) {
    const auto* relation = std::get_if<RelationDetail>(&object.detail);
    if (relation && (!relation->columns_known || find_attribute(*relation, name) > 0)) found = true;
  });
  return found;
}

bool may_be_cast(const Run& run, const QualifiedName& name, std::size_t count) {
  return count == 1 &&
         (find_type(run, name) != kNoObject || (name.schema.empty() && is_builtin_type(name.name)));
}

/// Of these extensions only the best known functions are tabulated.
bool may_be_of_extension(const Catalog& catalog) {
  bool found = false;
  catalog.for_each([&](const Object& object) {
    if (object.kind == Kind::extension &&
        (object.name.starts_with("postgis") || object.name == "vector"))
      found = true;
  });
  return found;
}

/// A function that the tables are too old for: the statement is taken as a newer server takes it,
/// and told of once.
bool is_newer(Run& run, const QualifiedName& name, int location) {
  const int since = name.schema.empty() ? function_since(name.name) : 0;
  if (since <= builtin_catalog_version()) return false;
  Problem problem;
  problem.kind = ProblemKind::newer_syntax;
  problem.origin = run.origin_at(location);
  problem.message = "function " + name.name + "() came with PostgreSQL " + std::to_string(since) +
                    ", which is newer than the grammar's PostgreSQL " +
                    std::to_string(builtin_catalog_version()) +
                    ": whether it takes these arguments, and what it returns, is not known";
  problem.excerpt = problem.key = std::string(run.source.substr(0, run.source.find('\n')));
  const bool told =
      std::any_of(run.problems.begin(), run.problems.end(), [&](const Problem& other) {
        return other.origin == problem.origin && other.message == problem.message;
      });
  if (!told) run.problems.push_back(std::move(problem));
  return true;
}

void require_schema(const Run& run, const std::string& schema, int location) {
  if (!schema.empty() && !schema.starts_with("pg_temp") && !run.catalog.find_schema(schema))
    not_found(run, "schema " + quoted(schema) + " does not exist", location);
}

}  // namespace

TypeRef argument_type(Run& run, const PgQuery__TypeName& type) {
  PgQuery__TypeName bare = type;
  bare.setof = 0;
  bare.n_typmods = 0;
  TypeRef resolved = resolve_type(run, bare);
  resolved.modifiers.clear();
  // A column's type (%TYPE) comes with its own.
  std::size_t open = resolved.spelling.find('('), close = resolved.spelling.find(')');
  if (open != std::string::npos && close != std::string::npos)
    resolved.spelling.erase(open, close - open + 1);
  if (resolved.spelling.starts_with("bpchar")) resolved.spelling.replace(0, 6, "character");
  if (resolved.spelling.starts_with("interval "))
    resolved.spelling = resolved.spelling.ends_with("[]") ? "interval[]" : "interval";
  return resolved;
}

std::string signature(const Catalog& catalog, std::string_view name,
                      const std::vector<TypeRef>& arguments) {
  std::string text = std::string(name) + "(";
  for (std::size_t i = 0; i < arguments.size(); ++i)
    text += (i ? ", " : "") + type_text(catalog, arguments[i]);
  return text + ")";
}

ObjectId resolve_call(Run& run, const PgQuery__FuncCall& call, const ColumnTypes& types) {
  QualifiedName name = name_of(call.n_funcname, call.funcname);
  if (is_system_schema(name.schema)) return kNoObject;
  std::size_t count = call.n_args + (call.agg_within_group ? call.n_agg_order : 0);
  std::vector<ObjectId> routines = find_routines(run, name);
  const std::vector<std::string> arguments = argument_types(call, types);
  ObjectId found = best_fit(run, routines, arguments, count);
  bool builtin = name.schema.empty() && is_builtin_function(name.name);
  if (builtin && !found && !fits_builtin(run, call, name.name, arguments)) builtin = false;
  // Which of them is meant would take the types of the arguments.
  if (builtin && (!found || routines.size() > 1 ||
                  run.catalog.detail<RoutineDetail>(found).language == "extension"))
    return kNoObject;
  if (found) {
    if (run.catalog.detail<RoutineDetail>(found).kind == RoutineKind::procedure)
      refuse(name.name + "() is a procedure", call.location);
    return found;
  }
  if (run.session.has_unknown_objects || may_be_cast(run, name, count) ||
      may_be_column(run, call, name.name) || may_be_of_extension(run.catalog))
    return kNoObject;
  if (routines.empty() && is_newer(run, name, call.location)) return kNoObject;
  require_schema(run, name.schema, call.location);
  if (routines.empty() && !is_builtin_function(name.name))
    refuse("function " + to_string(name) + " does not exist", call.location);
  std::string shown;
  for (const std::string& type : arguments)
    shown += (shown.empty() ? "" : ", ") + (type.empty() ? "unknown" : type);
  refuse("function " + to_string(name) + "(" + shown + ") does not exist", call.location);
}

ObjectId routine_by_name(Run& run, const QualifiedName& name, std::size_t argument_count,
                         int location) {
  if (is_system_schema(name.schema)) return kNoObject;
  for (ObjectId routine : find_routines(run, name))
    if (takes(run.catalog.detail<RoutineDetail>(routine), argument_count)) return routine;
  if ((name.schema.empty() && is_builtin_function(name.name)) || run.session.has_unknown_objects)
    return kNoObject;
  if (is_newer(run, name, location)) return kNoObject;
  require_schema(run, name.schema, location);
  refuse("function " + to_string(name) + "(" + (argument_count ? "..." : "") + ") does not exist",
         location);
}

ObjectId routine_named(Run& run, const PgQuery__ObjectWithArgs& named, bool missing_ok) {
  QualifiedName name = name_of(named.n_objname, named.objname);
  std::vector<ObjectId> routines = find_routines(run, name);
  if (named.args_unspecified) {
    if (!routines.empty() && name.schema.empty())
      std::erase_if(routines, [&](ObjectId routine) {
        // Of several schemas on the search path the first one's hide only the same arguments.
        for (ObjectId other : routines)
          if (other != routine && run.catalog.detail<RoutineDetail>(other).arguments ==
                                      run.catalog.detail<RoutineDetail>(routine).arguments)
            return other == routines.front();
        return false;
      });
    if (routines.size() == 1) return routines.front();
    if (routines.size() > 1) refuse("function name " + quoted(to_string(name)) + " is not unique");
    if (missing_ok) return kNoObject;
    if (is_system_schema(name.schema) || is_builtin_function(name.name)) return kNoObject;
    not_found(run, "could not find a function named " + quoted(to_string(name)));
  }
  std::vector<TypeRef> arguments;
  for (std::size_t i = 0; i < named.n_objargs; ++i) {
    if (named.objargs[i]->node_case != PG_QUERY__NODE__NODE_TYPE_NAME) continue;
    const PgQuery__TypeName& type = *named.objargs[i]->type_name;
    QualifiedName type_name = name_of(type.n_names, type.names);
    if (missing_ok && !is_system_schema(type_name.schema) && !find_type(run, type_name) &&
        !is_builtin_type(type_normal(type)))
      return kNoObject;
    arguments.push_back(argument_type(run, type));
  }
  for (ObjectId routine : routines) {
    const auto& detail = run.catalog.detail<RoutineDetail>(routine);
    if (detail.language == "extension" || detail.arguments == arguments) return routine;
  }
  // A procedure may be named with its OUT arguments, too.
  for (ObjectId routine : routines) {
    const auto& detail = run.catalog.detail<RoutineDetail>(routine);
    if (detail.kind == RoutineKind::procedure &&
        detail.arguments.size() + detail.result_columns.size() == arguments.size() &&
        std::equal(detail.arguments.begin(), detail.arguments.end(), arguments.begin()))
      return routine;
  }
  if (missing_ok) return kNoObject;
  if (is_system_schema(name.schema) || (name.schema.empty() && is_builtin_function(name.name)))
    return kNoObject;
  not_found(run,
            "function " + signature(run.catalog, to_string(name), arguments) + " does not exist");
}

}  // namespace schemaudit::replay
