#include "analyzer/sql/replay/expressions.h"

#include <algorithm>
#include <cstdint>

#include "analyzer/sql/replay/coercion.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/operand_types.h"
#include "analyzer/sql/replay/queries.h"
#include "analyzer/sql/replay/query_renames.h"
#include "analyzer/sql/replay/routine_lookup.h"
#include "analyzer/sql/replay/types.h"
#include "analyzer/sql/tree_pack.h"
#include "analyzer/sql/tree_walk.h"

namespace schemaudit::replay {

namespace {

/// A list of String nodes for `schema.name`.
void set_names(TreeArena& arena, const QualifiedName& name, std::size_t& count,
               PgQuery__Node**& nodes) {
  std::size_t wanted = name.schema.empty() ? 1 : 2;
  auto** list = static_cast<PgQuery__Node**>(arena.allocate(wanted * sizeof(PgQuery__Node*)));
  auto string_node = [&](const std::string& text) {
    PgQuery__String string = PG_QUERY__STRING__INIT;
    string.sval = arena.keep(text);
    PgQuery__Node node = PG_QUERY__NODE__INIT;
    node.node_case = PG_QUERY__NODE__NODE_STRING;
    node.string = arena.make(string);
    return arena.make(node);
  };
  if (wanted == 2) list[0] = string_node(name.schema);
  list[wanted - 1] = string_node(name.name);
  count = wanted;
  nodes = list;
}

const PgQuery__AConst* string_constant(const PgQuery__Node* node) {
  while (node && node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) node = node->type_cast->arg;
  if (!node || node->node_case != PG_QUERY__NODE__NODE_A_CONST || node->a_const->isnull ||
      node->a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL)
    return nullptr;
  return node->a_const;
}

/// `public."Orders_id_seq"` as regclass reads it.
QualifiedName parse_regclass(std::string_view text) {
  QualifiedName name;
  std::string part;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      for (++i; i < text.size(); ++i) {
        if (text[i] == '"' && (i + 1 >= text.size() || text[i + 1] != '"')) break;
        if (text[i] == '"') ++i;
        part += text[i];
      }
    } else if (text[i] == '.') {
      name.schema = std::move(part);
      part.clear();
    } else if (text[i] != ' ') {
      part += (text[i] >= 'A' && text[i] <= 'Z') ? static_cast<char>(text[i] + 32) : text[i];
    }
  }
  name.name = std::move(part);
  return name;
}

bool is_sequence_function(const PgQuery__FuncCall& call) {
  std::string name = name_of(call.n_funcname, call.funcname).name;
  return name == "nextval" || name == "currval" || name == "setval";
}

bool is_regclass(const PgQuery__TypeName& type) {
  return name_of(type.n_names, type.names).name == "regclass";
}

/// The constant names a relation, which is needed and from now on written in full.
void resolve_regclass(Run& run, const PgQuery__AConst& constant, std::vector<Need>& needs) {
  ObjectId found = relation_named(run, parse_regclass(constant.sval->sval), constant.location);
  if (!found) return;
  needs.push_back({found, 0, NeedKind::normal, 0});
  constant.sval->sval = run.arena.keep(to_string(run.catalog.name(found)));
}

/// Resolves everything but columns in one message; says whether to go on below it.
bool resolve_name(Run& run, ProtobufCMessage& message, const ColumnTypes& types,
                  std::vector<Need>& needs) {
  if (auto* type = as<PgQuery__TypeName>(message)) {
    TypeRef resolved = resolve_type(run, *type);
    if (!resolved.type) return false;
    need_type(needs, resolved);
    set_names(run.arena, run.catalog.name(resolved.type), type->n_names, type->names);
    return false;
  }
  if (auto* cast = as<PgQuery__TypeCast>(message)) {
    if (cast->type_name && is_regclass(*cast->type_name))
      if (const PgQuery__AConst* constant = string_constant(cast->arg)) {
        resolve_regclass(run, *constant, needs);
        return false;
      }
    return true;
  }
  if (auto* call = as<PgQuery__FuncCall>(message)) {
    if (ObjectId routine = resolve_call(run, *call, types)) {
      needs.push_back({routine, 0, NeedKind::normal, 0});
      set_names(run.arena, run.catalog.name(routine), call->n_funcname, call->funcname);
    } else if (is_sequence_function(*call) && call->n_args > 0) {
      const PgQuery__Node* argument = call->args[0];
      if (argument->node_case == PG_QUERY__NODE__NODE_A_CONST)
        if (const PgQuery__AConst* constant = string_constant(argument))
          resolve_regclass(run, *constant, needs);
    }
    return true;
  }
  return true;
}

class Resolver {
 public:
  Resolver(Run& run, const ExpressionScope& scope, std::vector<Need>& needs)
      : run_(run), scope_(scope), needs_(needs) {
    if (scope.table) types_ = column_types(run.catalog, scope.table);
  }

  void resolve(ProtobufCMessage& message) {
    walk_tree(message, [&](ProtobufCMessage& part) {
      if (auto* column = as<PgQuery__ColumnRef>(part)) {
        resolve_column(*column);
        return false;
      }
      if (auto* link = as<PgQuery__SubLink>(part)) {
        resolve_sublink(*link);
        return false;
      }
      return resolve_name(run_, part, types_, needs_);
    });
  }

 private:
  void resolve_sublink(PgQuery__SubLink& link) {
    if (link.testexpr) resolve(link.testexpr->base);
    if (!link.subselect || link.subselect->node_case != PG_QUERY__NODE__NODE_SELECT_STMT) return;
    std::vector<OuterRow> outer;
    if (scope_.table) outer.push_back({run_.catalog.at(scope_.table).name, scope_.table, {}});
    analyse_query(run_, *link.subselect->select_stmt, outer, needs_, false);
  }

  void resolve_column(const PgQuery__ColumnRef& reference) {
    std::vector<std::string_view> fields;
    for (std::size_t i = 0; i < reference.n_fields; ++i)
      fields.push_back(string_of(reference.fields[i]));
    std::string_view last = fields.back();
    if (scope_.domain_value) {
      if (fields.size() == 1 && last == "value") return;
      refuse("column " + quoted(last) + " does not exist", reference.location);
    }
    if (!scope_.table)
      refuse("cannot use column reference in DEFAULT expression", reference.location);
    const RelationDetail& relation = run_.catalog.relation(scope_.table);
    if (last.empty()) {
      needs_.push_back({scope_.table, 0, NeedKind::normal, 0});
      return;
    }
    // `t.a`, `NEW.a`, and of a composite column `(c).a`, which comes as an indirection.
    int number = find_attribute(relation, last);
    if (!number && fields.size() == 1 && last == run_.catalog.at(scope_.table).name) {
      needs_.push_back({scope_.table, 0, NeedKind::normal, 0});
      return;
    }
    if (!number && is_system_column(last)) return;
    if (!number && fields.size() == 1 && scope_.trigger_rows && (last == "new" || last == "old"))
      return;
    if (!number) {
      if (!relation.columns_known) give_up("column " + quoted(last) + " cannot be looked up");
      refuse("column " + quoted(last) + " does not exist", reference.location);
    }
    needs_.push_back({scope_.table, number, NeedKind::normal, 0});
  }

  static bool is_system_column(std::string_view name) {
    return name == "ctid" || name == "xmin" || name == "xmax" || name == "cmin" || name == "cmax" ||
           name == "tableoid";
  }

  Run& run_;
  const ExpressionScope& scope_;
  ColumnTypes types_;
  std::vector<Need>& needs_;
};

/// Changes the tree and packs it again where `edit` changed anything.
template <typename Edit>
bool edit_tree(StoredExpression& expression, const Edit& edit) {
  TreeArena arena;
  PgQuery__Node* node = unpack_tree(*expression.tree, arena);
  if (!node) return false;
  bool changed = false;
  walk_tree(node->base, [&](ProtobufCMessage& message) {
    changed = edit(message, arena) || changed;
    return true;
  });
  if (!changed) return false;
  expression.tree = pack_tree(*node);
  if (std::string text = shown_text(*node); !text.empty()) expression.text = std::move(text);
  return true;
}

}  // namespace

PgQuery__Node* unpack_tree(const std::string& packed, TreeArena& arena) {
  ProtobufCAllocator allocator{[](void* memory, std::size_t size) {
                                 return static_cast<TreeArena*>(memory)->allocate(size);
                               },
                               [](void*, void*) {}, &arena};
  return pg_query__node__unpack(&allocator, packed.size(),
                                reinterpret_cast<const std::uint8_t*>(packed.data()));
}

std::shared_ptr<const std::string> pack_tree(const PgQuery__Node& node) {
  std::string packed;
  pack_message(node.base, packed);
  return std::make_shared<const std::string>(std::move(packed));
}

void resolve_names(Run& run, ProtobufCMessage& message, std::vector<Need>& needs) {
  walk_tree(message, [&](ProtobufCMessage& part) { return resolve_name(run, part, {}, needs); });
}

StoredExpression store_expression(Run& run, PgQuery__Node& node, std::string text,
                                  const ExpressionScope& scope, std::vector<Need>& needs) {
  Resolver(run, scope, needs).resolve(node.base);
  require_types(run, node, scope.table ? column_types(run.catalog, scope.table) : ColumnTypes());
  drop_repeated(needs);
  return {std::move(text), pack_tree(node), false};
}

StoredExpression store_query(Run&, PgQuery__Node& query, std::string text,
                             std::vector<Need>& needs) {
  drop_repeated(needs);
  return {std::move(text), pack_tree(query), false};
}

void drop_repeated(std::vector<Need>& needs) {
  std::vector<Need> once;
  for (const Need& need : needs)
    if (std::find(once.begin(), once.end(), need) == once.end()) once.push_back(need);
  needs = std::move(once);
}

void set_own_column_needs(std::vector<Need>& needs, ObjectId table, NeedKind kind) {
  for (Need& need : needs)
    if (need.object == table) need.kind = kind;
}

bool rename_column_in(StoredExpression& expression, const QualifiedName& table,
                      const std::string& from, const std::string& to) {
  TreeArena arena;
  PgQuery__Node* node = unpack_tree(*expression.tree, arena);
  if (!node) return false;
  bool holds_query = false, changed = false;
  walk_tree(node->base, [&](ProtobufCMessage& message) {
    holds_query = holds_query || as<PgQuery__SelectStmt>(message) != nullptr;
    return true;
  });
  if (holds_query) {
    QueryRename done = rename_column_in_query(node->base, arena, table, from, to);
    if (done == QueryRename::undecided) expression.undecided = true;
    changed = done != QueryRename::untouched;
  } else {
    walk_tree(node->base, [&](ProtobufCMessage& message) {
      auto* column = as<PgQuery__ColumnRef>(message);
      if (!column || column->n_fields == 0) return true;
      PgQuery__Node* last = column->fields[column->n_fields - 1];
      if (string_of(last) == from) {
        last->string->sval = arena.keep(to);
        changed = true;
      }
      return false;
    });
  }
  if (!changed) return false;
  expression.tree = pack_tree(*node);
  if (std::string text = shown_text(*node); !text.empty()) expression.text = std::move(text);
  return true;
}

bool rename_object_in(StoredExpression& expression, const QualifiedName& from,
                      const QualifiedName& to, bool of_relation) {
  // References are looked at before the first table that they may mean has its new name.
  bool first = of_relation;
  return edit_tree(expression, [&](ProtobufCMessage& message, TreeArena& arena) {
    if (first) {
      first = false;
      const QueryRename done = rename_table_in_query(message, arena, from, to);
      if (done == QueryRename::undecided) expression.undecided = true;
      if (done == QueryRename::renamed) return true;
    }
    if (auto* type = as<PgQuery__TypeName>(message)) {
      if (name_of(type->n_names, type->names) != from) return false;
      set_names(arena, to, type->n_names, type->names);
      return true;
    }
    if (auto* call = as<PgQuery__FuncCall>(message)) {
      if (name_of(call->n_funcname, call->funcname) != from) return false;
      set_names(arena, to, call->n_funcname, call->funcname);
      return true;
    }
    if (auto* range = as<PgQuery__RangeVar>(message)) {
      if (name_of(*range) != from) return false;
      range->schemaname = arena.keep(to.schema);
      range->relname = arena.keep(to.name);
      return true;
    }
    auto* constant = as<PgQuery__AConst>(message);
    if (!constant || constant->isnull || constant->val_case != PG_QUERY__A__CONST__VAL_SVAL ||
        constant->sval->sval != to_string(from))
      return false;
    constant->sval->sval = arena.keep(to_string(to));
    return true;
  });
}

Expression shown_expression(const StoredExpression& expression, const ColumnTypes& types,
                            std::string_view assigned_to) {
  Expression shown{expression.text, {}, false};
  if (expression.undecided) return shown;
  TreeArena arena;
  if (const PgQuery__Node* node = unpack_tree(*expression.tree, arena))
    shown = expression_from(*node, expression.text, {types, assigned_to});
  return shown;
}

std::vector<std::string> columns_in(const StoredExpression& expression) {
  TreeArena arena;
  const PgQuery__Node* node = unpack_tree(*expression.tree, arena);
  return node ? columns_of(*node) : std::vector<std::string>();
}

}  // namespace schemaudit::replay
