#include "analyzer/sql/table_elements.h"

#include <algorithm>
#include <cstdint>

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/newer_trees.h"
#include "analyzer/sql/source_slices.h"

namespace schemaudit {

namespace {

std::size_t offset_of(int location) {
  return location > 0 ? static_cast<std::size_t>(location) : 0;
}

KeyConstraint key_from(const PgQuery__Constraint& constraint, std::string_view column) {
  KeyConstraint key;
  key.name = constraint.conname;
  key.columns = strings_of(constraint.n_keys, constraint.keys);
  if (key.columns.empty() && !column.empty()) key.columns.emplace_back(column);
  key.include = strings_of(constraint.n_including, constraint.including);
  key.deferrable = constraint.deferrable != 0;
  key.initially_deferred = constraint.initdeferred != 0;
  key.nulls_not_distinct = constraint.nulls_not_distinct != 0;
  key.without_overlaps = is_without_overlaps(constraint);
  return key;
}

ForeignKey foreign_key_from(const PgQuery__Constraint& constraint, std::string_view column) {
  ForeignKey key;
  key.name = constraint.conname;
  key.columns = strings_of(constraint.n_fk_attrs, constraint.fk_attrs);
  if (key.columns.empty() && !column.empty()) key.columns.emplace_back(column);
  if (constraint.pktable) key.target = name_of(*constraint.pktable);
  key.target_columns = strings_of(constraint.n_pk_attrs, constraint.pk_attrs);
  key.on_delete = referential_action(*constraint.fk_del_action);
  key.on_update = referential_action(*constraint.fk_upd_action);
  key.on_delete_columns = strings_of(constraint.n_fk_del_set_cols, constraint.fk_del_set_cols);
  if (constraint.fk_matchtype && *constraint.fk_matchtype == 'f') key.match = MatchType::full;
  key.deferrable = constraint.deferrable != 0;
  key.initially_deferred = constraint.initdeferred != 0;
  key.validated = constraint.skip_validation == 0;
  key.enforced = is_enforced(constraint);
  key.with_period = has_period(constraint);
  return key;
}

CheckConstraint check_from(const PgQuery__Constraint& constraint, const ColumnTypes& types,
                           const StatementText& statement) {
  CheckConstraint check;
  check.name = constraint.conname;
  std::size_t at = offset_of(constraint.location);
  std::string shown = text_in_parentheses(statement.text, at);
  if (constraint.raw_expr) {
    if (shown.empty()) shown = shown_text(*constraint.raw_expr);
    check.expression = expression_from(*constraint.raw_expr, std::move(shown), {types, {}});
    check.columns = columns_of(*constraint.raw_expr);
    check.allowed = allowed_values_of(*constraint.raw_expr);
  }
  check.no_inherit = constraint.is_no_inherit != 0;
  check.validated = constraint.skip_validation == 0;
  check.enforced = is_enforced(constraint);
  return check;
}

std::string collation_name(std::size_t count, PgQuery__Node* const* names) {
  return count > 0 ? name_of(count, names).name : std::string();
}

IndexKey index_key_from(const PgQuery__IndexElem& element, const ColumnTypes& types) {
  IndexKey key;
  if (element.name && *element.name)
    key.column = element.name;
  else if (element.expr)
    key.expression = expression_from(*element.expr, shown_text(*element.expr), {types, {}});
  if (element.n_opclass > 0) key.operator_class = name_of(element.n_opclass, element.opclass).name;
  key.collation = collation_name(element.n_collation, element.collation);
  key.descending = element.ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
  // Ascending keys have NULLS LAST by default, descending ones NULLS FIRST.
  if (element.nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST)
    key.nulls_first = !key.descending;
  if (element.nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST)
    key.nulls_first = key.descending;
  return key;
}

ExclusionConstraint exclusion_from(const PgQuery__Constraint& constraint,
                                   const ColumnTypes& types) {
  ExclusionConstraint exclusion;
  exclusion.name = constraint.conname;
  exclusion.method = constraint.access_method && *constraint.access_method
                         ? fold_case(constraint.access_method)
                         : "btree";
  for (std::size_t i = 0; i < constraint.n_exclusions; ++i) {
    const PgQuery__Node* pair = constraint.exclusions[i];
    if (pair->node_case != PG_QUERY__NODE__NODE_LIST || pair->list->n_items != 2) continue;
    const PgQuery__IndexElem& element = *pair->list->items[0]->index_elem;
    ExclusionElement excluded;
    if (element.expr)
      excluded.key = expression_from(*element.expr, shown_text(*element.expr), {types, {}});
    else
      excluded.key = {element.name, quote_identifier(element.name), true};
    excluded.op = name_of_object(pair->list->items[1]).name;
    exclusion.elements.push_back(std::move(excluded));
  }
  exclusion.predicate = Fact<Expression>::none();
  if (constraint.where_clause)
    exclusion.predicate = expression_from(*constraint.where_clause,
                                          shown_text(*constraint.where_clause), {types, {}});
  return exclusion;
}

struct SerialType {
  std::string_view name, stands_for;
};
constexpr SerialType kSerialTypes[] = {
    {"serial", "integer"}, {"bigserial", "bigint"}, {"smallserial", "smallint"}};

}  // namespace

Origin StatementText::origin(int location) const {
  std::size_t offset = begin + offset_of(location);
  return lines ? lines->origin(offset) : whole->origin(offset);
}

std::string shown_text(const PgQuery__Node& node) {
  PgQuery__ResTarget target = PG_QUERY__RES_TARGET__INIT;
  target.val = const_cast<PgQuery__Node*>(&node);
  PgQuery__Node target_node = PG_QUERY__NODE__INIT;
  target_node.node_case = PG_QUERY__NODE__NODE_RES_TARGET;
  target_node.res_target = &target;
  PgQuery__Node* targets[] = {&target_node};
  PgQuery__SelectStmt select = PG_QUERY__SELECT_STMT__INIT;
  select.n_target_list = 1;
  select.target_list = targets;
  select.limit_option = PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_DEFAULT;
  select.op = PG_QUERY__SET_OPERATION__SETOP_NONE;
  PgQuery__Node statement = PG_QUERY__NODE__INIT;
  statement.node_case = PG_QUERY__NODE__NODE_SELECT_STMT;
  statement.select_stmt = &select;
  PgQuery__RawStmt raw = PG_QUERY__RAW_STMT__INIT;
  raw.stmt = &statement;
  PgQuery__RawStmt* statements[] = {&raw};
  PgQuery__ParseResult result = PG_QUERY__PARSE_RESULT__INIT;
  result.n_stmts = 1;
  result.stmts = statements;

  std::string packed(pg_query__parse_result__get_packed_size(&result), '\0');
  pg_query__parse_result__pack(&result, reinterpret_cast<std::uint8_t*>(packed.data()));
  PgQueryDeparseResult deparsed = pg_query_deparse_protobuf({packed.size(), packed.data()});
  std::string text = deparsed.error || !deparsed.query ? std::string() : deparsed.query;
  pg_query_free_deparse_result(deparsed);
  constexpr std::string_view kSelect = "SELECT ";
  return text.starts_with(kSelect) ? text.substr(kSelect.size()) : text;
}

ParsedColumn column_from(const PgQuery__ColumnDef& definition, std::string_view table,
                         const StatementText& statement, const ColumnTypes& types) {
  ParsedColumn parsed;
  Column& column = parsed.column;
  column.name = definition.colname;
  column.origin = statement.origin(definition.location);
  column.nullable = true;
  column.default_value = Fact<Expression>::none();
  column.identity = Fact<IdentityKind>::none();
  column.generated = Fact<Generated>::none();
  column.collation = Fact<QualifiedName>::none();
  if (definition.type_name) {
    std::string normal = type_normal(*definition.type_name);
    column.type = Type{normal, normal, false};
    for (const SerialType& serial : kSerialTypes) {
      if (normal != serial.name) continue;
      column.type->normal = serial.stands_for;
      column.nullable = false;
      std::string sequence = std::string(table) + "_" + column.name + "_seq";
      column.default_value =
          Expression{"nextval('" + sequence + "'::regclass)", "nextval('" + sequence + "')", true};
    }
  }
  if (definition.coll_clause)
    column.collation =
        name_of(definition.coll_clause->n_collname, definition.coll_clause->collname);

  for (std::size_t i = 0; i < definition.n_constraints; ++i) {
    if (definition.constraints[i]->node_case != PG_QUERY__NODE__NODE_CONSTRAINT) continue;
    const PgQuery__Constraint& constraint = *definition.constraints[i]->constraint;
    switch (constraint.contype) {
      case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        column.nullable = false;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT: {
        std::string shown = text_of_default(statement.text, offset_of(constraint.location));
        if (constraint.raw_expr)
          column.default_value = expression_from(
              *constraint.raw_expr, shown.empty() ? shown_text(*constraint.raw_expr) : shown,
              {{}, column.type ? std::string_view(column.type->normal) : std::string_view()});
        break;
      }
      case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
        column.nullable = false;
        column.identity = constraint.generated_when && *constraint.generated_when == 'a'
                              ? IdentityKind::always
                              : IdentityKind::by_default;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
        if (constraint.raw_expr)
          column.generated = Generated{
              generated_kind(constraint),
              expression_from(*constraint.raw_expr, shown_text(*constraint.raw_expr), {types, {}})};
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
        parsed.primary_key = true;
        column.nullable = false;
        parsed.primary_key_constraint = key_from(constraint, column.name);
        parsed.primary_key_constraint->origin = statement.origin(constraint.location);
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
        parsed.unique = true;
        parsed.unique_constraint = key_from(constraint, column.name);
        parsed.unique_constraint->origin = statement.origin(constraint.location);
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
        parsed.foreign_key = foreign_key_from(constraint, column.name);
        parsed.foreign_key->origin = statement.origin(constraint.location);
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK: {
        ColumnTypes own = types;
        if (!own)
          own = [&column](std::string_view name) -> std::string_view {
            return name == column.name && column.type ? std::string_view(column.type->normal)
                                                      : std::string_view();
          };
        parsed.checks.push_back(check_from(constraint, own, statement));
        parsed.checks.back().origin = statement.origin(constraint.location);
        break;
      }
      case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
        if (parsed.foreign_key) parsed.foreign_key->deferrable = true;
        if (parsed.unique_constraint) parsed.unique_constraint->deferrable = true;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
        if (parsed.foreign_key) {
          parsed.foreign_key->deferrable = true;
          parsed.foreign_key->initially_deferred = true;
        }
        if (parsed.unique_constraint) {
          parsed.unique_constraint->deferrable = true;
          parsed.unique_constraint->initially_deferred = true;
        }
        break;
      default:
        break;
    }
  }
  return parsed;
}

std::optional<ParsedConstraint> constraint_from(const PgQuery__Constraint& constraint,
                                                const ColumnTypes& types,
                                                const StatementText& statement,
                                                std::string_view column) {
  Origin origin = statement.origin(constraint.location);
  auto placed = [&](auto element, bool primary_key = false) {
    element.origin = origin;
    return ParsedConstraint{std::move(element), primary_key};
  };
  switch (constraint.contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
      return placed(key_from(constraint, column), true);
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
      return placed(key_from(constraint, column));
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
      return placed(foreign_key_from(constraint, column));
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
      return placed(check_from(constraint, types, statement));
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
      return placed(exclusion_from(constraint, types));
    default:
      return std::nullopt;
  }
}

Index index_from(const PgQuery__IndexStmt& statement, const ColumnTypes& types,
                 const StatementText& text) {
  Index index;
  index.name = statement.idxname;
  index.method = statement.access_method && *statement.access_method
                     ? fold_case(statement.access_method)
                     : "btree";
  for (std::size_t i = 0; i < statement.n_index_params; ++i)
    if (statement.index_params[i]->node_case == PG_QUERY__NODE__NODE_INDEX_ELEM)
      index.keys.push_back(index_key_from(*statement.index_params[i]->index_elem, types));
  for (std::size_t i = 0; i < statement.n_index_including_params; ++i)
    if (statement.index_including_params[i]->node_case == PG_QUERY__NODE__NODE_INDEX_ELEM)
      index.include.emplace_back(statement.index_including_params[i]->index_elem->name);
  index.predicate = Fact<Expression>::none();
  if (statement.where_clause)
    index.predicate =
        expression_from(*statement.where_clause, shown_text(*statement.where_clause), {types, {}});
  index.unique = statement.unique != 0;
  index.nulls_not_distinct = statement.nulls_not_distinct != 0;
  index.valid = true;
  index.origin = text.origin(0);
  return index;
}

Trigger trigger_from(const PgQuery__CreateTrigStmt& statement, const ColumnTypes& types,
                     const StatementText& text) {
  // TRIGGER_TYPE_* of PostgreSQL's catalog/pg_trigger.h.
  constexpr int kBefore = 1 << 1, kInsert = 1 << 2, kDelete = 1 << 3, kUpdate = 1 << 4,
                kTruncate = 1 << 5, kInstead = 1 << 6;
  Trigger trigger;
  trigger.name = statement.trigname;
  trigger.function = name_of(statement.n_funcname, statement.funcname);
  std::string definition = (statement.timing & kInstead) != 0  ? "INSTEAD OF"
                           : (statement.timing & kBefore) != 0 ? "BEFORE"
                                                               : "AFTER";
  std::string_view separator = " ";
  auto event = [&](int bit, std::string_view name) {
    if ((statement.events & bit) == 0) return;
    definition += separator;
    definition += name;
    if (bit == kUpdate && statement.n_columns > 0)
      definition += " OF " + join_identifiers(strings_of(statement.n_columns, statement.columns));
    separator = " OR ";
  };
  event(kInsert, "INSERT");
  event(kDelete, "DELETE");
  event(kUpdate, "UPDATE");
  event(kTruncate, "TRUNCATE");
  definition += statement.row ? " FOR EACH ROW" : " FOR EACH STATEMENT";
  if (statement.when_clause) definition += " WHEN " + normal_of(*statement.when_clause, {types});
  trigger.definition = std::move(definition);
  trigger.enabled = true;
  trigger.origin = text.origin(0);
  return trigger;
}

Policy policy_from(const PgQuery__CreatePolicyStmt& statement, const StatementText& text) {
  Policy policy;
  policy.name = statement.policy_name;
  std::string command = statement.cmd_name ? statement.cmd_name : "";
  if (command == "select") policy.command = PolicyCommand::select;
  if (command == "insert") policy.command = PolicyCommand::insert;
  if (command == "update") policy.command = PolicyCommand::update;
  if (command == "delete") policy.command = PolicyCommand::delete_;
  policy.permissive = statement.permissive != 0;
  for (std::size_t i = 0; i < statement.n_roles; ++i) {
    const PgQuery__RoleSpec& role = *statement.roles[i]->role_spec;
    policy.roles.emplace_back(
        role.roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC ? "public" : role.rolename);
  }
  std::sort(policy.roles.begin(), policy.roles.end());
  policy.using_expression = Fact<Expression>::none();
  policy.check_expression = Fact<Expression>::none();
  if (statement.qual)
    policy.using_expression = expression_from(*statement.qual, shown_text(*statement.qual), {});
  if (statement.with_check)
    policy.check_expression =
        expression_from(*statement.with_check, shown_text(*statement.with_check), {});
  policy.origin = text.origin(0);
  return policy;
}

Function function_from(const PgQuery__CreateFunctionStmt& statement, const StatementText& text) {
  Function function;
  function.name = name_of(statement.n_funcname, statement.funcname);
  function.kind = statement.is_procedure ? RoutineKind::procedure : RoutineKind::function;
  for (std::size_t i = 0; i < statement.n_parameters; ++i) {
    const PgQuery__FunctionParameter& parameter = *statement.parameters[i]->function_parameter;
    bool input = parameter.mode != PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT &&
                 parameter.mode != PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE;
    if (!input || !parameter.arg_type) continue;
    std::string normal = value_type_normal(*parameter.arg_type);
    function.arguments.push_back({normal, normal, false});
  }
  if (statement.return_type) {
    std::string normal = value_type_normal(*statement.return_type);
    function.returns = Type{normal, normal, false};
  }
  function.security_definer = false;
  function.search_path = Fact<std::string>::none();
  for (std::size_t i = 0; i < statement.n_options; ++i) {
    if (statement.options[i]->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    const PgQuery__DefElem& option = *statement.options[i]->def_elem;
    std::string_view name = option.defname;
    if (name == "language") function.language = string_of(option.arg);
    if (name == "security" && option.arg && option.arg->node_case == PG_QUERY__NODE__NODE_BOOLEAN)
      function.security_definer = option.arg->boolean->boolval != 0;
    if (name == "as" && option.arg && option.arg->node_case == PG_QUERY__NODE__NODE_LIST &&
        option.arg->list->n_items > 0) {
      std::string body(string_of(option.arg->list->items[0]));
      std::size_t first = body.find_first_not_of(" \t\r\n");
      std::size_t last = body.find_last_not_of(" \t\r\n");
      function.body = first == std::string::npos ? "" : body.substr(first, last - first + 1);
    }
    if (name == "set" && option.arg &&
        option.arg->node_case == PG_QUERY__NODE__NODE_VARIABLE_SET_STMT &&
        std::string_view(option.arg->variable_set_stmt->name) == "search_path") {
      const PgQuery__VariableSetStmt& set = *option.arg->variable_set_stmt;
      std::string path;
      for (std::size_t j = 0; j < set.n_args; ++j) {
        if (j > 0) path += ", ";
        if (set.args[j]->node_case == PG_QUERY__NODE__NODE_A_CONST &&
            set.args[j]->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL)
          path += set.args[j]->a_const->sval->sval;
      }
      function.search_path = path;
    }
  }
  function.origin = text.origin(0);
  return function;
}

Expression partition_bound(const PgQuery__PartitionBoundSpec& bound) {
  auto datums = [](std::size_t count, PgQuery__Node* const* nodes) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) text += ", ";
      if (nodes[i]->node_case == PG_QUERY__NODE__NODE_COLUMN_REF)
        text += fold_case(string_of(nodes[i]->column_ref->fields[0])) == "minvalue" ? "MINVALUE"
                                                                                    : "MAXVALUE";
      else
        text += normal_of_bound(*nodes[i]);
    }
    return text;
  };
  std::string text;
  if (bound.is_default) {
    text = "DEFAULT";
  } else if (bound.n_listdatums > 0) {
    text = "FOR VALUES IN (" + datums(bound.n_listdatums, bound.listdatums) + ")";
  } else if (bound.n_lowerdatums > 0) {
    text = "FOR VALUES FROM (" + datums(bound.n_lowerdatums, bound.lowerdatums) + ") TO (" +
           datums(bound.n_upperdatums, bound.upperdatums) + ")";
  } else {
    text = "FOR VALUES WITH (modulus " + std::to_string(bound.modulus) + ", remainder " +
           std::to_string(bound.remainder) + ")";
  }
  return {text, text, true};
}

std::string partition_key_options(const std::string& collation, const std::string& operator_class) {
  std::string text;
  if (!collation.empty()) text += " COLLATE " + quote_identifier(collation);
  if (!operator_class.empty()) text += " " + quote_identifier(operator_class);
  return text;
}

Expression partition_key(const PgQuery__PartitionSpec& spec, const ColumnTypes& types,
                         const std::vector<Column>& columns) {
  const std::string strategy = partition_strategy(spec);
  std::string text = strategy + " (";
  for (std::size_t i = 0; i < spec.n_part_params; ++i) {
    const PgQuery__PartitionElem& element = *spec.part_params[i]->partition_elem;
    if (i > 0) text += ", ";
    text += element.expr ? normal_of(*element.expr, {types, {}}) : quote_identifier(element.name);
    std::string collation = collation_name(element.n_collation, element.collation);
    std::string own = "default";
    for (const Column& column : columns)
      if (!element.expr && column.name == element.name && column.collation.has_value())
        own = column.collation.value().name;
    if (collation == own) collation.clear();
    std::string operator_class = name_of(element.n_opclass, element.opclass).name;
    if (is_default_operator_class(strategy == "HASH" ? "hash" : "btree", operator_class))
      operator_class.clear();
    text += partition_key_options(collation, operator_class);
  }
  text += ")";
  return {text, text, true};
}

void apply_sequence_options(std::size_t count, PgQuery__Node* const* options, Sequence& sequence) {
  for (std::size_t i = 0; i < count; ++i) {
    if (options[i]->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    const PgQuery__DefElem& option = *options[i]->def_elem;
    std::string_view name = option.defname;
    long long number = 0;
    bool has_number = integer_of(option.arg, number);
    if (name == "as" && option.arg && option.arg->node_case == PG_QUERY__NODE__NODE_TYPE_NAME) {
      std::string normal = type_normal(*option.arg->type_name);
      sequence.type = Type{normal, normal, false};
    }
    if (name == "start" && has_number) sequence.start = number;
    if (name == "increment" && has_number) sequence.increment = number;
    if (name == "minvalue" && has_number) sequence.minimum = number;
    if (name == "maxvalue" && has_number) sequence.maximum = number;
    if (name == "cache" && has_number) sequence.cache = number;
    if (name == "cycle" && option.arg && option.arg->node_case == PG_QUERY__NODE__NODE_BOOLEAN)
      sequence.cycle = option.arg->boolean->boolval != 0;
    if (name == "owned_by" && option.arg && option.arg->node_case == PG_QUERY__NODE__NODE_LIST) {
      std::vector<std::string> parts =
          strings_of(option.arg->list->n_items, option.arg->list->items);
      if (parts.size() >= 2) {
        sequence.owned_by_column = parts.back();
        sequence.owned_by_table =
            QualifiedName{parts.size() > 2 ? parts[parts.size() - 3] : "", parts[parts.size() - 2]};
      } else {
        sequence.owned_by_table = Fact<QualifiedName>::none();
      }
    }
  }
}

}  // namespace schemaudit
