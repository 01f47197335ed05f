#include "analyzer/sql/replay/schemas_extensions.h"

#include <algorithm>

#include "analyzer/sql/builtin/known_extensions.h"
#include "analyzer/sql/replay/grants.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/object_names.h"
#include "analyzer/sql/replay/rename.h"
#include "analyzer/sql/replay/statement_kinds.h"

namespace schemaudit::replay {

namespace {

ObjectId add_schema(Run& run, const std::string& name, const std::string& owner) {
  Object object;
  object.kind = Kind::schema;
  object.name = name;
  object.origin = run.origin;
  object.detail = NamespaceDetail{owner, false, false};
  return run.catalog.add(std::move(object));
}

/// A new schema's elements see it first on the search path; what was set comes back in the end.
class SearchPathWith {
 public:
  SearchPathWith(Session& session, const std::string& schema)
      : session_(session), before_(session.search_path) {
    session.search_path.insert(session.search_path.begin(), schema);
  }
  ~SearchPathWith() { session_.search_path = std::move(before_); }
  SearchPathWith(const SearchPathWith&) = delete;
  SearchPathWith& operator=(const SearchPathWith&) = delete;

 private:
  Session& session_;
  std::vector<std::string> before_;
};

/// The order in which the server makes them (transformCreateSchemaStmtElements()).
int order_of(const PgQuery__Node& element) {
  switch (element.node_case) {
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
      return 0;
    case PG_QUERY__NODE__NODE_CREATE_STMT:
      return 1;
    case PG_QUERY__NODE__NODE_VIEW_STMT:
      return 2;
    case PG_QUERY__NODE__NODE_INDEX_STMT:
      return 3;
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
      return 4;
    default:
      return 5;
  }
}

const PgQuery__DefElem* option_named(std::size_t count, PgQuery__Node* const* options,
                                     std::string_view name) {
  for (std::size_t i = 0; i < count; ++i)
    if (options[i]->node_case == PG_QUERY__NODE__NODE_DEF_ELEM &&
        options[i]->def_elem->defname == name)
      return options[i]->def_elem;
  return nullptr;
}

void add_member(Run& run, Kind kind, ObjectId extension, ObjectId schema, std::string_view name) {
  Object object;
  object.kind = kind;
  object.schema = schema;
  object.name = std::string(name);
  object.origin = run.origin;
  object.needs.push_back({extension, 0, NeedKind::extension, 0});
  if (kind == Kind::routine) {
    RoutineDetail detail;
    detail.language = "extension";
    object.detail = std::move(detail);
  } else {
    if (run.catalog.find_type(schema, name)) refuse("type " + quoted(name) + " already exists");
    object.detail = OtherDetail{"base"};
  }
  run.catalog.add(std::move(object));
}

/// Where its objects go: the schema it insists on, the one that is asked for, or the current.
ObjectId extension_schema(Run& run, const std::string& name, const KnownExtension* known,
                          const std::string& asked) {
  std::string insists(known ? known->schema : std::string_view());
  if (insists.empty()) return creation_schema(run, asked);
  if (!asked.empty() && asked != insists)
    refuse("extension " + quoted(name) + " must be installed in schema " + quoted(insists));
  if (is_system_schema(insists)) return kNoObject;
  if (ObjectId schema = run.catalog.find_schema(insists)) return schema;
  return add_schema(run, insists, run.session.role);
}

ObjectId install(Run& run, const std::string& name, const std::string& asked, bool cascade,
                 const std::string& version, int depth = 0) {
  const KnownExtension* known = find_known_extension(name);
  const ObjectId last_before = run.catalog.last();
  const ObjectId schema = extension_schema(run, name, known, asked);
  const bool made_schema = schema > last_before;
  std::vector<Need> needs;
  if (known)
    for (std::string_view required : known->required) {
      ObjectId other = run.catalog.find_extension(required);
      if (!other && !cascade)
        refuse("required extension " + quoted(required) + " is not installed");
      if (!other && depth < 8)
        other = install(run, std::string(required), asked, true, {}, depth + 1);
      if (other) needs.push_back({other, 0, NeedKind::normal, 0});
    }
  if (!known) run.session.has_unknown_objects = true;
  Object object;
  object.kind = Kind::extension;
  object.schema = schema;
  object.name = name;
  object.origin = run.origin;
  object.needs = std::move(needs);
  if (schema && !made_schema) object.needs.push_back({schema, 0, NeedKind::normal, 0});
  object.detail = ExtensionDetail{version};
  ObjectId extension = run.catalog.add(std::move(object));
  if (made_schema) run.catalog.depend(schema, {extension, 0, NeedKind::extension, 0});
  if (known && schema) {
    for (std::string_view type : known->types)
      add_member(run, Kind::base_type, extension, schema, type);
    for (std::string_view function : known->functions)
      add_member(run, Kind::routine, extension, schema, function);
  }
  if (name == "postgis" && schema)
    for (std::string_view relation : {"geography_columns", "geometry_columns", "spatial_ref_sys"})
      add_member(run, Kind::view, extension, schema, relation);
  run.changed(ChangeKind::create, extension);
  return extension;
}

bool belongs_to(const Object& object, ObjectId extension) {
  return std::any_of(object.needs.begin(), object.needs.end(), [&](const Need& need) {
    return need.object == extension && need.kind == NeedKind::extension;
  });
}

ObjectId extension_named(Run& run, const std::string& name) {
  ObjectId extension = run.catalog.find_extension(name);
  if (!extension && name != "plpgsql") refuse("extension " + quoted(name) + " does not exist");
  return extension;
}

}  // namespace

void create_schema(Run& run, const PgQuery__CreateSchemaStmt& create) {
  std::string owner = create.authrole ? role_name(run, *create.authrole) : run.session.role;
  std::string name = create.schemaname && *create.schemaname ? create.schemaname : owner;
  if (name.empty()) give_up("CREATE SCHEMA is named after the current role, which is not known");
  if (run.catalog.find_schema(name) || is_system_schema(name)) {
    if (create.if_not_exists) return;
    refuse("schema " + quoted(name) + " already exists");
  }
  if (name.starts_with("pg_")) refuse("unacceptable schema name " + quoted(name));
  ObjectId schema = add_schema(run, name, owner);
  run.changed(ChangeKind::create, schema).conditional = create.if_not_exists != 0;

  SearchPathWith path(run.session, name);
  std::vector<PgQuery__Node*> elements(create.schema_elts,
                                       create.schema_elts + create.n_schema_elts);
  std::stable_sort(
      elements.begin(), elements.end(),
      [](const PgQuery__Node* a, const PgQuery__Node* b) { return order_of(*a) < order_of(*b); });
  for (PgQuery__Node* element : elements)
    if (const StatementKind* kind = statement_kind(*element); kind && kind->run)
      kind->run(run, *element);
}

void create_extension(Run& run, const PgQuery__CreateExtensionStmt& create) {
  const std::string name = create.extname;
  if (run.catalog.find_extension(name) || name == "plpgsql") {
    if (create.if_not_exists) return;
    refuse("extension " + quoted(name) + " already exists");
  }
  std::string asked, version;
  if (const auto* schema = option_named(create.n_options, create.options, "schema"))
    asked = string_of(schema->arg);
  if (const auto* wanted = option_named(create.n_options, create.options, "new_version"))
    version = string_of(wanted->arg);
  bool cascade = option_named(create.n_options, create.options, "cascade") != nullptr;
  install(run, name, asked, cascade, version);
}

void update_extension(Run& run, const PgQuery__AlterExtensionStmt& alter) {
  ObjectId extension = extension_named(run, alter.extname);
  if (!extension) return;
  const auto* version = option_named(alter.n_options, alter.options, "new_version");
  run.catalog.edit_detail<ExtensionDetail>(extension).version =
      version ? std::string(string_of(version->arg)) : std::string();
  run.changed(ChangeKind::property, extension);
}

void change_extension_members(Run& run, const PgQuery__AlterExtensionContentsStmt& alter) {
  ObjectId extension = extension_named(run, alter.extname);
  if (!extension || !alter.object) return;
  ObjectId member = object_named(run, alter.objtype, *alter.object);
  if (!member) return;
  if (alter.action > 0)
    run.catalog.depend(member, {extension, 0, NeedKind::extension, 0});
  else
    std::erase_if(run.catalog.edit(member).needs, [&](const Need& need) {
      return need.object == extension && need.kind == NeedKind::extension;
    });
  run.changed(ChangeKind::property, extension);
}

void move_extension(Run& run, ObjectId extension, ObjectId schema) {
  const KnownExtension* known = find_known_extension(run.catalog.at(extension).name);
  if (known && !known->relocatable)
    refuse("extension " + quoted(run.catalog.at(extension).name) + " does not support SET SCHEMA");
  const ObjectId before = run.catalog.at(extension).schema;
  for (ObjectId member : run.catalog.users(extension)) {
    if (!belongs_to(run.catalog.at(member), extension)) continue;
    if (run.catalog.at(member).schema == before)
      rename_object(run, member, schema, run.catalog.at(member).name);
  }
  run.catalog.rename(extension, schema, run.catalog.at(extension).name);
  std::erase_if(run.catalog.edit(extension).needs,
                [&](const Need& need) { return need.object == before; });
  run.catalog.depend(extension, {schema, 0, NeedKind::normal, 0});
  run.changed(ChangeKind::move, extension).new_name = run.catalog.schema_name(schema);
}

}  // namespace schemaudit::replay
