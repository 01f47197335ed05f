#include "analyzer/sql/replay/immutability.h"

#include <algorithm>
#include <array>

#include "analyzer/sql/expression_types.h"
#include "analyzer/sql/replay/coercion.h"
#include "analyzer/sql/tree_walk.h"

namespace schemaudit::replay {

namespace {

// pg_proc.provolatile is `s` or `v` in every form of these (PostgreSQL 15).
constexpr std::array<std::string_view, 22> kChanging = {
    "clock_timestamp",       "current_database", "current_query", "current_schema",
    "current_schemas",       "current_setting",  "currval",       "gen_random_uuid",
    "inet_client_addr",      "lastval",          "nextval",       "now",
    "pg_backend_pid",        "random",           "set_config",    "setval",
    "statement_timestamp",   "timeofday",        "to_char",       "to_date",
    "transaction_timestamp", "txid_current"};

// pg_proc.provolatile is `v` in every form of these (PostgreSQL 15, pgcrypto, uuid-ossp); the
// manual of later versions has random_normal(), uuidv4() and uuidv7().
constexpr std::array<std::string_view, 17> kVolatile = {"clock_timestamp",
                                                        "currval",
                                                        "gen_random_bytes",
                                                        "gen_random_uuid",
                                                        "gen_salt",
                                                        "lastval",
                                                        "nextval",
                                                        "random",
                                                        "random_normal",
                                                        "setval",
                                                        "timeofday",
                                                        "uuid_generate_v1",
                                                        "uuid_generate_v1mc",
                                                        "uuid_generate_v4",
                                                        "uuidv4",
                                                        "uuidv7",
                                                        "pg_sleep"};

bool has_zone(std::string_view type) {
  return type.starts_with("timestamp") && type.ends_with("with time zone");
}

/// A cast between a moment and its local time or text looks at the session's time zone.
bool depends_on_zone(std::string_view from, std::string_view to) {
  auto local = [](std::string_view type) {
    return type == "date" || type == "text" || type.starts_with("character varying") ||
           type.starts_with("time without") ||
           (type.starts_with("timestamp") && type.ends_with("without time zone"));
  };
  return (has_zone(from) && local(to)) ||
         (has_zone(to) && (from == "date" || (from.starts_with("timestamp") && !has_zone(from))));
}

bool is_local_time(std::string_view type) {
  return type == "date" || (type.starts_with("timestamp") && !has_zone(type));
}

bool is_text(std::string_view type) {
  return type == "text" || type.starts_with("character");
}

/// Types of which `||` with a text writes the value out, by whatever their output function is.
bool is_written_out(std::string_view type) {
  return type == "smallint" || type == "integer" || type == "bigint" || type == "boolean" ||
         type == "uuid" || type == "real" || type == "double precision" || type == "interval" ||
         type.starts_with("numeric") || type.starts_with("time") || type == "date";
}

/// Operators whose function is not immutable (pg_operator and pg_proc.provolatile, the same in
/// PostgreSQL 15 and 17): a moment compared with a local time, moved by an interval, text searched
/// by the session's configuration, and whatever is written out to stand beside a text.
bool is_changing_operator(std::string_view name, std::string_view left, std::string_view right) {
  constexpr std::array<std::string_view, 6> kComparisons = {"=", "<>", "<", "<=", ">", ">="};
  if (std::find(kComparisons.begin(), kComparisons.end(), name) != kComparisons.end())
    return (has_zone(left) && is_local_time(right)) || (is_local_time(left) && has_zone(right));
  if (name == "+")
    return (has_zone(left) && right == "interval") || (left == "interval" && has_zone(right));
  if (name == "-") return has_zone(left) && right == "interval";
  if (name == "@@") return left == "text" && (right == "text" || right == "tsquery");
  if (name == "||")
    return (is_text(left) && is_written_out(right)) || (is_written_out(left) && is_text(right));
  return false;
}

bool changes(const PgQuery__AExpr& expression, const ColumnTypes& types) {
  if (!expression.lexpr || !expression.rexpr) return false;
  const std::string left = type_of_expression(*expression.lexpr, types);
  const std::string name = name_of(expression.n_name, expression.name).name;
  const auto with = [&](const PgQuery__Node& right) {
    // BETWEEN compares with both bounds.
    const bool between = expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN ||
                         expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN;
    return is_changing_operator(between ? "<=" : name, left, type_of_expression(right, types));
  };
  if (expression.rexpr->node_case != PG_QUERY__NODE__NODE_LIST) return with(*expression.rexpr);
  const PgQuery__List& list = *expression.rexpr->list;
  return std::any_of(list.items, list.items + list.n_items,
                     [&](const PgQuery__Node* item) { return with(*item); });
}

}  // namespace

bool holds_query(PgQuery__Node& expression) {
  bool found = false;
  walk_tree(expression.base, [&](ProtobufCMessage& message) {
    found = found || as<PgQuery__SubLink>(message) != nullptr;
    return !found;
  });
  return found;
}

bool calls_volatile(PgQuery__Node& expression) {
  bool found = false;
  walk_tree(expression.base, [&](ProtobufCMessage& part) {
    if (auto* call = as<PgQuery__FuncCall>(part)) {
      const std::string name = name_of(call->n_funcname, call->funcname).name;
      found = found || std::find(kVolatile.begin(), kVolatile.end(), name) != kVolatile.end();
    }
    return !found;
  });
  return found;
}

void require_immutable(const Run& run, ObjectId table, PgQuery__Node& expression,
                       const std::string& message) {
  const ColumnTypes types = column_types(run.catalog, table);
  walk_tree(expression.base, [&](ProtobufCMessage& part) {
    if (auto* node = as<PgQuery__Node>(part);
        node && node->node_case == PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION)
      refuse(message);
    if (auto* call = as<PgQuery__FuncCall>(part)) {
      QualifiedName name = name_of(call->n_funcname, call->funcname);
      bool builtin = name.schema.empty() || name.schema == "pg_catalog";
      if (builtin && std::find(kChanging.begin(), kChanging.end(), name.name) != kChanging.end())
        refuse(message, call->location);
      if (builtin && name.name == "date_trunc" && call->n_args == 2 &&
          has_zone(type_of_expression(*call->args[1], types)))
        refuse(message, call->location);
    }
    if (auto* operation = as<PgQuery__AExpr>(part))
      if (changes(*operation, types)) refuse(message, operation->location);
    if (auto* cast = as<PgQuery__TypeCast>(part))
      if (depends_on_zone(type_of_expression(*cast->arg, types), type_normal(*cast->type_name)))
        refuse(message, cast->location);
    return true;
  });
}

}  // namespace schemaudit::replay
