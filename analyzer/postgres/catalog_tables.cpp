// What belongs to tables: constraints, indexes, triggers, policies and grants.
#include <algorithm>

#include "analyzer/postgres/catalog_reader.h"
#include "analyzer/sql/claims.h"

namespace schemaudit {

void CatalogReader::read_constraints() {
  // 0 oid, 1 name, 2 type, 3 table, 4 target, 5 index, 6 key, 7 foreign key, 8-10 flags,
  // 11 inherited, 12 no inherit, 13-15 match and actions, 16 expression, 17 comment, 18 operators,
  // 19 enforced, 20 SET NULL columns, 21 period
  const std::string sql =
      "select c.oid, c.conname, c.contype, c.conrelid, c.confrelid, c.conindid, "
      "array_to_json(c.conkey), array_to_json(c.confkey), c.condeferrable, c.condeferred, "
      "c.convalidated, c.conparentid <> 0 or (c.coninhcount > 0 and not c.conislocal), "
      "c.connoinherit, c.confmatchtype, c.confdeltype, c.confupdtype, "
      "case when c.conrelid not in (select oid from busy) then "
      "pg_get_expr(c.conbin, c.conrelid) end, d.description, "
      "(select json_agg(o.oprname order by u.n) from unnest(c.conexclop) with ordinality u(op, n) "
      "join pg_operator o on o.oid = u.op), " +
      std::string(session_.version >= 180000 ? "c.conenforced, " : "true, ") +
      (session_.version >= 150000 ? "array_to_json(c.confdelsetcols), " : "null, ") +
      (session_.version >= 180000 ? "c.conperiod " : "false ") +
      "from pg_constraint c left join pg_description d on d.objoid = c.oid "
      "and d.classoid = 'pg_constraint'::regclass "
      "where c.conrelid <> 0 and c.contype in ('p', 'u', 'f', 'c', 'x') "
      // What the server adds to a foreign key for each partition of its target.
      "and not exists (select from pg_constraint p where p.oid = c.conparentid "
      "and p.conrelid = c.conrelid)";
  for (const CatalogRow& row : session_.rows_beside_locks(sql)) {
    long table = row.number(3);
    Relation* owner = relation(table);
    if (!owner) continue;
    char kind = row.text(2)[0];
    if (kind == 'p' || kind == 'u' || kind == 'x')
      constraint_of_index_[row.number(5)] = row.text(1);
    std::vector<std::string> key = columns(table, row.numbers(6));
    if (kind == 'p' || kind == 'u') {
      KeyConstraint constraint;
      constraint.name = row.text(1);
      constraint.columns = key;
      constraint.deferrable = row.flag(8);
      constraint.initially_deferred = row.flag(9);
      constraint.without_overlaps = row.flag(21);
      constraint.inherited = row.flag(11);
      constraint.comment = comment(row, 17);
      if (kind == 'p')
        owner->primary_key = constraint;
      else
        owner->unique_constraints.push_back(constraint);
    } else if (kind == 'f') {
      ForeignKey foreign;
      foreign.name = row.text(1);
      foreign.columns = key;
      foreign.target = names_[row.number(4)];
      foreign.target_columns = columns(row.number(4), row.numbers(7));
      foreign.match = row.text(13) == "f"   ? MatchType::full
                      : row.text(13) == "p" ? MatchType::partial
                                            : MatchType::simple;
      foreign.on_delete = referential_action(row.text(14)[0]);
      foreign.on_update = referential_action(row.text(15)[0]);
      foreign.on_delete_columns = columns(table, row.numbers(20));
      foreign.deferrable = row.flag(8);
      foreign.initially_deferred = row.flag(9);
      foreign.validated = row.flag(10);
      foreign.enforced = row.flag(19);
      foreign.with_period = row.flag(21);
      foreign.inherited = row.flag(11);
      foreign.comment = comment(row, 17);
      owner->foreign_keys.push_back(std::move(foreign));
    } else if (kind == 'c') {
      CheckConstraint check;
      check.name = row.text(1);
      check.expression = expression_beside_locks(row, 16, *owner);
      check.columns = key;
      std::sort(check.columns.begin(), check.columns.end());
      if (!row.null(16)) check.allowed = allowed_values(row.text(16));
      check.validated = row.flag(10);
      check.enforced = row.flag(19);
      check.no_inherit = row.flag(12);
      check.inherited = row.flag(11);
      check.comment = comment(row, 17);
      owner->checks.push_back(std::move(check));
    } else {
      ExclusionConstraint exclusion;
      exclusion.name = row.text(1);
      exclusion.inherited = row.flag(11);
      exclusion.comment = comment(row, 17);
      exclusion.predicate = Fact<Expression>::none();
      exclusion_operators_[row.number(5)] = row.texts(18);
      exclusion_of_index_[row.number(5)] = {index_of_[table], owner->exclusions.size()};
      owner->exclusions.push_back(std::move(exclusion));
    }
  }
}

void CatalogReader::read_indexes() {
  const std::string from_where =
      "from pg_index i join pg_class c on c.oid = i.indexrelid "
      "join pg_namespace n on n.oid = c.relnamespace ";
  const std::string in_scope = "where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' ";
  std::unordered_map<Oid, std::vector<IndexKey>> keys;
  for (const CatalogRow& row : session_.rows_beside_locks(
           "select i.indexrelid, a.attname, "
           "case when k.att = 0 and i.indrelid not in (select oid from busy) then "
           "pg_get_indexdef(i.indexrelid, k.n::int, false) end, "
           "case when not oc.opcdefault then case when ocn.nspname = 'pg_catalog' then "
           "oc.opcname else quote_ident(ocn.nspname) || '.' || quote_ident(oc.opcname) end end, "
           "case when coll.oid <> coalesce(a.attcollation, 100) then coll.collname end, "
           "i.indoption[k.n - 1] & 1 <> 0, i.indoption[k.n - 1] & 2 <> 0, k.n "
           "from pg_index i join pg_class c on c.oid = i.indexrelid "
           "join pg_namespace n on n.oid = c.relnamespace "
           "cross join lateral unnest(i.indkey::int2[]) with ordinality k(att, n) "
           "left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.att "
           "and k.att <> 0 "
           "left join pg_opclass oc on oc.oid = i.indclass[k.n - 1] "
           "left join pg_namespace ocn on ocn.oid = oc.opcnamespace "
           "left join pg_collation coll on coll.oid = i.indcollation[k.n - 1] " +
           in_scope + "order by i.indexrelid, k.n")) {
    IndexKey key;
    if (!row.null(1))
      key.column = row.text(1);
    else
      key.expression = Expression{row.text(2), {}, false};
    key.operator_class = row.text(3);
    key.collation = row.text(4);
    key.descending = row.flag(5);
    key.nulls_first = row.flag(6) != row.flag(5);
    keys[row.number(0)].push_back(std::move(key));
  }
  for (const CatalogRow& row : session_.rows_beside_locks(
           "select i.indexrelid, i.indrelid, c.relname, am.amname, i.indisunique, "
           "i.indisvalid and i.indisready, i.indnkeyatts, "
           "case when i.indrelid not in (select oid from busy) then "
           "pg_get_expr(i.indpred, i.indrelid) end, "
           "d.description, exists (select from pg_inherits h where h.inhrelid = i.indexrelid), " +
           std::string(session_.version >= 150000 ? "i.indnullsnotdistinct" : "false") +
           ", i.indisreplident, i.indpred is not null " + from_where +
           "join pg_am am on am.oid = c.relam "
           "left join pg_description d on d.objoid = i.indexrelid and d.objsubid = 0 "
           "and d.classoid = 'pg_class'::regclass " +
           in_scope)) {
    Relation* owner = relation(row.number(1));
    if (!owner) continue;
    Index index;
    index.name = row.text(2);
    index.method = row.text(3);
    index.unique = row.flag(4);
    index.valid = row.flag(5);
    index.predicate = row.flag(12) ? Fact<Expression>(expression_beside_locks(row, 7, *owner))
                                   : Fact<Expression>::none();
    index.comment = comment(row, 8);
    index.inherited = row.flag(9);
    index.nulls_not_distinct = row.flag(10);
    index.replica_identity = row.flag(11);
    auto constraint = constraint_of_index_.find(row.number(0));
    if (constraint != constraint_of_index_.end()) index.constraint = constraint->second;
    index.keys = keys[row.number(0)];
    std::size_t count = std::min<std::size_t>(index.keys.size(), row.number(6));
    for (std::size_t k = count; k < index.keys.size(); ++k)
      index.include.push_back(index.keys[k].column.value_or(""));
    index.keys.resize(count);
    for (IndexKey& key : index.keys)
      if (key.expression)
        key.expression = key.expression->text.empty()
                             ? expression_beside_locks(CatalogRow{{std::nullopt}}, 0, *owner)
                             : expression(key.expression->text, owner);

    auto copy_to = [&](KeyConstraint& key) {
      if (key.name != index.constraint) return;
      key.include = index.include;
      key.nulls_not_distinct = index.nulls_not_distinct;
    };
    if (!index.constraint.empty()) {
      if (owner->primary_key) copy_to(*owner->primary_key);
      for (KeyConstraint& key : owner->unique_constraints) copy_to(key);
    }
    auto excluded = exclusion_of_index_.find(row.number(0));
    if (excluded != exclusion_of_index_.end()) {
      ExclusionConstraint& exclusion = owner->exclusions[excluded->second.second];
      exclusion.method = index.method;
      exclusion.predicate = index.predicate;
      const auto& operators = exclusion_operators_[row.number(0)];
      for (std::size_t k = 0; k < index.keys.size(); ++k)
        exclusion.elements.push_back(
            {index.keys[k].expression ? *index.keys[k].expression
                                      : expression(quote_identifier(*index.keys[k].column), owner),
             k < operators.size() ? operators[k] : ""});
    }
    owner->indexes.push_back(std::move(index));
  }
}

void CatalogReader::read_triggers_policies_grants() {
  for (const CatalogRow& row : session_.rows_beside_locks(
           "select t.tgrelid, t.tgname, n.nspname, p.proname, t.tgenabled <> 'D', "
           "t.tgparentid <> 0, case when t.tgqual is null or t.tgrelid not in "
           "(select oid from busy) then pg_get_triggerdef(t.oid) end, d.description "
           "from pg_trigger t join pg_proc p on p.oid = t.tgfoid "
           "join pg_namespace n on n.oid = p.pronamespace "
           "left join pg_description d on d.objoid = t.oid "
           "and d.classoid = 'pg_trigger'::regclass where not t.tgisinternal")) {
    Relation* owner = relation(row.number(0));
    if (!owner) continue;
    if (row.null(6)) {
      // Of which nothing is known but its name; the list is no longer all there is.
      owner->coverage.triggers = false;
      locked_.insert(to_string(owner->name));
      continue;
    }
    Trigger trigger;
    trigger.name = row.text(1);
    trigger.function = {row.text(2), row.text(3)};
    trigger.enabled = row.flag(4);
    trigger.inherited = row.flag(5);
    trigger.comment = comment(row, 7);
    // The same reader as for documents, so that the two compare.
    std::optional<ParsedTrigger> parsed = parse_trigger(row.text(6), column_types_of(*owner));
    trigger.definition = parsed ? parsed->trigger.definition : row.text(6);
    owner->triggers.push_back(std::move(trigger));
  }
  for (const CatalogRow& row : session_.rows_beside_locks(
           "select p.polrelid, p.polname, p.polcmd, p.polpermissive, "
           "(select json_agg(case when r = 0 then 'public' else pg_get_userbyid(r) end) "
           "from unnest(p.polroles) r), "
           "case when p.free then pg_get_expr(p.polqual, p.polrelid) end, "
           "case when p.free then pg_get_expr(p.polwithcheck, p.polrelid) end, "
           "p.polqual is not null, p.polwithcheck is not null from "
           "(select *, polrelid not in (select oid from busy) and oid not in (select objid "
           "from bound where classid = 'pg_policy'::regclass) as free from pg_policy offset 0) "
           "p")) {
    Relation* owner = relation(row.number(0));
    if (!owner) continue;
    Policy policy;
    policy.name = row.text(1);
    char command = row.text(2)[0];
    policy.command = command == 'r'   ? PolicyCommand::select
                     : command == 'a' ? PolicyCommand::insert
                     : command == 'w' ? PolicyCommand::update
                     : command == 'd' ? PolicyCommand::delete_
                                      : PolicyCommand::all;
    policy.permissive = row.flag(3);
    policy.roles = row.texts(4);
    std::sort(policy.roles.begin(), policy.roles.end());
    auto read = [&](std::size_t i) {
      return row.flag(i + 2) ? Fact<Expression>(expression_beside_locks(row, i, *owner))
                             : Fact<Expression>::none();
    };
    policy.using_expression = read(5);
    policy.check_expression = read(6);
    owner->policies.push_back(std::move(policy));
  }
  for (const CatalogRow& row : session_.rows(
           "select c.oid, case when x.grantee = 0 then 'PUBLIC' else pg_get_userbyid(x.grantee) "
           "end, json_agg(distinct x.privilege_type) from pg_class c, "
           "lateral aclexplode(c.relacl) x where c.relacl is not null and "
           "x.grantee <> c.relowner and c.relkind in ('r', 'p', 'f', 'v', 'm') group by 1, 2")) {
    Relation* owner = relation(row.number(0));
    if (!owner) continue;
    Grant grant{row.text(1), row.texts(2)};
    std::sort(grant.privileges.begin(), grant.privileges.end());
    owner->grants.push_back(std::move(grant));
  }
}

}  // namespace schemaudit
