#include "analyzer/sql/single_query.h"

#include <algorithm>
#include <array>
#include <set>

#include "analyzer/sql/deep_stack.h"
#include "analyzer/sql/lexer.h"
#include "analyzer/sql/pg_tree.h"
#include "analyzer/sql/pieces.h"
#include "analyzer/sql/tree_walk.h"

namespace schemaudit {

namespace {

std::string upper(std::string word) {
  for (char& c : word)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return word;
}

bool is_name(const Token& token) {
  return token.kind == TokenKind::word || token.kind == TokenKind::quoted_name;
}

/// Where the dotted name that begins at or behind `begin` ends.
std::size_t name_end(std::string_view text, std::size_t begin) {
  std::size_t at = begin, end = begin;
  Token token;
  bool wants_name = true;
  while (next_token(text, at, token)) {
    if (wants_name ? !is_name(token) : token.in(text) != ".") break;
    if (wants_name) end = token.end();
    wants_name = !wants_name;
  }
  return end;
}

/// Behind the parenthesis that closes the one that follows `at`; `at` where none follows.
std::size_t call_end(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  std::size_t depth = 0;
  Token token;
  while (next_token(text, at, token)) {
    if (token.kind == TokenKind::comment) continue;
    if (token.in(text) == "(") ++depth;
    if (token.in(text) == ")" && --depth == 0) return token.end();
    if (depth == 0) return begin;
  }
  return begin;
}

class Reader {
 public:
  Reader(const std::string& sql, SingleQuery& query) : sql_(sql), query_(query) {
    Token last;
    std::size_t at = 0;
    for (Token token; next_token(sql_, at, token);) {
      if (token.kind == TokenKind::comment) continue;
      if (is_word(last, sql_, "table") && is_name(token))
        table_commands_[token.offset] = last.offset;
      last = token;
    }
  }

  void read(const PgQuery__Node& node) {
    walk_tree(const_cast<ProtobufCMessage&>(node.base), [&](ProtobufCMessage& message) {
      visit(message);
      return true;
    });
  }

 private:
  void refuse(std::string why) {
    if (query_.refusal.empty()) query_.refusal = std::move(why);
  }

  void visit(ProtobufCMessage& message) {
    std::string_view kind = message.descriptor->short_name;
    if (auto* select = as<PgQuery__SelectStmt>(message)) {
      if (select->into_clause) refuse("it is SELECT INTO, which makes a table");
    } else if (as<PgQuery__LockingClause>(message)) {
      refuse("it locks rows (FOR UPDATE, FOR SHARE)");
    } else if (as<PgQuery__ParamRef>(message)) {
      refuse("it has placeholders, and nothing tells their values");
    } else if (kind.ends_with("Stmt")) {
      kind.remove_suffix(4);
      refuse("it changes rows (" + upper(std::string(kind)) + " within WITH)");
    } else if (auto* call = as<PgQuery__FuncCall>(message)) {
      CalledFunction function;
      function.name = name_of(call->n_funcname, call->funcname);
      place(function, call->location);
      function.arguments = call->n_args;
      function.call_end = call_end(sql_, function.end);
      query_.functions.push_back(std::move(function));
    } else if (auto* relation = as<PgQuery__RangeVar>(message)) {
      ReadRelation read;
      read.name = name_of(*relation);
      place(read, relation->location);
      read.has_alias = relation->alias != nullptr;
      auto command = table_commands_.find(read.begin);
      if (command != table_commands_.end()) read.table_command = command->second;
      query_.relations.push_back(std::move(read));
    } else if (auto* expression = as<PgQuery__AExpr>(message)) {
      if (expression->n_name > 0)
        query_.operators.push_back(name_of(expression->n_name, expression->name));
    } else if (auto* type = as<PgQuery__TypeName>(message)) {
      if (type->n_names > 0) query_.types.push_back(name_of(type->n_names, type->names));
    } else if (auto* column = as<PgQuery__ColumnRef>(message)) {
      if (column->n_fields < 3) return;
      // Of `schema.relation.column`: the schema and its dot.
      NamePlace qualifier;
      qualifier.name = {"", std::string(string_of(column->fields[column->n_fields - 3]))};
      qualifier.begin = static_cast<std::size_t>(column->location);
      std::size_t at = qualifier.begin;
      Token token;
      for (std::size_t i = 0; i + 2 < column->n_fields; ++i) {
        next_token(sql_, at, token);
        next_token(sql_, at, token);
      }
      qualifier.end = token.end();
      query_.column_qualifiers.push_back(std::move(qualifier));
    }
  }

  void place(NamePlace& named, int location) const {
    named.begin = static_cast<std::size_t>(std::max(location, 0));
    named.end = name_end(sql_, named.begin);
  }

  const std::string& sql_;
  SingleQuery& query_;
  std::map<std::size_t, std::size_t> table_commands_;
};

const PgQuery__Node* without_casts(const PgQuery__Node* node) {
  while (node && node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) node = node->type_cast->arg;
  return node;
}

const PgQuery__FuncCall* aggregate_of(const PgQuery__Node* target) {
  if (!target || target->node_case != PG_QUERY__NODE__NODE_RES_TARGET) return nullptr;
  const PgQuery__Node* value = without_casts(target->res_target->val);
  if (!value || value->node_case != PG_QUERY__NODE__NODE_FUNC_CALL) return nullptr;
  const PgQuery__FuncCall* call = value->func_call;
  if (call->over) return nullptr;
  static const std::set<std::string> kAggregates = {
      "count",   "sum",   "min",       "max",        "avg",      "bool_and",
      "bool_or", "every", "array_agg", "string_agg", "json_agg", "jsonb_agg"};
  return kAggregates.count(name_of(call->n_funcname, call->funcname).name) ? call : nullptr;
}

bool is_constant(const PgQuery__Node* target) {
  if (!target || target->node_case != PG_QUERY__NODE__NODE_RES_TARGET) return false;
  const PgQuery__Node* value = without_casts(target->res_target->val);
  return value && value->node_case == PG_QUERY__NODE__NODE_A_CONST;
}

/// `(SELECT count(*) FROM t)` in place of a value.
bool is_counting_subquery(const PgQuery__Node* target);

QueryShape shape_of(const PgQuery__SelectStmt& select) {
  QueryShape shape;
  shape.ordered = select.n_sort_clause > 0;
  if (select.larg && select.rarg) {
    QueryShape left = shape_of(*select.larg), right = shape_of(*select.rarg);
    std::set_intersection(left.count_columns.begin(), left.count_columns.end(),
                          right.count_columns.begin(), right.count_columns.end(),
                          std::back_inserter(shape.count_columns));
    return shape;
  }
  bool aggregates = false, others = false;
  for (std::size_t i = 0; i < select.n_target_list; ++i) {
    const PgQuery__Node* target = select.target_list[i];
    const PgQuery__FuncCall* call = aggregate_of(target);
    if (call) {
      aggregates = true;
      if (name_of(call->n_funcname, call->funcname).name == "count")
        shape.count_columns.push_back(i);
    } else if (is_counting_subquery(target)) {
      shape.count_columns.push_back(i);
    } else if (!is_constant(target)) {
      others = true;
    }
  }
  shape.one_row = select.n_group_clause == 0 && !select.having_clause &&
                  (aggregates || (select.n_from_clause == 0 && select.n_values_lists == 0 &&
                                  !select.where_clause && !others));
  return shape;
}

bool is_counting_subquery(const PgQuery__Node* target) {
  if (!target || target->node_case != PG_QUERY__NODE__NODE_RES_TARGET) return false;
  const PgQuery__Node* value = without_casts(target->res_target->val);
  if (!value || value->node_case != PG_QUERY__NODE__NODE_SUB_LINK) return false;
  const PgQuery__SubLink& link = *value->sub_link;
  if (link.sub_link_type != PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK || !link.subselect ||
      link.subselect->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
    return false;
  const QueryShape inner = shape_of(*link.subselect->select_stmt);
  return inner.one_row && inner.count_columns == std::vector<std::size_t>{0};
}

struct Edit {
  std::size_t begin = 0, end = 0;
  std::string text;
};

std::string edited(const std::string& text, std::vector<Edit> edits) {
  std::sort(edits.begin(), edits.end(),
            [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
  std::string result;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    if (edit.begin < at) continue;
    result += text.substr(at, edit.begin - at) + edit.text;
    at = edit.end;
  }
  return result + text.substr(at);
}

/// What one of these asks of the role itself; with one argument more, of another role.
std::optional<std::size_t> arguments_about_oneself(std::string_view function) {
  static constexpr std::array<std::pair<std::string_view, std::size_t>, 10> kFunctions = {{
      {"pg_has_role", 2},
      {"has_table_privilege", 2},
      {"has_any_column_privilege", 2},
      {"has_column_privilege", 3},
      {"has_schema_privilege", 2},
      {"has_sequence_privilege", 2},
      {"has_function_privilege", 2},
      {"has_type_privilege", 2},
      {"has_foreign_data_wrapper_privilege", 2},
      {"has_server_privilege", 2},
  }};
  for (const auto& [name, arguments] : kFunctions)
    if (name == function) return arguments;
  return std::nullopt;
}

}  // namespace

SingleQuery read_single_query(const std::string& sql) {
  SingleQuery query;
  run_with_deep_stack(sql.size(), [&] {
    Tree tree = parse_sql(sql);
    if (!tree.ok()) {
      query.refusal = "the grammar refuses it: " + tree.error.message;
      return;
    }
    if (tree.size() != 1) {
      query.refusal = tree.size() == 0 ? "it holds no statement"
                                       : "it holds " + std::to_string(tree.size()) + " statements";
      return;
    }
    const PgQuery__Node& node = *tree.statements()[0];
    if (node.node_case != PG_QUERY__NODE__NODE_SELECT_STMT) {
      query.refusal = "it is no query: it begins with " + upper(first_word(sql));
      return;
    }
    Reader(sql, query).read(node);
    query.shape = shape_of(*node.select_stmt);
  });
  return query;
}

std::string with_subqueries(const std::string& sql, const SingleQuery& query,
                            std::string_view schema,
                            const std::map<std::string, std::string>& definitions) {
  std::vector<Edit> edits;
  for (const ReadRelation& relation : query.relations) {
    if (relation.name.schema != schema) continue;
    auto definition = definitions.find(relation.name.name);
    if (definition == definitions.end()) continue;
    Edit edit{relation.begin, relation.end, "(" + definition->second + ")"};
    if (relation.table_command) {
      edit.begin = *relation.table_command;
      edit.text = "SELECT * FROM " + edit.text;
    }
    if (!relation.has_alias) edit.text += " AS " + quote_identifier(relation.name.name);
    edits.push_back(std::move(edit));
  }
  for (const NamePlace& qualifier : query.column_qualifiers)
    if (qualifier.name.name == schema) edits.push_back({qualifier.begin, qualifier.end, ""});
  return edited(sql, std::move(edits));
}

std::optional<std::string> without_privilege_conditions(const std::string& definition) {
  std::string text = definition;
  while (!text.empty() && (text.back() == ';' || text.back() == '\n' || text.back() == ' '))
    text.pop_back();
  const SingleQuery query = read_single_query(text);
  if (!query.refusal.empty()) return std::nullopt;
  std::vector<Edit> edits;
  for (const CalledFunction& function : query.functions)
    if (arguments_about_oneself(function.name.name) == function.arguments) {
      if (function.call_end == function.end) return std::nullopt;
      edits.push_back({function.begin, function.call_end, "true"});
    }
  for (const ReadRelation& relation : query.relations) {
    // Nobody but a superuser reads it; pg_roles shows all roles of it, without their passwords.
    if (relation.name.name != "pg_authid") continue;
    edits.push_back({relation.begin, relation.end,
                     relation.has_alias ? "pg_catalog.pg_roles" : "pg_catalog.pg_roles pg_authid"});
  }
  return edited(text, std::move(edits));
}

}  // namespace schemaudit
