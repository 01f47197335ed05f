#include "analyzer/sql/replay/catalog.h"

#include <algorithm>
#include <array>
#include <functional>

namespace schemaudit::replay {

namespace {

/// The name spaces an object's name stands in.
struct Spaces {
  std::array<NameSpace, 2> spaces{};
  std::size_t count = 0;
  void push_back(NameSpace space) { spaces[count++] = space; }
  const NameSpace* begin() const { return spaces.data(); }
  const NameSpace* end() const { return spaces.data() + count; }
};

Spaces spaces_of(Kind kind) {
  Spaces spaces;
  if (is_relation(kind)) spaces.push_back(NameSpace::relation);
  if (is_type(kind)) spaces.push_back(NameSpace::type);
  switch (kind) {
    case Kind::schema:
      spaces.push_back(NameSpace::schema);
      break;
    case Kind::routine:
      spaces.push_back(NameSpace::routine);
      break;
    case Kind::constraint:
      spaces.push_back(NameSpace::constraint);
      break;
    case Kind::extension:
      spaces.push_back(NameSpace::extension);
      break;
    case Kind::statistics:
    case Kind::other:
      spaces.push_back(NameSpace::other);
      break;
    default:
      break;
  }
  return spaces;
}

bool needs(const Object& object, ObjectId id) {
  return std::any_of(object.needs.begin(), object.needs.end(),
                     [&](const Need& need) { return need.object == id; });
}

}  // namespace

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::schema:
      return "schema";
    case Kind::table:
    case Kind::partitioned_table:
      return "table";
    case Kind::foreign_table:
      return "foreign table";
    case Kind::view:
      return "view";
    case Kind::materialized_view:
      return "materialized view";
    case Kind::sequence:
      return "sequence";
    case Kind::index:
      return "index";
    case Kind::composite_type:
    case Kind::enum_type:
    case Kind::domain:
    case Kind::range_type:
    case Kind::base_type:
      return "type";
    case Kind::routine:
      return "function";
    case Kind::constraint:
      return "constraint";
    case Kind::default_value:
      return "default value";
    case Kind::trigger:
      return "trigger";
    case Kind::policy:
      return "policy";
    case Kind::rule:
      return "rule";
    case Kind::statistics:
      return "statistics object";
    case Kind::extension:
      return "extension";
    case Kind::other:
      return "object";
  }
  return "object";
}

std::size_t Catalog::NameHash::operator()(const NameView& name) const {
  std::size_t hash = std::hash<std::string_view>()(name.name);
  return hash ^ (static_cast<std::size_t>(name.schema) * 0x9E3779B97F4A7C15ULL) ^
         (static_cast<std::size_t>(name.space) << 56);
}

Catalog::Catalog() {
  // Number 0 is no object.
  objects_.push_back(nullptr);
}

Object& Catalog::edit(ObjectId id) {
  save(id);
  return *objects_[id];
}

ObjectId Catalog::add(Object object) {
  ObjectId id = static_cast<ObjectId>(objects_.size());
  object.id = id;
  objects_.push_back(nullptr);
  save(id);
  objects_[id] = std::make_unique<Object>(std::move(object));
  enter_names(*objects_[id]);
  note_users(*objects_[id]);
  return id;
}

void Catalog::erase(ObjectId id) {
  if (!find(id)) return;
  save(id);
  leave_names(*objects_[id]);
  objects_[id].reset();
}

void Catalog::rename(ObjectId id, ObjectId schema, std::string name) {
  Object& object = edit(id);
  leave_names(object);
  object.schema = schema;
  object.name = std::move(name);
  enter_names(object);
}

void Catalog::depend(ObjectId id, Need need) {
  Object& object = edit(id);
  if (std::find(object.needs.begin(), object.needs.end(), need) != object.needs.end()) return;
  object.needs.push_back(need);
  users_[need.object].push_back(id);
}

std::vector<ObjectId> Catalog::all_named(NameSpace space, ObjectId schema,
                                         std::string_view name) const {
  auto at = names_.find(NameView{space, schema, name});
  return at == names_.end() ? std::vector<ObjectId>() : at->second;
}

ObjectId Catalog::named(NameSpace space, ObjectId schema, std::string_view name) const {
  auto at = names_.find(NameView{space, schema, name});
  return at == names_.end() || at->second.empty() ? kNoObject : at->second.front();
}

std::vector<ObjectId> Catalog::users(ObjectId id) const {
  std::vector<ObjectId> users;
  auto at = users_.find(id);
  if (at == users_.end()) return users;
  users = at->second;
  std::sort(users.begin(), users.end());
  users.erase(std::unique(users.begin(), users.end()), users.end());
  std::erase_if(users, [&](ObjectId user) { return !find(user) || !needs(*objects_[user], id); });
  return users;
}

std::vector<ObjectId> Catalog::children(ObjectId table) const {
  std::vector<ObjectId> children = users(table);
  std::erase_if(children, [&](ObjectId child) {
    const auto* relation = std::get_if<RelationDetail>(&at(child).detail);
    return !relation || (relation->partition_of != table &&
                         std::find(relation->parents.begin(), relation->parents.end(), table) ==
                             relation->parents.end());
  });
  return children;
}

std::string Catalog::schema_name(ObjectId schema) const {
  const Object* object = find(schema);
  return object ? object->name : std::string();
}

QualifiedName Catalog::name(ObjectId id) const {
  const Object& object = at(id);
  return {schema_name(object.schema), object.name};
}

Catalog::Mark Catalog::mark() {
  remembers_ = true;
  last_mark_ = saved_.size();
  return last_mark_;
}

void Catalog::undo_to(Mark mark) {
  while (saved_.size() > mark) {
    Saved& saved = saved_.back();
    if (objects_[saved.id]) leave_names(*objects_[saved.id]);
    objects_[saved.id] = std::move(saved.before);
    if (objects_[saved.id]) {
      enter_names(*objects_[saved.id]);
      note_users(*objects_[saved.id]);
    }
    saved_.pop_back();
  }
  saved_at_.clear();
  last_mark_ = saved_.size();
}

void Catalog::settle() {
  saved_.clear();
  saved_at_.clear();
  last_mark_ = 0;
  remembers_ = false;
}

void Catalog::save(ObjectId id) {
  if (!remembers_) return;
  auto [at, fresh] = saved_at_.try_emplace(id, 0);
  if (!fresh && at->second > last_mark_) return;
  saved_.push_back({id, objects_[id] ? std::make_unique<Object>(*objects_[id]) : nullptr});
  at->second = saved_.size();
}

void Catalog::enter_names(const Object& object) {
  for (NameSpace space : spaces_of(object.kind)) {
    ObjectId schema =
        space == NameSpace::schema || space == NameSpace::extension ? 0 : object.schema;
    std::vector<ObjectId>& ids = names_[{space, schema, object.name}];
    ids.insert(std::lower_bound(ids.begin(), ids.end(), object.id), object.id);
  }
}

void Catalog::leave_names(const Object& object) {
  for (NameSpace space : spaces_of(object.kind)) {
    ObjectId schema =
        space == NameSpace::schema || space == NameSpace::extension ? 0 : object.schema;
    auto at = names_.find(NameView{space, schema, object.name});
    if (at == names_.end()) continue;
    std::erase(at->second, object.id);
    if (at->second.empty()) names_.erase(at);
  }
}

void Catalog::note_users(const Object& object) {
  for (const Need& need : object.needs) users_[need.object].push_back(object.id);
}

int find_attribute(const RelationDetail& relation, std::string_view name) {
  for (std::size_t i = 0; i < relation.attributes.size(); ++i)
    if (!relation.attributes[i].dropped && relation.attributes[i].name == name)
      return static_cast<int>(i) + 1;
  return 0;
}

}  // namespace schemaudit::replay
