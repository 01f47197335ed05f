#include "analyzer/sql/replay/storage_parameters.h"

#include <algorithm>
#include <array>

#include "analyzer/sql/replay/names.h"

namespace schemaudit::replay {

namespace {

// src/backend/access/common/reloptions.c of PostgreSQL 15 to 18; those of autovacuum are many.
constexpr std::array<std::string_view, 3> kOfViews = {"check_option", "security_barrier",
                                                      "security_invoker"};
constexpr std::array<std::string_view, 9> kOfTables = {"fillfactor",
                                                       "log_autovacuum_min_duration",
                                                       "oids",
                                                       "parallel_workers",
                                                       "toast_tuple_target",
                                                       "user_catalog_table",
                                                       "vacuum_index_cleanup",
                                                       "vacuum_max_eager_freeze_failure_rate",
                                                       "vacuum_truncate"};

template <typename Names>
bool holds(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

void require_parameters(Kind kind, std::size_t count, PgQuery__Node* const* options) {
  const bool of_view = kind == Kind::view;
  if (!of_view && kind != Kind::table && kind != Kind::materialized_view) return;
  for (std::size_t i = 0; i < count; ++i) {
    if (options[i]->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    const PgQuery__DefElem& option = *options[i]->def_elem;
    // Extensions take some under a name of their own.
    if (option.defnamespace && *option.defnamespace) continue;
    const std::string_view name = option.defname;
    const bool known =
        of_view ? holds(kOfViews, name) : holds(kOfTables, name) || name.starts_with("autovacuum_");
    if (!known) refuse("unrecognized parameter " + quoted(std::string(name)), option.location);
  }
}

std::optional<bool> security_invoker(std::size_t count, PgQuery__Node* const* options) {
  for (std::size_t i = 0; i < count; ++i) {
    if (options[i]->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    const PgQuery__DefElem& option = *options[i]->def_elem;
    if (std::string_view(option.defname) != "security_invoker") continue;
    // WITH (security_invoker) alone says true; parse_bool() takes any beginning of these words.
    if (!option.arg) return true;
    const std::string value = option.arg->node_case == PG_QUERY__NODE__NODE_INTEGER
                                  ? std::to_string(option.arg->integer->ival)
                                  : fold_case(string_of(option.arg));
    auto begins = [&](std::string_view word) { return !value.empty() && word.starts_with(value); };
    return begins("true") || begins("yes") || value == "on" || value == "1";
  }
  return std::nullopt;
}

}  // namespace schemaudit::replay
