#include "analyzer/postgres/documented_query_run.h"

#include <algorithm>
#include <array>

#include "analyzer/model/names.h"
#include "analyzer/sql/pieces.h"

namespace schemaudit {

namespace {

constexpr const char* kStandard = "information_schema";
constexpr int kLookUpTimeout = 10000;
constexpr std::size_t kAllRows = 100'000;
constexpr std::size_t kMostViews = 500;

/// Volatile ones of PostgreSQL's own that only look.
constexpr std::array<std::string_view, 33> kHarmless = {"clock_timestamp",
                                                        "current_query",
                                                        "currval",
                                                        "gen_random_uuid",
                                                        "lastval",
                                                        "pg_blocking_pids",
                                                        "pg_current_wal_flush_lsn",
                                                        "pg_current_wal_insert_lsn",
                                                        "pg_current_wal_lsn",
                                                        "pg_database_size",
                                                        "pg_get_wal_replay_pause_state",
                                                        "pg_indexes_size",
                                                        "pg_is_in_recovery",
                                                        "pg_is_wal_replay_paused",
                                                        "pg_last_committed_xact",
                                                        "pg_last_wal_receive_lsn",
                                                        "pg_last_wal_replay_lsn",
                                                        "pg_last_xact_replay_timestamp",
                                                        "pg_lock_status",
                                                        "pg_notification_queue_usage",
                                                        "pg_partition_ancestors",
                                                        "pg_partition_tree",
                                                        "pg_prepared_xact",
                                                        "pg_relation_size",
                                                        "pg_safe_snapshot_blocking_pids",
                                                        "pg_sequence_last_value",
                                                        "pg_table_size",
                                                        "pg_tablespace_size",
                                                        "pg_total_relation_size",
                                                        "pg_xact_commit_timestamp",
                                                        "random",
                                                        "timeofday",
                                                        "uuidv7"};

/// They are about the role that asks, and say of it all there is.
const std::set<std::string> kAboutTheRole = {"applicable_roles", "enabled_roles",
                                             "administrable_role_authorizations"};

/// Views of pg_catalog that leave out, or leave empty, what the role may not see.
const std::set<std::string> kHollowCatalogs = {"pg_stats", "pg_stats_ext", "pg_stats_ext_exprs",
                                               "pg_sequences", "pg_stat_activity"};

std::string array_literal(const std::vector<std::string>& values) {
  std::string text = "{";
  for (const std::string& value : values) {
    text += text.size() > 1 ? ",\"" : "\"";
    for (char c : value) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    text += '"';
  }
  return text + "}";
}

/// Two array parameters: the schemas, empty where none is written, and the names.
struct NameArrays {
  std::vector<std::string> schemas, names;

  void add(const QualifiedName& name) {
    schemas.push_back(name.schema);
    names.push_back(name.name);
  }
  std::vector<std::string> parameters() const {
    return {array_literal(schemas), array_literal(names)};
  }
};

const char* const kVolatileFunctions = R"sql(
select distinct n.nspname::text, p.proname::text
from unnest($1::text[], $2::text[]) as f(schema, name)
join pg_catalog.pg_proc p on p.proname = f.name
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
left join pg_catalog.pg_aggregate a on a.aggfnoid = p.oid
where (case when f.schema = '' then pg_catalog.pg_function_is_visible(p.oid)
            else n.nspname = f.schema end)
  and (p.provolatile = 'v'
       or exists (select from pg_catalog.pg_proc part
                  where part.provolatile = 'v'
                    and part.oid in (a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggmtransfn,
                                     a.aggminvtransfn, a.aggmfinalfn)))
order by 1, 2)sql";

const char* const kVolatileOperators = R"sql(
select distinct n.nspname::text, o.oprname || ' (function ' || p.proname || ')'
from unnest($1::text[], $2::text[]) as f(schema, name)
join pg_catalog.pg_operator o on o.oprname = f.name
join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
join pg_catalog.pg_proc p on p.oid = o.oprcode
where (case when f.schema = '' then pg_catalog.pg_operator_is_visible(o.oid)
            else n.nspname = f.schema end)
  and p.provolatile = 'v'
order by 1, 2)sql";

// A cast's own function, and what the checks of a domain call.
const char* const kVolatileTypes = R"sql(
select distinct n.nspname::text, t.typname || ' (function ' || p.proname || ')'
from unnest($1::text[], $2::text[]) as f(schema, name)
join pg_catalog.pg_type t on t.typname = f.name
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
join pg_catalog.pg_proc p on p.provolatile = 'v' and p.oid in (
  select c.castfunc from pg_catalog.pg_cast c where t.oid in (c.castsource, c.casttarget)
  union all
  select d.refobjid from pg_catalog.pg_constraint c
  join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_constraint'::regclass
    and d.objid = c.oid and d.refclassid = 'pg_catalog.pg_proc'::regclass
  where c.contypid = t.oid)
where case when f.schema = '' then pg_catalog.pg_type_is_visible(t.oid)
           else n.nspname = f.schema end
order by 1, 2)sql";

// With the foreign tables below partitioned and inherited ones.
const char* const kRelations = R"sql(
with recursive named as (
  select distinct c.oid, c.oid as root
  from unnest($1::text[], $2::text[]) as f(schema, name)
  join pg_catalog.pg_class c on c.relname = f.name
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where case when f.schema = '' then pg_catalog.pg_table_is_visible(c.oid)
             else n.nspname = f.schema end
), reached as (
  select oid, root from named
  union
  select i.inhrelid, r.root from reached r join pg_catalog.pg_inherits i on i.inhparent = r.oid
)
select c.relkind::text, n.nspname::text, c.relname::text,
       case when c.relkind = 'v' and n.nspname not in ('pg_catalog', 'information_schema')
            then pg_catalog.pg_get_viewdef(c.oid) end
from reached r
join pg_catalog.pg_class c on c.oid = r.oid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where r.oid = r.root or c.relkind = 'f'
order by 2, 3)sql";

// Schemas of the search path that have one of these relations, and that the role may not use.
const char* const kClosedSchemas = R"sql(
select distinct n.nspname::text
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relname = any ($1::text[])
  and n.nspname in (select pg_catalog.btrim(s, ' "') from pg_catalog.unnest(
        pg_catalog.string_to_array(pg_catalog.current_setting('search_path'), ',')) as s)
  and not pg_catalog.has_schema_privilege(n.oid, 'USAGE')
order by 1)sql";

std::string cell(const LiveAnswer& answer, std::size_t row, std::size_t column) {
  return answer.rows[row][column].value_or("");
}

bool is_harmless(const QualifiedName& function) {
  return function.schema == "pg_catalog" &&
         std::find(kHarmless.begin(), kHarmless.end(), function.name) != kHarmless.end();
}

/// What to grant where the server says `permission denied for table users`.
std::string grant_for(const std::string& message, const std::string& role) {
  static constexpr std::string_view kDenied = "permission denied for ";
  if (!message.starts_with(kDenied)) return "";
  const std::string what = message.substr(kDenied.size());
  const std::size_t space = what.find(' ');
  if (space == std::string::npos) return "";
  const std::string kind = what.substr(0, space), name = quote_identifier(what.substr(space + 1));
  const std::string to = " TO " + quote_identifier(role);
  if (kind == "table" || kind == "view" || (kind == "materialized" && what.size() > 18))
    return "GRANT SELECT ON " +
           (kind == "materialized" ? quote_identifier(what.substr(18)) : name) + to;
  if (kind == "schema") return "GRANT USAGE ON SCHEMA " + name + to;
  if (kind == "sequence") return "GRANT SELECT ON SEQUENCE " + name + to;
  if (kind == "function") return "GRANT EXECUTE ON FUNCTION " + name + to;
  return "";
}

}  // namespace

DocumentedQueryRunner::DocumentedQueryRunner(const std::string& conninfo, int timeout_ms,
                                             int connect_timeout_seconds)
    : session_(conninfo, connect_timeout_seconds), timeout_ms_(timeout_ms) {
  LiveAnswer facts = look_up(
      "select current_setting('server_version'), current_setting('server_version_num'), "
      "current_database()::text, current_user::text, pg_encoding_to_char(encoding)::text, "
      "(select rolsuper from pg_catalog.pg_roles where rolname = current_user) "
      "from pg_catalog.pg_database where datname = current_database()",
      {});
  if (facts.error.empty() && facts.rows.size() == 1) {
    server_ = {cell(facts, 0, 0), std::stoi(cell(facts, 0, 1)), cell(facts, 0, 2),
               cell(facts, 0, 3), cell(facts, 0, 4)};
    superuser_ = cell(facts, 0, 5) == "t";
    facts = look_up(
        "select c.relname::text, pg_catalog.pg_get_viewdef(c.oid) from pg_catalog.pg_class c "
        "where c.relkind = 'v' and c.relnamespace = (select oid from pg_catalog.pg_namespace "
        "where nspname = 'information_schema')",
        {});
    for (std::size_t i = 0; i < facts.rows.size(); ++i)
      standard_views_[cell(facts, i, 0)] = cell(facts, i, 1);
  }
  error_ = facts.error;
}

LiveAnswer DocumentedQueryRunner::look_up(const std::string& query,
                                          const std::vector<std::string>& parameters) {
  return session_.ask(query, parameters, kLookUpTimeout, kAllRows);
}

void DocumentedQueryRunner::add_equivalent(const std::string& view) {
  if (equivalents_.count(view)) return;
  // Empty while it is being made, too: no view of the standard reads itself.
  equivalents_[view];
  auto definition = standard_views_.find(view);
  // What a superuser reads of other people's user mappings are passwords.
  if (definition == standard_views_.end() || view.find("user_mapping") != std::string::npos) return;
  std::optional<std::string> open = without_privilege_conditions(definition->second);
  if (!open) return;
  SingleQuery query = read_single_query(*open);
  std::map<std::string, std::string> inner;
  for (ReadRelation& relation : query.relations) {
    // Its schema is left out where the role's search_path has it.
    if (relation.name.schema.empty() && standard_views_.count(relation.name.name))
      relation.name.schema = kStandard;
    if (relation.name.schema != kStandard) continue;
    add_equivalent(relation.name.name);
    const std::string& text = equivalents_[relation.name.name];
    if (text.empty()) return;
    inner[relation.name.name] = text;
  }
  equivalents_[view] = with_subqueries(*open, query, kStandard, inner);
}

DocumentedQueryRunner::Reach DocumentedQueryRunner::reach_of(const SingleQuery& query) {
  Reach reach;
  NameArrays functions, operators, types, relations;
  std::set<std::string> views;
  auto add = [&](const SingleQuery& part) {
    for (const CalledFunction& function : part.functions) functions.add(function.name);
    for (const QualifiedName& name : part.operators) operators.add(name);
    for (const QualifiedName& name : part.types) types.add(name);
    for (const ReadRelation& relation : part.relations) relations.add(relation.name);
  };
  auto failed = [&](const LiveAnswer& answer) {
    if (!answer.error.empty()) reach.refusal = "what it calls could not be seen: " + answer.error;
    return !answer.error.empty();
  };
  add(query);
  for (bool own = true; !relations.names.empty(); own = false) {
    LiveAnswer read = look_up(kRelations, relations.parameters());
    if (failed(read)) return reach;
    relations = {};
    for (std::size_t i = 0; i < read.rows.size(); ++i) {
      const QualifiedName name{cell(read, i, 1), cell(read, i, 2)};
      const bool standard = name.schema == kStandard && standard_views_.count(name.name) > 0;
      const bool hollow =
          (standard && !kAboutTheRole.count(name.name) &&
           (!own || !equivalents_.count(name.name) || equivalents_.at(name.name).empty())) ||
          (name.schema == "pg_catalog" && kHollowCatalogs.count(name.name));
      if (hollow && !superuser_ && reach.doubt.empty())
        reach.doubt = to_string(name) + " shows the role " + server_.role +
                      " only what it owns or has privileges on" +
                      (own ? "" : ", and a view that the query reads is made from it") +
                      "; run it as a superuser";
      if (cell(read, i, 0) == "f") {
        reach.refusal = "it reads the foreign table " + to_string(name) +
                        ", whose server is outside of the transaction";
        return reach;
      }
      if (!read.rows[i][3] || !views.insert(to_string(name)).second) continue;
      std::string definition = cell(read, i, 3);
      while (!definition.empty() && definition.back() == ';') definition.pop_back();
      SingleQuery view = read_single_query(definition);
      if (!view.refusal.empty() || views.size() > kMostViews) {
        reach.refusal = "the view " + to_string(name) + " could not be followed to what it calls" +
                        (view.refusal.empty() ? "" : ": " + view.refusal);
        return reach;
      }
      add(view);
    }
  }
  const std::array<std::pair<const char*, const NameArrays*>, 3> questions = {
      {{kVolatileFunctions, &functions},
       {kVolatileOperators, &operators},
       {kVolatileTypes, &types}}};
  for (const auto& [question, names] : questions) {
    if (names->names.empty()) continue;
    LiveAnswer found = look_up(question, names->parameters());
    if (failed(found)) return reach;
    for (std::size_t i = 0; i < found.rows.size(); ++i) {
      const QualifiedName name{cell(found, i, 0), cell(found, i, 1)};
      if (question == kVolatileFunctions && is_harmless(name)) continue;
      const char* kind = question == kVolatileFunctions   ? "the function "
                         : question == kVolatileOperators ? "the operator "
                                                          : "the type ";
      reach.refusal = std::string("it calls ") + kind + name.schema + "." + name.name +
                      (views.empty() ? "" : ", itself or in a view that it reads") +
                      ", which is volatile: it may have effects that no rollback undoes";
      return reach;
    }
  }
  return reach;
}

QueryRun DocumentedQueryRunner::run(const std::string& sql, std::size_t rows,
                                    std::optional<int> timeout_ms) {
  QueryRun run;
  SingleQuery query = read_single_query(sql);
  run.shape = query.shape;
  run.answer.error = query.refusal;
  if (!query.refusal.empty()) return run;
  std::map<std::string, std::string> definitions;
  for (const ReadRelation& relation : query.relations) {
    if (relation.name.schema != kStandard || kAboutTheRole.count(relation.name.name)) continue;
    add_equivalent(relation.name.name);
    auto equivalent = equivalents_.find(relation.name.name);
    if (equivalent->second.empty()) continue;
    if (definitions.insert(*equivalent).second) run.from_catalog.push_back(relation.name.name);
  }
  std::sort(run.from_catalog.begin(), run.from_catalog.end());
  Reach reach = reach_of(query);
  run.answer.error = reach.refusal;
  run.doubt = reach.doubt;
  if (!reach.refusal.empty()) return run;
  run.answer = session_.ask(with_subqueries(sql, query, kStandard, definitions), {},
                            timeout_ms.value_or(timeout_ms_), rows);
  if (run.answer.sqlstate == "42501") {
    const std::string grant = grant_for(run.answer.error, server_.role);
    run.advice = grant.empty() ? "run verify as a role that may read it" : grant;
  } else if (run.answer.sqlstate == "42P01") {
    // A schema of the search path that is closed to the role is passed over without a word.
    std::vector<std::string> named;
    for (const ReadRelation& relation : query.relations)
      if (relation.name.schema.empty()) named.push_back(relation.name.name);
    const LiveAnswer closed = look_up(kClosedSchemas, {array_literal(named)});
    for (std::size_t i = 0; closed.error.empty() && i < closed.rows.size(); ++i)
      run.advice += (i ? "; " : "") + std::string("GRANT USAGE ON SCHEMA ") +
                    quote_identifier(cell(closed, i, 0)) + " TO " + quote_identifier(server_.role);
  } else if (run.answer.sqlstate == "57014") {
    run.advice = "it was stopped after " + std::to_string(timeout_ms_ / 1000) +
                 " s; --timeout gives it longer";
  }
  return run;
}

std::optional<bool> DocumentedQueryRunner::compares(unsigned type, const std::string& cell_text,
                                                    ComparisonSign comparison,
                                                    const std::string& value) {
  LiveAnswer named =
      look_up("select pg_catalog.format_type($1::oid, null)", {std::to_string(type)});
  if (!named.error.empty() || named.rows.size() != 1 || !named.rows[0][0]) return std::nullopt;
  const std::string& name = *named.rows[0][0];
  // Without a length these mean one of one character; 5 is 5.0.
  const bool whole = name == "smallint" || name == "integer" || name == "bigint";
  const std::string shown = name == "\"char\""    ? "text"
                            : name == "character" ? "bpchar"
                            : name == "bit"       ? "bit varying"
                            : whole               ? "numeric"
                                                  : name;
  LiveAnswer compared = look_up("select $1::text::" + shown + " " +
                                    std::string(to_string(comparison)) + " $2::text::" + shown,
                                {cell_text, value});
  if (compared.error.empty() && compared.rows.size() == 1) return cell(compared, 0, 0) == "t";
  // `abc` is no integer, and equals none.
  const bool no_value = compared.sqlstate.starts_with("22");
  if (no_value && comparison == ComparisonSign::equal) return false;
  if (no_value && comparison == ComparisonSign::not_equal) return true;
  return std::nullopt;
}

}  // namespace schemaudit
