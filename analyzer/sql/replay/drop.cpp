#include "analyzer/sql/replay/drop.h"

#include <algorithm>
#include <map>

#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/partitions.h"
#include "analyzer/sql/replay/routine_lookup.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

namespace {

/// What nobody sees of a key that points at a partitioned table: a row for a partition.
bool is_hidden_row(const Object& object) {
  const auto* constraint = std::get_if<ConstraintDetail>(&object.detail);
  return constraint && constraint->is_hidden;
}

std::string describe(const Catalog& catalog, const DropTarget& target) {
  const Object& object = catalog.at(target.object);
  if (is_hidden_row(object))
    return "table " + catalog.at(std::get<ConstraintDetail>(object.detail).target).name;
  std::string text = std::string(kind_name(object.kind)) + " " + object.name;
  if (target.column && has_columns(object.kind))
    text = "column " + catalog.relation(target.object).attributes[target.column - 1].name + " of " +
           text;
  if (const auto* constraint = std::get_if<ConstraintDetail>(&object.detail))
    text += " on " + catalog.at(constraint->table).name;
  if (const auto* value = std::get_if<DefaultDetail>(&object.detail))
    text = "default value for column " +
           catalog.relation(value->table).attributes[value->column - 1].name + " of table " +
           catalog.at(value->table).name;
  return text;
}

/// Finds all that goes with what is dropped (findDependentObjects()).
class DropSet {
 public:
  DropSet(const Catalog& catalog, const std::vector<DropTarget>& targets)
      : catalog_(catalog), targets_(targets) {
    for (const DropTarget& target : targets) visit(target, Reached::asked, {});
  }

  enum class Reached { normal, automatic, asked };
  struct Member {
    DropTarget target;
    /// The strongest way by which it was reached.
    Reached reached = Reached::normal;
    /// What it needs, for the message.
    DropTarget because;
  };
  /// In the order in which they were found: what is needed before what needs it.
  const std::vector<Member>& members() const { return members_; }

 private:
  void visit(DropTarget target, Reached reached, DropTarget because) {
    const Object* object = catalog_.find(target.object);
    if (!object) return;
    // A column goes with its whole table.
    auto key = std::make_pair(target.object, target.column);
    if (target.column && places_.count({target.object, 0})) return;
    auto [at, fresh] = places_.emplace(key, members_.size());
    if (!fresh) {
      Member& known = members_[at->second];
      known.reached = std::max(known.reached, reached);
      return;
    }
    members_.push_back({target, reached, because});
    if (!target.column) visit_owner(*object, reached, at->second);
    for (ObjectId user : catalog_.users(target.object)) {
      for (const Need& need : catalog_.at(user).needs) {
        if (need.object != target.object) continue;
        if (target.column && need.column != target.column) continue;
        Reached how = need.kind == NeedKind::normal ? Reached::normal : Reached::automatic;
        // What depends on a thing that is itself dropped only with CASCADE is, too.
        visit({user, need.own_column}, how, target);
      }
    }
    if (!target.column && object->kind == Kind::schema) visit_schema(target.object);
  }

  /// A part of something is dropped only with the whole.
  void visit_owner(const Object& object, Reached reached, std::size_t) {
    for (const Need& need : object.needs) {
      if (need.kind != NeedKind::internal && need.kind != NeedKind::extension) {
        if (need.kind != NeedKind::partition || reached != Reached::asked) continue;
      }
      if (is_dropped(need)) continue;
      if (reached == Reached::asked)
        refuse("cannot drop " + describe(catalog_, {object.id, 0}) + " because " +
               describe(catalog_, {need.object, need.column}) + " requires it");
      if (need.kind == NeedKind::internal)
        visit({need.object, need.column}, reached, {object.id, 0});
    }
  }

  bool is_dropped(const Need& need) const {
    return places_.count({need.object, need.column}) || places_.count({need.object, 0}) ||
           std::any_of(targets_.begin(), targets_.end(), [&](const DropTarget& target) {
             return target.object == need.object &&
                    (target.column == 0 || target.column == need.column);
           });
  }

  void visit_schema(ObjectId schema) {
    std::vector<ObjectId> inside;
    catalog_.for_each([&](const Object& object) {
      bool is_part = object.kind == Kind::constraint || object.kind == Kind::default_value ||
                     object.kind == Kind::trigger || object.kind == Kind::policy ||
                     object.kind == Kind::rule;
      if (object.schema == schema && !is_part) inside.push_back(object.id);
    });
    for (ObjectId id : inside) visit({id, 0}, Reached::normal, {schema, 0});
  }

  const Catalog& catalog_;
  const std::vector<DropTarget>& targets_;
  std::vector<Member> members_;
  std::map<std::pair<ObjectId, int>, std::size_t> places_;
};

void forget_in_table(Run& run, ObjectId table, ObjectId id) {
  if (!run.catalog.find(table)) return;
  Object& object = run.catalog.edit(table);
  if (auto* relation = std::get_if<RelationDetail>(&object.detail)) {
    std::erase(relation->constraints, id);
    std::erase(relation->indexes, id);
    std::erase(relation->triggers, id);
    std::erase(relation->policies, id);
  } else if (auto* domain = std::get_if<DomainDetail>(&object.detail)) {
    std::erase(domain->constraints, id);
  }
}

void erase_object(Run& run, ObjectId id) {
  const Object* object = run.catalog.find(id);
  if (!object) return;
  if (const auto* constraint = std::get_if<ConstraintDetail>(&object->detail)) {
    ObjectId table = constraint->table;
    forget_in_table(run, table, id);
  } else if (const auto* index = std::get_if<IndexDetail>(&object->detail)) {
    ObjectId table = index->table;
    forget_in_table(run, table, id);
  } else if (const auto* trigger = std::get_if<TriggerDetail>(&object->detail)) {
    ObjectId table = trigger->table;
    forget_in_table(run, table, id);
  } else if (const auto* policy = std::get_if<PolicyDetail>(&object->detail)) {
    ObjectId table = policy->table;
    forget_in_table(run, table, id);
  } else if (const auto* value = std::get_if<DefaultDetail>(&object->detail)) {
    ObjectId table = value->table;
    int column = value->column;
    if (run.catalog.find(table))
      run.catalog.edit_relation(table).attributes[column - 1].default_value = kNoObject;
  }
  run.catalog.erase(id);
}

void erase_column(Run& run, ObjectId table, int column) {
  Object& object = run.catalog.edit(table);
  Attribute& attribute = std::get<RelationDetail>(object.detail).attributes[column - 1];
  attribute.dropped = true;
  attribute.default_value = kNoObject;
  std::erase_if(object.needs, [&](const Need& need) { return need.own_column == column; });
}

}  // namespace

void drop_objects(Run& run, const std::vector<DropTarget>& targets, bool cascade) {
  DropSet set(run.catalog, targets);
  for (const DropSet::Member& member : set.members()) {
    if (member.reached != DropSet::Reached::normal) continue;
    if (!cascade)
      refuse("cannot drop " + describe(run.catalog, targets.front()) +
             " because other objects depend on it: " + describe(run.catalog, member.target) +
             " needs " + describe(run.catalog, member.because));
    if (is_hidden_row(run.catalog.at(member.target.object))) continue;
    if (member.target.column)
      run.column_changed(
             ChangeKind::drop_column, member.target.object,
             run.catalog.relation(member.target.object).attributes[member.target.column - 1].name)
          .cascade = true;
    else
      run.changed(ChangeKind::drop, member.target.object).cascade = true;
  }
  // What needs goes before what is needed.
  std::vector<DropSet::Member> members = set.members();
  for (auto member = members.rbegin(); member != members.rend(); ++member) {
    if (!run.catalog.find(member->target.object)) continue;
    if (member->target.column)
      erase_column(run, member->target.object, member->target.column);
    else
      erase_object(run, member->target.object);
  }
}

namespace {

bool fits_drop(Kind kind, PgQuery__ObjectType type) {
  switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
      return kind == Kind::table || kind == Kind::partitioned_table;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
      return kind == Kind::foreign_table;
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
      return kind == Kind::view;
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
      return kind == Kind::materialized_view;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
      return kind == Kind::sequence;
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      return kind == Kind::index;
    default:
      return false;
  }
}

const char* what_is_dropped(PgQuery__ObjectType type) {
  switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
      return "table";
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
      return "foreign table";
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
      return "view";
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
      return "materialized view";
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
      return "sequence";
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      return "index";
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
      return "type";
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
      return "domain";
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
      return "schema";
    case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION:
      return "extension";
    default:
      return "object";
  }
}

class DropStatement {
 public:
  DropStatement(Run& run, const PgQuery__DropStmt& drop) : run_(run), drop_(drop) {}

  void apply() {
    if (drop_.concurrent && run_.session.in_block())
      refuse("DROP INDEX CONCURRENTLY cannot run inside a transaction block");
    bool cascade = drop_.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    std::vector<DropTarget> targets;
    for (std::size_t i = 0; i < drop_.n_objects; ++i)
      if (ObjectId id = find(*drop_.objects[i])) targets.push_back({id, 0});
    for (const DropTarget& target : targets) {
      Change& change = run_.changed(ChangeKind::drop, target.object);
      change.cascade = cascade;
      change.conditional = drop_.missing_ok;
      change.concurrently = drop_.concurrent;
    }
    if (!targets.empty()) drop_objects(run_, targets, cascade);
  }

 private:
  [[noreturn]] void missing(const std::string& name) {
    not_found(run_, std::string(what_is_dropped(drop_.remove_type)) + " " + quoted(name) +
                        " does not exist");
  }

  ObjectId find(const PgQuery__Node& node) {
    QualifiedName name = name_of_object(&node);
    switch (drop_.remove_type) {
      case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
      case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
      case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
      case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
      case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
      case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX: {
        ObjectId id = find_relation(run_, name);
        if (!id) {
          if (drop_.missing_ok) return kNoObject;
          missing(to_string(name));
        }
        if (!fits_drop(run_.catalog.at(id).kind, drop_.remove_type))
          refuse(quoted(name.name) + " is not a " + what_is_dropped(drop_.remove_type));
        return id;
      }
      case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
      case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN: {
        ObjectId id = find_type(run_, name);
        if (!id) {
          if (drop_.missing_ok) return kNoObject;
          missing(to_string(name));
        }
        Kind kind = run_.catalog.at(id).kind;
        if (is_table(kind) || is_view(kind))
          refuse("cannot drop type " + name.name + " because " + std::string(kind_name(kind)) +
                 " " + name.name + " requires it");
        if (drop_.remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN && kind != Kind::domain)
          refuse(quoted(name.name) + " is not a domain");
        return id;
      }
      case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: {
        ObjectId id = run_.catalog.find_schema(name.name);
        if (!id && !drop_.missing_ok) missing(name.name);
        return id;
      }
      case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION: {
        ObjectId id = run_.catalog.find_extension(name.name);
        if (!id && !drop_.missing_ok && name.name != "plpgsql") missing(name.name);
        return id;
      }
      case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
      case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
      case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
      case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
        if (node.node_case != PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS) return kNoObject;
        return routine_named(run_, *node.object_with_args, drop_.missing_ok);
      case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
      case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
      case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
        return find_on_table(node);
      default:
        return find_other(name);
    }
  }

  /// `schema.table.trigger`, as a list of names.
  ObjectId find_on_table(const PgQuery__Node& node) {
    if (node.node_case != PG_QUERY__NODE__NODE_LIST || node.list->n_items < 2) return kNoObject;
    std::string part(string_of(node.list->items[node.list->n_items - 1]));
    QualifiedName table = name_of(node.list->n_items - 1, node.list->items);
    ObjectId relation = drop_.missing_ok ? find_relation(run_, table) : relation_named(run_, table);
    if (!relation) return kNoObject;
    Kind kind = drop_.remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER  ? Kind::trigger
                : drop_.remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_POLICY ? Kind::policy
                                                                            : Kind::rule;
    for (ObjectId user : run_.catalog.users(relation)) {
      const Object& object = run_.catalog.at(user);
      if (object.kind != kind || object.name != part) continue;
      bool of_this_table = std::any_of(
          object.needs.begin(), object.needs.end(),
          [&](const Need& n) { return n.object == relation && n.kind != NeedKind::normal; });
      if (of_this_table) return user;
    }
    if (drop_.missing_ok) return kNoObject;
    refuse(std::string(kind_name(kind)) + " " + quoted(part) + " for table " + quoted(table.name) +
           " does not exist");
  }

  /// What is known by name only: statistics, operators, collations, publications.
  ObjectId find_other(const QualifiedName& name) {
    for (ObjectId schema : search_schemas(run_.session))
      for (ObjectId id : run_.catalog.all_named(NameSpace::other, schema, name.name)) return id;
    if (!name.schema.empty())
      if (ObjectId schema = run_.catalog.find_schema(name.schema))
        for (ObjectId id : run_.catalog.all_named(NameSpace::other, schema, name.name)) return id;
    for (ObjectId id : run_.catalog.all_named(NameSpace::other, kNoObject, name.name)) return id;
    return kNoObject;
  }

  Run& run_;
  const PgQuery__DropStmt& drop_;
};

}  // namespace

void drop_statement(Run& run, const PgQuery__DropStmt& drop) {
  DropStatement(run, drop).apply();
}

}  // namespace schemaudit::replay
