#include "analyzer/sql/table_elements.h"

#include <algorithm>
#include <cstdint>

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

IndexKey index_key_from(const PgQuery__IndexElem& element, const ColumnTypes& types) {
  IndexKey key;
  if (element.name && *element.name)
    key.column = element.name;
  else if (element.expr)
    key.expression = expression_from(*element.expr, shown_text(*element.expr), {types, {}});
  if (element.n_opclass > 0) key.operator_class = name_of(element.n_opclass, element.opclass).name;
  key.collation = name_of(element.n_collation, element.collation).name;
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

}  // namespace schemaudit
