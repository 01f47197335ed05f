#include "analyzer/postgres/live_questions.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "analyzer/model/quoted_name.h"
#include "analyzer/postgres/documented_query_run.h"
#include "analyzer/postgres/read_only_session.h"

namespace schemaudit {

namespace {

/// What is shown of a result that differs.
constexpr std::size_t kShownRows = 3;
constexpr int kRequiredRowTimeout = 10000;

using Texts = std::vector<std::string>;

/// Which relation a policy means by `table` or `schema.table`; the answer's error where it is
/// none, or one of several.
QualifiedName relation_named(const std::string& name, ReadOnlySession& session,
                             LiveAnswer& answer) {
  answer = session.ask(
      "select n.nspname, c.relname from pg_catalog.pg_class c join pg_catalog.pg_namespace n on "
      "n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in "
      "('pg_catalog', 'information_schema', 'pg_toast') and n.nspname not like 'pg\\_temp\\_%' "
      "and (c.relname::text = $1 or n.nspname || '.' || c.relname = $1) "
      "order by n.nspname <> 'public', n.nspname",
      {name}, kRequiredRowTimeout, 2);
  if (!answer.error.empty()) return {};
  if (answer.rows.empty()) {
    answer.sqlstate = "42P01";
    answer.error = "there is no table " + name;
    return {};
  }
  QualifiedName relation{answer.rows[0][0].value_or(""), answer.rows[0][1].value_or("")};
  if (answer.row_count > 1 && relation.schema != "public") {
    answer.error = "several schemas have a table " + name + "; write schema.table";
    return {};
  }
  return relation;
}

/// What information_schema hides from the role is read from pg_catalog, as verify does; where that
/// cannot be, there is no answer. A team's own query may call what a document's may not: the
/// session is read only.
LiveAnswer ask_check(const LiveCheck& check, DocumentedQueryRunner& runner,
                     ReadOnlySession& session) {
  const std::size_t expected = check.expected ? check.expected->size() : 0;
  const std::size_t rows = std::max(expected + 1, kShownRows);
  QueryRun run = runner.run(check.query, rows, check.timeout_ms);
  const bool was_sent = run.answer.error.empty() || !run.answer.sqlstate.empty();
  if (!was_sent) run.answer = session.ask(check.query, {}, check.timeout_ms, rows);
  if (run.answer.error.empty()) run.answer.error = run.doubt;
  return run.answer;
}

LiveAnswer ask_row(const RequiredRow& row, ReadOnlySession& session) {
  LiveAnswer answer;
  QualifiedName relation = relation_named(row.table, session, answer);
  if (!answer.error.empty()) return answer;
  std::string columns, order;
  Texts values;
  for (const auto& [column, value] : row.values) {
    const std::string text = quoted_name(column) + "::text";
    values.push_back(value);
    columns += (columns.empty() ? "" : ", ") + text + " as " + quoted_name(column);
    order += (order.empty() ? "(" : " + (") + text + " is not distinct from $" +
             std::to_string(values.size()) + ")::int";
  }
  // The nearest row comes first: where it lacks a value, no row has them all.
  return session.ask("select " + columns + " from " + quoted_name(relation.schema) + "." +
                         quoted_name(relation.name) + " order by " + order + " desc limit 1",
                     values, kRequiredRowTimeout, 1);
}

}  // namespace

bool has_live_questions(const Config& config) {
  return !config.checks.empty() ||
         std::any_of(config.policy.isolation.begin(), config.policy.isolation.end(),
                     [](const IsolationPolicy& policy) { return !policy.required_rows.empty(); });
}

LiveAnswers ask_live(const std::string& conninfo, const Config& config,
                     int connect_timeout_seconds) {
  ReadOnlySession session(conninfo, connect_timeout_seconds);
  LiveAnswers answers;
  if (!config.checks.empty()) {
    DocumentedQueryRunner runner(conninfo, 0, connect_timeout_seconds);
    for (const LiveCheck& check : config.checks)
      answers.checks.push_back(ask_check(check, runner, session));
  }
  for (const IsolationPolicy& policy : config.policy.isolation)
    for (const RequiredRow& row : policy.required_rows)
      answers.required_rows.push_back(ask_row(row, session));
  return answers;
}

}  // namespace schemaudit
