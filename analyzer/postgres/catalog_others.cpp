// What stands beside tables: types, sequences, functions, and who needs whom.
#include "analyzer/postgres/catalog_reader.h"

namespace schemaudit {

namespace {

std::string trimmed(const std::string& text) {
  const char* space = " \t\r\n";
  std::size_t begin = text.find_first_not_of(space);
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

}  // namespace

void CatalogReader::read_types() {
  std::unordered_map<Oid, std::vector<CheckConstraint>> checks;
  for (const CatalogRow& row :
       session_.rows("select c.contypid, c.conname, pg_get_expr(c.conbin, 0), c.convalidated "
                     "from pg_constraint c where c.contypid <> 0 and c.contype = 'c'")) {
    CheckConstraint check;
    check.name = row.text(1);
    check.expression = expression(row.text(2), nullptr);
    check.validated = row.flag(3);
    checks[row.number(0)].push_back(std::move(check));
  }
  for (const CatalogRow& row : session_.rows(
           "select t.oid, n.nspname, t.typname, t.typtype, d.description, "
           "case t.typtype when 'd' then format_type(t.typbasetype, t.typtypmod) "
           "when 'r' then 'RANGE (subtype = ' || format_type(r.rngsubtype, null) || ')' "
           "when 'c' then (select '(' || coalesce(string_agg(quote_ident(a.attname) || ' ' || "
           "format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum), '') || ')' "
           "from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 "
           "and not a.attisdropped) end, "
           "(select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e "
           "where e.enumtypid = t.oid), t.typnotnull, pg_get_expr(t.typdefaultbin, 0) "
           "from pg_type t join pg_namespace n on n.oid = t.typnamespace "
           "left join pg_class c on c.oid = t.typrelid left join pg_range r on r.rngtypid = t.oid "
           "left join pg_description d on d.objoid = t.oid and d.classoid = 'pg_type'::regclass "
           "where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' "
           "and t.typtype in ('e', 'd', 'r', 'c', 'b') and t.typelem = 0 "
           "and (t.typrelid = 0 or c.relkind = 'c') order by t.oid")) {
    QualifiedName name{row.text(1), row.text(2)};
    if (!wanted(name.schema, "type", row.number(0), "pg_type")) continue;
    char kind = row.text(3)[0];
    if (kind == 'e') {
      source_.schema.enums.push_back({name, row.texts(6), comment(row, 4), {}});
    } else if (kind == 'd') {
      Domain domain;
      domain.name = name;
      domain.base = type_of(row.text(5));
      domain.nullable = !row.flag(7);
      domain.default_value = Fact<Expression>::none();
      // DEFAULT NULL of a type with a length comes as an expression.
      if (!row.null(8))
        if (Expression value = default_of(row.text(8), domain.base->normal); value.normal != "null")
          domain.default_value = value;
      domain.checks = checks[row.number(0)];
      domain.comment = comment(row, 4);
      source_.schema.domains.push_back(std::move(domain));
    } else {
      OtherTypeKind other = kind == 'c'   ? OtherTypeKind::composite
                            : kind == 'r' ? OtherTypeKind::range
                                          : OtherTypeKind::base;
      source_.schema.other_types.push_back(
          {name, other, requoted(row.text(5)), comment(row, 4), {}});
    }
  }
}

void CatalogReader::read_sequences() {
  for (const CatalogRow& row : session_.rows(
           "select c.oid, format_type(s.seqtypid, null), s.seqstart, s.seqincrement, s.seqmin, "
           "s.seqmax, s.seqcache, s.seqcycle, o.refobjid, o.refobjsubid, d.description "
           "from pg_sequence s join pg_class c on c.oid = s.seqrelid "
           "left join pg_depend o on o.classid = 'pg_class'::regclass and o.objid = c.oid "
           "and o.refclassid = 'pg_class'::regclass and o.deptype in ('a', 'i') "
           "and o.refobjsubid > 0 left join pg_description d on d.objoid = c.oid "
           "and d.objsubid = 0 and d.classoid = 'pg_class'::regclass")) {
    auto found = names_.find(row.number(0));
    if (found == names_.end()) continue;
    const QualifiedName& name = found->second;
    if (!wanted(name.schema, "sequence", row.number(0), "pg_class")) continue;
    // A sequence goes where its table goes.
    if (!row.null(8) && !relation(row.number(8)) && names_.count(row.number(8))) continue;
    Sequence sequence;
    sequence.name = name;
    sequence.type = Type{row.text(1), row.text(1), false};
    sequence.start = row.number(2);
    sequence.increment = row.number(3);
    sequence.minimum = row.number(4);
    sequence.maximum = row.number(5);
    sequence.cache = row.number(6);
    sequence.cycle = row.flag(7);
    sequence.owned_by_table =
        row.null(8) ? Fact<QualifiedName>::none() : Fact<QualifiedName>(names_[row.number(8)]);
    if (!row.null(8)) sequence.owned_by_column = attributes_[row.number(8)][row.number(9)];
    sequence.comment = comment(row, 10);
    source_.schema.sequences.push_back(std::move(sequence));
  }
}

void CatalogReader::read_functions() {
  const std::string body =
      session_.version >= 140000
          ? "case when p.prosqlbody is null then p.prosrc when p.oid not in (select objid from "
            "bound where classid = 'pg_proc'::regclass) then pg_get_function_sqlbody(p.oid) end"
          : "p.prosrc";
  for (const CatalogRow& row : session_.rows_beside_locks(
           "select p.oid, n.nspname, p.proname, p.prokind, "
           "(select json_agg(format_type(u.t, null) order by u.n) from "
           "unnest(p.proargtypes::oid[]) with ordinality u(t, n)), "
           "case when p.prokind <> 'p' then pg_get_function_result(p.oid) end, l.lanname, "
           "p.prosecdef, array_to_json(p.proconfig), " +
           body +
           ", d.description, p.proacl is null or exists (select from aclexplode(p.proacl) x "
           "where x.grantee = 0 and x.privilege_type = 'EXECUTE') "
           "from pg_proc p join pg_namespace n on n.oid = p.pronamespace "
           "join pg_language l on l.oid = p.prolang left join pg_description d "
           "on d.objoid = p.oid and d.classoid = 'pg_proc'::regclass "
           "where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'")) {
    QualifiedName name{row.text(1), row.text(2)};
    if (!wanted(name.schema, "function", row.number(0), "pg_proc")) continue;
    Function function;
    function.name = name;
    char kind = row.text(3)[0];
    function.kind = kind == 'p'   ? RoutineKind::procedure
                    : kind == 'a' ? RoutineKind::aggregate
                    : kind == 'w' ? RoutineKind::window
                                  : RoutineKind::function;
    for (const std::string& type : row.texts(4)) function.arguments.push_back(type_of(type));
    if (!row.null(5)) function.returns = type_of(row.text(5));
    function.language = row.text(6);
    function.security_definer = row.flag(7);
    function.search_path = Fact<std::string>::none();
    for (const std::string& setting : row.texts(8))
      if (setting.rfind("search_path=", 0) == 0) function.search_path = setting.substr(12);
    if (!row.null(9))
      function.body = trimmed(row.text(9));
    else
      locked_.insert(to_string(name));
    function.comment = comment(row, 10);
    function.public_may_execute = row.flag(11);
    source_.schema.functions.push_back(std::move(function));
  }
}

void CatalogReader::read_dependencies() {
  // A row type stands for its relation. Extension members are left out on either side.
  for (const CatalogRow& row : session_.rows(
           "with d as (select classid, objid, objsubid, deptype, "
           "case when refclassid = 'pg_type'::regclass then coalesce(t.typrelid, e.typrelid) "
           "else refobjid end as needs from pg_depend "
           "left join pg_type t on refclassid = 'pg_type'::regclass and t.oid = refobjid "
           "and t.typrelid <> 0 "
           "left join pg_type e on refclassid = 'pg_type'::regclass and e.typarray = refobjid "
           "and e.typrelid <> 0 "
           "where refclassid in ('pg_class'::regclass, 'pg_type'::regclass) "
           "and deptype in ('n', 'a', 'i')) "
           "select distinct case c.relkind when 'v' then 'view' when 'm' then 'materialized view' "
           "else 'rule' end, n.nspname, case when c.relkind in ('v', 'm') then c.relname else "
           "r.rulename end, case when c.relkind in ('v', 'm') then 0 else c.oid::bigint end, "
           "d.needs::bigint from d join pg_rewrite r on d.classid = 'pg_rewrite'::regclass "
           "and r.oid = d.objid join pg_class c on c.oid = r.ev_class "
           "join pg_namespace n on n.oid = c.relnamespace where d.needs <> r.ev_class "
           "union select 'function', n.nspname, p.proname, 0, d.needs::bigint from d "
           "join pg_proc p on d.classid = 'pg_proc'::regclass and p.oid = d.objid "
           "join pg_namespace n on n.oid = p.pronamespace "
           "union select 'policy', '', p.polname, p.polrelid::bigint, d.needs::bigint from d "
           "join pg_policy p on d.classid = 'pg_policy'::regclass and p.oid = d.objid "
           "where d.needs <> p.polrelid "
           "union select 'trigger', '', t.tgname, t.tgrelid::bigint, d.needs::bigint from d "
           "join pg_trigger t on d.classid = 'pg_trigger'::regclass and t.oid = d.objid "
           "where d.needs <> t.tgrelid and not t.tgisinternal "
           "union select 'default', '', a.attname, f.adrelid::bigint, "
           "coalesce(o.refobjid, d.needs)::bigint from d "
           "join pg_attrdef f on d.classid = 'pg_attrdef'::regclass and f.oid = d.objid "
           "join pg_attribute a on a.attrelid = f.adrelid and a.attnum = f.adnum "
           "left join pg_depend o on o.classid = 'pg_class'::regclass and o.objid = d.needs "
           "and o.refclassid = 'pg_class'::regclass and o.deptype in ('a', 'i') "
           "and o.refobjsubid > 0 where d.needs <> f.adrelid "
           "and coalesce(o.refobjid, d.needs) <> f.adrelid "
           "union select 'sequence', n.nspname, c.relname, 0, d.needs::bigint from d "
           "join pg_class c on d.classid = 'pg_class'::regclass and c.oid = d.objid "
           "and c.relkind = 'S' join pg_namespace n on n.oid = c.relnamespace")) {
    auto needs = names_.find(row.number(4));
    if (needs == names_.end() || !schemas_.count(needs->second.schema)) continue;
    if (members_.count({"pg_class", row.number(4)})) continue;
    if (!row.text(1).empty() && !schemas_.count(row.text(1))) continue;
    QualifiedName on;
    if (row.number(3) != 0) on = names_[row.number(3)];
    if (!on.name.empty() && !schemas_.count(on.schema)) continue;
    source_.schema.dependencies.push_back(
        {row.text(0), {row.text(1), row.text(2)}, on, needs->second, {}});
  }
}

void CatalogReader::read_visibility() {
  // Both sides by the views' own definitions; NOT NULL rows of check_constraints are told by
  // their unparenthesised clause, and never counted. Until 17 that view tells equal rows once;
  // until 16 its clause holds what follows it too (NO INHERIT, NOT VALID).
  const std::string check_count = session_.version >= 180000 ? "count(*)"
                                  : session_.version >= 170000
                                      ? "count(distinct (k.conname::text, "
                                        "pg_get_expr(k.conbin, k.conrelid)))"
                                      : "count(distinct (k.conname::text, "
                                        "pg_get_constraintdef(k.oid)))";
  // What others have locked is not counted on either side where counting would wait for it. An
  // array, because a subquery would be looked at only after the UNION of that view.
  const std::string busy_check =
      "any (array(select n.nspname || '.' || k.conname from pg_constraint k join pg_namespace n "
      "on n.oid = k.connamespace where k.contype = 'c' and k.conrelid in "
      "(select oid from busy)))";
  std::map<std::string, std::map<QualifiedName, std::pair<long, long>>> seen;
  for (const CatalogRow& row : session_.rows_beside_locks(
           "select 'tables', n.nspname, c.relname, 1, 0 from pg_class c join pg_namespace n "
           "on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'f', 'v') "
           "union all select 'tables', table_schema, table_name, 0, 1 "
           "from information_schema.tables "
           "union all select 'columns', n.nspname, c.relname, count(*), 0 from pg_attribute a "
           "join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace "
           "where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'f', 'v') "
           "group by 2, 3 union all select 'columns', table_schema, table_name, 0, count(*) "
           "from information_schema.columns group by 2, 3 "
           "union all select case k.contype when 'f' then 'referential_constraints' else "
           "'table_constraints' end, n.nspname, c.relname, count(*), 0 from pg_constraint k "
           "join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace "
           "where c.relkind in ('r', 'p') and k.contype in ('c', 'p', 'u', 'f') group by 1, 2, 3 "
           "union all select 'table_constraints', n.nspname, c.relname, count(*), 0 "
           "from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n "
           "on n.oid = c.relnamespace where c.relkind in ('r', 'p') and k.contype = 'f' "
           "group by 2, 3 union all select 'table_constraints', n.nspname, c.relname, count(*), 0 "
           "from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n "
           "on n.oid = c.relnamespace where a.attnum > 0 and not a.attisdropped and a.attnotnull "
           "and c.relkind in ('r', 'p') group by 2, 3 "
           "union all select 'table_constraints', table_schema, table_name, 0, count(*) "
           "from information_schema.table_constraints group by 2, 3 "
           "union all select 'referential_constraints', n.nspname, c.relname, 0, count(*) from "
           "(select distinct constraint_schema::text, constraint_name::text from "
           "information_schema.referential_constraints) r join pg_namespace n on "
           "n.nspname = r.constraint_schema join pg_constraint k on k.connamespace = n.oid and "
           "k.conname = r.constraint_name and k.contype = 'f' join pg_class c on "
           "c.oid = k.conrelid group by 2, 3 "
           "union all select 'constraint_column_usage', n.nspname, c.relname, "
           "sum(cardinality(case when k.contype = 'f' then k.confkey else k.conkey end)), 0 "
           "from pg_constraint k join pg_class c on c.oid = case when k.contype = 'f' then "
           "k.confrelid else k.conrelid end join pg_namespace n on n.oid = c.relnamespace "
           "where k.contype in ('p', 'u', 'f') and c.relkind in ('r', 'p') group by 2, 3 "
           "union all select 'constraint_column_usage', table_schema, table_name, 0, count(*) "
           "from information_schema.constraint_column_usage group by 2, 3 "
           "union all select 'triggers', n.nspname, c.relname, sum((t.tgtype & 4) / 4 + "
           "(t.tgtype & 8) / 8 + (t.tgtype & 16) / 16), 0 from pg_trigger t join pg_class c on "
           "c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace "
           "where not t.tgisinternal group by 2, 3 "
           "union all select 'triggers', event_object_schema, event_object_table, 0, count(*) "
           "from information_schema.triggers group by 2, 3 "
           "union all select 'views', n.nspname, c.relname, 1, 0 from pg_class c "
           "join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'v' "
           "and c.oid not in (select oid from busy_views) "
           "union all select 'views', table_schema, table_name, 0, 1 "
           "from information_schema.views where case when (table_schema, table_name) in "
           "(select n.nspname, c.relname from pg_class c join pg_namespace n on "
           "n.oid = c.relnamespace where c.oid in (select oid from busy_views)) then false "
           "else view_definition is not null end "
           "union all select 'check_constraints', n.nspname, '', " +
           check_count +
           ", 0 from pg_constraint k "
           "join pg_namespace n on n.oid = k.connamespace where k.contype = 'c' "
           "and not n.nspname || '.' || k.conname = " +
           busy_check +
           " group by 2 "
           "union all select 'check_constraints', constraint_schema, '', 0, count(*) from "
           "information_schema.check_constraints where case when "
           "constraint_schema || '.' || constraint_name = " +
           busy_check + " then false else check_clause !~ 'IS NOT NULL$' end group by 2")) {
    QualifiedName name{row.text(1), row.text(2)};
    bool audited = name.name.empty() ? schemas_.count(name.schema) > 0
                                     : source_.schema.find_relation(name) != nullptr;
    if (!audited) continue;
    auto& counts = seen[row.text(0)][name];
    counts.first += row.number(3);
    counts.second += row.number(4);
  }
  for (const auto& [view, relations] : seen) {
    HiddenFact hidden;
    hidden.view = view;
    bool differs = false;
    for (const auto& [name, counts] : relations) {
      long shown = std::min(counts.first, counts.second);
      hidden.expected += static_cast<std::size_t>(counts.first);
      hidden.shown += static_cast<std::size_t>(shown);
      if (shown == counts.first) continue;
      differs = true;
      if (!name.name.empty()) {
        hidden.relations.push_back(to_string(name));
        continue;
      }
      for (const Relation& relation : source_.schema.relations)
        if (relation.name.schema == name.schema && !relation.checks.empty())
          hidden.relations.push_back(to_string(relation.name));
    }
    if (differs) source_.visibility.hidden.push_back(std::move(hidden));
  }
  source_.visibility.complete = source_.visibility.hidden.empty();
}

}  // namespace schemaudit
