// What stands in FROM: relations, subqueries, functions and joins, with the columns they give.
#include <algorithm>
#include <array>

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/replay/chosen_names.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/query_analyser.h"
#include "analyzer/sql/replay/routine_lookup.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

namespace {

struct NamedResult {
  std::string_view function;
  /// Pairs of a column and its type.
  std::array<std::string_view, 4> columns;
};

// pg_catalog's functions that people put into FROM and whose results have names of their own.
constexpr NamedResult kNamedResults[] = {
    {"json_array_elements", {"value", "json"}},
    {"jsonb_array_elements", {"value", "jsonb"}},
    {"json_array_elements_text", {"value", "text"}},
    {"jsonb_array_elements_text", {"value", "text"}},
    {"json_each", {"key", "text", "value", "json"}},
    {"jsonb_each", {"key", "text", "value", "jsonb"}},
    {"json_each_text", {"key", "text", "value", "text"}},
    {"jsonb_each_text", {"key", "text", "value", "text"}},
};

bool is_pseudo_type(std::string_view spelling) {
  return spelling.starts_with("any") || spelling == "record";
}

PgQuery__Alias* alias_with(Run& run, const std::string& name,
                           const std::vector<ScopeColumn>& columns) {
  PgQuery__Alias alias = PG_QUERY__ALIAS__INIT;
  alias.aliasname = run.arena.keep(name);
  alias.n_colnames = columns.size();
  alias.colnames = static_cast<PgQuery__Node**>(
      run.arena.allocate(std::max<std::size_t>(columns.size(), 1) * sizeof(PgQuery__Node*)));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    PgQuery__String string = PG_QUERY__STRING__INIT;
    string.sval = run.arena.keep(columns[i].name);
    PgQuery__Node node = PG_QUERY__NODE__INIT;
    node.node_case = PG_QUERY__NODE__NODE_STRING;
    node.string = run.arena.make(string);
    alias.colnames[i] = run.arena.make(node);
  }
  return run.arena.make(alias);
}

}  // namespace

ScopeItem QueryAnalyser::source(PgQuery__Node& node) {
  ScopeItem item;
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_RANGE_VAR:
      item = range_var(*node.range_var);
      break;
    case PG_QUERY__NODE__NODE_RANGE_SUBSELECT:
      item = subselect(*node.range_subselect);
      break;
    case PG_QUERY__NODE__NODE_RANGE_FUNCTION:
      item = function(*node.range_function);
      break;
    case PG_QUERY__NODE__NODE_RANGE_TABLE_FUNC:
      item = table_function(*node.range_table_func);
      break;
    case PG_QUERY__NODE__NODE_RANGE_TABLE_SAMPLE:
      return source(*node.range_table_sample->relation);
    case PG_QUERY__NODE__NODE_JOIN_EXPR:
      item = join(*node.join_expr);
      break;
    default:
      item.known = false;
      break;
  }
  if (!item.alias.empty() && item.by_alias)
    for (const ScopeItem& other : scopes_.back().items)
      if (other.by_alias && other.alias == item.alias &&
          (other.schema == item.schema || other.schema.empty() || item.schema.empty()))
        refuse("table name " + quoted(item.alias) + " specified more than once");
  scopes_.back().items.push_back(item);
  return item;
}

ScopeItem QueryAnalyser::range_var(PgQuery__RangeVar& range) {
  if (!*range.schemaname)
    for (auto level = ctes_.rbegin(); level != ctes_.rend(); ++level)
      if (auto cte = level->find(range.relname); cte != level->end()) {
        ScopeItem item = cte->second;
        item.alias = range.alias ? range.alias->aliasname : range.relname;
        rename_columns(item, range.alias);
        return item;
      }
  ObjectId found = relation_named(run_, range);
  if (!found) {
    ScopeItem item;
    item.alias = range.alias ? range.alias->aliasname : range.relname;
    item.schema = range.schemaname;
    item.known = false;
    rename_columns(item, range.alias);
    return item;
  }
  const Kind kind = run_.catalog.at(found).kind;
  if (!is_table(kind) && !is_view(kind) && kind != Kind::sequence)
    refuse("cannot open relation " + quoted(range.relname), range.location);
  range.schemaname = run_.arena.keep(run_.catalog.schema_name(run_.catalog.at(found).schema));
  need(found, 0);
  return relation_item(run_, found, range.alias);
}

ScopeItem QueryAnalyser::subselect(PgQuery__RangeSubselect& subselect) {
  ScopeItem item;
  const bool lateral = subselect.lateral != 0;
  // Without LATERAL the entries before it cannot be named.
  const Scope* hidden = nullptr;
  if (!lateral && !visible_.empty() && visible_.back() == &scopes_.back()) {
    hidden = visible_.back();
    visible_.pop_back();
  }
  if (subselect.subquery && subselect.subquery->node_case == PG_QUERY__NODE__NODE_SELECT_STMT)
    item = select(*subselect.subquery->select_stmt);
  if (hidden) visible_.push_back(hidden);
  item.relation = kNoObject;
  item.schema.clear();
  item.alias = subselect.alias ? subselect.alias->aliasname : "";
  item.by_alias = subselect.alias != nullptr;
  for (ScopeColumn& column : item.columns) column.sources.clear();
  rename_columns(item, subselect.alias);
  return item;
}

void QueryAnalyser::function_columns(PgQuery__Node& call, bool alone, const PgQuery__Alias* alias,
                                     ScopeItem& item) {
  std::string name = figured_name(call);
  const std::string shown = alone && alias ? std::string(alias->aliasname) : name;
  if (call.node_case == PG_QUERY__NODE__NODE_FUNC_CALL) {
    if (ObjectId routine = resolve_call(run_, *call.func_call)) {
      const auto& detail = run_.catalog.detail<RoutineDetail>(routine);
      if (detail.language == "extension") {
        item.known = false;
        return;
      }
      if (detail.returns_table || !detail.result_columns.empty()) {
        bool single = detail.result_columns.size() == 1;
        for (std::size_t i = 0; i < detail.result_columns.size(); ++i) {
          const auto& [column, type] = detail.result_columns[i];
          std::string column_name = !column.empty() ? column
                                    : single        ? shown
                                                    : "column" + std::to_string(i + 1);
          item.columns.push_back({column_name, type, {}, false});
        }
        return;
      }
      if (!detail.returns || is_pseudo_type(detail.returns->spelling)) {
        item.known = false;
        return;
      }
      TypeRef type = base_of(run_.catalog, *detail.returns);
      if (type.type && !type.is_array && has_columns(run_.catalog.at(type.type).kind)) {
        ScopeItem row = relation_item(run_, type.type, nullptr);
        item.known = item.known && row.known;
        for (ScopeColumn& column : row.columns) {
          column.sources.clear();
          item.columns.push_back(std::move(column));
        }
        return;
      }
      item.columns.push_back({shown, *detail.returns, {}, false});
      return;
    }
    for (const NamedResult& result : kNamedResults) {
      if (name != result.function) continue;
      for (std::size_t i = 0; i + 1 < result.columns.size() && !result.columns[i].empty(); i += 2)
        item.columns.push_back({std::string(result.columns[i]),
                                builtin_type(std::string(result.columns[i + 1])),
                                {},
                                false});
      return;
    }
  }
  std::optional<TypeRef> type;
  if (call.node_case == PG_QUERY__NODE__NODE_FUNC_CALL) {
    type = builtin_result(*call.func_call, name);
    // All that it makes are single values.
    if (!type && name == "generate_series") {
      item.columns.push_back({shown, {}, {}, false});
      return;
    }
    if (type && type->type && !type->is_array) {
      const Object& made = run_.catalog.at(type->type);
      if (made.kind == Kind::base_type || made.kind == Kind::enum_type) {
        item.columns.push_back({shown, type, {}, false});
        return;
      }
    }
  }
  if (!type) type = type_of(call);
  if (!type || is_pseudo_type(type->spelling) || type->type) {
    TypeId every = result_of_every(name);
    if (every == kNoType || is_pseudo_type(builtin_type_name(every))) {
      item.known = false;
      return;
    }
    type = builtin_type(std::string(builtin_type_name(every)));
  }
  item.columns.push_back({shown, type, {}, false});
}

std::optional<TypeRef> QueryAnalyser::builtin_result(const PgQuery__FuncCall& call,
                                                     const std::string& name) {
  std::vector<TypeId> arguments;
  for (std::size_t i = 0; i < call.n_args; ++i) {
    const PgQuery__Node& argument = *call.args[i];
    bool literal = argument.node_case == PG_QUERY__NODE__NODE_A_CONST &&
                   argument.a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL;
    std::optional<TypeRef> type = literal ? std::nullopt : type_of(argument);
    if (name == "unnest" && call.n_args == 1 && type && type->type) {
      if (!type->is_array) return std::nullopt;
      type->is_array = false;
      return type;
    }
    arguments.push_back(literal               ? kUnknownLiteral
                        : type && !type->type ? schemaudit::builtin_type(type->spelling)
                                              : kNoType);
    if (arguments.back() == kNoType) return std::nullopt;
  }
  TypeId result = kNoType;
  if (name == "unnest" && arguments.size() == 1)
    result = element_of(arguments[0]);
  else if (std::optional<ResolvedCall> resolved = resolve_function(name, arguments))
    result = resolved->result;
  if (result == kNoType || is_pseudo_type(builtin_type_name(result))) return std::nullopt;
  return builtin_type(std::string(builtin_type_name(result)));
}

ScopeItem QueryAnalyser::function(PgQuery__RangeFunction& function) {
  ScopeItem item;
  std::string first_name;
  for (std::size_t i = 0; i < function.n_functions; ++i) {
    PgQuery__Node* entry = function.functions[i];
    PgQuery__Node* call = entry;
    const PgQuery__List* definitions = nullptr;
    if (entry->node_case == PG_QUERY__NODE__NODE_LIST && entry->list->n_items > 0) {
      call = entry->list->items[0];
      if (entry->list->n_items > 1 && entry->list->items[1]->node_case == PG_QUERY__NODE__NODE_LIST)
        definitions = entry->list->items[1]->list;
    }
    names_sibling_ = false;
    expression(call);
    // The server writes down that it is.
    if (names_sibling_) function.lateral = 1;
    if (first_name.empty()) first_name = figured_name(*call);
    std::size_t count = definitions ? definitions->n_items : function.n_coldeflist;
    PgQuery__Node* const* columns = definitions ? definitions->items : function.coldeflist;
    if (count == 0) {
      function_columns(*call, function.n_functions == 1, function.alias, item);
      continue;
    }
    for (std::size_t j = 0; j < count; ++j) {
      const PgQuery__ColumnDef& definition = *columns[j]->column_def;
      item.columns.push_back(
          {definition.colname, resolve_type(run_, *definition.type_name), {}, false});
    }
  }
  if (function.ordinality)
    item.columns.push_back({"ordinality", builtin_type("bigint"), {}, false});
  item.alias = function.alias ? std::string(function.alias->aliasname) : first_name;
  rename_columns(item, function.alias);
  // The server's text names all columns of a function.
  if (function.n_coldeflist == 0 && item.known)
    function.alias = alias_with(run_, item.alias, item.columns);
  else if (function.n_coldeflist == 0)
    decided_ = false;
  return item;
}

ScopeItem QueryAnalyser::table_function(PgQuery__RangeTableFunc& function) {
  ScopeItem item;
  expression(function.docexpr);
  expression(function.rowexpr);
  for (std::size_t i = 0; i < function.n_columns; ++i) {
    PgQuery__RangeTableFuncCol& column = *function.columns[i]->range_table_func_col;
    expression(column.colexpr);
    expression(column.coldefexpr);
    std::optional<TypeRef> type = builtin_type("integer");
    if (column.type_name) type = resolve_type(run_, *column.type_name);
    item.columns.push_back({column.colname, type, {}, false});
  }
  item.alias = function.alias ? function.alias->aliasname : "xmltable";
  rename_columns(item, function.alias);
  return item;
}

ScopeItem QueryAnalyser::join(PgQuery__JoinExpr& join) {
  const std::size_t first = scopes_.back().items.size();
  ScopeItem left = source(*join.larg);
  ScopeItem right = source(*join.rarg);

  std::vector<std::string> merged_names = strings_of(join.n_using_clause, join.using_clause);
  auto find = [](const ScopeItem& item, const std::string& name) -> const ScopeColumn* {
    for (const ScopeColumn& column : item.columns)
      if (column.name == name) return &column;
    return nullptr;
  };
  if (join.is_natural) {
    for (const ScopeColumn& column : left.columns)
      if (find(right, column.name)) merged_names.push_back(column.name);
    if (!left.known || !right.known) {
      decided_ = false;
    } else {
      // The server's text says USING.
      PgQuery__Alias* names = nullptr;
      std::vector<ScopeColumn> columns;
      for (const std::string& name : merged_names) columns.push_back({name, {}, {}, false});
      names = alias_with(run_, {}, columns);
      join.is_natural = 0;
      join.n_using_clause = names->n_colnames;
      join.using_clause = names->colnames;
    }
  }

  ScopeItem result;
  result.known = left.known && right.known;
  for (const std::string& name : merged_names) {
    const ScopeColumn* a = find(left, name);
    const ScopeColumn* b = find(right, name);
    if ((!a && left.known) || (!b && right.known))
      refuse("column " + quoted(name) + " specified in USING clause does not exist in " +
             (a ? "right" : "left") + " table");
    ScopeColumn column{name, {}, {}, false};
    if (a && b) column = merged(*a, *b);
    column.name = name;
    // An outer join's side that is always there gives the type.
    if (a && join.jointype == PG_QUERY__JOIN_TYPE__JOIN_LEFT) column.type = a->type;
    if (b && join.jointype == PG_QUERY__JOIN_TYPE__JOIN_RIGHT) column.type = b->type;
    column.sources.clear();
    for (const ScopeColumn* side : {a, b})
      if (side)
        column.sources.insert(column.sources.end(), side->sources.begin(), side->sources.end());
    for (const auto& [object, number] : column.sources) need(object, number);
    result.columns.push_back(std::move(column));
  }
  for (const ScopeItem* side : {&left, &right})
    for (const ScopeColumn& column : side->columns)
      if (std::find(merged_names.begin(), merged_names.end(), column.name) == merged_names.end())
        result.columns.push_back(column);

  if (join.quals) {
    // ON sees what is joined, and no other entry of FROM.
    Scope joined;
    auto begin = scopes_.back().items.begin() + static_cast<std::ptrdiff_t>(first);
    joined.items.assign(begin, scopes_.back().items.end());
    const Scope* whole = visible_.back();
    visible_.back() = &joined;
    expression(join.quals);
    visible_.back() = whole;
  }
  std::vector<ScopeItem>& items = scopes_.back().items;
  for (std::size_t i = first; i < items.size(); ++i) {
    items[i].by_column = false;
    if (join.alias) items[i].by_alias = false;
  }
  result.by_alias = join.alias != nullptr;
  if (join.alias) {
    result.alias = join.alias->aliasname;
    rename_columns(result, join.alias);
  }
  return result;
}

ScopeItem QueryAnalyser::target_table(PgQuery__RangeVar& range) {
  ObjectId found = relation_named(run_, range);
  if (!found) give_up("a system catalog is written to", range.location);
  range.schemaname = run_.arena.keep(run_.catalog.schema_name(run_.catalog.at(found).schema));
  need(found, 0);
  if (!has_columns(run_.catalog.at(found).kind))
    refuse("cannot change " + std::string(kind_name(run_.catalog.at(found).kind)) + " " +
           quoted(range.relname));
  return relation_item(run_, found, range.alias);
}

}  // namespace schemaudit::replay
