#include "analyzer/sql/replay/views.h"

#include <algorithm>

#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/grants.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/queries.h"
#include "analyzer/sql/replay/storage_parameters.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

namespace {

bool is_persistence(const PgQuery__RangeVar& name, char persistence) {
  return name.relpersistence && *name.relpersistence == persistence;
}

/// A query read for the relation that it makes.
struct ReadQuery {
  QueryColumns columns;
  std::vector<Need> needs;
  std::vector<Attribute> attributes;
};

void rename_given(Run& run, PgQuery__SelectStmt* query, ReadQuery& read,
                  const std::vector<std::string>& names, const std::string& too_many) {
  const bool combined = query && query->larg;
  if (names.empty() && !combined) return;
  if (!read.columns.known) {
    read.columns.decided = false;
    return;
  }
  if (names.size() > read.columns.columns.size()) refuse(too_many);
  for (std::size_t i = 0; i < names.size(); ++i) read.columns.columns[i].name = names[i];
  if (!query) return;
  // The server writes the view's names into each query that UNION puts together.
  std::vector<std::string> all;
  for (const QueryColumn& column : read.columns.columns) all.push_back(column.name);
  name_columns(run, *query, all);
  const PgQuery__SelectStmt* first = query;
  while (first->larg) first = first->larg;
  // Rows of VALUES have no place for a name.
  if (first->n_values_lists > 0 && !names.empty()) read.columns.decided = false;
}

void make_attributes(const Run& run, ReadQuery& read) {
  for (const QueryColumn& column : read.columns.columns) {
    for (const Attribute& other : read.attributes)
      if (other.name == column.name)
        refuse("column " + quoted(column.name) + " specified more than once");
    Attribute attribute;
    attribute.name = column.name;
    attribute.type = column.type;
    attribute.collation = column.collation;
    attribute.origin = run.origin;
    read.attributes.push_back(std::move(attribute));
  }
}

ReadQuery read_query(Run& run, PgQuery__Node* query, const std::vector<std::string>& names,
                     const std::string& too_many) {
  ReadQuery read;
  PgQuery__SelectStmt* select =
      query && query->node_case == PG_QUERY__NODE__NODE_SELECT_STMT ? query->select_stmt : nullptr;
  if (select)
    read.columns = analyse_query(run, *select, {}, read.needs);
  else
    read.columns = {false, {}, false};
  rename_given(run, select, read, names, too_many);
  make_attributes(run, read);
  return read;
}

bool reads_temporary(const Run& run, const std::vector<Need>& needs) {
  const ObjectId temporary = run.session.temporary_schema;
  return temporary && std::any_of(needs.begin(), needs.end(), [&](const Need& need) {
           const Object* object = run.catalog.find(need.object);
           return object && is_relation(object->kind) && object->schema == temporary;
         });
}

StoredExpression stored_definition(Run& run, PgQuery__Node& query, ReadQuery& read) {
  StoredExpression definition = store_query(run, query, std::string(run.source), read.needs);
  definition.undecided = !read.columns.decided;
  return definition;
}

/// A view goes as a whole with the type of one of its columns.
void add_type_needs(const std::vector<Attribute>& attributes, bool is_view,
                    std::vector<Need>& needs) {
  for (std::size_t i = 0; i < attributes.size(); ++i)
    if (attributes[i].type)
      need_type(needs, *attributes[i].type, is_view ? 0 : static_cast<int>(i) + 1);
}

/// The columns of the view that is replaced stay as they are; new ones come behind.
void require_same_columns(const Run& run, const RelationDetail& old, const ReadQuery& read) {
  if (!old.columns_known || !read.columns.known) return;
  if (read.attributes.size() < old.attributes.size()) refuse("cannot drop columns from view");
  for (std::size_t i = 0; i < old.attributes.size(); ++i) {
    const Attribute& before = old.attributes[i];
    const Attribute& after = read.attributes[i];
    if (before.name != after.name)
      refuse("cannot change name of view column " + quoted(before.name) + " to " +
             quoted(after.name));
    if (before.type && after.type && *before.type != *after.type)
      refuse("cannot change data type of view column " + quoted(before.name) + " from " +
             type_text(run.catalog, *before.type) + " to " + type_text(run.catalog, *after.type));
  }
}

void replace_view(Run& run, ObjectId view, PgQuery__Node& query, ReadQuery read) {
  require_same_columns(run, run.catalog.relation(view), read);
  StoredExpression definition = stored_definition(run, query, read);
  Object& object = run.catalog.edit(view);
  auto& detail = std::get<RelationDetail>(object.detail);
  detail.definition = std::move(definition);
  object.origin = run.origin;
  if (read.columns.known && detail.columns_known)
    for (std::size_t i = 0; i < detail.attributes.size() && i < read.attributes.size(); ++i) {
      Attribute kept = std::move(detail.attributes[i]);
      if (!kept.type) kept.type = read.attributes[i].type;
      read.attributes[i] = std::move(kept);
    }
  detail.columns_known = read.columns.known;
  add_type_needs(read.attributes, true, read.needs);
  detail.attributes = std::move(read.attributes);
  std::erase_if(object.needs, [](const Need& need) { return need.kind == NeedKind::normal; });
  for (const Need& need : read.needs) run.catalog.depend(view, need);
  run.changed(ChangeKind::replace, view);
}

ObjectId add_relation(Run& run, Kind kind, ObjectId schema, const std::string& name,
                      std::vector<Need> needs, RelationDetail detail) {
  Object object;
  object.kind = kind;
  object.schema = schema;
  object.name = name;
  object.origin = run.origin;
  add_type_needs(detail.attributes, is_view(kind), needs);
  object.needs = std::move(needs);
  detail.owner = run.session.role;
  object.detail = std::move(detail);
  ObjectId relation = run.catalog.add(std::move(object));
  apply_default_grants(run, relation);
  return relation;
}

void make_from_query(Run& run, const PgQuery__IntoClause& into, PgQuery__Node& query, bool is_view,
                     bool if_not_exists) {
  const PgQuery__RangeVar& name = *into.rel;
  const bool temporary = is_persistence(name, 't');
  ObjectId schema = creation_schema(run, name.schemaname, temporary);
  if (run.catalog.find_relation(schema, name.relname)) {
    if (if_not_exists) return;
    refuse("relation " + quoted(name.relname) + " already exists");
  }
  ReadQuery read = read_query(run, &query, strings_of(into.n_col_names, into.col_names),
                              "too many column names were specified");
  require_free_relation_name(run, schema, name.relname, true);
  RelationDetail detail;
  detail.columns_known = read.columns.known;
  detail.temporary = schema == run.session.temporary_schema && schema != kNoObject;
  detail.unlogged = is_persistence(name, 'u');
  if (is_view) {
    if (reads_temporary(run, read.needs))
      refuse("materialized views must not use temporary tables or views");
    detail.definition = stored_definition(run, query, read);
  } else {
    read.needs.clear();
  }
  detail.attributes = std::move(read.attributes);
  ObjectId relation = add_relation(run, is_view ? Kind::materialized_view : Kind::table, schema,
                                   name.relname, std::move(read.needs), std::move(detail));
  run.changed(ChangeKind::create, relation).conditional = if_not_exists;
}

const PgQuery__SelectStmt& leftmost(const PgQuery__SelectStmt& select) {
  const PgQuery__SelectStmt* first = &select;
  while (first->larg) first = first->larg;
  return *first;
}

}  // namespace

void create_view(Run& run, const PgQuery__ViewStmt& create) {
  const PgQuery__RangeVar& name = *create.view;
  require_parameters(Kind::view, create.n_options, create.options);
  const bool invoker = security_invoker(create.n_options, create.options).value_or(false);
  bool temporary = is_persistence(name, 't');
  ObjectId schema = creation_schema(run, name.schemaname, temporary);
  std::vector<std::string> aliases = strings_of(create.n_aliases, create.aliases);
  ReadQuery read = read_query(run, create.query, aliases,
                              "CREATE VIEW specifies more column names than columns");
  if (!temporary && reads_temporary(run, read.needs)) {
    if (*name.schemaname)
      refuse("cannot create temporary relation in non-temporary schema", name.location);
    schema = creation_schema(run, {}, true);
  }
  ObjectId old = run.catalog.find_relation(schema, name.relname);
  if (old && create.replace) {
    if (run.catalog.at(old).kind != Kind::view) refuse(quoted(name.relname) + " is not a view");
    replace_view(run, old, *create.query, std::move(read));
    // Its options go with the old query.
    run.catalog.edit_relation(old).security_invoker = invoker;
    return;
  }
  require_free_relation_name(run, schema, name.relname, true);
  RelationDetail detail;
  detail.columns_known = read.columns.known;
  detail.temporary = schema == run.session.temporary_schema;
  detail.definition = stored_definition(run, *create.query, read);
  detail.security_invoker = invoker;
  detail.attributes = std::move(read.attributes);
  ObjectId view =
      add_relation(run, Kind::view, schema, name.relname, std::move(read.needs), std::move(detail));
  run.changed(ChangeKind::create, view);
}

void create_table_as(Run& run, const PgQuery__CreateTableAsStmt& create) {
  make_from_query(run, *create.into, *create.query,
                  create.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW,
                  create.if_not_exists != 0);
}

bool is_select_into(const PgQuery__SelectStmt& select) {
  return leftmost(select).into_clause != nullptr;
}

void select_into(Run& run, PgQuery__SelectStmt& select) {
  PgQuery__Node node = PG_QUERY__NODE__INIT;
  node.node_case = PG_QUERY__NODE__NODE_SELECT_STMT;
  node.select_stmt = &select;
  make_from_query(run, *leftmost(select).into_clause, node, false, false);
}

}  // namespace schemaudit::replay
