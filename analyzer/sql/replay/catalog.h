// All objects of a replayed catalog: found by name, changed with a way back, and who needs whom.
// Private to analyzer/sql.
//
//   Catalog catalog;
//   ObjectId table = catalog.add(std::move(object));
//   Catalog::Mark mark = catalog.mark();
//   catalog.edit(table).comment = "x";
//   catalog.undo_to(mark);           // as if it had never been
//
// Numbers are given in order and never again, so that "in the order of their making" is the order
// of numbers.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analyzer/sql/replay/objects.h"

namespace schemaudit::replay {

/// The catalogs in which a name stands once in a schema (functions: any number of times).
enum class NameSpace : std::uint8_t {
  schema,
  relation,
  type,
  routine,
  constraint,
  extension,
  other
};

class Catalog {
 public:
  Catalog();

  /// nullptr where it was dropped or never was.
  const Object* find(ObjectId id) const {
    return id < objects_.size() ? objects_[id].get() : nullptr;
  }
  /// Only for objects that are there.
  const Object& at(ObjectId id) const { return *objects_[id]; }
  /// To change it in place, all but its name and schema. The reference lasts until the next
  /// add() or undo.
  Object& edit(ObjectId id);

  template <typename Detail>
  const Detail& detail(ObjectId id) const {
    return std::get<Detail>(at(id).detail);
  }
  template <typename Detail>
  Detail& edit_detail(ObjectId id) {
    return std::get<Detail>(edit(id).detail);
  }
  const RelationDetail& relation(ObjectId id) const { return detail<RelationDetail>(id); }
  RelationDetail& edit_relation(ObjectId id) { return edit_detail<RelationDetail>(id); }

  /// Takes the next number. Its names must be free.
  ObjectId add(Object object);
  void erase(ObjectId id);
  void rename(ObjectId id, ObjectId schema, std::string name);
  void depend(ObjectId id, Need need);

  /// kNoObject where there is none.
  ObjectId find_schema(std::string_view name) const { return named(NameSpace::schema, 0, name); }
  ObjectId find_relation(ObjectId schema, std::string_view name) const {
    return named(NameSpace::relation, schema, name);
  }
  ObjectId find_type(ObjectId schema, std::string_view name) const {
    return named(NameSpace::type, schema, name);
  }
  ObjectId find_extension(std::string_view name) const {
    return named(NameSpace::extension, 0, name);
  }
  /// All functions of that name, in the order of their making.
  std::vector<ObjectId> find_routines(ObjectId schema, std::string_view name) const {
    return all_named(NameSpace::routine, schema, name);
  }
  /// Whether any table's or domain's constraint in this schema has the name.
  bool constraint_exists(ObjectId schema, std::string_view name) const {
    return named(NameSpace::constraint, schema, name) != kNoObject;
  }
  std::vector<ObjectId> all_named(NameSpace space, ObjectId schema, std::string_view name) const;

  /// Objects with a Need of `id`, in order, each once.
  std::vector<ObjectId> users(ObjectId id) const;
  /// Children by inheritance or partitioning, in the order in which they came to be.
  std::vector<ObjectId> children(ObjectId table) const;

  /// Every object that is there, in order.
  template <typename Use>
  void for_each(const Use& use) const {
    for (const auto& object : objects_)
      if (object) use(*object);
  }
  ObjectId last() const { return static_cast<ObjectId>(objects_.size() - 1); }

  std::string schema_name(ObjectId schema) const;
  QualifiedName name(ObjectId id) const;

  using Mark = std::size_t;
  Mark mark();
  /// Takes back everything since the mark.
  void undo_to(Mark mark);
  /// What was done so far is never taken back: nothing is remembered until the next mark().
  void settle();

 private:
  template <typename Text>
  struct NameOf {
    NameSpace space;
    ObjectId schema;
    Text name;
  };
  using Name = NameOf<std::string>;
  using NameView = NameOf<std::string_view>;
  struct NameHash {
    using is_transparent = void;
    std::size_t operator()(const Name& name) const {
      return (*this)(NameView{name.space, name.schema, name.name});
    }
    std::size_t operator()(const NameView& name) const;
  };
  struct SameName {
    using is_transparent = void;
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const {
      return a.space == b.space && a.schema == b.schema && a.name == b.name;
    }
  };
  struct Saved {
    ObjectId id;
    std::unique_ptr<Object> before;
  };

  ObjectId named(NameSpace space, ObjectId schema, std::string_view name) const;
  void enter_names(const Object& object);
  void leave_names(const Object& object);
  void save(ObjectId id);
  void note_users(const Object& object);

  std::vector<std::unique_ptr<Object>> objects_;
  std::unordered_map<Name, std::vector<ObjectId>, NameHash, SameName> names_;
  /// By the needed object: who needed it at some time; checked against their needs on use.
  std::unordered_map<ObjectId, std::vector<ObjectId>> users_;
  std::vector<Saved> saved_;
  /// Per object: the length of saved_ when it was saved last, to save it once a mark.
  std::unordered_map<ObjectId, std::size_t> saved_at_;
  std::size_t last_mark_ = 0;
  bool remembers_ = false;
};

/// The attribute of that name that is not dropped, from 1; 0 where there is none.
int find_attribute(const RelationDetail& relation, std::string_view name);

}  // namespace schemaudit::replay
