#include "analyzer/sql/replay/dependencies_of.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace schemaudit::replay {

namespace {

/// The relation that a policy, trigger, default or rule belongs to; none for others.
ObjectId own_relation(const Object& object) {
  if (const auto* policy = std::get_if<PolicyDetail>(&object.detail)) return policy->table;
  if (const auto* trigger = std::get_if<TriggerDetail>(&object.detail)) return trigger->table;
  if (const auto* value = std::get_if<DefaultDetail>(&object.detail)) return value->table;
  if (object.kind != Kind::rule) return kNoObject;
  for (const Need& need : object.needs)
    if (need.kind == NeedKind::automatic || need.kind == NeedKind::internal) return need.object;
  return kNoObject;
}

std::string_view kind_of(const Object& object) {
  switch (object.kind) {
    case Kind::view:
      return "view";
    case Kind::materialized_view:
      return "materialized view";
    case Kind::rule:
      return "rule";
    case Kind::routine:
      return "function";
    case Kind::policy:
      return "policy";
    case Kind::trigger:
      return "trigger";
    case Kind::default_value:
      return "default";
    case Kind::sequence:
      return "sequence";
    default:
      return {};
  }
}

bool is_member(const Object& object) {
  return std::any_of(object.needs.begin(), object.needs.end(),
                     [](const Need& need) { return need.kind == NeedKind::extension; });
}

class DependencyMaker {
 public:
  explicit DependencyMaker(const Catalog& catalog) : catalog_(catalog) {}

  std::vector<Dependency> make() {
    catalog_.for_each([&](const Object& object) { add(object); });
    return std::move(dependencies_);
  }

 private:
  void add(const Object& object) {
    const std::string_view kind = kind_of(object);
    if (kind.empty() || is_member(object)) return;
    if (const auto* trigger = std::get_if<TriggerDetail>(&object.detail);
        trigger && trigger->parent)
      return;
    const ObjectId own = own_relation(object);
    std::set<ObjectId> needed;
    for (const Need& need : object.needs) {
      const Object* other = catalog_.find(need.object);
      if (!other) continue;
      ObjectId id = need.object;
      if (object.kind == Kind::default_value)
        if (const auto* sequence = std::get_if<SequenceDetail>(&other->detail);
            sequence && catalog_.find(sequence->owner_table))
          id = sequence->owner_table;
      other = catalog_.find(id);
      const bool stands_alone =
          is_table(other->kind) || is_view(other->kind) || other->kind == Kind::sequence;
      if (id != own && id != object.id && stands_alone && !is_member(*other)) needed.insert(id);
    }
    for (ObjectId id : needed) {
      Dependency dependency;
      dependency.kind = kind;
      dependency.dependent = {own ? std::string() : catalog_.schema_name(object.schema),
                              name_of(object)};
      if (object.kind == Kind::rule) dependency.dependent.schema = catalog_.name(own).schema;
      if (own) dependency.on_relation = catalog_.name(own);
      dependency.needs = catalog_.name(id);
      dependency.origin = object.origin;
      dependencies_.push_back(std::move(dependency));
    }
  }

  std::string name_of(const Object& object) const {
    const auto* value = std::get_if<DefaultDetail>(&object.detail);
    if (!value) return object.name;
    return catalog_.relation(value->table)
        .attributes[static_cast<std::size_t>(value->column) - 1]
        .name;
  }

  const Catalog& catalog_;
  std::vector<Dependency> dependencies_;
};

}  // namespace

std::vector<Dependency> dependencies_of(const Catalog& catalog) {
  return DependencyMaker(catalog).make();
}

}  // namespace schemaudit::replay
