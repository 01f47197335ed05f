#include "analyzer/postgres/catalog_reader.h"

#include <algorithm>

#include "analyzer/postgres/default_scope.h"
#include "analyzer/sql/claims.h"

namespace schemaudit {

void CatalogReader::read() {
  auto next = [&](const char* what) {
    if (options_.progress) options_.progress(what);
  };
  next("schemas");
  read_namespaces_and_members();
  next("tables and views");
  read_relations();
  next("columns");
  read_columns();
  next("constraints");
  read_constraints();
  next("indexes");
  read_indexes();
  next("triggers, policies and grants");
  read_triggers_policies_grants();
  read_inheritance();
  next("types, sequences and functions");
  read_types();
  read_sequences();
  read_functions();
  next("dependencies");
  read_dependencies();
  source_.schema.sort();
  next("what the role may see");
  read_visibility();
  next("which migrations were applied");
  read_applied_migrations();
  tell_what_was_locked();
  for (const auto& [key, count] : left_out_)
    source_.left_out.push_back({key.first, key.second, count});
}

void CatalogReader::leave_out(const std::string& what, const std::string& why) {
  ++left_out_[{what, why}];
}

bool CatalogReader::ignored(const QualifiedName& name) {
  for (const std::string& glob : options_.ignore)
    if (matches_glob(glob, name.name) || matches_glob(glob, name.schema + "." + name.name)) {
      leave_out(to_string(name), "ignored by the configuration");
      return true;
    }
  return false;
}

bool CatalogReader::wanted(const std::string& schema, const std::string& kind, Oid oid,
                           const char* classname) {
  if (!schemas_.count(schema)) return false;
  auto member = members_.find({classname, oid});
  if (member == members_.end()) return true;
  leave_out(kind + "s of extension " + member->second, "owned by an extension");
  return false;
}

Relation* CatalogReader::relation(Oid oid) {
  auto at = index_of_.find(oid);
  return at == index_of_.end() ? nullptr : &source_.schema.relations[at->second];
}

std::vector<std::string> CatalogReader::columns(Oid relation, const std::vector<long>& numbers) {
  std::vector<std::string> names;
  const auto& attributes = attributes_[relation];
  for (long number : numbers) {
    auto at = attributes.find(number);
    names.push_back(at == attributes.end() ? "" : at->second);
  }
  return names;
}

Expression CatalogReader::expression(const std::string& text, const Relation* relation) {
  if (text.empty()) return {text, {}, false};
  return as_stored(
      normalise_expression(text, relation ? column_types_of(*relation) : ColumnTypes{}));
}

Expression CatalogReader::as_stored(Expression expression) const {
  if (session_.version < 140000 && expression.normal.find("date_part(") != std::string::npos)
    expression.decided = false;
  return expression;
}

Expression CatalogReader::expression_beside_locks(const CatalogRow& row, std::size_t i,
                                                  const Relation& owner) {
  if (!row.null(i)) return expression(row.text(i), &owner);
  locked_.insert(to_string(owner.name));
  return {"...", {}, false};
}

void CatalogReader::tell_what_was_locked() {
  if (locked_.empty()) return;
  constexpr std::size_t kNamed = 10;
  std::string names;
  std::size_t count = 0;
  for (const std::string& name : locked_)
    if (++count <= kNamed) names += (names.empty() ? "" : ", ") + name;
  if (count > kNamed) names += " and " + std::to_string(count - kNamed) + " more";
  Problem problem;
  problem.kind = ProblemKind::unreadable;
  problem.message = "expressions and definitions of " + names +
                    " could not be read, because another session holds a lock on them or on "
                    "what they read: try again once it is released";
  source_.problems.push_back(std::move(problem));
}

Type CatalogReader::type_of(const std::string& formatted) {
  std::string type = requoted(formatted);
  return {type, type, false};
}

Expression CatalogReader::default_of(const std::string& text, const std::string& type) {
  auto [at, fresh] = defaults_.try_emplace({text, type});
  if (fresh) at->second = as_stored(normalise_expression(text, {}, type));
  return at->second;
}

Fact<std::string> CatalogReader::comment(const CatalogRow& row, std::size_t i) {
  return row.null(i) ? Fact<std::string>::none() : Fact<std::string>(row.text(i));
}

void CatalogReader::read_namespaces_and_members() {
  for (const CatalogRow& row : session_.rows(
           "select d.classid::regclass::text, d.objid, e.extname from pg_depend d "
           "join pg_extension e on e.oid = d.refobjid and d.refclassid = 'pg_extension'::regclass "
           "where d.deptype = 'e'"))
    members_[{row.text(0), row.number(1)}] = row.text(2);
  for (const CatalogRow& row : session_.rows(
           "select n.oid, n.nspname, d.description, exists (select from "
           "aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) x where x.grantee = 0 "
           "and x.privilege_type = 'CREATE') from pg_namespace n left join pg_description d "
           "on d.objoid = n.oid and d.classoid = 'pg_namespace'::regclass and d.objsubid = 0 "
           "where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 2")) {
    std::string name = row.text(1);
    if (!options_.schemas.empty()) {
      auto matches = [&](const std::string& glob) { return matches_glob(glob, name); };
      if (std::none_of(options_.schemas.begin(), options_.schemas.end(), matches)) {
        leave_out("schema " + quote_identifier(name), "not among the schemas asked for");
        continue;
      }
    } else if (is_platform_schema(name) &&
               std::find(options_.also_schemas.begin(), options_.also_schemas.end(), name) ==
                   options_.also_schemas.end()) {
      leave_out("schema " + quote_identifier(name), "belongs to the platform");
      continue;
    } else if (members_.count({"pg_namespace", row.number(0)})) {
      leave_out("schema " + quote_identifier(name), "owned by an extension");
      continue;
    }
    schemas_.insert(name);
    source_.schema.namespaces.push_back({name, comment(row, 2), {}, row.flag(3)});
  }
  for (const CatalogRow& row :
       session_.rows("select e.extname, e.extversion, n.nspname from pg_extension e "
                     "join pg_namespace n on n.oid = e.extnamespace where e.extname <> 'plpgsql'"))
    source_.schema.extensions.push_back({row.text(0), row.text(1), row.text(2), {}});
}

void CatalogReader::read_relations() {
  // A bound has no columns, and without a relation none is locked for it.
  for (const CatalogRow& row : session_.rows_beside_locks(
           "select c.oid, n.nspname, c.relname, c.relkind, c.relrowsecurity, "
           "c.relforcerowsecurity, c.relpersistence = 'u', pg_get_userbyid(c.relowner), "
           "d.description, case when c.relkind = 'p' and c.oid not in (select oid from busy) "
           "then pg_get_partkeydef(c.oid) end, pg_get_expr(c.relpartbound, 0), "
           "case when c.relkind in ('v', 'm') and c.oid not in (select oid from busy_views) "
           "then pg_get_viewdef(c.oid) end, "
           "c.relkind = 'v' and coalesce((select o.option_value::boolean from "
           "pg_options_to_table(c.reloptions) o where o.option_name = 'security_invoker'), false) "
           "from pg_class c join pg_namespace n on n.oid = c.relnamespace "
           "left join pg_description d on d.objoid = c.oid and d.classoid = 'pg_class'::regclass "
           "and d.objsubid = 0 where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S') "
           "and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'")) {
    QualifiedName name{row.text(1), row.text(2)};
    names_[row.number(0)] = name;
    char kind = row.text(3)[0];
    if (kind == 'S' || !wanted(name.schema, "relation", row.number(0), "pg_class")) continue;
    if (is_bookkeeping_table(name.name)) {
      leave_out(to_string(name), "bookkeeping of a migration tool");
      continue;
    }
    if (ignored(name)) continue;
    Relation relation;
    relation.name = name;
    relation.kind = kind == 'p'   ? RelationKind::partitioned_table
                    : kind == 'f' ? RelationKind::foreign_table
                    : kind == 'v' ? RelationKind::view
                    : kind == 'm' ? RelationKind::materialized_view
                                  : RelationKind::table;
    relation.row_security = row.flag(4);
    relation.row_security_forced = row.flag(5);
    relation.unlogged = row.flag(6);
    relation.owner = row.text(7);
    relation.comment = comment(row, 8);
    if (!row.null(9))
      relation.partition_key = normalise_partition_key(row.text(9));
    else if (kind == 'p')
      relation.partition_key = expression_beside_locks(row, 9, relation);
    if (!row.null(10))
      relation.partition_of = PartitionOf{{}, normalise_partition_bound(row.text(10))};
    if (!row.null(11))
      relation.definition = as_stored(normalise_query(row.text(11)));
    else if (kind == 'v' || kind == 'm')
      relation.definition = expression_beside_locks(row, 11, relation);
    if (relation.is_view()) relation.security_invoker = row.flag(12);
    relation.coverage = Coverage::all();
    index_of_[row.number(0)] = source_.schema.relations.size();
    source_.schema.relations.push_back(std::move(relation));
  }
}

void CatalogReader::read_columns() {
  std::vector<CatalogRow> generated;
  for (const CatalogRow& row : session_.rows_beside_locks(
           "select a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), "
           "a.attnotnull, case when a.attgenerated = '' then pg_get_expr(f.adbin, 0) "
           "when f.adrelid not in (select oid from busy) then pg_get_expr(f.adbin, f.adrelid) end, "
           "a.attidentity, a.attgenerated, "
           "cn.nspname, co.collname, d.description, a.attinhcount > 0 and not a.attislocal, "
           "t.typtype = 'd' "
           "from pg_attribute a join pg_class c on c.oid = a.attrelid "
           "join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = a.atttypid "
           "left join pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum "
           "left join pg_collation co on co.oid = a.attcollation "
           "and a.attcollation <> t.typcollation and c.relkind not in ('v', 'm') "
           "left join pg_namespace cn on cn.oid = co.collnamespace "
           "left join pg_description d on d.objoid = a.attrelid and d.objsubid = a.attnum "
           "and d.classoid = 'pg_class'::regclass "
           "where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'f', 'v', 'm') "
           "and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1, 2")) {
    attributes_[row.number(0)][row.number(1)] = row.text(2);
    Relation* owner = relation(row.number(0));
    if (!owner) continue;
    Column column;
    column.name = row.text(2);
    column.type = type_of(row.text(3));
    column.nullable = !row.flag(4);
    column.identity = row.text(6) == "a"   ? Fact<IdentityKind>(IdentityKind::always)
                      : row.text(6) == "d" ? Fact<IdentityKind>(IdentityKind::by_default)
                                           : Fact<IdentityKind>::none();
    column.default_value = Fact<Expression>::none();
    column.generated = Fact<Generated>::none();
    if (!row.text(7).empty()) {
      generated.push_back(row);
    } else if (!row.null(5)) {
      Expression value = default_of(row.text(5), column.type->normal);
      // DEFAULT NULL says nothing, except of a domain, whose own default it replaces.
      if (value.normal != "null" || row.flag(12)) column.default_value = value;
    }
    column.collation = row.null(9)
                           ? Fact<QualifiedName>::none()
                           : Fact<QualifiedName>(QualifiedName{
                                 row.text(8) == "pg_catalog" ? "" : row.text(8), row.text(9)});
    column.comment = comment(row, 10);
    column.inherited = row.flag(11);
    owner->columns.push_back(std::move(column));
  }
  // They read the other columns, whose types they are compared by.
  for (const CatalogRow& row : generated) {
    Relation* owner = relation(row.number(0));
    Column* column = owner->find_column(row.text(2));
    column->generated =
        Generated{row.text(7) == "v" ? GeneratedKind::virtual_ : GeneratedKind::stored,
                  row.null(5) ? expression_beside_locks(row, 5, *owner)
                              : as_stored(normalise_expression(row.text(5), column_types_of(*owner),
                                                               column->type->normal))};
  }
}

void CatalogReader::read_inheritance() {
  for (const CatalogRow& row : session_.rows(
           "select i.inhrelid, i.inhparent from pg_inherits i join pg_class c on c.oid = "
           "i.inhrelid where c.relkind in ('r', 'p', 'f') order by i.inhrelid, i.inhseqno")) {
    Relation* child = relation(row.number(0));
    if (!child) continue;
    const QualifiedName& parent = names_[row.number(1)];
    if (child->partition_of)
      child->partition_of->parent = parent;
    else
      child->inherits.push_back(parent);
  }
}

}  // namespace schemaudit
